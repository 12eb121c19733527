"""Descriptions linked to what they take up: apposition, predicate, office, the same noun, a noun of the same class."""

from __future__ import annotations

from functools import cache
from typing import Any

from dateline.reading.appositions import Appositions
from dateline.reading.clusters import Chains
from dateline.reading.lexicon import lexicon, table, words
from dateline.reading.profiles import Profile, Reading
from dateline.reading.pronouns import Resolver
from dateline.reading.states import likeliest

_NUMBERS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "2": 2, "3": 3,
    "4": 4, "5": 5, "both": 2, "pair": 2, "couple": 2, "duo": 2, "trio": 3,
}  # fmt: skip
_DEFINITE = frozenset({"def", "dem"})


@cache
def _classes() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name, nouns in table("groups.toml")["classes"].items():
        for noun in nouns:
            found.setdefault(noun, set()).add(name)
    return {noun: frozenset(names) for noun, names in found.items()}


class Descriptions(Appositions):
    """Links the descriptions of one report as they come, in text order. `sums` has the mentions that stand for
    several.
    """

    def __init__(self, reading: Reading, chains: Chains, resolver: Resolver) -> None:
        super().__init__(reading, chains, resolver)
        self.sums: dict[int, tuple[int, ...]] = {}
        groups = table("groups.toml")
        self._names: dict[str, dict[str, Any]] = groups["names"]
        self._persons = frozenset(groups["persons"]["any"])
        self._several = frozenset(groups["several"]["two"])

    def link(self, m: int) -> None:
        """Join mention m, a description, to the chain that it takes up, if any."""
        p = self.reading.profiles[m]
        if self.chains.linked[m] and p.arm:
            return
        other = self.syntactic(m, p)
        if other is None:
            other = self._styled(m, p)
        if other is not None:
            self.chains.join(other, m)
            self.reading.stated.add(m)
            self.complete(other, m)
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

    def _styled(self, m: int, p: Profile) -> int | None:
        """The name that the description is said to bear: "a man calling himself Captain Farah", "known as X"."""
        tokens = self.tokens
        if p.kind != "person":
            return None
        for clause in tokens.kids[p.head]:
            if tokens.deps[clause] != "acl" or tokens.lemmas[clause].lower() not in _NAMING:
                continue
            for i in range(clause + 1, min(clause + 5, len(tokens))):
                k = self.reading.at[i]
                if k > m and self.reading.profiles[k].label == "PERSON":
                    return k
                if tokens.lower[i] not in _BETWEEN:
                    break
        return None

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
            if (rule and other.sort == "name" and self._named(rule, other, k, p)) or (
                p.kind == "person" and p.lemma in self._persons and distance <= 2 and self._person(p, k)
            ):
                weak = k
            elif mine and other.sort == "description" and mine & classes.get(other.lemma, frozenset()):
                alike = p.number == other.number or "" in (p.number, other.number)
                weak = k if alike and self._modifiers(p, other) else None
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
        if p.lemma == "family" and not other.words and self._surname(p.words):
            return True
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

    def _surname(self, words: frozenset[str]) -> bool:
        """Whether all words are last names of persons in the report."""
        known = {q.core.split()[-1].lower() for q in self.reading.profiles if q.label == "PERSON" and q.core}
        return bool(words) and words <= known

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
        if p.lemma in _LEADERS and words & _RULERS and p.lemma not in words:
            home = self._home(k)
            return p.code in (None, home) or (home is None and likeliest(self.reading, k) == p.code)
        if p.lemma not in words or (p.gender and self.chains.gender(k) not in ("", p.gender)):
            return False
        extra = p.words - words - _LIGHT
        owned = any(
            self.reading.at[i] >= 0 and self.reading.profiles[self.reading.at[i]].sort == "name"
            for i in range(p.start, p.head)
        )
        return not extra or owned

    def _home(self, m: int) -> str | None:
        """The country that an office beside the names of the chain ties it to: "Mali's president, X"."""
        tokens, profiles = self.tokens, self.reading.profiles
        for k in self.chains.members[self.chains.of(m)]:
            p = profiles[k]
            if p.code:
                return p.code
            of = [n for c in tokens.kids[p.head] if tokens.lower[c] == "of" for n in tokens.kids[c]]
            for i in (p.start - 1, p.start - 2, *of):
                at = self.reading.at[i] if i >= 0 and p.sort == "name" else -1
                other = profiles[at] if at >= 0 and (i in of or p.title) else None
                if (
                    other is not None
                    and other.form is not None
                    and other.code
                    and tokens.sents[i] == tokens.sents[p.head]
                ):
                    return other.code
        return None

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
_FORCES = words("forces")
#: Who leads a state, by office, and the nouns that take it up: "the Kremlin leader".
_RULERS = frozenset(
    {"president", "king", "queen", "chancellor", "premier", "prime", "dictator", "emir", "sultan", "emperor"}
)
_LEADERS = frozenset({"leader", "ruler", "strongman", "head"})
_LIGHT = words("light")
#: Participles before the name that somebody bears, and the words between the two.
_NAMING = frozenset({"call", "know", "style", "dub"})
_BETWEEN = frozenset({"himself", "herself", "as", "only", "by", "the", '"', "“", "'", "‘"})
