"""Names in a report: the model's named entities, mended by what general rules and the codebook know.

The small model takes persons for places and parties for persons; titles, head words of organizations, the lists of
countries and organizations, acronyms in parentheses and the report's own other mentions say better.
"""

from __future__ import annotations

from collections import Counter

from dateline.reading.bodies import Bodies
from dateline.reading.countries import Form, Gazetteer
from dateline.reading.lexicon import words
from dateline.reading.persons import Persons
from dateline.reading.spans import Label, Name
from dateline.reading.tokens import Tokens

_LABELS: dict[str, Label] = {
    "PERSON": "PERSON", "ORG": "ORG", "GPE": "GPE", "NORP": "NORP", "LOC": "LOC", "FAC": "FAC",
    "EVENT": "MISC", "WORK_OF_ART": "MISC", "LAW": "MISC", "PRODUCT": "MISC", "LANGUAGE": "NORP",
}  # fmt: skip
_FORM_LABELS: dict[str, Label] = {
    "country": "GPE", "region": "GPE", "adjective": "NORP", "people": "NORP", "capital": "GPE", "metonym": "GPE",
    "organization": "ORG",
}  # fmt: skip
_UNNAMED = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"})
_PARTICLES = words("particles")
_ACTING = words("acting")
_DAYS = words("calendar")
_DIRECTIONS = words("directions")
_LOCATIVE = words("locative")


