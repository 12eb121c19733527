"""From a TIMEX3 value with its mod to days, and to EDTF (ISO 8601-2)."""

from __future__ import annotations

import datetime as dt
import re

from dateline.reading.times.calendar import days_of, grain_of, month_end
from dateline.record import Interval

# Early, mid and late as careful readers split a stretch: of a year January to April, May to August, September to
# December; of a month 1 to 10, 11 to 20, 21 to its end; of a decade the years 0 to 3, 4 to 6, 7 to 9. Anything else is
# cut in thirds.
_YEAR_PARTS = {"START": (1, 4), "MID": (5, 8), "END": (9, 12)}
_DECADE_PARTS = {"START": (0, 3), "MID": (4, 6), "END": (7, 9)}
_THIRDS = {"START": 0, "MID": 1, "END": 2}


def _part(days: Interval, grain: str | None, mod: str) -> Interval:
    first, last = days.earliest, days.latest
    assert first is not None
    assert last is not None
    if grain == "Y":
        start, end = _YEAR_PARTS[mod]
        return Interval(dt.date(first.year, start, 1), month_end(first.year, end))
    if grain == "DE":
        start, end = _DECADE_PARTS[mod]
        return Interval(dt.date(first.year + start, 1, 1), dt.date(first.year + end, 12, 31))
    if grain == "M":
        start, end = {"START": (1, 10), "MID": (11, 20), "END": (21, last.day)}[mod]
        return Interval(first.replace(day=start), first.replace(day=end))
    if grain in ("D", None):
        return days
    length = (last - first).days + 1
    third = _THIRDS[mod]
    return Interval(first + dt.timedelta(length * third // 3), first + dt.timedelta(length * (third + 1) // 3 - 1))


def interval_of(value: str, mod: str | None = None) -> Interval | None:
    """The days of a date or time; None where the value is no calendar date.

    START, MID and END narrow it; BEFORE, AFTER and their kin open an end; the rest (APPROX, LESS_THAN …) leave it.
    """
    days = days_of(value)
    if days is None or mod is None:
        return days
    if mod in _THIRDS:
        return _part(days, grain_of(value), mod)
    first, last = days
    assert first is not None
    assert last is not None
    if mod == "BEFORE":
        return Interval(None, first - dt.timedelta(1)) if first > dt.date.min else None
    if mod == "ON_OR_BEFORE":
        return Interval(None, last)
    if mod == "AFTER":
        return Interval(last + dt.timedelta(1), None) if last < dt.date.max else None
    if mod == "ON_OR_AFTER":
        return Interval(first, None)
    return days


_EDTF_SEASON = {"SP": 21, "SU": 22, "FA": 23, "WI": 24}
_PLAIN = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def edtf(value: str, mod: str | None = None) -> str | None:
    """The date as EDTF (level 2), None where EDTF has nothing for it (durations, sets, vague references).

    Weeks and parts of a year are written as the interval of their days; a time keeps its day; an approximate date
    has `~`.
    """
    if mod is not None and mod != "APPROX":
        span = interval_of(value, mod)
        return None if span is None else edtf_interval(span)
    mark = "~" if mod == "APPROX" else ""
    value = re.sub(r"T.*|(-XX)+$", "", value)
    if _PLAIN.fullmatch(value):
        return value + mark if days_of(value) else None
    if re.fullmatch(r"\d{3}", value):
        return f"{value}X{mark}"
    if re.fullmatch(r"\d\d", value):
        return f"{value}XX{mark}"
    season = re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value)
    if season:
        return f"{season[1]}-{_EDTF_SEASON[season[2]]}{mark}"
    quarter = re.fullmatch(r"(\d{4})-Q([1-4])", value)
    if quarter:
        return f"{quarter[1]}-{32 + int(quarter[2])}{mark}"
    half = re.fullmatch(r"(\d{4})-H([12])", value)
    if half:
        return f"{half[1]}-{39 + int(half[2])}{mark}"
    before_christ = re.fullmatch(r"BC(\d{4})", value)
    if before_christ:
        return f"-{int(before_christ[1]) - 1:04d}{mark}"
    span = days_of(value)
    return None if span is None else edtf_interval(span)


def edtf_interval(interval: Interval) -> str:
    """An interval of days as EDTF: "2023-11-01/2023-11-30", with ".." for an open end, one day as itself."""
    earliest, latest = interval
    if earliest is not None and earliest == latest:
        return earliest.isoformat()
    return f"{'..' if earliest is None else earliest.isoformat()}/{'..' if latest is None else latest.isoformat()}"
