"""Makers for lengths of time and for what recurs: "two weeks", "a few days", "each Thursday", "daily"."""

from __future__ import annotations

from dateline.reading.times.found import Context, Found, Sense

_MULTIPLE = {"2W": ("W", 2), "WE": ("D", 2), "ML": ("Y", 1000), "NI": ("D", 1)}


def _number(count: float) -> str:
    return str(int(count)) if count == int(count) else f"{count:g}"


def period(count: float | None, unit: str) -> str:
    """The TIMEX3 value of `count` units, X where the count is not told."""
    if unit in _MULTIPLE:
        base, times = _MULTIPLE[unit]
        if count is not None:
            count *= times
        unit = base
    number = "X" if count is None else _number(count)
    return f"PT{number}{unit[1]}" if unit.startswith("T") else f"P{number}{unit}"


def make_duration(found: Found, ctx: Context) -> Sense | None:
    """Groups num (or one, couple, vague), half, unit: "two and a half years", "a few days", "the past two weeks"."""
    unit = found.word("unit")
    if found.has("one") or found.args.get("count") == "1":
        count: float | None = 1
    elif found.has("couple"):
        count = 2
    elif found.has("half_of"):
        count = 0.5
    else:
        count = found.number("num")
    if found.has("half") and count is not None:
        count += 0.5
    value = period(count, unit)
    if count is not None and count != int(count) and unit == "Y" and count % 0.5 == 0:
        value = f"P{int(count)}Y6M" if count > 1 else f"P{int(count * 12)}M"
    return Sense(type="DURATION", value=value, mod=found.mod(), refers=False)


def make_unit_long(found: Found, ctx: Context) -> Sense | None:
    """Group unit: "year-long" is one, "months-long" some."""
    plural = found.lexicon.value("UNITS", found.low("unit")) is not None
    return Sense(type="DURATION", value=period(None if plural else 1, found.word("unit")), refers=False)


def make_set(found: Found, ctx: Context) -> Sense | None:
    """Groups unit, num, weekday, season, month or daypart after each, every, per, a."""
    mod = found.mod()
    if found.has("weekday"):
        value = f"XXXX-WXX-{found.word('weekday')}"
        if found.has("daypart"):
            value += f"T{found.word('daypart')}"
        return Sense(type="SET", value=value, mod=mod, refers=False)
    if found.has("daypart"):
        return Sense(type="SET", value=f"XXXX-XX-XXT{found.word('daypart')}", mod=mod, refers=False)
    if found.has("season"):
        return Sense(type="SET", value=f"XXXX-{found.word('season')}", mod=mod, refers=False)
    if found.has("month"):
        return Sense(type="SET", value=f"XXXX-{int(found.word('month')):02d}", mod=mod, refers=False)
    if found.has("often"):
        return Sense(type="SET", value=found.word("often"), mod=mod, refers=False)
    unit = found.word("unit")
    count = found.number("num") if found.has("num") else 2 if found.has("other") else 1
    return Sense(type="SET", value=period(count, unit), mod=mod, refers=False)


def make_one_day(found: Found, ctx: Context) -> Sense | None:
    """ "Will one day": some time ahead, and no length."""
    if found.low("what") != "one day":
        return None
    return Sense(type="DATE", value="FUTURE_REF", refers=False)


def make_vague(found: Found, ctx: Context) -> Sense | None:
    """Group word (its value in its class), or with_.value: PAST_REF, PRESENT_REF, FUTURE_REF and their kin."""
    value = found.args.get("value") or found.word("word")
    if value.startswith("P") and not value.endswith("_REF"):
        return Sense(type="DURATION", value=value, mod=found.mod(), refers=False)
    return Sense(type="DATE", value=value, mod=found.mod(), refers=False)