class Names(Bodies, Persons):
    """The names of one report, in text order, none overlapping."""

    def __init__(self, tokens: Tokens, gazetteer: Gazetteer) -> None:
        super().__init__(tokens)
        self._take(gazetteer)
        self._runs()
        self._glued()
        self.organizations()
        for name in self.found():
            if name.label == "ORG" and name.form is None and name.end - name.start > 2:
                self._split(name)
        self._titled()
        self._placed()
        self._personal()
        self._acting()
        self._agree()
        for name in self.found():
            if name.label == "PERSON":
                self._given(name)

    def _take(self, gazetteer: Gazetteer) -> None:
        tokens = self.tokens
        for ent_start, ent_end, ent_label in tokens.entities:
            label = _LABELS.get(ent_label)
            if label is None:
                continue
            for begin, stop in self._pieces(ent_start, ent_end):
                start, end = self._trim(begin, stop)
                if end > start and self._nameable(start, end):
                    self._put(Name(start, end, label))
        for start, end, form in gazetteer.find(tokens.words):
            if not self._stands(start, end, form):
                continue
            label = _FORM_LABELS[form.kind]
            old = self.owner[start]
            wider = old is not None and old.start <= start and old.end >= end and old.end - old.start > end - start
            if wider and old is not None and self._keeps(old, start, end, form):
                continue
            self._put(Name(start, end, label, form, sure=True))

    def _pieces(self, start: int, end: int) -> list[tuple[int, int]]:
        """The entity in the parts that a dash, a bracket or "and" between two bodies makes."""
        tokens, heads = self.tokens, self.lexicon.org_heads
        cuts = []
        for i in range(start + 1, end - 1):
            word = tokens.words[i]
            spaced = tokens.spaces[i] and tokens.spaces[i - 1]
            left = any(w in heads for w in tokens.words[start:i])
            right = any(w in heads for w in tokens.words[i + 1 : end])
            bodies = (left and tokens.words[end - 1] in heads) or (right and tokens.words[i - 1] in heads)
            if word == "(" or (word in ("-", "–", "—") and spaced) or (word == "and" and bodies):
                cuts.append(i)
        return list(zip([start, *(i + 1 for i in cuts)], [*cuts, end], strict=True))

    def _stands(self, start: int, end: int, form: Form) -> bool:
        """Whether a match means the form: not the pronoun "us" or "Us", not part of a person's name."""
        tokens = self.tokens
        word = tokens.words[start]
        if end - start == 1 and word == "US" and tokens.pos[start] == "PRON":
            return True
        if form.kind == "organization" and end - start == 1 and word.isupper() and len(word) <= 3:
            return tokens.tags[start].startswith("NN")
        before = tokens.lower[start - 1].rstrip(".") if start else ""
        return not (before in self.lexicon.courtesy and form.kind in ("country", "capital", "region", "metonym"))

    def _keeps(self, old: Name, start: int, end: int, form: Form) -> bool:
        """Whether the longer name `old` stays whole around a match of the codebook."""
        if old.label == "PERSON":
            return start > old.start or form.kind not in (
                "adjective",
                "country",
                "organization",
            )
        if old.label in ("GPE", "LOC", "NORP"):
            if any(w in ("and", ",", "&") for w in self.tokens.lower[old.start : old.end]):
                return False
            return form.kind != "adjective" and old.end - old.start <= 3 and self._one_run(old.start, old.end)
        last = self.tokens.words[old.end - 1]
        if form.kind == "adjective" and start == old.start and old.end - end <= 3:
            rest_is_title = self.tokens.lower[old.end - 1] in self.lexicon.titles
            return not rest_is_title and self._one_run(old.start, old.end)
        if old.label == "ORG" and last.rstrip(".") in self.lexicon.titles:
            return False
        return self._one_run(old.start, old.end) or form.kind == "organization"

    def _runs(self) -> None:
        """Capitalized proper nouns that no entity covers become names; an entity that ends inside a run grows."""
        tokens, i = self.tokens, 0
        while i < len(tokens):
            if self.owner[i] is not None or not self._proper(i):
                i += 1
                continue
            start = i
            while i < len(tokens) and self.owner[i] is None and (self._proper(i) or self._glue(i)):
                i += 1
            begin = start
            while begin + 1 < i and self._leads(begin, i):
                begin += 1
            after = self.owner[i] if i < len(tokens) else None
            if after is not None and after.label == "PERSON" and not after.sure and begin < i and i - start <= 2:
                known = (tokens.lower[j].rstrip(".") for j in range(start, i))
                if all(word not in self.lexicon.roles and word not in self.lexicon.courtesy for word in known):
                    self._put(Name(start, after.end, "PERSON"))
                continue
            if begin < i and self._nameable(begin, i):
                self._put(Name(begin, i, self._guess(begin, i)))

    def _placed(self) -> None:
        """Surnames that are names of places too: in "Valeska Paris" a word stands before Paris that no direction is,
        and that no comma parts from it; then Paris alone is a person where it is in no place's part of a clause.
        """
        tokens = self.tokens
        surnames = set()
        for name in self.found():
            before = self.owner[name.start - 1] if name.start else None
            single = name.form is not None and name.form.kind in ("capital", "country") and name.end - name.start == 1
            if not single or before is None or before.form is not None or before.end != name.start:
                continue
            given = tokens.words[before.start]
            tied = tokens.heads[before.end - 1] == name.start and tokens.deps[before.end - 1] in ("compound", "nmod")
            if before.end - before.start > 1 or not tied or before.label == "ORG" or given.lower() in _DIRECTIONS:
                continue
            if given in self.lexicon.first_names or before.label in ("PERSON", "GPE"):
                surnames.add(tokens.words[name.start])
                self._put(Name(before.start, name.end, "PERSON", sure=True))
        for name in self.found():
            if name.form is not None and name.end - name.start == 1 and tokens.words[name.start] in surnames:
                place = tokens.deps[name.start] == "pobj" and tokens.lower[tokens.heads[name.start]] in _LOCATIVE
                if not place:
                    name.label, name.form = "PERSON", None

    def _acting(self) -> None:
        """Names of unknown kind that do what only people and bodies do ("Gulen", "Jurisdiction for Peace ordered an
        inquiry") are a person's or a body's: with an article, in capitals or of three words and more a body's.
        """
        tokens = self.tokens
        for name in self.found():
            if name.label != "MISC" or name.form is not None:
                continue
            heads = [i for i in range(name.start, name.end) if not name.start <= tokens.heads[i] < name.end]
            acts = any(
                tokens.deps[i] == "nsubj" and tokens.lemmas[tokens.heads[i]].lower() in _ACTING for i in heads[-1:]
            )
            if not acts:
                continue
            words = tokens.words[name.start : name.end]
            article = name.start > 0 and tokens.lower[name.start - 1] == "the"
            body = article or len(words) > 2 or any(w.isupper() and len(w) > 1 for w in words)
            name.label = "ORG" if body else "PERSON"

    def _proper(self, i: int) -> bool:
        tokens = self.tokens
        if tokens.tags[i] not in ("NNP", "NNPS") or tokens.lower[i].rstrip(".") in _DAYS or tokens.ent(i) in _UNNAMED:
            return False
        return tokens.capitalized(i) and len(tokens.words[i].strip(".")) > 0

    def _glue(self, i: int) -> bool:
        """A hyphen or particle between two proper nouns."""
        tokens = self.tokens
        inside = i + 1 < len(tokens) and self.owner[i + 1] is None and self._proper(i + 1)
        return inside and (tokens.words[i] == "-" or tokens.lower[i] in _PARTICLES)

    def _guess(self, start: int, end: int) -> Label:
        tokens, lex = self.tokens, self.lexicon
        words = tokens.words[start:end]
        if any(word in lex.org_heads for word in words):
            return "ORG"
        if words[0] in lex.first_names and end - start <= 4:
            return "PERSON"
        if start and tokens.lower[start - 1].rstrip(".") in lex.titles:
            return "PERSON"
        if all(len(word) > 1 and word.isupper() for word in words):
            return "ORG"
        if any(
            tokens.deps[i] in ("nsubj",) and tokens.lemmas[tokens.heads[i]] in lex.saying for i in range(start, end)
        ):
            return "PERSON"
        return "MISC"

    def _agree(self) -> None:
        """One string, one label: by majority, with surnames of persons known by their full names."""
        tokens = self.tokens
        votes: dict[str, Counter[str]] = {}
        surnames = set()
        for name in self.found():
            votes.setdefault(tokens.text(name.start, name.end), Counter())[name.label] += 1
            if name.label == "PERSON" and name.end - name.start > 1:
                surnames.add(tokens.words[name.end - 1])
        for i, word in enumerate(tokens.words):  # "Waters said", which the tagger takes for a noun
            noun = self.owner[i] is None and word in surnames and tokens.tags[i] in ("NNS", "NNPS", "NN")
            if noun and not any(tokens.deps[k] in ("det", "amod", "nummod") for k in tokens.kids[i]):
                self._put(Name(i, i + 1, "PERSON"))
        for name in self.found():
            if name.form is not None:
                continue
            text = tokens.text(name.start, name.end)
            if name.end - name.start == 1 and text in surnames:
                name.label = "PERSON"
                continue
            count = votes[text]
            best = max(sorted(count), key=lambda label: count[label])
            if count[best] > count[name.label] and best != "MISC":
                name.label = best  # type: ignore[assignment]
            elif name.label == "MISC" and len(count) > 1:
                name.label = sorted(label for label in count if label != "MISC")[0]  # type: ignore[assignment]
