"""Who the kin are and whose: what stands beside a noun for kin."""

from __future__ import annotations

from spacy.tokens import Doc

from dateline.reading.lexicon import lexicon
from dateline.reading.profiles import Profile, Reading

_PREFIXES = frozenset({"ex", "half", "step", "great", "grand"})
_HIS = {"his": "m", "her": "f"}


class Kinfolk:
    """Answers for one report; `doc` has its mentions linked."""

    def __init__(self, doc: Doc, reading: Reading) -> None:
        self.doc = doc
        self.reading = reading
        self.tokens = reading.tokens
        self.lexicon = lexicon()

    def kin_word(self, i: int) -> tuple[str, int, int] | None:
        """The word for kin whose noun is token i ("brother" in "brother-in-law") and its tokens `[start, end)`."""
        tokens, lex = self.tokens, self.lexicon
        lower = tokens.lower[i]
        start, end = i, i + 1
        if tokens.lower[i + 1 : i + 5] == ["-", "in", "-", "law"]:
            lower, end = f"{lower}-in-law", i + 5
        elif i >= 2 and tokens.words[i - 1] == "-" and tokens.lower[i - 2] in _PREFIXES:
            start = i - 2
            lower = f"{tokens.lower[i - 2]}-{lower}" if f"{tokens.lower[i - 2]}-{lower}" in lex.kin else lower
        if lower in lex.kin or (lower in lex.kins and lower not in ("family", "families")):
            return lower, start, end
        return None

    def named(self, entity: int) -> bool:
        """Whether a name denotes the entity somewhere in the report."""
        return any(self.reading.profiles[m].sort == "name" for m in self.doc._.entities[entity].mentions)

    def entities(self, token: int) -> tuple[int, ...]:
        """The entities of the mention that the token heads, else of the innermost one around it."""
        m = self.reading.headed[token]
        if m < 0:
            m = self.reading.at[token]
        found: tuple[int, ...] = self.doc._.mentions[m].entities if m >= 0 else ()
        return found

    def one(self, token: int) -> int | None:
        """The one person at the token."""
        found = self.entities(token)
        return found[0] if len(found) == 1 and self.doc._.entities[found[0]].kind == "person" else None

    # Who

    def persons(self, i: int, end: int) -> tuple[int, ...]:
        """Entities of who the kin are: the name beside, in apposition, or the subject of whom it is said."""
        tokens = self.tokens
        beside = self._beside(i, end)
        appositions = [k for k in tokens.kids[i] if tokens.deps[k] == "appos" and k > i and self._personal(k)]
        for head in [*([beside.head] if beside is not None else []), *appositions]:
            heads = self._several(i, head)
            found = tuple(dict.fromkeys(e for h in heads for e in self.entities(h)))
            if found and all(self._bears(h, i) for h in heads):
                return found
        subject = self._subject(i)
        if subject:
            return subject
        return self.entities(i) if self.reading.headed[i] >= 0 else ()

    def _personal(self, token: int) -> bool:
        m = self.reading.headed[token]
        return m >= 0 and self.reading.profiles[m].sort == "name" and self.reading.profiles[m].kind == "person"

    def _several(self, i: int, head: int) -> list[int]:
        """The names that a plural is said of: up to the first that has a title or determiner of its own."""
        tokens = self.tokens
        if tokens.lower[i] not in self.lexicon.kins:
            return [head]
        kept = [head]
        for other in tokens.conjuncts(head)[1:]:
            m = self.reading.headed[other]
            p = self.reading.profiles[m] if m >= 0 else None
            described = any(
                tokens.tags[k] in ("JJ", "JJR", "NN", "DT", "PRP$") for k in tokens.kids[other] if k < other
            )
            if p is None or p.sort != "name" or p.title is not None or described:
                break
            kept.append(other)
        return kept

    def _beside(self, i: int, end: int) -> Profile | None:
        """The personal name that the kin word stands right before: "his brother Timur"."""
        tokens = self.tokens
        for j in (end, end + 1):
            if j >= len(tokens) or (j > end and tokens.words[end] != ","):
                return None
            m = self.reading.at[j]
            p = self.reading.profiles[m] if m >= 0 else None
            if p is not None and p.sort == "name" and p.label == "PERSON" and p.start == j:
                return p if j == end or self._apposed(i, end, p) else None
        return None

    def _apposed(self, i: int, end: int, p: Profile) -> bool:
        """Whether the name behind the comma is in apposition: "his brother-in-law, Awang, wept"."""
        tokens = self.tokens
        if tokens.deps[p.head] == "appos":
            return True
        closed = p.end < len(tokens) and tokens.words[p.end] in (",", ".", ";", ")")
        owned = any(tokens.deps[k] == "poss" for k in tokens.kids[i])
        return closed and owned and tokens.deps[p.head] != "conj" and tokens.heads[p.head] != p.head

    def _subject(self, i: int) -> tuple[int, ...]:
        """Of whom the kin word is a predicate: "X was the son of Y and the half-brother of Z"."""
        tokens = self.tokens
        top = tokens.top(i)
        verb = tokens.heads[top]
        if tokens.deps[top] != "attr" or tokens.lemmas[verb] not in ("be", "become", "remain"):
            return ()
        if any(tokens.deps[k] == "neg" for k in tokens.kids[verb]):
            return ()
        for kid in tokens.kids[verb]:
            if tokens.deps[kid] == "nsubj" and kid < i:
                found = tuple(e for h in tokens.conjuncts(kid) for e in self.entities(h))
                if tokens.lower[kid] == "who" and tokens.lower[i] in self.lexicon.kins:
                    found = self._pair(tokens.heads[verb]) or found
                return found if all(self._fits(e, i) for e in found) else ()
        return ()

    def _pair(self, noun: int) -> tuple[int, ...]:
        """The persons coordinated up to the noun that a relative clause hangs on."""
        tokens = self.tokens
        named = [k for k in tokens.kids[noun] if tokens.deps[k] == "appos" and k > noun]
        heads = [h for first in (tokens.top(noun), *named) for h in tokens.conjuncts(first) if self._personal(h)]
        if not named:
            heads = [h for h in heads if h <= noun]
        return tuple(e for h in heads for e in self.entities(h)) if len(heads) > 1 else ()

    def _bears(self, head: int, i: int) -> bool:
        """Whether the name itself (title, first name) does not speak against the gender of the kin word."""
        m = self.reading.headed[head] if self.reading.headed[head] >= 0 else self.reading.at[head]
        return m < 0 or self._alike(i, self.reading.profiles[m].gender)

    def _fits(self, entity: int, i: int) -> bool:
        """Whether the entity's gender, if known, is the kin word's."""
        return self._alike(i, self.doc._.entities[entity].gender)

    def _alike(self, i: int, gender: str | None) -> bool:
        word = self.tokens.lower[i]
        wanted = self.lexicon.kin.get(word) or self.lexicon.kins.get(word) or ""
        return not (wanted and gender and wanted != gender)

    def denied(self, i: int) -> bool:
        """Whether the kin word is a predicate that is negated."""
        tokens = self.tokens
        top = tokens.top(i)
        return tokens.deps[top] == "attr" and any(tokens.deps[k] == "neg" for k in tokens.kids[tokens.heads[top]])

    # Whose

    def owners(self, i: int) -> tuple[int, ...]:
        """Entities of whose kin they are: a possessor, "of …", whom they survive, or the possessor of the kin noun
        that this one is coordinated with.
        """
        tokens = self.tokens
        heads = [i]
        if i >= 2 and tokens.words[i - 1] == "-" and tokens.lower[i - 2] in _PREFIXES:
            heads.append(i - 2)
        if tokens.deps[i] in ("compound", "nmod", "amod", "appos"):
            heads.append(tokens.heads[i])
        heads += [tokens.top(head) for head in heads if tokens.deps[head] == "conj"]
        heads += [tokens.heads[head] for head in heads[1:] if tokens.deps[head] == "appos"]
        for head in heads:
            for kid in tokens.kids[head]:
                if tokens.deps[kid] == "poss" and kid < i:
                    return self._possessor(kid, i)
            if head == i:
                found = self._of(i)
                if found:
                    return found
        return self._survived(i) or self._shared(i) or self._coordinated(i)

    def _coordinated(self, i: int) -> tuple[int, ...]:
        """Of whom a kin noun coordinated behind this one is: "the wife and two daughters of Judge Aziz"."""
        for other in self.tokens.conjuncts(i)[1:]:
            if self.kin_word(other) is not None:
                return self._of(other)
        return ()

    def _of(self, i: int) -> tuple[int, ...]:
        tokens = self.tokens
        for kid in tokens.kids[i]:
            if tokens.lower[kid] in ("of", "to") and tokens.deps[kid] == "prep":
                nouns = [k for k in tokens.kids[kid] if tokens.deps[k] == "pobj"]
                heads = [h for noun in nouns for h in tokens.conjuncts(noun)]
                heads = [h for h in heads if h in nouns or self._personal(h)]
                return tuple(e for h in heads for e in self.entities(h))
        return ()

    def _possessor(self, kid: int, i: int) -> tuple[int, ...]:
        tokens = self.tokens
        if tokens.lower[kid] == "whose":
            before = self._named_before(kid)
            return (before,) if before is not None else self.entities(kid)
        if tokens.lower[kid] == "their":
            top = tokens.top(i)
            word = self.kin_word(top) if top < i else None
            if word is not None:
                both = (*self.owners(top), *self.persons(top, word[2]))
                return tuple(e for e in both if self.doc._.entities[e].kind == "person")
        gender = _HIS.get(tokens.lower[kid])
        if gender is not None:
            first = self._first(i)
            entity = self.one(first) if first is not None else None
            if entity is not None and self.doc._.entities[entity].gender in (None, gender):
                return (entity,)
        return self.entities(kid)

    def _named_before(self, whose: int) -> int | None:
        """Who is named right before "whose": "Chief Marlene Toomey, whose nephew …"."""
        j = whose - 2 if self.tokens.words[whose - 1] == "," else whose - 1
        return self.one(j) if j >= 0 and self.reading.at[j] >= 0 else None

    def _first(self, i: int) -> int | None:
        """The person that a kin noun is coordinated with, before it: "a headman, his wife and two grandchildren"."""
        tokens = self.tokens
        head = tokens.heads[i] if tokens.deps[i] in ("compound", "nmod", "appos") else i
        if head != i and tokens.deps[head] == "appos":
            head = tokens.heads[head]
        top = tokens.top(head)
        other = top != head or (tokens.deps[i] == "appos" and self.one(top) not in self.entities(i))
        return top if top < i and other and self.one(top) is not None and self.kin_word(top) is None else None

    def _survived(self, i: int) -> tuple[int, ...]:
        """Who is survived by the kin: "she is survived by a daughter"."""
        tokens = self.tokens
        top = tokens.top(i)
        agent = tokens.heads[top]
        verb = tokens.heads[agent]
        if tokens.lower[agent] != "by" or tokens.lower[verb] != "survived":
            return ()
        for kid in tokens.kids[verb]:
            if tokens.deps[kid] in ("nsubj", "nsubjpass"):
                return self.entities(kid)
        return self.entities(tokens.heads[verb]) if tokens.deps[verb] in ("acl", "advcl") else ()

    def _shared(self, i: int) -> tuple[int, ...]:
        """The possessor of the kin named before: "his mother, Yelena, and fiance Sapir"."""
        tokens = self.tokens
        begin = i
        while begin and tokens.tags[begin - 1] in ("CD", "JJ", "JJR", "JJS", "VBN"):
            begin -= 1
        if begin and tokens.lower[begin - 1] == "and":
            for j in range(begin - 2, max(tokens.starts[tokens.sents[i]], begin - 9) - 1, -1):
                if self.kin_word(j) is not None:
                    return self.owners(j)
        return ()
