"""From a match to its sense, and what each sense does to the state that later ones lean on."""

from __future__ import annotations

from collections.abc import Callable

from dateline.reading.times import absolute, clock, durations, finance, relative
from dateline.reading.times.calendar import days_of, grain_of
from dateline.reading.times.found import Context, Found, Sense, Story

Maker = Callable[[Found, Context], Sense | None]

#: What a rule's `make` may name.
MAKERS: dict[str, Maker] = {
    "ago": relative.make_ago,
    "century": absolute.make_century,
    "clock": clock.make_clock,
    "date": absolute.make_date,
    "day-of-month": absolute.make_day_of_month,
    "daypart": clock.make_daypart,
    "decade": absolute.make_decade,
    "deictic": relative.make_deictic,
    "duration": durations.make_duration,
    "fiscal": absolute.make_fiscal,
    "fixed-step": relative.make_fixed_step,
    "holiday": finance.make_holiday,
    "iso": absolute.make_iso,
    "later": relative.make_later,
    "month-relative": relative.make_month_relative,
    "numeric": absolute.make_numeric,
    "period": finance.make_period,
    "quarter": absolute.make_quarter,
    "range-day": absolute.make_range_day,
    "range-year": absolute.make_range_year,
    "same": relative.make_same,
    "season": absolute.make_season,
    "set": durations.make_set,
    "unit": relative.make_unit,
    "vague": durations.make_vague,
    "weekday": relative.make_weekday,
    "year": absolute.make_year,
    "year-ago": finance.make_year_ago,
}


def resolve(found: Found, ctx: Context) -> Sense | None:
    """The sense of a match in the present state; None where it is no time expression after all."""
    return MAKERS[found.compiled.rule.make](found, ctx)


def advance(sense: Sense, found: Found, ctx: Context) -> None:
    """Move the story on to what was just named."""
    if sense.type not in ("DATE", "TIME") or not sense.refers:
        return
    if sense.value.startswith("BC"):
        return
    days = days_of(sense.value)
    grain = grain_of(sense.value)
    if days is None or days.earliest is None or grain is None:
        return
    ctx.story = Story(days.earliest, grain)
    if grain == "Q":
        ctx.period, ctx.period_at = sense.value, found.start
    elif found.compiled.rule.make in ("date", "unit") and grain in ("Y",):
        ctx.period = None if ctx.period is None or found.start - ctx.period_at > 40 else ctx.period
