"""Makers for expressions that lean on publication or on the story: "yesterday", "last week", "two days later"."""

from __future__ import annotations

import datetime as dt

from dateline.reading.times.absolute import OF_STORY, nearest_year
from dateline.reading.times.calendar import days_of, month_end, shift, value_at
from dateline.reading.times.found import Anchor, Context, Found, Sense
from dateline.reading.times.tense import direction
from dateline.record import Interval

_VAGUE_PAST, _VAGUE_FUTURE = "PAST_REF", "FUTURE_REF"
_UNKNOWN = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Y": "XXXX", "Q": "XXXX-QX", "WE": "XXXX-WXX-WE"}
#: How fine a unit is; a story that is coarser than the unit can't carry a count of it.
_FINENESS = {
    "NI": 0,
    "D": 0,
    "WE": 1,
    "W": 1,
    "2W": 1,
    "M": 2,
    "S": 3,
    "Q": 3,
    "H": 4,
    "Y": 5,
    "DE": 6,
    "CE": 7,
    "ML": 8,
}


def _vague(step: int) -> str:
    return _VAGUE_PAST if step < 0 else _VAGUE_FUTURE if step > 0 else "PRESENT_REF"


def _story_base(ctx: Context) -> tuple[dt.date | None, Anchor]:
    if ctx.story is not None:
        return ctx.story.day, "story"
    return (None, "story") if ctx.narrative else (ctx.published, "published")


def make_deictic(found: Found, ctx: Context) -> Sense | None:
    """Group word: today, yesterday, tomorrow, tonight."""
    step = int(found.word("word"))
    night = found.low("word") == "tonight"
    if ctx.published is None or ctx.narrative:
        value = "XXXX-XX-XXTNI" if night else _vague(step)
        return Sense(
            type="TIME" if night else "DATE", value=value, mod=found.mod(), anchor=ctx.base_anchor, refers=False
        )
    day = shift(ctx.published, "D", step)
    if day is None:
        return None
    value = day.isoformat() + ("TNI" if night else "")
    return Sense(type="TIME" if night else "DATE", value=value, mod=found.mod(), anchor="published")


def make_fixed_step(found: Found, ctx: Context) -> Sense | None:
    """with_.step units (with_.unit) from publication: "the day before yesterday"."""
    step, unit = int(found.args["step"]), found.args["unit"]
    day = shift(ctx.base, unit, step) if ctx.base else None
    if day is None:
        return Sense(type="DATE", value=_vague(step), anchor=ctx.base_anchor, refers=False)
    return Sense(type="DATE", value=value_at(day, unit), mod=found.mod(), anchor=ctx.base_anchor)


def make_unit(found: Found, ctx: Context) -> Sense | None:
    """Groups which and unit: "last week", "this year", "next month"; with_.on "story" for "the following month"."""
    unit = found.word("unit") or found.args["unit"]
    step = int(found.word("which")) if found.has("which") else int(found.args.get("step", "0"))
    if found.args.get("on") == "story" or found.low("which") in OF_STORY:
        base, anchor = _story_base(ctx)
    else:
        base, anchor = ctx.base, ctx.base_anchor
    mod = found.mod()
    if base is None:
        return Sense(type="DATE", value=_vague(step), mod=mod, anchor=anchor, refers=False)
    if anchor == "story" and ctx.story and _FINENESS[unit] < _FINENESS.get(ctx.story.grain, 0) and unit in ("D", "W"):
        return Sense(type="DATE", value=_UNKNOWN[unit], mod=mod, anchor=anchor, refers=False)
    if unit == "WE" and anchor == "published":
        # On a weekday "last weekend" and "the weekend" are the one before, "next weekend" the one to come.
        if step == 0 and (base.isoweekday() <= 2 and direction(found) <= 0):
            step = -1
        elif step > 0:
            step = 0 if base.isoweekday() <= 3 and found.low("which") != "next" else step
    day = shift(base, unit, step)
    if day is None:
        return None
    interval = None
    value = value_at(day, unit)
    when = found.args.get("when") or found.low("when")
    span = days_of(value)
    if when in ("earlier", "so far") and span and ctx.published and not ctx.narrative:
        # "earlier this week" is before today; of a longer stretch a day makes no difference that anyone means
        last = ctx.published - dt.timedelta(when == "earlier" and unit == "W" and ctx.published != span.earliest)
        interval = Interval(span.earliest, min(last, span.latest or last))
        mod = "START" if when == "earlier" else mod
    elif when == "later" and span and ctx.published and not ctx.narrative:
        interval = Interval(max(ctx.published, span.earliest or ctx.published), span.latest)
        mod = "END"
    elif when in ("earlier", "later"):
        mod = "START" if when == "earlier" else "END"
    return Sense(type="DATE", value=value, mod=mod, anchor=anchor, interval=interval)


