"""The days that two accounts are compared on: what an account's `when` comes to, open ends closed."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from dateline.merging.sketch import Sketch
from dateline.record import Interval

#: How many days before its report an act with no day is looked for.
RECENT = 3


class Days(NamedTuple):
    """First and last day; `vague` where the report leaves an end open and a guess stands in; `told` shows them."""

    low: dt.date
    high: dt.date
    vague: bool
    told: str


def days_of(sketch: Sketch) -> Days | None:
    """The days of an account; None where nothing, not even the publication day, bounds them."""
    low, high = sketch.when or (None, None)
    if low and high:
        return Days(low, high, False, low.isoformat() if low == high else f"{low}/{high}")
    recent = dt.timedelta(days=RECENT)
    published = sketch.published
    if low:
        return Days(low, max(low, published or low) + recent, True, f"{low}/..")
    last = high or published
    return Days(last - recent, last, True, f"../{last}") if last else None


def precise(days: Days) -> bool:
    """Whether the days are a day, or a night."""
    return not days.vague and (days.high - days.low).days <= 1


def gap(a: Days, b: Days) -> int:
    """Days between two stretches, 0 where they touch: from the 3rd to the 4th is 1."""
    return max(0, (b.low - a.high).days, (a.low - b.high).days)


def touch(a: Interval | None, b: Interval | None) -> bool:
    """Whether two whens can be of one day, open ends taken at their word; an unknown when can be of any."""
    (low, high), (other_low, other_high) = a or (None, None), b or (None, None)
    return not ((low and other_high and low > other_high) or (other_low and high and other_low > high))
