"""Makers for reporting periods ("the quarter", "the year-earlier period") and for holidays."""

from __future__ import annotations

import datetime as dt

import msgspec

from dateline.reading.times.calendar import day_or_none, shift, value_at
from dateline.reading.times.found import Context, Found, Sense
from dateline.reading.times.tense import direction

_REACH = 300  # tokens for which a reporting period stays the one that is spoken of


def _period(found: Found, ctx: Context) -> str | None:
    """The reporting period in force, which this mention keeps in force."""
    if ctx.period is not None and found.start - ctx.period_at <= _REACH:
        ctx.period_at = found.start
        return ctx.period
    return None


def _year_before(value: str) -> str:
    return f"{int(value[:4]) - 1:04d}{value[4:]}"


def make_period(found: Found, ctx: Context) -> Sense | None:
    """ "The quarter", "the latest period": the period spoken of; failing one, the quarter that was over last."""
    period = _period(found, ctx)
    if period is None:
        base = ctx.base
        if base is None:
            return None
        before = shift(base, "Q", -1)
        if before is None:
            return None
        period = value_at(before, "Q")
        ctx.period, ctx.period_at = period, found.start
    year = found.whole("year")
    if year is not None:
        period = f"{year:04d}{period[4:]}"
    elif found.args.get("step") == "-1":
        period = _year_before(period)
    return Sense(type="DATE", value=period, mod=found.mod(), anchor="story", refers=False)


def make_year_ago(found: Found, ctx: Context) -> Sense | None:
    """ "A year ago", "a year earlier": of a reporting period the same one a year before, else the year before."""
    period = _period(found, ctx)
    mod = found.mod()
    if period is not None and not ctx.narrative:
        return Sense(type="DATE", value=_year_before(period), mod=mod, anchor="story", refers=False)
    on_story = found.args.get("on") == "story"
    base = ctx.story.day if on_story and ctx.story else ctx.base
    anchor = "story" if on_story and ctx.story else ctx.base_anchor
    day = shift(base, "Y", -1) if base else None
    if day is None:
        return Sense(type="DATE", value="PAST_REF", mod=mod, anchor=ctx.base_anchor, refers=False)
    return Sense(type="DATE", value=value_at(day, "Y"), mod=mod, anchor=anchor)


def easter(year: int) -> dt.date:
    """Western Easter Sunday, by the anonymous Gregorian computus."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return dt.date(year, month, day + 1)


class Holiday(msgspec.Struct, frozen=True):
    """A day of each year: month and day; or the nth weekday of a month (n -1: the last); or days from Easter."""

    month: int = 0
    day: int = 0
    weekday: int = 0
    nth: int = 0
    easter: int | None = None

    def on(self, year: int) -> dt.date | None:
        """The day in that year."""
        if self.easter is not None:
            return shift(easter(year), "D", self.easter)
        if self.weekday:
            if self.nth < 0:
                last = dt.date(year + self.month // 12, self.month % 12 + 1, 1) - dt.timedelta(1)
                return last - dt.timedelta((last.isoweekday() - self.weekday) % 7)
            first = dt.date(year, self.month, 1)
            return first + dt.timedelta((self.weekday - first.isoweekday()) % 7 + 7 * (self.nth - 1))
        return day_or_none(year, self.month, self.day)


def make_holiday(found: Found, ctx: Context) -> Sense | None:
    """with_ says how the day is reckoned (Holiday); group year, else the year by tense and publication."""
    holiday = msgspec.convert(
        {name: int(value) for name, value in found.args.items() if name in Holiday.__struct_fields__}, Holiday
    )
    year = found.whole("year") or int(found.args.get("year", "0")) or None
    if year is not None:
        day = holiday.on(year) if 1 < year < 9999 else None
        return None if day is None else Sense(type="DATE", value=day.isoformat(), mod=found.mod())
    base = ctx.base
    if base is None or not 1 < base.year < 9998:
        return None
    near = [day for y in (base.year - 1, base.year, base.year + 1) if (day := holiday.on(y))]
    if ctx.narrative:
        near = [day for day in near if day.year == base.year]
    step = found.word("which")
    towards = int(step) if step else direction(found)
    past = [day for day in near if day <= base]
    ahead = [day for day in near if day >= base]
    if towards < 0 and past:
        chosen = past[-1]
    elif towards > 0 and ahead:
        chosen = ahead[0]
    else:
        chosen = min(near, key=lambda day: abs((day - base).days))
    return Sense(type="DATE", value=chosen.isoformat(), mod=found.mod(), anchor=ctx.base_anchor)