def make_weekday(found: Found, ctx: Context) -> Sense | None:
    """Groups weekday, which: "Wednesday", "last Friday", "next Monday", "Monday of last week"."""
    wanted = int(found.word("weekday"))
    which = found.word("which")
    if ctx.narrative or found.low("which") in OF_STORY:
        base, anchor = _story_base(ctx)
    else:
        base, anchor = ctx.published, "published"
    if base is None:
        return Sense(type="DATE", value=f"XXXX-WXX-{wanted}", mod=found.mod(), anchor=anchor)
    if ctx.narrative and ctx.story and ctx.story.grain not in ("D", "W"):
        return Sense(type="DATE", value=f"XXXX-WXX-{wanted}", mod=found.mod(), anchor=anchor, refers=False)
    back = (base.isoweekday() - wanted) % 7
    if found.has("week"):
        monday = base - dt.timedelta(base.isoweekday() - 1)
        day = shift(monday, "D", 7 * int(found.word("week")) + wanted - 1)
    elif which == "-1":
        day = shift(base, "D", -(back or 7))
    elif which == "1":
        day = shift(base, "D", (7 - back))
    elif back == 0:
        day = base
    else:
        towards = direction(found)
        if found.low("which") == "this" and towards == 0:
            towards = 1
        day = shift(base, "D", 7 - back if towards > 0 else -back)
    if day is None:
        return None
    return Sense(type="DATE", value=day.isoformat(), mod=found.mod(), anchor=anchor)


def make_some_weekday(found: Found, ctx: Context) -> Sense | None:
    """ "On a Saturday night": a weekday of no week in particular."""
    part = found.word("daypart")
    value = f"XXXX-WXX-{found.word('weekday')}" + (f"T{part}" if part else "")
    return Sense(type="TIME" if part else "DATE", value=value, mod=found.mod(), refers=False)


def make_nth_weekday(found: Found, ctx: Context) -> Sense | None:
    """Groups ord, weekday, month, year: "the last Tuesday of May"."""
    number, month = found.whole("ord"), int(found.word("month"))
    year, anchor = found.whole("year"), None
    if year is None:
        year, anchor = nearest_year(found, ctx, month, None)
    if year is None or number is None or not 1 <= year < 9999:
        return None
    first = dt.date(year, month, 1)
    length = (month_end(year, month) - first).days + 1
    day = 1 + (int(found.word("weekday")) - first.isoweekday()) % 7
    days = range(day, length + 1, 7)
    if number != -1 and not 1 <= number <= len(days):
        return None
    chosen = first.replace(day=days[number - 1 if number > 0 else -1])
    return Sense(type="DATE", value=chosen.isoformat(), mod=found.mod(), anchor=anchor)


def make_month_relative(found: Found, ctx: Context) -> Sense | None:
    """Groups month, which: "last May", "next June", "this September"; or unit year: "June last year"."""
    month = int(found.word("month"))
    day = found.whole("day")
    base, anchor = ctx.base, ctx.base_anchor
    step = int(found.word("which") or 0)
    if found.args.get("on") == "story" or found.low("which") in OF_STORY:
        base, anchor = _story_base(ctx)
    suffix = f"-{day:02d}" if day is not None else ""
    if base is None:
        return Sense(type="DATE", value=f"XXXX-{month:02d}{suffix}", mod=found.mod(), anchor=anchor)
    if found.has("unit"):
        year = base.year + step
    elif step < 0:
        year = base.year if month < base.month else base.year - 1
    elif step > 0:
        year = base.year if month > base.month else base.year + 1
    else:
        year = base.year
    return Sense(type="DATE", value=f"{year:04d}-{month:02d}{suffix}", mod=found.mod(), anchor=anchor)


def _count(found: Found) -> float | None:
    if found.has("one"):
        return 1
    if found.has("couple"):
        return 2
    return found.number("num")


def make_ago(found: Found, ctx: Context) -> Sense | None:
    """Groups num (or vague, or one), unit: "two years ago", "in three weeks' time"; with_.step is -1 or 1."""
    step = int(found.args["step"])
    unit = found.word("unit")
    count = _count(found)
    mod = found.mod()
    base = ctx.base
    if base is None or count is None:
        return Sense(type="DATE", value=_vague(step), mod=mod, anchor=ctx.base_anchor, refers=False)
    return _step(base, ctx.base_anchor, unit, step * count, mod)


