"""Which accounts are worth comparing: those of one type that share a token at overlapping days.

A token is what a participant is called or where it happened. Accounts that stretch over weeks or have no day of their
own carry the rarer tokens only (persons, and places that are no participating country), so that the long past is not
compared with everything.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from dateline.merging.compare import SLACK
from dateline.merging.parties import fates, once
from dateline.merging.sketch import Party, Sketch
from dateline.merging.times import days_of

#: Accounts longer than this many days carry rare tokens only.
LONG = 40
_FIRST, _LAST = dt.date(1, 1, 1), dt.date(9999, 12, 31)


class Token(NamedTuple):
    """`text` with the days (ends included, slack and all) in which an account can meet another under it."""

    text: str
    low: dt.date
    high: dt.date


def tokens(sketch: Sketch) -> tuple[Token, ...]:
    """The tokens of an account, sorted; two accounts are compared when two equal texts overlap in days."""
    found: set[Token] = set()
    days = days_of(sketch)
    parties = (*sketch.actor, *sketch.recipient)
    countries = {p.key for p in parties if p.kind == "country"}
    rare = {f"p:{p.spelled[-1]}" for p in parties if p.spelled}
    rare |= {f"w:{place}" for place in sketch.where if place not in countries}
    plain = {text for p in parties for text in _common(p)} | {f"w:{place}" for place in sketch.where}
    if days is not None:
        low, high = _shift(days.low, -1), _shift(days.high, 1)
        long = (high - low).days > LONG
        found |= {Token(f"{sketch.type} {text}", low, high) for text in (rare if long else rare | plain)}
    surnames = {p.spelled[-1] for p in once(sketch) if len(p.spelled) > 1}
    first, last = sketch.when or (None, None)
    for fate in sorted({*surnames, *fates(sketch)}):  # what befell people is told years later without a day
        low = _shift(first, -SLACK) if first else _FIRST
        high = _shift(last, SLACK) if last else _LAST
        found.add(Token(f"{sketch.type} f:{fate}", low, high))
    return tuple(sorted(found))


def _common(party: Party) -> list[str]:
    if party.kind == "country":
        return [f"o:{party.key}", *([f"c:{party.country}"] if party.country else [])]
    return ([f"o:{party.key}"] if party.key and not party.spelled else []) + [f"h:{head}" for head in party.heads]


def _shift(day: dt.date, days: int) -> dt.date:
    return dt.date.fromordinal(min(max(day.toordinal() + days, _FIRST.toordinal()), _LAST.toordinal()))
