"""The day of publication, as sources write it."""

from __future__ import annotations

import datetime as dt
import re

_DAY_FIRST = re.compile(r"\d{4}-\d{2}-\d{2}(?=$|[T ])")


def as_day(value: str) -> dt.date:
    """The day of an ISO day, or of an ISO date and time as the clock of its own zone has it.

    "2025-04-17" and "2025-04-17T23:30:00-04:00" are both 2025-04-17. Raises ValueError for anything else.
    """
    value = value.strip()
    if not _DAY_FIRST.match(value):
        raise ValueError(f"{value!r} does not begin with an ISO day")
    return dt.datetime.fromisoformat(value).date()
