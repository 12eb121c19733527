"""Names of persons: by titles, by what they do and own, by the pieces they fall into."""

from __future__ import annotations

from collections import Counter

from dateline.reading.countries import forms
from dateline.reading.lexicon import words
from dateline.reading.spans import Name, Spans

_DETERMINERS = words("determiners")
_PARTICLES = words("particles")
_PORTFOLIO = words("portfolios")


class Persons(Spans):
    """The rules about personal names."""

    def _glued(self) -> None:
        """Pieces of one personal name become one: "Abbas" "-" "Ali Soleimani"; a portfolio before a title is none."""
        tokens, lex = self.tokens, self.lexicon
        for name in self.found():
            i = name.end
            portfolio = i < len(tokens) and name.form is None and tokens.lower[i] in _PORTFOLIO
            acronym = any(w.isupper() and len(w) > 1 for w in tokens.words[name.start : i])
            if portfolio and name.label != "PERSON" and name.end - name.start <= 2 and not acronym:
                for j in range(name.start, name.end):
                    self.owner[j] = None
                continue
            if name.label == "PERSON":
                self._given(name)
                while (
                    name.end + 1 < len(tokens)
                    and tokens.words[name.end] == "-"
                    and tokens.words[name.end + 1].isalpha()
                    and not tokens.spaces[name.end]
                    and not tokens.spaces[name.end - 1]
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
                first = name.end - name.start == 1 and tokens.words[name.start] in lex.first_names
                if after is None or after.start != j or not (first or "PERSON" in (name.label, after.label)):
                    break
                if after.form is not None or name.form is not None or (tokens.spaces[j - 1] and j > i):
                    break
                tied = name.end <= tokens.heads[name.end - 1] < after.end or j > i
                plain = {name.label, after.label} <= {"PERSON", "MISC", "ORG"}
                plain = plain or (first and (after.end - after.start == 1 or name.label == "PERSON"))
                if not plain or not tied:
                    break
                if any(w in lex.org_heads for w in tokens.words[name.start : after.end]):
                    break
                name.end, name.label = after.end, "PERSON"
                for k in range(name.start, name.end):
                    self.owner[k] = name
                i = name.end

    def _given(self, name: Name) -> None:
        """Take in a first name before the name that the model took for a determiner or left out: "Ana Soler"."""
        tokens = self.tokens
        i = name.start - 1
        if i < 0 or self.owner[i] is not None or tokens.sents[i] != tokens.sents[name.start]:
            return
        odd = tokens.tags[i] == "DT" and tokens.lower[i] not in _DETERMINERS
        if tokens.capitalized(i) and (odd or tokens.words[i] in self.lexicon.first_names):
            name.start = i
            self.owner[i] = name

    def _officed(self) -> None:
        """The name behind an office and what it is of is a person's: "the Prime Minister of Ukraine Arseniy Yatsenyuk",
        "Speaker of the Legislative Assembly of Samoa Leaupepe Faafisi".
        """
        tokens, lex = self.tokens, self.lexicon
        for i in range(1, len(tokens) - 3):
            if tokens.lower[i] != "of" or tokens.lower[i - 1].rstrip(".") not in lex.roles:
                continue
            end = i + 1
            while end < len(tokens) and (tokens.capitalized(end) or self._within(end) or tokens.words[end] == "-"):
                end += 1
            lands = [
                name
                for name in {id(n): n for n in self.owner[i + 1 : end] if n is not None}.values()
                if name.form is not None and name.form.kind in ("country", "region", "capital")
            ]
            begin = lands[-1].end if lands else self._land_inside(i + 1, end)
            if begin and self._surnamed(begin, end):
                self._rename(begin, end)

    def _within(self, i: int) -> bool:
        """Whether token i is a small word inside a name or before its last part."""
        return self.tokens.lower[i] in self.lexicon.connectors or self.tokens.lower[i] in _PARTICLES

    def _land_inside(self, start: int, end: int) -> int:
        """The token behind the last country or capital inside a longer name at `[start, end)`; 0 for none."""
        known = forms()
        for i in range(end - 1, start - 1, -1):
            for width in (3, 2, 1):
                form = known.get(" ".join(self.tokens.words[max(start, i + 1 - width) : i + 1]))
                if form is not None and form.kind in ("country", "region", "capital") and i + 1 - width >= start:
                    return i + 1
        return 0

    def _surnamed(self, start: int, end: int) -> bool:
        """Whether the tokens can be a person's first and last name: capitals, no words of bodies and no small words."""
        tokens, lex = self.tokens, self.lexicon
        words = [i for i in range(start, end) if tokens.words[i] != "-" and tokens.lower[i] not in _PARTICLES]
        if len(words) < 2 or words[0] != start:
            return False
        return all(
            tokens.capitalized(i)
            and tokens.words[i] not in lex.org_heads
            and tokens.lower[i].rstrip(".") not in lex.titles
            and tokens.lower[i] not in lex.connectors
            and tokens.tags[i] in ("NNP", "NNPS", "NN", "JJ", "CD", "FW", "VB", "VBP", "VBN", "UH")
            for i in words
        )

    def _rename(self, start: int, end: int) -> None:
        self._put(Name(start, end, "PERSON"))

    def _titled(self) -> None:
        """A title right before a name makes the name a person's."""
        self._officed()
        self._pieced()
        tokens, lex = self.tokens, self.lexicon
        for name in self.found():
            while name.label == "PERSON" and name.end - name.start > 1 and self._leads(name.start, name.end):
                self.owner[name.start] = None
                name.start += 1
            if name.label in ("ORG", "MISC") and name.form is None:
                self._titled_inside(name)
            if self.owner[name.start] is not name:
                continue
            if name.label in ("ORG", "MISC") and name.form is None and self._styled(name):
                self.owner[name.start] = None
                name.start, name.label = name.start + 1, "PERSON"
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
            tied = tokens.deps[name.start - 1] in ("compound", "nmod", "amod")
            whole = before in lex.roles and self._surnamed(name.start, name.end)
            if capital or ((tied or whole) and name.label in ("MISC", "ORG")):
                name.label, name.form = "PERSON", None

    def _titled_inside(self, name: Name) -> None:
        """Cut a body's name that a title and a person's name were taken into: "Kyrgyz MP Aida Sultanova"."""
        tokens, lex = self.tokens, self.lexicon
        for i in range(name.start + 1, name.end - 2):
            known = tokens.words[i + 1] in lex.first_names and self._surnamed(i + 1, name.end)
            if known and tokens.lower[i].rstrip(".") in lex.roles:
                self._rename(i + 1, name.end)
                return

    def _styled(self, name: Name) -> bool:
        """Whether a title and a person's name were taken for the name of a body: "Imam Yusuf Diallo"."""
        lex, first = self.lexicon, self.tokens.lower[name.start].rstrip(".")
        styled = first in lex.clergy or first in lex.ranks or first in lex.courtesy or first in lex.offices
        return styled and self._surnamed(name.start + 1, name.end)

    def _pieced(self) -> None:
        """Names side by side, the first a person's by its title or the last a person's, are one person's name:
        "President Zine El" "Abidine Ben Ali", "Gilberto" "Rodríguez Orejuela".
        """
        tokens, lex = self.tokens, self.lexicon
        for name in self.found():
            if name.form is not None or name.label in ("NORP",):
                continue
            after = self.owner[name.end] if name.end < len(tokens) else None
            if after is None or after.start != name.end or after.form is not None or name is self.owner[name.end]:
                continue
            if "PERSON" not in (name.label, after.label):
                continue
            spoken = range(name.start, after.end)
            if any(tokens.words[i] in lex.org_heads or tokens.lower[i].rstrip(".") in lex.titles for i in spoken):
                continue
            before = tokens.lower[name.start - 1].rstrip(".") if name.start else ""
            titled = before in lex.roles and name.label in ("PERSON", "MISC", "GPE") and after.label != "NORP"
            hung = (
                name.label in ("GPE", "MISC")
                and name.end - name.start == 1
                and after.label == "PERSON"
                and tokens.deps[name.start] == "compound"
                and after.start <= tokens.heads[name.start] < after.end
            )
            if (titled or hung) and all(
                tokens.capitalized(i) or self._within(i) or tokens.words[i] == "-" for i in spoken
            ):
                self._rename(name.start, after.end)

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
        if dep == "poss" and (lemma in lex.person_nouns or lemma in lex.kin):
            score += 2 if lemma in lex.kin and name.label != "GPE" else 1
        if any(
            tokens.lower[k] == "who" and tokens.deps[k] == "nsubj" for c in tokens.kids[head] for k in tokens.kids[c]
        ):
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
