"""What grammar says about a pronoun: what it must stand for, what it cannot, and where it stands for nothing."""

from __future__ import annotations

from dateline.reading.clusters import Chains
from dateline.reading.descriptions import antecedent
from dateline.reading.lexicon import lexicon, words
from dateline.reading.profiles import Profile, Reading

#: Pronoun → the pronoun that it is a form of.
BASE = {
    "him": "he", "his": "he", "himself": "he", "he": "he", "she": "she", "her": "she", "hers": "she", "herself": "she",
    "it": "it", "its": "it", "itself": "it", "they": "they", "them": "they", "their": "they", "theirs": "they",
    "themselves": "they",
}  # fmt: skip
REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_JUDGING = words("judging")
_WEATHER = frozenset({"rain", "snow", "seem", "appear", "turn"})


class Grammar:
    """Grammar's answers for the pronouns of one report; `resolved` has what each pronoun so far stands for."""

    def __init__(self, reading: Reading, chains: Chains) -> None:
        self.reading = reading
        self.tokens = reading.tokens
        self.chains = chains
        self.resolved: dict[int, tuple[int, ...]] = {}

    def _relative(self, p: Profile) -> tuple[int, ...]:
        noun = antecedent(self.tokens, p.head)
        if noun is None:
            return ()
        m = self.reading.headed[noun]
        if m < 0:
            m = self.reading.at[noun]
            if m < 0 or self.reading.profiles[m].sort != "name":
                return ()
        if p.lemma in ("who", "whom") and self.chains.kind(m) is None:
            return ()
        if self._plural_verb(p) and not self.chains.plural(m):
            several = self._sum(self._first(m), len(self.reading.profiles)) or self._pair(m)
            if several:
                return several
        return (m,)

    def _plural_verb(self, p: Profile) -> bool:
        """Whether the verb of a relative clause is plural: "who were also kidnapped"."""
        tokens = self.tokens
        verb = tokens.heads[p.head]
        return tokens.lower[verb] in ("were", "are") or any(
            tokens.lower[kid] in ("were", "are") for kid in tokens.kids[verb]
        )

    def _first(self, m: int) -> int:
        """The mention that opens the coordination that mention m stands in, apposition seen through."""
        tokens = self.tokens
        i = tokens.top(self.reading.profiles[m].head)
        if tokens.deps[i] == "appos" and self.reading.headed[tokens.heads[i]] >= 0:
            return self.reading.headed[i]
        return self.reading.headed[i] if self.reading.headed[i] >= 0 else m

    def _pair(self, m: int) -> tuple[int, ...]:
        """Mention m and the person named before the "and" before it, where the parser did not join the two."""
        tokens = self.tokens
        start = self.reading.profiles[m].start
        for i in range(start - 1, max(0, start - 4), -1):
            if tokens.lower[i] == "and":
                j = i - 2 if tokens.words[i - 1] == "," else i - 1
                k = self.reading.at[j] if j >= 0 else -1
                if k >= 0 and self.chains.kind(k) == self.chains.kind(m) == "person":
                    return (*self._denoted(k), m)
                return ()
        return ()

    def _blamed(self, p: Profile, base: str) -> int | None:
        """Whose deed it is: the object, in "X thanked Y for his role"."""
        tokens, i = self.tokens, p.head
        for _ in range(4):
            i = tokens.heads[i]
            if tokens.lower[i] in ("for", "over") and tokens.deps[i] == "prep":
                verb = tokens.heads[i]
                if tokens.lemmas[verb] not in _JUDGING:
                    return None
                for kid in tokens.kids[verb]:
                    if tokens.deps[kid] in ("dobj", "nsubjpass") and kid < i:
                        m = self.reading.headed[kid]
                        found = self._denoted(m) if m >= 0 else ()
                        return m if len(found) == 1 and self._agrees(p, found[0], base) else None
                return None
        return None

    def _joined(self, p: Profile, base: str) -> int | None:
        """The first of a coordination, for the possessor of a later one: "a headman, his wife and two children"."""
        tokens = self.tokens
        owned = tokens.heads[p.head]
        if tokens.deps[p.head] != "poss" or tokens.deps[owned] != "conj":
            return None
        first = self.reading.headed[tokens.top(owned)]
        if first < 0:
            return None
        found = self._denoted(first)
        return first if len(found) == 1 and self._agrees(p, found[0], base) else None

    def _reflexive(self, p: Profile) -> tuple[int, ...]:
        tokens, i = self.tokens, p.head
        for _ in range(6):
            i = tokens.heads[i]
            for kid in tokens.kids[i]:
                if tokens.deps[kid] in SUBJECTS and kid < p.head:
                    m = self.reading.at[kid]
                    return self._denoted(m) if m >= 0 and self._agrees(p, m, BASE[p.lemma]) else ()
            if tokens.heads[i] == i:
                break
        return ()

    def _denoted(self, m: int) -> tuple[int, ...]:
        if self.reading.profiles[m].sort == "pronoun":
            return self.resolved.get(m, ())
        return (m,)

    def _pleonastic(self, p: Profile) -> bool:
        """ "It is clear that …", "it rained"."""
        tokens, i = self.tokens, p.head
        if p.lemma != "it":
            return False
        verb = tokens.heads[i]
        lemma = tokens.lemmas[verb]
        if lemma in _WEATHER:
            return True
        if tokens.deps[i] not in SUBJECTS:
            return False
        kids = tokens.kids[verb]
        clause = any(tokens.deps[k] in ("ccomp", "csubj", "xcomp", "advcl") and k > verb for k in kids)
        adjective = any(tokens.deps[k] == "acomp" for k in kids)
        noun = [k for k in kids if tokens.deps[k] == "attr"]
        if lemma == "be":
            cleft = any(tokens.deps[c] in ("relcl", "acl") for k in noun for c in tokens.kids[k])
            return (
                (
                    adjective
                    and (clause or any(tokens.deps[c] in ("xcomp", "ccomp") for k in kids for c in tokens.kids[k]))
                )
                or (bool(noun) and clause)
                or cleft
            )
        return (
            tokens.deps[i] == "nsubjpass"
            and clause
            and lemma in ("say", "believe", "think", "report", "expect", "know", "understand", "hope")
        )

    def _agrees(self, p: Profile, m: int, base: str) -> bool:
        """Whether mention m's chain fits the pronoun in kind, number and gender."""
        chains = self.chains
        kind = chains.kind(m)
        gender = chains.gender(m)
        other = self.reading.profiles[m]
        if base in ("he", "she"):
            if chains.plural(m) or (kind != "person" and not self._perhaps(other)):
                return False
            return gender in ("", "m" if base == "he" else "f")
        if base == "it":
            return kind != "person" and not chains.plural(m) and other.label != "NORP"
        if kind == "person":
            return False
        if chains.plural(m) or kind == "group":
            return True
        return kind == "organization"

    def _perhaps(self, p: Profile) -> bool:
        """Whether a name that is not known for a person's may be one: unfamiliar, short, no body's head word."""
        if p.sort != "name" or p.form is not None or p.label in ("GPE", "LOC", "NORP", "FAC", "PERSON") or p.arm:
            return False
        parts = p.core.split()
        heads = lexicon().org_heads
        if len(parts) > 3 or p.core.isupper() or any(word in heads or not word[:1].isupper() for word in parts):
            return False
        return p.start == 0 or self.tokens.lower[p.start - 1] != "the"

    def _contains(self, m: int, i: int) -> bool:
        """Whether token i stands inside the noun phrase of mention m ("his" in "his mother")."""
        return self.tokens.inside(i, self.reading.profiles[m].head)

    def _bound(self, p: Profile, other: Profile) -> bool:
        """Whether grammar forbids that the two are the same: subject and object of one verb, coordination."""
        tokens = self.tokens
        a, b = tokens.top(p.head), tokens.top(other.head)
        if a == b:
            return True
        if tokens.deps[p.head] == "poss" or p.lemma in REFLEXIVE:
            return False
        governor = tokens.heads[a]
        if tokens.deps[a] == "pobj":
            governor = tokens.heads[governor]
        # "X thanked Y and urged him": the second verb has the first one's subject.
        while tokens.deps[governor] == "conj" and not any(tokens.deps[k] in SUBJECTS for k in tokens.kids[governor]):
            governor = tokens.heads[governor]
            if tokens.deps[b] not in SUBJECTS:
                return False
        above = tokens.heads[b]
        if tokens.deps[b] == "pobj":
            above = tokens.heads[above]
        return governor == above and tokens.deps[b] in (*SUBJECTS, "dobj", "pobj", "dative")

    def _sum(self, k: int, m: int) -> tuple[int, ...]:
        """The mentions coordinated with mention k, where k is the first and all are before m; persons or countries."""
        tokens, head = self.tokens, self.reading.profiles[k].head
        if tokens.deps[head] == "conj":
            return ()
        heads = tokens.conjuncts(head)
        if len(heads) < 2:
            return ()
        mentions = [self.reading.at[h] for h in heads]
        if any(n < 0 or n >= m for n in mentions):
            return ()
        kinds = {self.chains.kind(n) for n in mentions}
        if None in kinds or len({self.chains.of(n) for n in mentions}) < 2:
            return ()
        return tuple(c for n in mentions for c in self._denoted(n))
