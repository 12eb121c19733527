"""Makers for dates that name a place in the calendar, wholly ("Oct. 7, 2023") or in part ("October", "the 1980s")."""

from __future__ import annotations

import datetime as dt
import re

from dateline.reading.times.calendar import day_or_none, season_of, shift
from dateline.reading.times.found import Anchor, Context, Found, Sense
from dateline.reading.times.tense import direction
from dateline.record import Interval

#: Words for before and after that lean on the story, not on publication.
OF_STORY = ("following", "previous", "preceding", "subsequent")
_PLAIN_YEARS = (1900, 2050)
_WITH_TENSE, _BACK = (1.0, 0.3, 0.08), 0.8  # how much a candidate's distance counts
_PIVOT = 30  # a year of two digits up to this many years after publication is of that century


def two_digit_year(number: int, ctx: Context) -> int:
    """The full year of a short one ("'98", "3/4/24"): the one that is nearest to publication and not far after it."""
    now = ctx.published.year if ctx.published else 2000
    year = now // 100 * 100 + number
    if year > now + _PIVOT:
        return year - 100
    return year + 100 if year < now - 100 + _PIVOT else year


def _year(found: Found, ctx: Context, name: str = "year") -> int | None:
    number = found.whole(name)
    if number is None:
        return None
    return two_digit_year(number, ctx) if number < 100 and found.low(name)[0] in "'’`" else number


def nearest_year(found: Found, ctx: Context, month: int, day: int | None) -> tuple[int | None, Anchor]:
    """The year that a month (and day) without one belongs to, and what it leaned on."""
    if ctx.next_year is not None:
        year, other = ctx.next_year
        return (year - 1 if other is not None and month > other else year), "story"
    if ctx.narrative:
        if ctx.story is None:
            return None, "story"
        year, last = ctx.story.day.year, ctx.story.day.month
        if ctx.story.grain in ("D", "M") and last >= 11 and month <= 2:
            year += 1
        return year, "story"
    published = ctx.published
    if published is None:
        return None, "published"
    candidates: list[tuple[float, int]] = []
    towards = direction(found)
    for year in (published.year - 1, published.year, published.year + 1):
        if day is None:
            far = float((year - published.year) * 12 + month - published.month)
        else:
            date = day_or_none(year, month, day)
            if date is None:
                continue
            if found.has("weekday") and date.isoweekday() == int(found.word("weekday")):
                return year, "published"
            far = (date - published).days / 30
        # The nearest, unless the tense says otherwise; news looks back a little more often than ahead.
        told = _WITH_TENSE[abs(towards)]
        weight = told if far * towards > 0 or far == 0 else 1.0 if towards else _BACK if far < 0 else 1.0
        candidates.append((abs(far) * weight, year))
    return (min(candidates)[1] if candidates else published.year), "published"


def make_date(found: Found, ctx: Context) -> Sense | None:
    """Groups month, day, year, era: as much of a calendar date as is there; the missing year is inferred."""
    month = int(found.word("month")) if found.has("month") else None
    day = found.whole("day")
    year = _year(found, ctx)
    if found.has("short"):
        short = found.whole("short")
        year = two_digit_year(short, ctx) if short is not None else None
    anchor: Anchor | None = None
    if found.has("era"):
        return _before_christ(found, month, day, year)
    if year is None:
        if month is None:
            return None
        year, anchor = nearest_year(found, ctx, month, day)
    if day is not None and month is not None and year is not None and day_or_none(year, month, day) is None:
        if anchor is None or (month, day) != (2, 29):
            return None
        year = min(
            (y for y in range(year - 4, year + 5) if day_or_none(y, 2, 29)), key=lambda y: abs(y - year), default=year
        )
    value = "XXXX" if year is None else f"{year:04d}"
    if month is not None:
        value += f"-{month:02d}"
        if day is not None:
            value += f"-{day:02d}"
    return Sense(type="DATE", value=value, mod=found.mod(), anchor=anchor)


def _before_christ(found: Found, month: int | None, day: int | None, year: int | None) -> Sense | None:
    if year is None or not 0 < year <= 9999:
        return None
    value = f"BC{year:04d}" if found.word("era") != "AD" else f"{year:04d}"
    if month is not None:
        value += f"-{month:02d}" + (f"-{day:02d}" if day is not None else "")
    return Sense(type="DATE", value=value, mod=found.mod())


