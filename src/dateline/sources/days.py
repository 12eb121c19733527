"""The day of publication, as sources write it and as the text of a report shows it.

Only what has one reading is taken: "03/04/2024" is the third of April to one half of the world and the fourth of March
to the other, so it is no day here.
"""

from __future__ import annotations

import datetime as dt
import re

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()

_MONTH = (
    r"(?P<{m}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
_ZONE = r"(?:[a-z]{2,4}|[+-]\d{2}:?\d{2}|\([a-z]{2,4}\))"
_CLOCK = rf"(?:,|\bat\b|-|–)?\s*\d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2}})?(?:\s*[ap]\.?m\.?)?(?:\s*{_ZONE})*"
#: A day with its month in letters, or written from the year down.
_WRITTEN = (
    rf"(?:(?P<y1>\d{{4}})[-/.](?P<n1>\d{{1,2}})[-/.](?P<d1>\d{{1,2}})(?![\d/.-]\d)"
    rf"|{_MONTH.format(m='m2')}\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s+(?P<y2>\d{{4}})"
    rf"|(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+{_MONTH.format(m='m3')},?[\s-]+(?P<y3>\d{{4}}))(?!\d)"
)
_DATE = re.compile(_WRITTEN, re.I)
_WHOLE = re.compile(
    rf"(?:{_WEEKDAY}\s*,?\s+)?{_WRITTEN}(?:\s*,?\s*{_WEEKDAY})?(?:\s*{_CLOCK})?(?:\s*,?\s*{_WEEKDAY})?", re.I
)
_DAY_FIRST = re.compile(r"\d{4}-\d{2}-\d{2}(?=$|[T ])")
_COMPACT = re.compile(r"(?:19|20)\d{6}(?:T?\d{6}Z?)?")

#: Words that stand before a day of publication in a line of its own; what was "updated" is taken if nothing else is.
_LABEL = re.compile(
    r"(?:(?:first\s+)?(?:published|posted|issued|released|filed)(?:\s+(?:on|at))?|(?:publication\s+|publish\s+)?date"
    r"|(?P<later>(?:last\s+)?(?:updated|modified)(?:\s+(?:on|at))?))\s*[:\-–]?\s+",
    re.I,
)
_PARTS = re.compile(r"\s*[|•·]\s*")
#: "OSLO, March 12, 2024 (AP) —": a place in capitals, a day with its year, an agency perhaps, a dash or colon.
_DATELINE = re.compile(
    r"\s*[^\W\d_a-z][^\W\d_a-z.'’\- ]+(?:[ .'’\-/][^\W\d_a-z]+)*(?:,\s*[A-Z][\w.'’\- ]{1,30}?)?(?:\s*[,.]?\s+\(?|\()"
    rf"(?i:{_WEEKDAY}\s*,?\s+)?(?i:{_WRITTEN})\s*\)?,?\s*(?:[(/\[][^()/\[\]\n]{{2,30}}[)/\]]\s*)?"
    r"(?:--|[-–—:])"
)
_HEAD_LINES, _DATELINE_LINES, _LONGEST_HEAD = 4, 6, 160


def as_day(value: str) -> dt.date:
    """The day of an ISO day, or of a date and time as the clock of its own zone has it.

    "2025-04-17", "2025-04-17T23:30:00-04:00", "Thu, 17 Apr 2025 08:00:00 GMT", "April 17, 2025", "2025/04/17" and
    "20250417" are all 2025-04-17. Raises ValueError for anything else.
    """
    value = value.strip()
    if _DAY_FIRST.match(value):
        try:
            return dt.datetime.fromisoformat(value.removesuffix(" UTC").removesuffix(" GMT")).date()
        except ValueError:
            if not _WHOLE.fullmatch(value) or not _clock_is_sound(value):
                raise
    if _COMPACT.fullmatch(value):
        return dt.date(int(value[:4]), int(value[4:6]), int(value[6:8]))
    if found := _WHOLE.fullmatch(value):
        return _day(found)
    raise ValueError(f"{value!r} is no day that has one reading")


def day_in(text: str) -> dt.date | None:
    """The first day with its year in a stretch of text, None where there is none that the calendar has."""
    for found in _DATE.finditer(text):
        try:
            return _day(found)
        except ValueError:
            continue
    return None


def published_in(text: str) -> tuple[dt.date, str] | None:
    """The day of publication that a text shows, and where: "header line" or "dateline".

    A header line is one of the first lines that says a day and nothing else, but for a label ("Published:") or other
    parts set off by bars. A dateline opens one of the first lines and must have its year.
    """
    lines = [line for line in text[:4000].splitlines() if line.strip()][:_DATELINE_LINES]
    later = None
    for line in lines[:_HEAD_LINES]:
        for part in _PARTS.split(line.strip()) if len(line) <= _LONGEST_HEAD else ():
            label = _LABEL.match(part)
            found = _WHOLE.fullmatch(part[label.end() :] if label else part)
            try:
                day = _day(found) if found else None
            except ValueError:
                continue
            if day and label and label["later"]:
                later = later or day
            elif day:
                return day, "header line"
    if later:
        return later, "header line"
    for line in lines:
        if found := _DATELINE.match(line):
            try:
                return _day(found), "dateline"
            except ValueError:
                continue
    return None


def _day(found: re.Match[str]) -> dt.date:
    """The day that was matched; raises ValueError if the calendar lacks it."""
    if found["y1"]:
        return dt.date(int(found["y1"]), int(found["n1"]), int(found["d1"]))
    form = "2" if found["y2"] else "3"
    month = MONTHS.index(found["m" + form][:3].lower()) + 1
    return dt.date(int(found["y" + form]), month, int(found["d" + form]))


def _clock_is_sound(value: str) -> bool:
    """Whether the first hour and minute of a written time exist."""
    clock = re.search(r"(\d{1,2}):(\d{2})", value)
    return clock is None or (int(clock[1]) < 24 and int(clock[2]) < 60)
