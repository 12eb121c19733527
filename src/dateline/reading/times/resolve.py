"""From a match to its sense, and what each sense does to the state that later ones lean on."""

from __future__ import annotations

from collections.abc import Callable

from dateline.reading.times import absolute, clock, durations, finance, relative
from dateline.reading.times.calendar import days_of, grain_of
from dateline.reading.times.found import Context, Found, Sense, Story
from dateline.reading.times.lexicon import SHAPES

Maker = Callable[[Found, Context], Sense | None]

#: What a rule's `make` may name.
MAKERS: dict[str, Maker] = {
    "ago": relative.make_ago,
    "bc": absolute.make_bc,
    "bc-bare": absolute.make_bc_bare,
    "century": absolute.make_century,
    "clock": clock.make_clock,
    "date": absolute.make_date,
    "day-of-month": absolute.make_day_of_month,
    "daypart": clock.make_daypart,
    "daypart-any": clock.make_daypart_any,
    "decade": absolute.make_decade,
    "deictic": relative.make_deictic,
    "duration": durations.make_duration,
    "fiscal": absolute.make_fiscal,
    "fixed-step": relative.make_fixed_step,
    "holiday": finance.make_holiday,
    "iso": absolute.make_iso,
    "later": relative.make_later,
    "month-relative": relative.make_month_relative,
    "one-day": durations.make_one_day,
    "nth-weekday": relative.make_nth_weekday,
    "numeric": absolute.make_numeric,
    "period": finance.make_period,
    "quarter": absolute.make_quarter,
    "range-day": absolute.make_range_day,
    "range-year": absolute.make_range_year,
    "half-ago": relative.make_half_ago,
    "small-hours": clock.make_small_hours,
    "same": relative.make_same,
    "same-time": relative.make_same_time,
    "season": absolute.make_season,
    "set": durations.make_set,
    "some-weekday": relative.make_some_weekday,
    "unit": relative.make_unit,
    "unit-long": durations.make_unit_long,
    "vague": durations.make_vague,
    "weekday": relative.make_weekday,
    "year": absolute.make_year,
    "year-end": relative.make_year_end,
    "year-ago": finance.make_year_ago,
}


#: Reporting periods longer than a quarter ("the first nine months"): figures after them are no quarter's.
_MORE_THAN_A_QUARTER = ("P6M", "P9M")


def resolve(found: Found, ctx: Context) -> Sense | None:
    """The sense of a match in the present state; None where it is no time expression after all."""
    mode = found.args.get("mode")
    if mode is not None and (mode == "narrative") != ctx.narrative:
        return None
    return MAKERS[found.compiled.rule.make](found, ctx)


def advance(sense: Sense, found: Found, ctx: Context) -> None:
    """Move the story on to what was just named."""
    if sense.value in _MORE_THAN_A_QUARTER and found.compiled.rule.name == "duration.stretch":
        ctx.period = None
    if sense.type not in ("DATE", "TIME") or not sense.refers:
        return
    if sense.value.startswith("BC"):
        ctx.before_christ = True
        return
    days = days_of(sense.value)
    grain = grain_of(sense.value)
    if days is None or days.earliest is None or grain is None:
        return
    if ctx.narrative and ctx.story and grain == "Y" and not _moves(sense, found, ctx.story, days.earliest.year):
        return
    ctx.story = Story(days.earliest, grain)
    ctx.last_day = days.earliest if grain == "D" else ctx.last_day
    ctx.before_christ = False
    if grain == "Q" and (ctx.published is None or days.latest is None or days.latest < ctx.published):
        ctx.period, ctx.period_at = sense.value, found.start


_DIGRESSION = 5  # years; a bare year farther from the story than this is an aside unless a sentence opens with it


def _moves(sense: Sense, found: Found, story: Story, year: int) -> bool:
    """Whether a mention of a year moves the story there: "in 1813" in passing does not, nor "the previous year"."""
    if found.compiled.rule.make in ("unit", "later", "ago") and year < story.day.year:
        return False
    if abs(year - story.day.year) <= _DIGRESSION:
        return True
    before = found.tokens.codes[max(0, found.start - 2) : found.start]
    stops = found.lexicon.literal(".") + SHAPES["BREAK"]
    return len(before) < 2 or before[-1] in stops or before[-2] in stops
