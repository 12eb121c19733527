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
_HONOURS = words("honours")
_LOCATIVE = words("locative")
_TAKING_UP = words("taking_up")
_CLOCK = words("clock")
_PARTS = words("parts")
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
            if tokens.deps[i] == "acl" and tokens.heads[i] < i:  # "a man calling himself captain"
                m = self.reading.headed[tokens.heads[i]]
                return (m,) if m >= 0 and self._agrees(p, m, BASE[p.lemma]) else ()
            if tokens.heads[i] == i:
                break
        return ()

    def _denoted(self, m: int) -> tuple[int, ...]:
        if self.reading.profiles[m].sort == "pronoun":
            return self.resolved.get(m, ())
        return (m,)

    def _honours(self, p: Profile) -> bool:
        """ "His Excellency", "Her Majesty": part of a title."""
        owned = self.tokens.heads[p.head]
        capital = self.tokens.deps[p.head] == "poss" and self.tokens.capitalized(owned)
        return capital and self.tokens.lower[owned] in _HONOURS

    def _pleonastic(self, p: Profile) -> bool:
        """ "It is clear that …", "it rained"."""
        tokens, i = self.tokens, p.head
        if p.lemma != "it":
            return False
        verb = tokens.heads[i]
        lemma = tokens.lemmas[verb]
        if tokens.deps[i] == "dobj" and lemma in _TAKING_UP:
            return True  # "denied it": what was told, nobody and nothing
        if lemma in _WEATHER:
            return True
        if tokens.deps[i] not in SUBJECTS:
            return False
        kids = tokens.kids[verb]
        clause = any(tokens.deps[k] in ("ccomp", "csubj", "xcomp", "advcl") and k > verb for k in kids)
        adjective = any(tokens.deps[k] == "acomp" for k in kids)
        noun = [k for k in kids if tokens.deps[k] == "attr"]
        if lemma == "be":
            if any(tokens.ents[k] in ("DATE", "TIME") or tokens.lemmas[k] in _CLOCK for k in noun):
                return True
            if any(tokens.lower[k] == "so" for k in kids):
                return True
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
            if chains.plural(m) or (kind != "person" and not self._perhaps(m)):
                return False
            return gender in ("", "m" if base == "he" else "f")
        if base == "it":
            return kind != "person" and not chains.plural(m) and other.label != "NORP" and not self._somewhere(m)
        if kind == "person":
            return False
        if chains.plural(m) or kind == "group":
            return True
        return kind == "organization"

    def _perhaps(self, m: int) -> bool:
        """Whether a name that is not known for a person's may be one: unfamiliar, short, no body's head word, doing
        somewhere in the report what persons do and nowhere being what only places and things are.
        """
        p = self.reading.profiles[m]
        if p.sort != "name" or p.form is not None or p.label in ("GPE", "LOC", "NORP", "FAC", "PERSON") or p.arm:
            return False
        parts = p.core.split()
        heads = lexicon().org_heads
        if len(parts) > 3 or p.core.isupper() or any(word in heads or not word[:1].isupper() for word in parts):
            return False
        evidence = [self._personal(k) for k in self.chains.members[self.chains.of(m)]]
        return min(evidence) >= 0

    def _somewhere(self, m: int) -> bool:
        """Whether a name taken for a body's is a place's: no body's head word in it, and in the report only where
        places stand.
        """
        p = self.reading.profiles[m]
        if p.sort != "name" or p.label not in ("ORG", "MISC") or p.form is not None:
            return False
        if any(word in lexicon().org_heads for word in p.core.split()) or p.core.isupper():
            return False
        names = [k for k in self.chains.members[self.chains.of(m)] if self.reading.profiles[k].sort == "name"]
        return all(self._personal(k) < 0 and self.tokens.deps[self.reading.profiles[k].head] == "pobj" for k in names)

    def _personal(self, m: int) -> int:
        """1 for a sign that a name is a person's, -1 for one that it is not, 0 for none."""
        tokens, p = self.tokens, self.reading.profiles[m]
        if p.sort != "name":
            return 0
        before = tokens.lower[p.start - 1] if p.start else ""
        top = tokens.top(p.head)
        dep, governor = tokens.deps[top], tokens.heads[top]
        if before in ("the", "(") or (dep == "pobj" and tokens.lower[governor] in _LOCATIVE):
            return -1
        if dep in SUBJECTS:
            return int(tokens.lemmas[governor].lower() in lexicon().person_verbs)
        return int(dep == "poss" and tokens.lemmas[governor].lower() in (lexicon().person_nouns | set(lexicon().kin)))

    def _contains(self, m: int, i: int) -> bool:
        """Whether token i stands inside the noun phrase of mention m ("his" in "his mother"); not in what is said of
        it behind a comma ("X, famous for his role", "X, head of his party").
        """
        tokens, top = self.tokens, self.reading.profiles[m].head
        while i != top and tokens.inside(i, top):
            if tokens.deps[i] in ("appos", "amod") and i > top:
                return False
            i = tokens.heads[i]
        return i == top

    def _bound(self, p: Profile, other: Profile) -> bool:
        """Whether grammar forbids that the two are the same: subject and object of one verb, coordination."""
        tokens = self.tokens
        a, b = tokens.top(p.head), tokens.top(other.head)
        if a == b:
            return True
        if tokens.deps[p.head] == "poss" or p.lemma in REFLEXIVE:
            return False
        if self._asked(p, other):
            return True
        a = self._part(a)
        governor = tokens.heads[a]
        if tokens.deps[a] == "pobj":
            governor = tokens.heads[governor]
        while self._controlled(governor):  # "Ottawa is to challenge it": who is to do it does it
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

    def _controlled(self, verb: int) -> bool:
        """Whether the subject of the verb above is the subject of this infinitive too."""
        tokens = self.tokens
        own = any(tokens.deps[k] in SUBJECTS for k in tokens.kids[verb])
        above = tokens.heads[verb]
        return tokens.deps[verb] == "xcomp" and not own and all(tokens.deps[k] != "dobj" for k in tokens.kids[above])

    def _asked(self, p: Profile, other: Profile) -> bool:
        """Whether the pronoun is the subject of a clause that only describes the other: "the curfew it imposed"."""
        tokens = self.tokens
        clause = tokens.heads[tokens.top(p.head)]
        subject = tokens.role(p.head) in SUBJECTS
        return subject and tokens.deps[clause] == "relcl" and tokens.heads[clause] == other.head

    def _part(self, i: int) -> int:
        """Seen through "nine of", "each of", "some of": the word that has the pronoun's place in the clause."""
        tokens = self.tokens
        of = tokens.heads[i]
        if tokens.deps[i] == "pobj" and tokens.lower[of] == "of":
            part = tokens.heads[of]
            if tokens.tags[part] in ("CD", "DT") or tokens.lower[part] in _PARTS:
                return part
        return i

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
