"""Makers for times of day: "10 p.m.", "14:58 UTC", "noon", "Friday evening", "that night"."""

from __future__ import annotations

import re

from dateline.reading.times.calendar import shift
from dateline.reading.times.found import Anchor, Context, Found, Sense


def _clock(found: Found) -> str | None:
    """The time as TIMEX3 has it, "22:00"; None for one that no clock shows."""
    if found.has("noon"):
        return found.word("noon")
    if found.has("hour"):
        hour, minute, second = found.whole("hour") or 0, 0, ""
        half = found.word("ampm")
    else:
        low = next((found.low(name) for name in ("clock", "ap", "military") if found.has(name)), "")
        match = re.match(r"(\d{1,2}?)(?:[:.]?(\d\d))?(?::(\d\d))?\s?(am|pm|a\.m|p\.m|h|$)", low)
        if match is None:
            return None
        hour, minute, second = int(match[1]), int(match[2] or 0), match[3] or ""
        half = match[4].replace(".", "") if match[4] in ("am", "pm", "a.m", "p.m") else found.word("ampm")
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 24 or minute > 59:
        return None
    return f"{hour:02d}:{minute:02d}" + (f":{second}" if second else "")


def _day(found: Found, ctx: Context) -> tuple[str, Anchor | None]:
    """The day that a time of day without one belongs to."""
    story = ctx.story
    if ctx.narrative or found.args.get("on") == "story":
        if story is not None and story.grain == "D":
            return story.day.isoformat(), "story"
        if ctx.narrative or ctx.published is None:
            return "XXXX-XX-XX", "story"
    return (ctx.published.isoformat() if ctx.published else "XXXX-XX-XX"), "published"


def make_clock(found: Found, ctx: Context) -> Sense | None:
    """Groups hour and ampm, clock, ap, military or noon; zone. The day is the story's or that of publication."""
    time = _clock(found)
    if time is None:
        return None
    day, anchor = _day(found, ctx)
    zone = found.word("zone")
    return Sense(type="TIME", value=f"{day}T{time}{zone}", mod=found.mod(), anchor=anchor)


def make_small_hours(found: Found, ctx: Context) -> Sense | None:
    """ "The early hours": the morning's beginning."""
    day, anchor = _day(found, ctx)
    return Sense(type="TIME", value=f"{day}TMO", mod="START", anchor=anchor)


def make_daypart_any(found: Found, ctx: Context) -> Sense | None:
    """A part of day of no day in particular ("at night")."""
    part = found.word("daypart") or "NI"
    return Sense(type="TIME", value=f"XXXX-XX-XXT{part}", mod=found.mod(), refers=False)


def make_daypart(found: Found, ctx: Context) -> Sense | None:
    """Groups daypart and which ("this morning", "last night", "the next evening"), else the story's day."""
    part = found.word("daypart")
    step = int(found.word("which")) if found.has("which") else int(found.args.get("step", "0"))
    low = found.low("which")
    if low in ("following", "previous", "preceding", "subsequent") or found.args.get("on") == "story":
        base, anchor = (ctx.story.day if ctx.story and ctx.story.grain == "D" else None), "story"
        if base is None and found.args.get("back") == "day":
            base = ctx.last_day
        if base is None and not ctx.narrative:
            base, anchor = ctx.published, "published"
    else:
        base, anchor = ctx.base, ctx.base_anchor
    when = found.low("when")
    mod = {"earlier": "START", "later": "END"}.get(when) or found.mod()
    day = shift(base, "D", step) if base else None
    text = day.isoformat() if day else "XXXX-XX-XX"
    kind: Anchor = "story" if anchor == "story" else "published"
    return Sense(type="TIME", value=f"{text}T{part}", mod=mod, anchor=kind)
