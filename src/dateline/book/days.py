"""Days as people write and read them: `2025-02` for a month, "before 2025-04-17" for an open beginning."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from dateline.errors import BookError
from dateline.record import Interval

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


def first_day(text: str) -> dt.date:
    """The first day of a day, month or year (2025-02-01, 2025-02, 2025); raises BookError for anything else."""
    year, month, day = _parts(text)
    return _date(text, year, month or 1, day or 1)


def last_day(text: str) -> dt.date:
    """The last day of a day, month or year; raises BookError for anything else."""
    year, month, day = _parts(text)
    month = month or 12
    return _date(text, year, month, day or (calendar.monthrange(year, month)[1] if 1 <= month <= 12 else 1))


def _parts(text: str) -> tuple[int, int | None, int | None]:
    match = _DAY.fullmatch(text.strip())
    if not match:
        raise BookError(f"{text!r} is no day; write it as 2025-02-01, 2025-02 or 2025")
    year, month, day = match.groups()
    return int(year), int(month) if month else None, int(day) if day else None


def _date(text: str, year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        raise BookError(f"{text!r} is no day: {error}; write it as 2025-02-01, 2025-02 or 2025") from error


def show(when: Interval | None) -> str:
    """An interval in few characters: a day, a month (2025-02), a year (2025), `a to b`, before, since, "?"."""
    low, high = when or (None, None)
    if low is None and high is None:
        return "?"
    if low is None:
        return f"before {high}" if high else "?"
    if high is None:
        return f"since {low}"
    if low == high:
        return low.isoformat()
    if low.day == 1 and high.day == calendar.monthrange(high.year, high.month)[1]:
        if (low.year, low.month) == (high.year, high.month):
            return f"{low:%Y-%m}"
        if (low.month, high.month) == (1, 12):
            return f"{low.year}" if low.year == high.year else f"{low.year} to {high.year}"
        return f"{low:%Y-%m} to {high:%Y-%m}"
    if (low.year, low.month) == (high.year, high.month):
        return f"{low} to {high.day:02d}"
    return f"{low} to {high:%m-%d}" if low.year == high.year else f"{low} to {high}"