def make_iso(found: Found, ctx: Context) -> Sense | None:
    """Group iso: 2023-10-07, with or without a time."""
    text = found.text("iso")
    match = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(T(\d\d:\d\d)(:\d\d)?[\d.]*(.*))?", text, re.IGNORECASE)
    if match is None or day_or_none(int(match[1]), int(match[2]), int(match[3])) is None:
        return None
    day = text[:10]
    if match[4]:
        zone = re.sub(r"(:?00)$", "", match[7].upper())
        return Sense(type="TIME", value=f"{day}T{match[5]}{match[6] or ''}{zone}")
    return Sense(type="DATE", value=day)


def make_numeric(found: Found, ctx: Context) -> Sense | None:
    """Group numeric: 10/7/2023, 7.10.2023, 2023/10/07; month and day by `day_first` where both orders are possible."""
    match = re.fullmatch(r"(\d+)[/.](\d+)[/.](\d+)", found.text("numeric"))
    if match is None:
        return None
    first, second, third = (int(part) for part in match.groups())
    if len(match[1]) == 4:
        year, month, day = first, second, third
    else:
        if len(match[1]) > 2 or len(match[3]) not in (2, 4):
            return None
        year = two_digit_year(third, ctx) if len(match[3]) == 2 else third
        day_first = first > 12 or (second <= 12 and (ctx.day_first or "." in match[0]))
        day, month = (first, second) if day_first else (second, first)
    date = day_or_none(year, month, day)
    return None if date is None else Sense(type="DATE", value=date.isoformat())


def make_day_of_month(found: Found, ctx: Context) -> Sense | None:
    """Group day alone ("the 13th", "May 4 and 5"): the month (and the year) is that of what was named last."""
    day = found.whole("day")
    story = ctx.story
    base = story.day if story and story.grain in ("D", "M") else None
    if base is None and not ctx.narrative:
        base = ctx.published
    if base is None or day is None:
        return None
    year = found.whole("year")
    date = day_or_none(year or base.year, base.month, day)
    return None if date is None else Sense(type="DATE", value=date.isoformat(), anchor=None if year else "story")


def make_season(found: Found, ctx: Context) -> Sense | None:
    """Groups season, year: "the spring of 1986", "summer", "winter 2019-20"."""
    season = found.word("season")
    year = _year(found, ctx)
    anchor: Anchor | None = None
    if found.has("era") and year is not None:
        return Sense(type="DATE", value=f"BC{year:04d}-{season}", mod=found.mod())
    if found.has("same") and ctx.story is not None:
        year, anchor = ctx.story.day.year, "story"
    if year is None and ctx.next_year is not None and not found.has("which"):
        year, anchor = ctx.next_year[0], "story"
    if year is None:
        base, anchor = ctx.base, ctx.base_anchor
        if ctx.story is not None and found.low("which") in OF_STORY:
            base, anchor = ctx.story.day, "story"
        if base is None:
            return Sense(type="DATE", value=f"XXXX-{season}", mod=found.mod(), anchor=anchor)
        step = int(found.word("which") or 0) if found.has("which") else None
        year = _season_year(found, ctx, base, season, step)
    return Sense(type="DATE", value=f"{year:04d}-{season}", mod=found.mod(), anchor=anchor)


def _season_year(found: Found, ctx: Context, base: dt.date, season: str, step: int | None) -> int:
    if ctx.narrative and step in (None, 0):
        return base.year
    now_year, now = season_of(base)
    order = ("SP", "SU", "FA", "WI")
    ahead = (order.index(season) - order.index(now)) % 4
    behind = (order.index(now) - order.index(season)) % 4
    if step == 0:
        return base.year if season != "WI" or base.month > 2 else base.year - 1
    if step is None:
        if ahead == 0:
            return now_year
        step = direction(found) or (-1 if behind <= 2 else 1)
    if step > 0:
        ahead = ahead or 4
        return now_year + (order.index(now) + ahead) // 4
    behind = behind or 4
    return now_year + (order.index(now) - behind) // 4


def make_quarter(found: Found, ctx: Context) -> Sense | None:
    """Groups ord (which quarter or half), year, which (last, this): with_.unit is Q or H."""
    unit = found.args["unit"]
    count = 4 if unit == "Q" else 2
    number = found.whole("ord")
    if number == -1:
        number = count
    if number is None or not 1 <= number <= count:
        return None
    year = _year(found, ctx)
    anchor: Anchor | None = None
    base = ctx.base
    if year is None and found.has("which") and base is not None:
        year, anchor = base.year + int(found.word("which")), ctx.base_anchor
    if year is None:
        anchor = ctx.base_anchor
        if base is None:
            return Sense(type="DATE", value=f"XXXX-{unit}{number}", mod=found.mod(), anchor=anchor)
        year = _quarter_year(found, ctx, base, number, count)
    return Sense(type="DATE", value=f"{year:04d}-{unit}{number}", mod=found.mod(), anchor=anchor)


