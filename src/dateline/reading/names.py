"""Names in a report: the model's named entities, mended by what general rules and the codebook know.

The small model takes persons for places and parties for persons; titles, head words of organizations, the lists of
countries and organizations, acronyms in parentheses and the report's own other mentions say better.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from dateline.reading.countries import Form, Gazetteer
from dateline.reading.lexicon import lexicon
from dateline.reading.tokens import Tokens

Label = Literal["PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "MISC"]

_LABELS: dict[str, Label] = {
    "PERSON": "PERSON", "ORG": "ORG", "GPE": "GPE", "NORP": "NORP", "LOC": "LOC", "FAC": "FAC",
    "EVENT": "MISC", "WORK_OF_ART": "MISC", "LAW": "MISC", "PRODUCT": "MISC", "LANGUAGE": "NORP",
}  # fmt: skip
_FORM_LABELS: dict[str, Label] = {
    "country": "GPE", "region": "GPE", "adjective": "NORP", "people": "NORP", "capital": "GPE", "metonym": "GPE",
    "organization": "ORG",
}  # fmt: skip
_UNNAMED = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"})
_PARTICLES = frozenset({"al", "el", "bin", "ibn", "van", "von", "de", "der", "den", "da", "dos", "du", "la", "le", "ben", "abu", "ter", "del", "di", "bint"})  # fmt: skip
#: Words that a sentence may open with before a name.
_OPENING = frozenset(
    "though although while when after but if as since before despite because following under both most many like "
    "then once until where whereas unlike other".split()
)
#: Office words that a portfolio stands before: "Oil Minister".
_PORTFOLIO = frozenset({"minister", "ministers", "secretary", "ministry", "commissioner", "undersecretary"})
_DAYS = frozenset(
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "easter", "christmas", "ramadan", "gmt", "utc", "est", "am", "pm"]
)


@dataclass(slots=True)
class Name:
    """A name at tokens `[start, end)`, titles left out; `form` is the codebook's entry where it has one."""

    start: int
    end: int
    label: Label
    form: Form | None = None
    sure: bool = False


