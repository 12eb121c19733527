"""Chains: mentions that denote the same, while they are being linked."""

from __future__ import annotations

from dateline.reading.profiles import Profile


class Chains:
    """A partition of mention indexes with the facts of each part; parts are named by a representative index."""

    def __init__(self, profiles: list[Profile]) -> None:
        self.profiles = profiles
        self._parent = list(range(len(profiles)))
        self.members: dict[int, list[int]] = {m: [m] for m in range(len(profiles))}
        self.linked = [False] * len(profiles)

    def of(self, m: int) -> int:
        """The representative of the chain that mention m is in."""
        while self._parent[m] != m:
            self._parent[m] = self._parent[self._parent[m]]
            m = self._parent[m]
        return m

    def join(self, a: int, b: int) -> None:
        """Make the chains of mentions a and b one; the earlier representative stays."""
        self.linked[a] = self.linked[b] = True
        a, b = sorted((self.of(a), self.of(b)))
        if a == b:
            return
        self._parent[b] = a
        self.members[a] = sorted(self.members[a] + self.members.pop(b))

    def gender(self, m: int) -> str:
        """The gender that most of the chain's names and descriptions show, else most of its pronouns; "" where none
        does or they tie.
        """
        own = [self.profiles[i] for i in self.members[self.of(m)]]
        for pronouns in (False, True):
            found = [p.gender for p in own if (p.sort == "pronoun") == pronouns]
            f, male = found.count("f"), found.count("m")
            if f != male:
                return "f" if f > male else "m"
        return ""

    def kind(self, m: int) -> str | None:
        """The kind of the chain: of its names, else of its descriptions."""
        own = [self.profiles[i] for i in self.members[self.of(m)]]
        for sort in ("name", "description"):
            kinds = [p.kind for p in own if p.sort == sort and p.kind]
            if kinds:
                return max(sorted(set(kinds)), key=kinds.count)
        return None

    def personify(self, m: int) -> None:
        """Make the names of the chain a person's: he or she stands for them."""
        for i in self.members[self.of(m)]:
            p = self.profiles[i]
            if p.sort == "name" and p.kind != "person":
                p.kind, p.label = "person", "PERSON"

    def plural(self, m: int) -> bool:
        """Whether the chain's first mention that shows a number shows the plural."""
        for i in self.members[self.of(m)]:
            if self.profiles[i].sort != "pronoun" and self.profiles[i].number:
                return self.profiles[i].number == "p"
        return False

    def named(self, m: int) -> bool:
        """Whether a name is in the chain."""
        return any(self.profiles[i].sort == "name" for i in self.members[self.of(m)])

    def code(self, m: int) -> str | None:
        """The first country code among the chain's mentions."""
        return next((p.code for p in (self.profiles[i] for i in self.members[self.of(m)]) if p.code), None)
