"""Offices that only the rest of the report completes or tells: the country of "the president", a counterpart's post."""

from __future__ import annotations

import msgspec
from spacy.tokens import Doc

from dateline.reading.annotations import RoleHeld
from dateline.reading.lexicon import table
from dateline.reading.profiles import Reading
from dateline.reading.tenures import Tenures

_SINGLE = frozenset(table("titles.toml")["offices"]["sole"])
_CROWNS = frozenset(table("titles.toml")["offices"]["heads_of_state"])


class Contexts(Tenures):
    """Completes `found`; `open` has the roles whose body only the context can tell, with the mention of the holder."""

    def __init__(self, doc: Doc, reading: Reading) -> None:
        super().__init__(doc, reading)
        self.open: dict[tuple[int, int], int] = {}

    def infer(self) -> None:
        """Give the open offices their country, where the context leaves no doubt, and ranks that of the office."""
        for key, m in self.open.items():
            role = self.found[key]
            last = self.last(role.end)
            told = self._told(role, last)
            if told is not None:
                self.found[key] = msgspec.structs.replace(role, of=told)
            elif self._ruling(role, last) or self.of_state(role.start, role.end, last):
                own = self._state_of(role.person, last)
                lands = self.lands(m) if own is None else [own]
                land = next((land for land in lands if not self._taken(role, land)), None)
                if land is None and "state" in role.role.casefold().split():
                    land = self.region()
                if land is not None:
                    self.found[key] = msgspec.structs.replace(role, of=land)
        for key in self.open:
            role = self.found[key]
            if role.of is None and self.tokens.lower[role.end - 1].rstrip(".") in self.lexicon.ranks:
                self.found[key] = msgspec.structs.replace(role, of=self._served(role))

    def _ruling(self, role: RoleHeld, last: str) -> bool:
        """Whether a leader without a body is a state's: "longtime leader Omar Bongo"."""
        first = self.tokens.lower[role.start]
        return last in ("leader", "strongman") and role.end - role.start > 1 and first in self.lexicon.qualifiers

    def _told(self, role: RoleHeld, last: str) -> int | None:
        """What the report's descriptions with the same words are of: "the governor of the Coast region"."""
        found = set()
        for m, p in enumerate(self.reading.profiles):
            if p.sort != "description" or p.lemma != last or p.kind != "person":
                continue
            start = self.start(p)
            if self.tokens.text(start, p.head + 1).casefold() != role.role.casefold() or p.head == role.end - 1:
                continue
            of = self.before(start, last)
            if of is None:
                of = self.behind(p.head, last)
            holder = self.entity(m)
            if of is not None and holder is not None and (holder == role.person or not self.named(holder)):
                found.add(of)
        return found.pop() if len(found) == 1 else None

    def _taken(self, role: RoleHeld, land: int) -> bool:
        """Whether somebody else is said to hold the office of the land, or, for a head of state, another such."""
        words = " ".join(role.role.casefold().split()[-2:])
        if not any(words.endswith(single) for single in _SINGLE):
            return False
        last = words.split()[-1]
        for other in self.found.values():
            if other.of == land and other.person != role.person:
                if other.role.casefold() == role.role.casefold():
                    return True
                if {last, other.role.casefold()} <= _CROWNS and last != other.role.casefold():
                    return True
        return False

    def _served(self, rank: RoleHeld) -> int | None:
        """The state that an officer serves, as another office of his shows that stands apart from the rank."""
        for other in self.found.values():
            apart = rank.start != other.end
            if apart and other.person == rank.person and other.of is not None and self.kind(other.of) == "country":
                return other.of
        return None

    def inherit(self) -> None:
        """Offices told by another's: "her Russian counterpart, Gennady Orlov", "X was succeeded by Y"."""
        for m, p in enumerate(self.reading.profiles):
            if p.sort != "description" or p.lemma != "counterpart" or p.possessor is None:
                continue
            theirs = self.entity(self.mention(p.possessor))
            start = self.start(p)
            land = self.before(start, "minister")
            if land is not None and theirs is not None and self.kind(land) == "country":
                self._pass_on(theirs, self.entity(m), p.head, land)
        tokens = self.tokens
        for i, lemma in enumerate(tokens.lemmas):
            if lemma != "succeed":
                continue
            passive = [k for k in tokens.kids[i] if tokens.deps[k] == "nsubjpass"]
            agents = [j for k in tokens.kids[i] if tokens.lower[k] == "by" for j in tokens.kids[k]]
            objects = [k for k in tokens.kids[i] if tokens.deps[k] == "dobj"]
            before, after = (passive, agents) if agents else (objects, self._subject(i))
            if not before and agents and tokens.deps[i] == "conj":
                before = self._subject(tokens.heads[i])
            if before and after:
                old = self.entity(self.mention(before[0]))
                if old is not None:
                    self._pass_on(old, self.entity(self.mention(after[0])), i, None)

    def _pass_on(self, old: int, new: int | None, token: int, land: int | None) -> None:
        """Give the entity `new` the state's office of `old`, of `land` where that is another."""
        if new is None or not self.named(new) or new == old or self.kind(new) != "person":
            return
        if any(role.person == new for role in self.found.values()):
            return
        for role in list(self.found.values()):
            if role.person == old and role.of is not None and self.last(role.end) in self.lexicon.offices:
                words = " ".join(w for w in role.role.split() if w.casefold() not in self.lexicon.past)
                of = role.of if land is None else land
                self.found[(new, token + 1)] = RoleHeld(person=new, role=words, of=of, start=token, end=token + 1)
                return
