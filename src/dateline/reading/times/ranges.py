"""Pairs of expressions that are the ends of one stretch: "between March and May", "2019-21", "May 3-5"."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from dateline.reading.annotations import Timex
from dateline.record import Interval

_BETWEEN = re.compile(r"\s*(?:-|–|—|--|to|through|until|till|up to)\s*(?:the\s+)?", re.IGNORECASE)
_AND = re.compile(r"\s*and\s*(?:the\s+)?", re.IGNORECASE)
_BEFORE = re.compile(r"\bbetween\s+(?:the\s+)?$", re.IGNORECASE)
_LOOK_BACK = 16  # characters before the first end in which "between" stands


class TimeRange(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch from `first` to `last` (indexes into the expressions), as an interval of days."""

    first: int
    last: int
    interval: Interval


def ranges(text: str, times: Sequence[Timex]) -> tuple[TimeRange, ...]:
    """The stretches that neighbouring expressions of a text span; each runs from the first day to the last.

    Two dates make one if "to", "through", "until" or a dash joins them, or "and" after "between". Ends out of order
    make none.
    """
    found: list[TimeRange] = []
    for n in range(len(times) - 1):
        left, right = times[n], times[n + 1]
        if left.interval is None or right.interval is None:
            continue
        gap = text[left.end : right.start]
        joined = _BETWEEN.fullmatch(gap) or (
            _AND.fullmatch(gap) and _BEFORE.search(text[max(0, left.start - _LOOK_BACK) : left.start])
        )
        earliest, latest = left.interval.earliest, right.interval.latest
        if joined and earliest is not None and latest is not None and earliest <= latest:
            found.append(TimeRange(first=n, last=n + 1, interval=Interval(earliest, latest)))
    return tuple(found)
