"""Names of organizations: by their head words, by "of …" behind them, by acronyms in parentheses."""

from __future__ import annotations

from dateline.reading.lexicon import words
from dateline.reading.spans import Name, Spans

_DAYS = words("calendar")
_OPENING = words("openings")


class Bodies(Spans):
    """The rules about organizations' names."""

    def organizations(self) -> None:
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
            if word in lex.org_openers and (end == i + 1 or start == i):
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

    def _split(self, name: Name) -> None:
        """An organization's name that runs on into a person's: "the Palestinian National Authority Mahmoud Abbas"."""
        tokens, lex = self.tokens, self.lexicon
        for i in range(name.start + 1, name.end - 1):
            given = tokens.words[i] in lex.first_names and name.end - i <= 3
            if not given or tokens.words[i - 1] in lex.connectors:
                continue
            before = name.start - 1 - (tokens.lower[name.start - 1] == "the")
            if tokens.words[i - 1] in lex.org_heads or self._office_before(before):
                person = Name(i, name.end, "PERSON")
                name.end = i
                for j in range(i, person.end):
                    self.owner[j] = person
                return
