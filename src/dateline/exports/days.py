"""Days in words, for people: "13 May 2023", "February 2025", "before 17 April 2025"."""

from __future__ import annotations

import calendar
import datetime as dt

from dateline.record import Interval


def words(when: Interval | None) -> str:
    """An interval in words; "date unknown" where nothing is known."""
    low, high = when or (None, None)
    if low is None or high is None:
        if low is None and high is None:
            return "date unknown"
        return f"by {_day(high)}" if high else f"from {_day(low)} on" if low else ""
    if low == high:
        return _day(low)
    whole = low.day == 1 and high.day == calendar.monthrange(high.year, high.month)[1]
    if whole and (low.month, high.month) == (1, 12):
        return str(low.year) if low.year == high.year else f"{low.year} to {high.year}"
    if whole:
        same = (low.year, low.month) == (high.year, high.month)
        return _month(low) if same else f"{_month(low)} to {_month(high)}"
    return f"between {_day(low)} and {_day(high)}"


def _day(day: dt.date | None) -> str:
    return f"{day.day} {_month(day)}" if day else ""


def _month(day: dt.date) -> str:
    return f"{calendar.month_name[day.month]} {day.year}"