class Names:
    """The names of one report, in text order, none overlapping."""

    def __init__(self, tokens: Tokens, gazetteer: Gazetteer) -> None:
        self.tokens = tokens
        self.lexicon = lexicon()
        self.owner: list[Name | None] = [None] * len(tokens)
        self._take(gazetteer)
        self._runs()
        self._glued()
        self._organizations()
        for name in self.found():
            if name.label == "ORG" and name.form is None and name.end - name.start > 2:
                self._split(name)
        self._titled()
        self._personal()
        self._agree()

    def found(self) -> list[Name]:
        """All names in text order."""
        return [name for i, name in enumerate(self.owner) if name is not None and name.start == i]

    def _put(self, name: Name) -> None:
        """Claim the tokens of `name`; names that it overlaps are dropped or cut back to what is left of them."""
        for i in range(name.start, name.end):
            old = self.owner[i]
            if old is None or old is name:
                self.owner[i] = name
                continue
            for j in range(old.start, old.end):
                self.owner[j] = None
            for begin, end in ((old.start, name.start), (name.end, old.end)):
                begin, end = self._trim(begin, end)
                if begin < end and self._nameable(begin, end):
                    rest = Name(begin, end, old.label)
                    for j in range(begin, end):
                        self.owner[j] = rest
            self.owner[i] = name

    def _take(self, gazetteer: Gazetteer) -> None:
        tokens = self.tokens
        for ent in tokens.doc.ents:
            label = _LABELS.get(ent.label_)
            if label is None:
                continue
            for begin, stop in self._pieces(ent.start, ent.end):
                start, end = self._trim(begin, stop)
                if end > start and self._nameable(start, end):
                    self._put(Name(start, end, label))
        for start, end, form in gazetteer.find(tokens.words):
            if not self._stands(start, end, form):
                continue
            label = _FORM_LABELS[form.kind]
            old = self.owner[start]
            if old is not None and old.start <= start and old.end >= end and old.end - old.start > end - start:
                if self._keeps(old, start, end, form):
                    continue
            self._put(Name(start, end, label, form, sure=True))

    def _pieces(self, start: int, end: int) -> list[tuple[int, int]]:
        """The entity in the parts that a dash, a bracket or "and" between two bodies makes."""
        tokens, heads = self.tokens, self.lexicon.org_heads
        cuts = []
        for i in range(start + 1, end - 1):
            word = tokens.words[i]
            spaced = tokens.doc[i].whitespace_ and tokens.doc[i - 1].whitespace_
            if word == "(" or (word in ("-", "–", "—") and spaced):
                cuts.append(i)
            elif word == "and" and any(w in heads for w in tokens.words[start:i]) and tokens.words[end - 1] in heads:
                cuts.append(i)
            elif word == "and" and tokens.words[i - 1] in heads and any(w in heads for w in tokens.words[i + 1 : end]):
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
            return start > old.start or form.kind not in ("adjective", "country", "organization")
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

    def _one_run(self, start: int, end: int) -> bool:
        tokens = self.tokens
        return all(
            tokens.capitalized(i)
            or tokens.lower[i] in self.lexicon.connectors
            or tokens.words[i] in ("'s", "’s", "-", "'", "’")
            or tokens.words[i][:1].isdigit()
            for i in range(start, end)
        )

    def _trim(self, start: int, end: int) -> tuple[int, int]:
        """The entity's tokens without determiner, possessive mark, punctuation and leading titles."""
        tokens, lex = self.tokens, self.lexicon
        while start < end and (
            tokens.tags[start] in ("DT", "PRP$", "IN", "CC", "POS", "HYPH", ",", ".", ":", "''", "``", "TO")
            or tokens.words[start] in ('"', "“", "'", "‘", "(", ")", "-", "’", "'s", "’s")
            or tokens.lower[start] in _OPENING
        ):
            start += 1
        while start < end and (
            tokens.tags[end - 1] in ("POS", "DT", "IN", "CC", ",", ":", "''", "``", "HYPH", "TO", "-RRB-")
            or tokens.words[end - 1] in ("'s", "’s", '"', "”", "’", "'", "(", "-")
        ):
            end -= 1
        while end - start > 1 and not tokens.capitalized(start) and tokens.tags[start] in ("JJ", "NN", "NNS", "CD"):
            start += 1
        person = tokens.ent(start) == "PERSON" if start < end else False
        while end - start > 1 and person and self._leads(start, end):
            start += 1
        while start < end and tokens.words[start] == "-":
            start += 1
        return start, end

    def _leads(self, i: int, end: int) -> bool:
        """Whether token i is a title, or a qualifier of one, before more of a person's name."""
        tokens, lex = self.tokens, self.lexicon
        lower = tokens.lower[i].rstrip(".")
        if tokens.words[i] == "-" or (lower in lex.titles and tokens.words[i] not in lex.first_names):
            return True
        rest = range(i + 1, min(end, i + 4))
        return lower in lex.qualifiers and any(tokens.lower[j].rstrip(".") in lex.titles for j in rest)

    def _nameable(self, start: int, end: int) -> bool:
        """Whether the tokens can be a name: a capital or figure among them, and more than a title."""
        tokens = self.tokens
        if not any(tokens.capitalized(i) or tokens.words[i][:1].isdigit() for i in range(start, end)):
            return False
        if tokens.lower[end - 1].rstrip(".") in self.lexicon.titles and tokens.words[start] not in self.lexicon.first_names:
            return False
        small = sum(tokens.words[i][:1].islower() and tokens.lower[i] not in self.lexicon.connectors for i in range(start, end))
        return any(c.isalpha() for c in tokens.words[end - 1]) and small * 3 <= end - start

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
                if all(tokens.lower[j].rstrip(".") not in self.lexicon.roles for j in range(start, i)):
                    self._put(Name(start, after.end, "PERSON"))
                continue
            if begin < i and self._nameable(begin, i):
                self._put(Name(begin, i, self._guess(begin, i)))

    def _glued(self) -> None:
        """Pieces of one personal name become one: "Abbas" "-" "Ali Soleimani"; a portfolio before a title is none."""
        tokens, lex = self.tokens, self.lexicon
        for name in self.found():
            i = name.end
            if i < len(tokens) and name.form is None and tokens.lower[i] in _PORTFOLIO and name.label != "PERSON":
                if name.end - name.start <= 2 and not any(w.isupper() and len(w) > 1 for w in tokens.words[name.start : i]):
                    for j in range(name.start, name.end):
                        self.owner[j] = None
                    continue
            if name.label == "PERSON":
                while (
                    name.end + 1 < len(tokens) and tokens.words[name.end] == "-" and tokens.words[name.end + 1].isalpha()
                    and not tokens.doc[name.end].whitespace_ and not tokens.doc[name.end - 1].whitespace_
                    and self.owner[name.end + 1] is None
                ):
                    self.owner[name.end] = self.owner[name.end + 1] = name
                    name.end += 2
                i = name.end
                before = tokens.lower[name.start - 1] if name.start else ""
                if before in ("of", "for", "and") and name.end - name.start > 2 and self._office_before(name.start - 1):
                    given = [j for j in range(name.start + 1, name.end - 1) if tokens.words[j] in lex.first_names]
                    if given and tokens.words[name.start] not in lex.first_names:
                        for j in range(name.start, given[0]):
                            self.owner[j] = None
                        name.start = given[0]
            while i < len(tokens):
                j = i + 1 if tokens.words[i] == "-" and i + 1 < len(tokens) else i
                after = self.owner[j]
                if after is None or after.start != j or "PERSON" not in (name.label, after.label):
                    break
                if after.form is not None or name.form is not None or tokens.doc[j - 1].whitespace_ and j > i:
                    break
                tied = name.end <= tokens.heads[name.end - 1] < after.end or j > i
                if not {name.label, after.label} <= {"PERSON", "MISC", "ORG"} or not tied:
                    break
                if any(w in lex.org_heads for w in tokens.words[name.start : after.end]):
                    break
                name.end, name.label = after.end, "PERSON"
                for k in range(name.start, name.end):
                    self.owner[k] = name
                i = name.end

    def _split(self, name: Name) -> None:
        """An organization's name that runs on into a person's: "the Palestinian National Authority Mahmoud Abbas"."""
        tokens, lex = self.tokens, self.lexicon
        for i in range(name.start + 1, name.end - 1):
            if tokens.words[i] in lex.first_names and name.end - i <= 3 and tokens.words[i - 1] not in lex.connectors:
                if tokens.words[i - 1] in lex.org_heads or self._office_before(name.start - 1 - (tokens.lower[name.start - 1] == "the")):
                    person = Name(i, name.end, "PERSON")
                    name.end = i
                    for j in range(i, person.end):
                        self.owner[j] = person
                    return

    def _office_before(self, i: int) -> bool:
        """Whether "of" at token i continues an office: "Secretary of State for …"."""
        return any(self.tokens.lower[j].rstrip(".") in self.lexicon.roles for j in range(max(0, i - 4), i))

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
        if any(tokens.deps[i] in ("nsubj",) and tokens.lemmas[tokens.heads[i]] in _SAYING for i in range(start, end)):
            return "PERSON"
        return "MISC"

    def _organizations(self) -> None:
        """Head words of organizations: "… Party", "Ministry of …", "… Armed Forces of Colombia (FARC)"."""
        tokens, lex = self.tokens, self.lexicon
        for i, word in enumerate(tokens.words):
            if word not in lex.org_heads and word not in lex.org_openers:
                continue
            if tokens.tags[i] not in ("NNP", "NNPS", "NN", "NNS"):
                continue
            start, end = i, i + 1
            own = self.owner[i]
            if own is not None:
                start, end = own.start, own.end
            while start and self._joins(start - 1, own):
                start -= 1
            while start < i and (tokens.words[start] in ("'s", "’s", "'", "’", "-") or tokens.lower[start] in _OPENING):
                start += 1
            if end == i + 1 and word in lex.org_openers:
                end = self._tail(end)
            if (
                end - start == 1
                and (own is None or own.label == "MISC")
                and tokens.sents[start] != tokens.sents[start - 1]
            ):
                continue
            if end - start == 1 and own is None and tokens.deps[i] == "compound":
                continue
            if own is not None and (own.start, own.end) == (start, end):
                if (
                    own.label in ("PERSON", "GPE", "NORP", "MISC", "LOC")
                    and own.form is None
                    and i == end - 1
                    and end - start > 1
                ):
                    own.label = "ORG"
                continue
            if end - start > 1:
                self._put(Name(start, end, "ORG"))
        for i in range(1, len(tokens) - 1):
            own, before = self.owner[i], self.owner[i - 2] if i > 1 else None
            if tokens.words[i - 1] == "(" and tokens.words[i + 1] == ")" and before is not None and before.end == i - 1:
                word = tokens.words[i]
                if len(word) >= 2 and sum(c.isupper() for c in word) >= 2 and (own is None or own.end - own.start == 1):
                    if before.label in ("PERSON", "MISC", "NORP", "FAC") and before.form is None:
                        before.label = "ORG"
                    if own is None or own.form is None:
                        self._put(Name(i, i + 1, "ORG" if before.label != "GPE" else "GPE"))

    def _joins(self, i: int, own: Name | None) -> bool:
        """Whether token i, left of an organization's head word, is part of its name."""
        tokens = self.tokens
        if tokens.sents[i] != tokens.sents[i + 1]:
            return False
        word = tokens.words[i]
        if word in ("'s", "’s", "'", "’"):
            return (
                i > 0
                and tokens.capitalized(i - 1)
                and tokens.lower[i - 1].endswith(("people", "workers", "s", "men", "women", "children"))
            )
        if word in ("and", "&", "-"):
            right = tokens.heads[i + 1] if i + 1 < len(tokens) else i
            return (
                i > 0
                and tokens.capitalized(i - 1)
                and tokens.tags[i - 1] in ("NNP", "JJ")
                and right <= i + 4
                and word != "and"
            )
        left = self.owner[i]
        if left is not None and left is not own and left.label == "PERSON":
            return False
        if tokens.lower[i].rstrip(".") in self.lexicon.titles or tokens.lower[i] in _DAYS:
            return False
        return tokens.capitalized(i) and tokens.tags[i] in ("NNP", "NNPS", "JJ", "NN", "NNS", "VBG", "VBN")

    def _tail(self, end: int) -> int:
        """The end of the name that begins before `end` with "of …" or "for …" behind it."""
        tokens, i = self.tokens, end
        while i < len(tokens) and tokens.lower[i] in ("of", "for"):
            j = i + 1
            if j < len(tokens) and tokens.lower[j] == "the":
                j += 1
            k = j
            if j < len(tokens) and tokens.ents[j] == "PERSON":
                return end
            while k < len(tokens) and tokens.capitalized(k) and tokens.tags[k] in ("NNP", "NNPS", "JJ", "NNS", "NN"):
                k += 1
                if (
                    k + 1 < len(tokens)
                    and tokens.lower[k] in ("and", "-", "&")
                    and tokens.capitalized(k + 1)
                    and tokens.deps[k + 1] in ("conj", "compound", "pobj", "punct")
                ):
                    k += 1
            if k == j:
                return end
            end = i = k
        return end

    def _titled(self) -> None:
        """A title right before a name makes the name a person's."""
        tokens, lex = self.tokens, self.lexicon
        for name in self.found():
            if not name.start or name.label == "PERSON":
                continue
            before = tokens.lower[name.start - 1].rstrip(".")
            if before not in lex.titles or tokens.sents[name.start - 1] != tokens.sents[name.start]:
                continue
            if name.form is not None and before not in lex.courtesy:
                continue
            if any(word in lex.org_heads for word in tokens.words[name.start : name.end]):
                continue
            capital = tokens.capitalized(name.start - 1)
            if name.label in ("GPE", "FAC", "LOC", "NORP") and not capital:
                continue
            if capital or name.label in ("MISC", "ORG"):
                if tokens.deps[name.start - 1] in ("compound", "nmod", "amod") or capital:
                    name.label, name.form = "PERSON", None

    def unsure(self, name: Name) -> bool:
        """Whether only the model's guess speaks for the label: no codebook form, no head word, no acronym."""
        words = self.tokens.words[name.start : name.end]
        if name.form is not None or name.label == "PERSON" or len(words) > 3 or any(c.isdigit() for c in words[0]):
            return False
        if any(word in self.lexicon.org_heads for word in words) or all(w.isupper() and len(w) > 1 for w in words):
            return False
        return all(self.tokens.capitalized(i) or self.tokens.words[i] == "-" for i in range(name.start, name.end))

    def _personal(self) -> None:
        """Names that do what people do, or own what people own, are persons' throughout the report."""
        tokens, votes = self.tokens, Counter[str]()
        unsure = [name for name in self.found() if self.unsure(name)]
        for name in unsure:
            votes[tokens.text(name.start, name.end)] += self._evidence(name)
        for name in unsure:
            if votes[tokens.text(name.start, name.end)] > 0:
                name.label = "PERSON"

    def _evidence(self, name: Name) -> int:
        """+1 and more for a sign that the name is a person's, below 0 for a sign against it."""
        tokens, lex = self.tokens, self.lexicon
        head = next(
            (i for i in range(name.end - 1, name.start - 1, -1) if not name.start <= tokens.heads[i] < name.end),
            name.end - 1,
        )
        before = tokens.lower[name.start - 1] if name.start else ""
        if before == "the":
            return -2
        top = tokens.top(head)
        dep, governor = tokens.deps[top], tokens.heads[top]
        lemma = tokens.lemmas[governor].lower()
        first = tokens.words[name.start] in lex.first_names
        if dep == "pobj" and before in ("in", "at", "near", "from", "into", "across", "outside"):
            return -1
        score = 1 if first and (name.end - name.start == 2 or name.label != "GPE") else 0
        if dep in ("nsubj", "nsubjpass") and lemma in lex.person_verbs and name.label not in ("NORP",):
            score += 1 if name.label in ("MISC", "ORG") or lemma not in ("say", "tell", "add", "want", "play") else 0
        if dep == "poss" and lemma in lex.person_nouns:
            score += 1
        if any(tokens.lower[k] == "who" and tokens.deps[k] == "nsubj" for c in tokens.kids[head] for k in tokens.kids[c]):
            score += 2
        for kid in tokens.kids[head]:
            if tokens.deps[kid] == "appos" and lex.is_person(tokens.lower[kid]):
                score += 1
            if tokens.deps[kid] == "appos" and tokens.words[kid].isdigit() and len(tokens.words[kid]) == 2:
                score += 1
        for other in tokens.kids[head] + ([tokens.heads[head]] if tokens.deps[head] == "conj" else []):
            near = self.owner[other]
            if (tokens.deps[other] == "conj" or other == tokens.heads[head]) and near is not None:
                score += near.label == "PERSON" and near is not name and name.label != "GPE"
        return score

    def _agree(self) -> None:
        """One string, one label: by majority, with surnames of persons known by their full names."""
        tokens = self.tokens
        votes: dict[str, Counter[str]] = {}
        surnames = set()
        for name in self.found():
            votes.setdefault(tokens.text(name.start, name.end), Counter())[name.label] += 1
            if name.label == "PERSON" and name.end - name.start > 1:
                surnames.add(tokens.words[name.end - 1])
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


_SAYING = frozenset(
    {"say", "tell", "add", "write", "warn", "argue", "deny", "claim", "explain", "insist", "note", "reply"}
)