def _quarter_year(found: Found, ctx: Context, base: dt.date, number: int, count: int) -> int:
    if ctx.narrative:
        return base.year
    now = (base.month - 1) * count // 12 + 1
    # Results are of a quarter that is over; a forecast or a plan is of one to come.
    ahead, towards = number - now, direction(found)
    if ahead <= 0 or (towards > 0 and ahead < count - 1):
        return base.year
    return base.year if ahead == 1 and towards == 0 else base.year - 1


def make_decade(found: Found, ctx: Context) -> Sense | None:
    """Group decade: "the 1980s", "'80s", "the nineties"."""
    if found.has("word"):
        number = int(found.word("word"))
    else:
        match = re.match(r"['’`]?(\d+)", found.low("decade"))
        if match is None:
            return None
        number = int(match[1])
    if found.has("era"):
        return Sense(type="DATE", value=f"BC{number // 10:03d}", mod=found.mod())
    if number < 100:
        now = ctx.base.year if ctx.base else 2000
        number += now // 100 * 100
        if number > now:
            number -= 100
    return Sense(type="DATE", value=f"{number // 10:03d}", mod=found.mod())


def make_century(found: Found, ctx: Context) -> Sense | None:
    """Group ord: "the 19th century", "the fifth century BC"."""
    number = found.whole("ord")
    if number is None or not 1 <= number <= 30:
        return None
    prefix = "BC" if found.has("era") and found.word("era") == "BC" else ""
    return Sense(type="DATE", value=f"{prefix}{number - 1:02d}", mod=found.mod())


def make_fiscal(found: Found, ctx: Context) -> Sense | None:
    """Group year ("fiscal 1989", "fiscal year 2024"), or which ("the current fiscal year")."""
    year = _year(found, ctx)
    if found.has("short"):
        short = found.whole("short")
        year = two_digit_year(short, ctx) if short is not None else None
    anchor: Anchor | None = None
    if year is None:
        if ctx.base is None:
            return None
        year, anchor = ctx.base.year + int(found.word("which") or 0), ctx.base_anchor
    span = dt.date(year, 1, 1)
    start = shift(span, "M", -9)
    if start is None:
        return None
    interval = Interval(start, dt.date(year, 12, 31))
    return Sense(type="DATE", value=f"{year:04d}", mod=found.mod(), anchor=anchor, interval=interval)


def make_year(found: Found, ctx: Context) -> Sense | None:
    """Group year, with nothing but its shape to tell: 1900 to 2050 is a year, older ones need a preposition."""
    year = found.whole("year")
    if year is None:
        return None
    worded = found.span("year")[0] in found.tokens.numbers
    if not (_PLAIN_YEARS[0] <= year <= _PLAIN_YEARS[1]) and not found.has("prep"):
        return None
    if worded and year % 100 == 0:
        return None
    return Sense(type="DATE", value=f"{year:04d}", mod=found.mod())


def make_bc(found: Found, ctx: Context) -> Sense | None:
    """Group year: the start of "264-146 BC"."""
    return _before_christ(found, None, None, found.whole("year"))


def make_bc_bare(found: Found, ctx: Context) -> Sense | None:
    """Group year of three digits, a year only where the text speaks of years before Christ."""
    year = found.whole("year")
    if not ctx.before_christ or year is None:
        return None
    return Sense(type="DATE", value=f"BC{year:04d}", mod=found.mod(), anchor="story")


def make_range_year(found: Found, ctx: Context) -> Sense | None:
    """Groups year and short: the end of "2019-21"; None where it is not after the start."""
    year, short = found.whole("year"), found.whole("short")
    if year is None or short is None or len(found.low("short")) != 2:
        return None
    end = year // 100 * 100 + short
    return Sense(type="DATE", value=f"{end:04d}") if end > year else None


def make_range_day(found: Found, ctx: Context) -> Sense | None:
    """Groups first, month, year: the first day of "12-14 July 1950"."""
    first = found.whole("first")
    month = int(found.word("month"))
    year = _year(found, ctx)
    anchor: Anchor | None = None
    if year is None:
        year, anchor = nearest_year(found, ctx, month, first)
    if first is None or (year is not None and day_or_none(year, month, first) is None):
        return None
    text = "XXXX" if year is None else f"{year:04d}"
    return Sense(type="DATE", value=f"{text}-{month:02d}-{first:02d}", anchor=anchor)
