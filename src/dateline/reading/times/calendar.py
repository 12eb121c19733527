"""Arithmetic on calendar units, and the days that a TIMEX3 value spans.

Units are the tokens of the words file: D, W, WE (weekend), M, Q, H (half), Y, DE (decade), CE (century), ML. Weeks run
from Monday to Sunday (ISO 8601); seasons are three calendar months, winter beginning in December of its year.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

from dateline.record import Interval

#: First month of each season.
SEASON_START = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_MONTHS_OF = {"M": 1, "Q": 3, "H": 6, "Y": 12, "DE": 120, "CE": 1200, "ML": 12000}
_DAYS_OF = {"D": 1, "W": 7, "2W": 14, "WE": 7, "NI": 1}
_FIRST_YEAR, _LAST_YEAR = 1, 9999


def month_end(year: int, month: int) -> dt.date:
    """The last day of a month."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def day_or_none(year: int, month: int, day: int) -> dt.date | None:
    """The date, None where the calendar has no such day."""
    if _FIRST_YEAR <= year <= _LAST_YEAR and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]:
        return dt.date(year, month, day)
    return None


def shift(day: dt.date, unit: str, count: int) -> dt.date | None:
    """`count` units after `day` (before, if negative); None beyond the calendar or for a unit below a day."""
    if unit in _DAYS_OF:
        number = day.toordinal() + _DAYS_OF[unit] * count
        return dt.date.fromordinal(number) if 1 <= number <= dt.date.max.toordinal() else None
    if unit not in _MONTHS_OF:
        return None
    months = day.year * 12 + day.month - 1 + _MONTHS_OF[unit] * count
    year, month = divmod(months, 12)
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def value_at(day: dt.date, unit: str) -> str:
    """The TIMEX3 value of the unit of the calendar that holds `day`."""
    year = f"{day.year:04d}"
    if unit in ("W", "2W", "WE"):
        iso = day.isocalendar()
        return f"{iso.year:04d}-W{iso.week:02d}" + ("-WE" if unit == "WE" else "")
    if unit == "M":
        return f"{year}-{day.month:02d}"
    if unit == "Q":
        return f"{year}-Q{(day.month + 2) // 3}"
    if unit == "H":
        return f"{year}-H{(day.month + 5) // 6}"
    if unit == "Y":
        return year
    if unit == "DE":
        return year[:3]
    if unit == "CE":
        return year[:2]
    if unit == "ML":
        return year[:1]
    return day.isoformat()


def season_of(day: dt.date) -> tuple[int, str]:
    """The season that holds `day`, with the year it began in."""
    if day.month in (12, 1, 2):
        return (day.year if day.month == 12 else day.year - 1), "WI"
    return day.year, ("SP", "SU", "FA")[(day.month - 3) // 3]


def _months(year: int, first: int, count: int) -> Interval:
    last = year * 12 + first - 1 + count - 1
    return Interval(dt.date(year, first, 1), month_end(last // 12, last % 12 + 1))


_VALUE = re.compile(
    r"""(?P<year>\d{4})(?:
          -W(?P<week>\d\d)(?:-(?P<weekend>WE)|-(?P<weekday>[1-7]))?
        | -Q(?P<quarter>[1-4]) | -H(?P<half>[12]) | -(?P<season>SP|SU|FA|WI)
        | -(?P<month>\d\d)(?:-(?P<day>\d\d))? )?
        (?:T.*|-XX.*)?
      | (?P<decade>\d{3}) | (?P<century>\d\d) | FY(?P<fiscal>\d{4})""",
    re.VERBOSE,
)


def days_of(value: str) -> Interval | None:
    """The days that a TIMEX3 date or time spans; None for what is no calendar date (BC dates included)."""
    match = _VALUE.fullmatch(value)
    if match is None:
        return None
    part = {name: int(text) for name, text in match.groupdict().items() if text and text.isdigit()}
    try:
        if "decade" in part:
            return Interval(dt.date(part["decade"] * 10, 1, 1), dt.date(part["decade"] * 10 + 9, 12, 31))
        if "century" in part:
            return Interval(dt.date(part["century"] * 100, 1, 1), dt.date(part["century"] * 100 + 99, 12, 31))
        if "fiscal" in part:
            # Named for the year they end in; most begin between April of the year before and January.
            return Interval(dt.date(part["fiscal"] - 1, 4, 1), dt.date(part["fiscal"], 12, 31))
        return _days_in_year(part["year"], part, match["season"], match["weekend"] is not None)
    except ValueError:
        return None


def _days_in_year(year: int, part: dict[str, int], season: str | None, weekend: bool) -> Interval:
    if "week" in part:
        monday = dt.date.fromisocalendar(year, part["week"], 1)
        if "weekday" in part:
            day = monday + dt.timedelta(part["weekday"] - 1)
            return Interval(day, day)
        return Interval(monday + dt.timedelta(5 if weekend else 0), monday + dt.timedelta(6))
    if "quarter" in part:
        return _months(year, part["quarter"] * 3 - 2, 3)
    if "half" in part:
        return _months(year, part["half"] * 6 - 5, 6)
    if season:
        return _months(year, SEASON_START[season], 3)
    if "day" in part:
        day = dt.date(year, part["month"], part["day"])
        return Interval(day, day)
    if "month" in part:
        return _months(year, part["month"], 1)
    return _months(year, 1, 12)


def grain_of(value: str) -> str | None:
    """The unit of the calendar that a value names: D, W, WE, M, Q, H, S (season), Y, DE, CE; None for anything else."""
    match = _VALUE.fullmatch(value)
    if match is None:
        return None
    if match["week"]:
        return "WE" if match["weekend"] else "D" if match["weekday"] else "W"
    for name, grain in (("quarter", "Q"), ("half", "H"), ("season", "S"), ("day", "D"), ("month", "M")):
        if match[name]:
            return grain
    return "DE" if match["decade"] else "CE" if match["century"] else "Y"
