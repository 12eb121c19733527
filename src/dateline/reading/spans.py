"""Stretches of tokens that are names, and what every rule about names needs: claiming, cutting, asking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dateline.reading.countries import Form
from dateline.reading.lexicon import lexicon, words
from dateline.reading.tokens import Tokens

Label = Literal["PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "MISC"]
_OPENING = words("openings")


@dataclass(slots=True)
class Name:
    """A name at tokens `[start, end)`, titles left out; `form` is the codebook's entry where it has one."""

    start: int
    end: int
    label: Label
    form: Form | None = None
    sure: bool = False


class Spans:
    """The names found so far in one report: `owner` has the name that each token is in."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.lexicon = lexicon()
        self.owner: list[Name | None] = [None] * len(tokens)

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
        tokens = self.tokens
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
        if (
            tokens.lower[end - 1].rstrip(".") in self.lexicon.titles
            and tokens.words[start] not in self.lexicon.first_names
        ):
            return False
        small = sum(
            tokens.words[i][:1].islower() and tokens.lower[i] not in self.lexicon.connectors for i in range(start, end)
        )
        return any(c.isalpha() for c in tokens.words[end - 1]) and small * 3 <= end - start

    def _office_before(self, i: int) -> bool:
        """Whether "of" at token i continues an office: "Secretary of State for …"."""
        return any(self.tokens.lower[j].rstrip(".") in self.lexicon.roles for j in range(max(0, i - 4), i))
