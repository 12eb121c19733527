"""Descriptions that grammar ties to a name: apposition on either side, predicates, "a cook named …"."""

from __future__ import annotations

from dateline.reading.clusters import Chains
from dateline.reading.lexicon import lexicon
from dateline.reading.profiles import Profile, Reading
from dateline.reading.pronouns import Resolver
from dateline.reading.titles import is_role

#: Kin who as a rule share the surname; the wider the kin and the marriages, the less sure.
_SURNAMED = frozenset({"father", "son"})
#: Prepositions and nouns between a person and what an apposition behind them is of.
#: What the parser makes of an apposition that it does not see.
_LOOSE = frozenset({"appos", "npadvmod", "dep", "conj", "oprd", "nmod", "dobj", "pobj"})
_NAMING = frozenset({"named", "called", "identified", "nicknamed", "known", "dubbed"})
_BETWEEN = frozenset({"pobj", "prep", "appos", "compound"})


class Appositions:
    """Finds what a description says more about; `full_names` has, by chain, the names that kinship completes
    ("Vitaly Troufanov" from "Troufanov's father, Vitaly").
    """

    def __init__(self, reading: Reading, chains: Chains, resolver: Resolver) -> None:
        self.reading = reading
        self.tokens = reading.tokens
        self.chains = chains
        self.resolver = resolver
        self.full_names: dict[int, str] = {}

    def syntactic(self, m: int, p: Profile) -> int | None:
        """The mention that p stands in apposition to (either way round) or is said to be."""
        tokens = self.tokens
        if p.kind == "person":
            followed = self._followed(p)
            if followed is not None:
                return followed
            called = self._called(p)
            if called is not None:
                noun = self.reading.headed[tokens.heads[p.head]] if tokens.deps[p.head] == "appos" else -1
                if noun >= 0 and self.reading.profiles[noun].sort == "description" and self._fits(p, noun, m):
                    self.chains.join(noun, called)
                return called
        if tokens.deps[p.head] == "appos" and tokens.lower[max(0, p.start - 2) : p.start].count("not") == 0:
            other = self.reading.headed[tokens.heads[p.head]]
            if other < 0:
                other = self.reading.at[tokens.heads[p.head]]
            if other >= 0 and other != m and tokens.lower[p.head] in lexicon().kin and self._whose(p):
                other = -1
            if other >= 0 and other != m and self._fits(p, other, m):
                return other
            for other in (self._before(p), self._above(p)) if p.kind == "person" else ():
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
            for find in (self._next_to, self._hung_inside, self._beside, self._closed):
                found = find(p)
                if found is not None:
                    return found
        if tokens.deps[p.head] == "attr":
            verb = tokens.heads[p.head]
            if tokens.lemmas[verb] in ("be", "become", "remain") and not any(
                tokens.deps[k] == "neg" for k in tokens.kids[verb]
            ):
                for kid in tokens.kids[verb]:
                    if tokens.deps[kid] == "nsubj" and kid < p.head:
                        other = self.reading.headed[kid]
                        if other >= 0 and self.reading.profiles[other].sort == "pronoun":
                            denoted = self.resolver.resolved.get(other, ())
                            other = denoted[0] if len(denoted) == 1 else -1
                        if other >= 0 and p.kind == "person" and self.chains.kind(other) == "person":
                            return other
        return None

    def _whose(self, p: Profile) -> bool:
        """Whether the possessor is "whose": the kin are of the one that the parser made them an apposition to."""
        return p.possessor is not None and self.tokens.lower[p.possessor] == "whose"

    def _before(self, p: Profile) -> int:
        """The name right before the comma before p: "Ivan Petrov and Maria Petrova, his daughter"; -1 for none."""
        begin = self.tokens.edges(p.head)[0]
        m = self.reading.at[begin - 2] if begin > 1 and self.tokens.words[begin - 1] == "," else -1
        return m if m >= 0 and self.reading.profiles[m].label == "PERSON" else -1

    def _above(self, p: Profile) -> int:
        """The person named before a phrase that the parser hung an apposition on: "Maria Lungu of the Now party, an
        aunt of the dead man"; -1 for none.
        """
        tokens = self.tokens
        i = tokens.heads[p.head]
        for _ in range(4):
            if tokens.deps[i] not in _BETWEEN:
                return -1
            i = tokens.heads[i]
            m = self.reading.headed[i]
            if m >= 0 and self.reading.profiles[m].label == "PERSON":
                return m
        return -1

    def _called(self, p: Profile) -> int | None:
        """The name in "a cook named Jun Salazar"."""
        tokens = self.tokens
        for kid in tokens.kids[p.head]:
            if tokens.deps[kid] == "acl" and tokens.lower[kid] in _NAMING:
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
            if (
                name.sort == "name"
                and name.label == "PERSON"
                and i == name.start
                and tokens.tags[i - 1].startswith("NN")
            ):
                return m if self._fits(p, m, m) else None
            i += 1
        return None

    def _beside(self, p: Profile) -> int | None:
        """The name between commas that the parser took for a second subject: "his brother-in-law, Awang, said"."""
        tokens = self.tokens
        if tokens.deps[p.head] not in ("nsubj", "nsubjpass"):
            return None
        end = tokens.extent(p.head)[1]
        if end >= len(tokens) or tokens.words[end] != ",":
            return None
        for kid in tokens.kids[tokens.heads[p.head]]:
            if tokens.deps[kid] in ("nsubj", "nsubjpass") and kid > end and tokens.extent(kid)[0] == end + 1:
                m = self.reading.headed[kid]
                named = m >= 0 and self.reading.profiles[m].sort == "name"
                return m if named and self._fits(p, m, m) else None
        return None

    def _next_to(self, p: Profile) -> int | None:
        """The name between commas right behind p that the parser hung on a noun before, which it does not fit: "the
        sister of its priest, Father Dominic Phiri, was cut".
        """
        tokens, i = self.tokens, p.head + 2
        if i >= len(tokens) or tokens.words[i - 1] != "," or tokens.deps[p.head] != "pobj":
            return None
        m = self.reading.at[i]
        name = self.reading.profiles[m] if m >= 0 else p
        if name.sort != "name" or name.label != "PERSON" or name.start != i or tokens.deps[name.head] != "appos":
            return None
        hung = self.reading.headed[tokens.heads[name.head]]
        noun = self.reading.profiles[hung] if hung >= 0 else p
        named = noun.sort == "name" and noun.label == "PERSON"
        wrong = noun is not p and noun.kind == "person" and (named or not self._fits(noun, m, hung))
        return m if wrong and self._fits(p, m, m) else None

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

    def _closed(self, p: Profile) -> int | None:
        """The name between commas behind "the governor of Marib" or "a Norwegian envoy", however the parser hung it."""
        tokens = self.tokens
        if (
            p.definite not in ("def", "indef", "poss")
            or not is_role(p.lemma)
            or tokens.deps[p.head] in ("attr", "poss")
        ):
            return None
        i, stop = p.head + 1, min(p.head + 9, tokens.starts[tokens.sents[p.head] + 1] - 2)
        if i < len(tokens) and tokens.lower[i] not in (",", "of", "for", "in"):
            return None
        while i < stop and (tokens.tags[i][:2] in ("NN", "JJ", "DT", "PO") or tokens.lower[i] in ("of", "for", "in")):
            i += 1
        if i >= stop or tokens.words[i] != ",":
            return None
        m = self.reading.at[i + 1]
        name = self.reading.profiles[m] if m >= 0 else p
        if name.sort != "name" or name.start != i + 1 or name.form is not None or name.end >= len(tokens):
            return None
        if name.label != "PERSON" and tokens.words[name.start] not in lexicon().first_names:
            return None
        closing = (",",) if tokens.deps[name.head] == "conj" else (",", ".", ";", "who")
        known = tokens.deps[name.head] in _LOOSE and tokens.words[name.end] in closing
        return m if known and self._fits(p, m, m) else None

    def _fits(self, p: Profile, other: int, m: int) -> bool:
        kind: str | None = self.chains.kind(other)
        name = self.reading.profiles[other]
        kin = p.lemma in lexicon().kin and name.label == "GPE" and name.form is None
        if kin and name.sort == "name" and kind != "person":
            name.label, name.kind = "PERSON", "person"
            return True
        if name.sort == "name" and name.label in ("PERSON", "MISC", "ORG") and kind != "person" and p.kind == "person":
            body = any(word.lower() in lexicon().org_nouns for word in name.core.split())
            if not body and (len(name.core.split()) > 1 or name.label == "MISC"):
                name.label, name.kind = "PERSON", "person"
                return True
            return False
        if p.kind == "person" or kind == "person":
            if p.kind != kind:
                return False
            mine, theirs = p.gender, self.chains.gender(other)
            return not (mine and theirs and mine != theirs)
        return not (
            (p.number == "p") != self.chains.plural(other) and kind not in ("organization", None) and p.kind == "group"
        )

    def complete(self, other: int, m: int) -> None:
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