def _step(
    base: dt.date, anchor: Anchor, unit: str, count: float, mod: str | None, grain: str | None = None
) -> Sense | None:
    if unit.startswith("T"):
        hours = {"TS": 1 / 3600, "TM": 1 / 60, "TH": 1}[unit] * count
        day = base if abs(hours) < 24 else shift(base, "D", round(hours / 24))
        if day is None:
            return None
        return Sense(type="TIME", value=f"{day.isoformat()}TXX", mod=mod, anchor=anchor, refers=abs(hours) >= 24)
    if count != int(count):
        half = {"Y": ("M", 12), "DE": ("Y", 10), "CE": ("Y", 100), "W": ("D", 7), "M": ("D", 30)}.get(unit)
        if half is None:
            return None
        unit, count = half[0], round(count * half[1])
    day = shift(base, unit, int(count))
    if day is None:
        return None
    # TIMEX3 gives a count of weeks the week; who tells the days means the day ("a week earlier": seven days)
    exact = Interval(day, day) if unit in ("W", "2W") and mod is None and grain in (None, "D") else None
    return Sense(type="DATE", value=value_at(day, _grain_for(unit, grain)), mod=mod, anchor=anchor, interval=exact)


def _grain_for(unit: str, grain: str | None) -> str:
    """A step of a unit lands on that unit; of decades and centuries on the year."""
    if unit in ("DE", "CE", "ML"):
        return "Y"
    if unit in ("2W", "WE"):
        return "W"
    if grain is not None and _FINENESS.get(grain, 9) < _FINENESS[unit] and unit in ("W",):
        return grain
    return unit


def make_year_end(found: Found, ctx: Context) -> Sense | None:
    """ "Year-end": the last day of the year, of the next one to come or, told in the past, of the last one gone."""
    base = ctx.base
    if base is None:
        return Sense(type="DATE", value="XXXX-12-31", anchor=ctx.base_anchor, refers=False)
    return Sense(type="DATE", value=f"{base.year:04d}-12-31", anchor=ctx.base_anchor)


def make_same_time(found: Found, ctx: Context) -> Sense | None:
    """ "The same time": what the story has reached, as finely as it was named."""
    if ctx.story is None or ctx.story.grain == "S":
        return Sense(type="DATE", value="PAST_REF", anchor="story", refers=False)
    return Sense(type="DATE", value=value_at(ctx.story.day, ctx.story.grain), anchor="story", refers=False)


def make_half_ago(found: Found, ctx: Context) -> Sense | None:
    """Group unit: "half a century ago"; which, if there, steps from the story."""
    unit = found.word("unit")
    step = int(found.word("which") or -1)
    base, anchor = _story_base(ctx) if found.has("which") else (ctx.base, ctx.base_anchor)
    if base is None:
        return Sense(type="DATE", value=_vague(step), anchor=anchor, refers=False)
    return _step(base, anchor, unit, step * 0.5, None)


def make_later(found: Found, ctx: Context) -> Sense | None:
    """Groups num (or vague, or one), unit: "two days later", "a year earlier": steps from the story."""
    step = int(found.word("which")) if found.has("which") else int(found.args["step"])
    unit = found.word("unit")
    count = _count(found)
    mod = found.mod()
    base, anchor = _story_base(ctx)
    if found.low("which") == "previously" and not ctx.narrative:
        base, anchor = ctx.base, ctx.base_anchor
    if base is None or count is None:
        return Sense(type="DATE", value=_vague(step), mod=mod, anchor=anchor, refers=False)
    grain = ctx.story.grain if anchor == "story" and ctx.story else "D"
    if not unit.startswith("T") and _FINENESS[unit] < _FINENESS.get(grain, 9):
        return Sense(type="DATE", value=_UNKNOWN.get(unit, _vague(step)), mod=mod, anchor=anchor, refers=False)
    return _step(base, anchor, unit, step * count, mod, grain)


def make_same(found: Found, ctx: Context) -> Sense | None:
    """Group unit: "the same day", "that month": the story's own unit."""
    unit = found.word("unit")
    base, anchor = _story_base(ctx)
    when = found.low("when")
    mod = {"earlier": "START", "later": "END"}.get(when) or found.mod()
    if base is None:
        return Sense(type="DATE", value="PAST_REF", mod=mod, anchor=anchor, refers=False)
    if ctx.story and _FINENESS[unit] < _FINENESS.get(ctx.story.grain, 0):
        return Sense(type="DATE", value=_UNKNOWN.get(unit, "PAST_REF"), mod=mod, anchor=anchor, refers=False)
    return Sense(type="DATE", value=value_at(base, unit), mod=mod, anchor=anchor)
