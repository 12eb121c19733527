"""Descriptions linked to what they take up: apposition, predicate, office, the same noun, a noun of the same class."""

from __future__ import annotations

from functools import cache
from typing import Any

from dateline.reading.clusters import Chains
from dateline.reading.lexicon import lexicon, table
from dateline.reading.profiles import Profile, Reading
from dateline.reading.pronouns import Resolver

_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "2": 2, "3": 3, "4": 4, "5": 5, "both": 2, "pair": 2, "couple": 2, "duo": 2, "trio": 3}  # fmt: skip
_DEFINITE = frozenset({"def", "dem"})


@cache
def _classes() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name, nouns in table("groups.toml")["classes"].items():
        for noun in nouns:
            found.setdefault(noun, set()).add(name)
    return {noun: frozenset(names) for noun, names in found.items()}


class Descriptions:
    """Links the descriptions of one report as they come, in text order. `sums` has the mentions that stand for
    several; `full_names` the names that kinship completes ("Vitaly Troufanov"), by chain.
    """

    def __init__(self, reading: Reading, chains: Chains, resolver: Resolver) -> None:
        self.reading = reading
        self.tokens = reading.tokens
        self.chains = chains
        self.resolver = resolver
        self.sums: dict[int, tuple[int, ...]] = {}
        self.full_names: dict[int, str] = {}
        groups = table("groups.toml")
        self._names: dict[str, dict[str, Any]] = groups["names"]
        self._persons = frozenset(groups["persons"]["any"])
        self._several = frozenset(groups["several"]["two"])
        self._titles: dict[int, set[str]] = {}

    def link(self, m: int) -> None:
        """Join mention m, a description, to the chain that it takes up, if any."""
        p = self.reading.profiles[m]
        if self.chains.linked[m] and p.arm:
            return
        other = self._syntactic(m, p)
        if other is not None:
            self.chains.join(other, m)
            self.reading.stated.add(m)
            self._complete(other, m)
            return
        if p.sort == "description" and p.lemma in _FORCES and p.definite not in ("num", "indef"):
            owner = self._body(p)
            if owner is not None:
                self.chains.join(owner, m)
                return
        summing = p.lemma in self._several or p.lemma in _NUMBERS or (p.lemma == "family" and not p.words)
        if p.definite in _DEFINITE and summing:
            several = self._sum(m, p)
            if several:
                if len(several) == 1:
                    self.chains.join(several[0], m)
                else:
                    self.sums[m] = several
                    self.resolver.resolved[m] = several
                return
        earlier = self._earlier(m, p)
        if earlier is not None:
            self.chains.join(earlier, m)

    # Syntax

    def _syntactic(self, m: int, p: Profile) -> int | None:
        """The mention that p stands in apposition to (either way round) or is said to be."""
        tokens = self.tokens
        if tokens.deps[p.head] == "appos":
            other = self.reading.headed[tokens.heads[p.head]]
            if other < 0:
                other = self.reading.at[tokens.heads[p.head]]
            if other >= 0 and other != m and self._fits(p, other, m):
                return other
        for kid in tokens.kids[p.head]:
            if tokens.deps[kid] == "appos":
                other = self.reading.headed[kid]
                if (
                    other >= 0
                    and other != m
                    and self.reading.profiles[other].sort == "name"
                    and self._fits(p, other, m)
                ):
                    return other
        if p.kind == "person":
            other = self._called(p)
            if other is None:
                other = self._followed(p)
            if other is None:
                other = self._hung_inside(p)
            if other is not None:
                return other
        if tokens.deps[p.head] == "attr":
            verb = tokens.heads[p.head]
            if tokens.lemmas[verb] in ("be", "become", "remain") and not any(tokens.deps[k] == "neg" for k in tokens.kids[verb]):
                for kid in tokens.kids[verb]:
                    if tokens.deps[kid] == "nsubj" and kid < p.head:
                        other = self.reading.headed[kid]
                        if other >= 0 and self.reading.profiles[other].sort == "pronoun":
                            found = self.resolver.resolved.get(other, ())
                            other = found[0] if len(found) == 1 else -1
                        if other >= 0 and p.kind == "person" and self.chains.kind(other) == "person":
                            return other
        return None

    def _called(self, p: Profile) -> int | None:
        """The name in "a cook named Jun Salazar"."""
        tokens = self.tokens
        for kid in tokens.kids[p.head]:
            if tokens.deps[kid] == "acl" and tokens.lower[kid] in ("named", "called", "identified", "nicknamed"):
                for name in range(kid + 1, min(kid + 5, len(tokens))):
                    m = self.reading.at[name]
                    if m >= 0 and self.reading.profiles[m].sort == "name":
                        return m if self._fits(p, m, m) else None
        return None

    def _followed(self, p: Profile) -> int | None:
        """The name that stands right behind "the President of Iraq" without a comma."""
        tokens = self.tokens
        if p.lemma not in lexicon().roles or p.head + 1 >= len(tokens):
            return None
        i, end = p.head + 1, min(p.head + 12, tokens.starts[tokens.sents[p.head] + 1])
        if tokens.lower[i] not in ("of", "for", "to"):
            m = self.reading.headed[i] if self.reading.headed[i] >= 0 else self.reading.at[i]
            name = self.reading.profiles[m] if m >= 0 else p
            close = name.sort == "name" and name.label == "PERSON" and name.start == i
            return m if close and self._fits(p, m, m) else None
        while i < end and (tokens.capitalized(i) or tokens.lower[i] in ("of", "the", "for", "and", "to", "-")):
            m = self.reading.at[i]
            name = self.reading.profiles[m] if m >= 0 else p
            if name.sort == "name" and name.label == "PERSON" and i == name.start and tokens.tags[i - 1].startswith("NN"):
                return m if self._fits(p, m, m) else None
            i += 1
        return None

    def _hung_inside(self, p: Profile) -> int | None:
        """A personal name that the parser hung on a noun inside "the head of the Federation, Alexander Boroda"."""
        tokens = self.tokens
        if not any(tokens.deps[kid] == "prep" for kid in tokens.kids[p.head]) or tokens.deps[p.head] == "attr":
            return None
        last = tokens.extent(p.head)[1]
        for i in range(p.head + 2, min(last + 2, p.head + 25, len(tokens))):
            if tokens.words[i - 1] == ",":
                m = self.reading.at[i]
                name = self.reading.profiles[m] if m >= 0 else p
                near = name.sort == "name" and name.label == "PERSON" and name.start == i
                return m if near and tokens.deps[name.head] == "appos" and self._fits(p, m, m) else None
        return None

    def _fits(self, p: Profile, other: int, m: int) -> bool:
        kind = self.chains.kind(other)
        name = self.reading.profiles[other]
        if name.sort == "name" and name.label in ("PERSON", "MISC", "ORG") and kind != "person" and p.kind == "person":
            if len(name.core.split()) > 1 or name.label == "MISC":
                name.label, name.kind = "PERSON", "person"
                return True
            return False
        if p.kind == "person" or kind == "person":
            if p.kind != kind:
                return False
            mine, theirs = p.gender, self.chains.gender(other)
            return not (mine and theirs and mine != theirs)
        return not ((p.number == "p") != self.chains.plural(other) and kind not in ("organization", None) and p.kind == "group")

    def _complete(self, other: int, m: int) -> None:
        """A first name alone beside a kin word takes the surname of the kin: "Troufanov's father, Vitaly"."""
        for name, kin in ((other, m), (m, other)):
            n, k = self.reading.profiles[name], self.reading.profiles[kin]
            if n.sort != "name" or n.label != "PERSON" or k.possessor is None or len(n.core.split()) != 1:
                continue
            if k.lemma not in _SURNAMED:
                continue
            owner = self.reading.at[k.possessor]
            if owner < 0:
                continue
            found = self.resolver.resolved.get(owner, (owner,))
            if len(found) == 1:
                surname = self.surname(found[0])
                if surname and surname != n.core:
                    self.full_names[self.chains.of(name)] = f"{n.core} {surname}"

    def surname(self, m: int) -> str | None:
        """The last word of the fullest personal name in the chain of mention m."""
        names = [
            self.reading.profiles[i].core
            for i in self.chains.members[self.chains.of(m)]
            if self.reading.profiles[i].label == "PERSON" and self.reading.profiles[i].sort == "name"
        ]
        if not names:
            return None
        return max(names, key=lambda core: len(core.split())).split()[-1]

    def _body(self, p: Profile) -> int | None:
        """The body whose forces p are: "Taliban fighters", "the group's militants", "its army" (of a country)."""
        tokens = self.tokens
        for i in range(p.start, p.head) if p.possessor is None else [p.possessor]:
            m = self.reading.at[i]
            if m < 0:
                continue
            other = self.reading.profiles[m]
            if other.sort == "name" and other.label == "ORG" and not other.arm and i == other.head:
                return m
            if i == p.possessor and other.sort == "pronoun" and tokens.lower[p.head] in lexicon().arms:
                found = self.resolver.resolved.get(m, ())
                if len(found) == 1 and self.chains.kind(found[0]) == "country":
                    return found[0]
        return None

    # Antecedents

    def _earlier(self, m: int, p: Profile) -> int | None:
        """The last mention before m that the description can take up."""
        if p.definite in ("indef", "num") or (p.definite == "bare" and not p.kind):
            return None
        profiles, tokens = self.reading.profiles, self.tokens
        here = tokens.sents[p.head]
        classes = _classes()
        mine = classes.get(p.lemma, frozenset())
        rule = self._names.get(p.lemma) if p.definite in _DEFINITE else None
        weak = None
        for k in range(m - 1, -1, -1):
            other = profiles[k]
            if other.sort == "pronoun":
                continue
            distance = here - tokens.sents[other.head]
            if other.sort == "description" and other.lemma == p.lemma and self._same_noun(p, other, k, m, distance):
                return k
            if p.definite not in _DEFINITE or tokens.under(p.head, other.head) or tokens.under(other.head, p.head):
                continue
            if p.kind == "person" and self._holds(p, k):
                return k
            if weak is not None or distance > 3:
                continue
            if (rule and other.sort == "name" and self._named(rule, other, k, p)) or (p.kind == "person" and p.lemma in self._persons and distance <= 2 and self._person(p, k)):
                weak = k
            elif mine and other.sort == "description" and mine & classes.get(other.lemma, frozenset()):
                if (p.number == other.number or "" in (p.number, other.number)) and self._modifiers(p, other):
                    weak = k
        return weak

    def _same_noun(self, p: Profile, other: Profile, k: int, m: int, distance: int) -> bool:
        if p.number != other.number and p.lemma not in ("police", "family", "people"):
            return False
        if p.definite == "bare":
            return p.core.casefold() == other.core.casefold() and other.definite in ("bare", "def") and bool(p.kind)
        if p.definite == "poss":
            return other.definite == "poss" and self._same_owner(p, other) and self._modifiers(p, other)
        if other.definite == "poss" and distance > 2:
            return False
        if self.tokens.under(p.head, other.head) or self.tokens.top(p.head) == self.tokens.top(other.head):
            return False
        return self._modifiers(p, other)

    def _same_owner(self, p: Profile, other: Profile) -> bool:
        owners = []
        for possessor in (p.possessor, other.possessor):
            at = self.reading.at[possessor] if possessor is not None else -1
            if at < 0:
                return False
            found = self.resolver.resolved.get(at, (at,))
            owners.append(tuple(sorted(self.chains.of(c) for c in found)))
        return owners[0] == owners[1]

    def _modifiers(self, p: Profile, other: Profile) -> bool:
        """Whether nothing that p says more contradicts the earlier description: its modifiers are among the other's."""
        extra = p.words - other.words - _LIGHT
        if p.code and other.code and p.code != other.code:
            return False
        return not extra

    def _holds(self, p: Profile, k: int) -> bool:
        """Whether the person of mention k is known by an office that p names: "the minister", "the Kremlin leader"."""
        chain = self.chains.of(k)
        if self.chains.kind(k) != "person" or not self.chains.named(k):
            return False
        words = self.offices(chain)
        if p.lemma not in words or (p.gender and self.chains.gender(k) not in ("", p.gender)):
            return False
        extra = p.words - words - _LIGHT
        owned = any(
            self.reading.at[i] >= 0 and self.reading.profiles[self.reading.at[i]].sort == "name"
            for i in range(p.start, p.head)
        )
        return not extra or owned

    def offices(self, chain: int) -> set[str]:
        """The words of the titles and descriptions of a chain, lower case."""
        known: set[str] = set()
        for i in self.chains.members[self.chains.of(chain)]:
            p = self.reading.profiles[i]
            if p.title is not None:
                known.update(self.tokens.lower[p.title[0] : p.title[1]])
            elif p.sort == "description":
                known.add(p.lemma)
                known.update(p.words)
        return known

    def _person(self, p: Profile, k: int) -> bool:
        if self.chains.kind(k) != "person" or self.chains.plural(k):
            return False
        gender = self.chains.gender(k)
        if p.gender and gender and p.gender != gender:
            return False
        extra = p.words - _LIGHT - self.offices(k)
        return not extra and (not p.gender or bool(gender))

    def _named(self, rule: dict[str, Any], other: Profile, k: int, p: Profile) -> bool:
        if other.label != rule["label"] or ("kind" in rule and (self.chains.kind(k) or "") != rule["kind"]):
            return False
        words = rule.get("words")
        if p.words - _LIGHT - other.words and p.code is None:
            return False
        if p.code and p.code != other.code:
            return False
        return words is None or any(word in other.core.casefold() for word in words)

    def _sum(self, m: int, p: Profile) -> tuple[int, ...]:
        """What "the two", "the couple", "the family" sum up: a group of that number, or persons named together."""
        profiles, tokens = self.reading.profiles, self.tokens
        here = tokens.sents[p.head]
        count = next((_NUMBERS[w] for w in sorted(p.words | {p.lemma}) if w in _NUMBERS), None)
        for k in range(m - 1, -1, -1):
            other = profiles[k]
            if here - tokens.sents[other.head] > 4:
                break
            if other.sort == "pronoun":
                found = self.resolver.resolved.get(k, ())
                if len(found) > 1 and (count is None or count == len(found)):
                    return found
                continue
            if tokens.under(p.head, other.head):
                continue
            several = self.resolver._sum(k, m)
            if several and (count is None or count == len(several)) and self._alike(p, several):
                return several
            if other.sort == "description" and other.number == "p" and other.kind == "group" and p.lemma in _NUMBERS:
                numbers = [_NUMBERS[w] for w in sorted(other.words | {other.lemma}) if w in _NUMBERS]
                if count in numbers:
                    return (k,)
            if other.sort == "description" and other.lemma == p.lemma and p.lemma == "family":
                return (k,)
        return ()

    def _alike(self, p: Profile, several: tuple[int, ...]) -> bool:
        kinds = {self.chains.kind(c) for c in several}
        if p.lemma in ("sides", "parties", "two", "both", "rivals", "foes", "allies"):
            return True
        if p.lemma in ("countries", "neighbours", "neighbors", "nations", "governments"):
            return kinds == {"country"}
        return kinds == {"person"}


#: Nouns for the armed people of a body: with its name before them they are the body when it acts.
_FORCES = frozenset({"force", "forces", "troop", "troops", "fighter", "militant", "insurgent", "rebel", "gunman", "soldier", "guerrilla", "militia", "leadership", "army", "military", "navy", "police", "terrorist", "authority", "government", "fighters"})  # fmt: skip
_LIGHT = frozenset({"same", "whole", "entire", "very", "other", "said", "late", "former", "own", "new", "current", "then", "aforementioned", "alleged", "suspected"})  # fmt: skip
#: Kin who as a rule share the surname; married names make the others unsure.
_SURNAMED = frozenset({"father", "son"})


def is_kin(lemma: str) -> bool:
    """Whether a lower-case noun is a word for kin."""
    lex = lexicon()
    return lemma in lex.kin or lemma in lex.kins
