"""A rule's match in a text, what is made of it, and the state in which it is made."""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal

import msgspec

from dateline.reading.times.lexicon import Lexicon
from dateline.reading.times.rules import CompiledRule
from dateline.reading.times.tokens import Tokens
from dateline.record import Interval

Anchor = Literal["published", "story"]
#: Where to look up a word that stands as itself in a pattern, by the name of its group.
_CLASSES_OF = {
    "which": ("LASTWORD", "NEXTWORD", "THISWORD", "LATESTWORD", "LATERWORD", "EARLIERWORD"),
    "unit": ("UNIT1", "UNITS"),
    "daypart": ("PARTOFDAY",),
}
_LONGEST = 15  # digits of a number that is worth reading


class Sense(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What an expression means. `interval` overrides what value and mod give; `refers` is false for expressions that
    do not move the time the story has reached (vague ones do not either)."""

    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    mod: str | None = None
    anchor: Anchor | None = None
    interval: Interval | None = None
    refers: bool = True


class Found(msgspec.Struct, gc=False):
    """A match of a rule; tokens `[start, end)` are the expression, which may be less than what matched."""

    compiled: CompiledRule
    groups: re.Match[str]
    tokens: Tokens
    lexicon: Lexicon
    start: int
    end: int

    @property
    def args(self) -> dict[str, str]:
        """What the rule tells its maker."""
        return self.compiled.rule.with_

    def _group(self, name: str) -> tuple[int, int, str] | None:
        """The tokens of the group that took part, and its class."""
        for number, kind in self.compiled.groups.get(name, ()):
            start, end = self.groups.span(number)
            if start >= 0:
                return start, end, kind
        return None

    def span(self, name: str) -> tuple[int, int]:
        """The tokens of a group; the whole match's if the rule has no such group or it took no part."""
        group = self._group(name)
        return self.groups.span() if group is None else group[:2]

    def has(self, name: str) -> bool:
        """Whether the rule has a group of the name and it took part."""
        return self._group(name) is not None

    def low(self, name: str) -> str:
        """The group's words in lower case, "" if it took no part."""
        group = self._group(name)
        return "" if group is None else " ".join(self.tokens.lower[group[0] : group[1]])

    def text(self, name: str) -> str:
        """The group's text as it stands, "" if it took no part."""
        group = self._group(name)
        if group is None:
            return ""
        return self.tokens.text[self.tokens.starts[group[0]] : self.tokens.ends[group[1] - 1]]

    def word(self, name: str) -> str:
        """What the group's word stands for in its class, as a string; "" if it took no part."""
        group = self._group(name)
        if group is None:
            return ""
        low = self.low(name)
        for kind in (group[2], *_CLASSES_OF.get(name, ())):
            found = self.lexicon.value(kind, low) if kind in self.lexicon.classes else None
            if found is not None:
                return str(found)
        return ""

    def number(self, name: str) -> float | None:
        """The number that the group is: digits, words, an ordinal, or a word of its class with a number."""
        group = self._group(name)
        if group is None:
            return None
        if group[0] in self.tokens.numbers:
            return self.tokens.numbers[group[0]]
        low = self.tokens.lower[group[0]]
        found = self.lexicon.value(group[2], low) if group[2] in self.lexicon.classes else None
        if found is None:
            found = self.lexicon.value("ORDWORD", low)
        if isinstance(found, int):
            return found
        digits = re.match(r"['’`]?(\d[\d,]*(?:\.\d+)?)", low)
        if digits is None or len(digits[1]) > _LONGEST:
            return None
        return float(digits[1].replace(",", ""))

    def mod(self) -> str | None:
        """The TIMEX3 mod that the groups part or approx (else the rule) give."""
        for name in ("part", "approx"):
            low = self.low(name)
            for kind in ("PART", "APPROX", "APPROXPHRASE"):
                found = self.lexicon.value(kind, low)
                if found is not None:
                    return str(found) or None
        return self.args.get("mod")

    def whole(self, name: str) -> int | None:
        """The number that the group is, if it is a whole one."""
        number = self.number(name)
        return int(number) if number is not None and number == int(number) else None


class Story(msgspec.Struct, frozen=True):
    """The time that the story has reached: the first day of what was named last, and its grain (calendar.grain_of)."""

    day: dt.date
    grain: str


class Context(msgspec.Struct):
    """What resolving leans on, kept up to date while going through a text.

    `narrative`: the text is about the past, whole, and publication does not matter to it. `last_day` is the day that
    was named last, whatever longer stretch was named since. `period` is the quarter or
    other reporting period that a financial report speaks of, with the token where it was named. `next_year` is the
    year (and month) of the other end of a range, for an end without one ("May-August 1950").
    """

    published: dt.date | None
    narrative: bool
    day_first: bool
    story: Story | None = None
    last_day: dt.date | None = None
    before_christ: bool = False
    period: str | None = None
    period_at: int = 0
    next_year: tuple[int, int | None] | None = None

    @property
    def base(self) -> dt.date | None:
        """The day that deictic expressions lean on: of publication, or in a narrative what the story has reached."""
        if self.narrative:
            return self.story.day if self.story else None
        return self.published

    @property
    def base_anchor(self) -> Anchor:
        """The name of that base."""
        return "story" if self.narrative else "published"
