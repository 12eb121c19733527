"""iCalendar (RFC 5545): what is planned, as all-day entries.

Only events that lie ahead (status future) are in it. One that can begin on any of several days spans them all; one that
is only to be done by a day is a to-do with that due date; one without any day is left out. Entries bear the day
on which the last of their reports was published, not the day of the export.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, BinaryIO

from dateline.exports import BookExport
from dateline.exports.phrases import headline, people, reserve
from dateline.exports.selection import Selection

if TYPE_CHECKING:
    from dateline.merging.event import Event

#: Bytes of a line, by the standard.
_WIDTH = 75


class Calendar(BookExport):
    """A calendar with an entry, tentative, for each event that is planned."""

    about = "what is planned, as all-day entries; deadlines as to-dos"
    suffix = ".ics"

    def events(self, events: Selection, out: BinaryIO) -> None:
        """Write the calendar."""
        lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//dateline//dateline//EN", "CALSCALE:GREGORIAN"]
        for event in events:
            if event.status == "future" and any(event.when or ()):
                lines += _entry(events, event)
        for line in [*lines, "END:VCALENDAR"]:
            out.write(_folded(line))


def _entry(events: Selection, event: Event) -> list[str]:
    low, high = event.when or (None, None)
    kind = "VEVENT" if low else "VTODO"
    published = [t.published for t in event.tellings if t.published]
    stamp = max(published) if published else low or high or dt.date.min
    lines = [f"BEGIN:{kind}", f"UID:{event.id}@dateline", f"DTSTAMP:{stamp:%Y%m%d}T000000Z"]
    if low:
        lines.append(f"DTSTART;VALUE=DATE:{low:%Y%m%d}")
        if high and high < dt.date.max:
            lines.append(f"DTEND;VALUE=DATE:{high + dt.timedelta(1):%Y%m%d}")
    elif high:
        lines.append(f"DUE;VALUE=DATE:{high:%Y%m%d}")
    lines.append(f"SUMMARY:{_text(headline(event))}")
    lines.append(f"STATUS:{'TENTATIVE' if low else 'NEEDS-ACTION'}")
    if event.where:
        lines.append(f"LOCATION:{_text(people(event.where))}")
    spot = events.place(event)
    if spot and spot.precision != "country":
        lines.append(f"GEO:{spot.lat};{spot.lon}")
    said = [f'"{t.sentence}" ({t.source or t.report}, {t.published or "no day"})' for t in event.tellings]
    lines.append(f"DESCRIPTION:{_text(chr(10).join(filter(None, [reserve(event), *said])))}")
    return [*lines, f"CATEGORIES:{event.type}", f"END:{kind}"]


def _text(words: str) -> str:
    """Words as a TEXT value: no control characters, the rest escaped."""
    plain = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", " ", words)
    return re.sub(r"([\\;,])", r"\\\1", plain).replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """A content line, folded after 75 bytes, never inside a character."""
    parts: list[bytes] = []
    part = b""
    for character in line:
        raw = character.encode("utf-8", "replace")
        if len(part) + len(raw) > _WIDTH - bool(parts):
            parts.append(part)
            part = b""
        part += raw
    return b"\r\n ".join([*parts, part]) + b"\r\n"
