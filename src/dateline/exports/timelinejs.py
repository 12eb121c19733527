"""TimelineJS: slides of events with dates as fuzzy as they are known, and the sentences that tell of them.

A slide starts on the first and ends on the last day on which its event can have happened; of a month or a year, no day
is made up. The words beside it say "by 17 April 2025" where an end is open. What has no day at all is left out, as
TimelineJS has no place for it.
"""

from __future__ import annotations

import calendar
import datetime as dt
import json
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING, Any, BinaryIO

from dateline.exports import BookExport
from dateline.exports.days import words
from dateline.exports.phrases import counts, headline, people, reserve
from dateline.exports.selection import Selection

if TYPE_CHECKING:
    from dateline.merging.event import Event

#: Sentences that a slide quotes.
_QUOTED = 3


class TimelineJs(BookExport):
    """The JSON that TimelineJS and its authoring tools read; everything from reports is escaped."""

    about = "slides for TimelineJS, with fuzzy dates in words and the sentences that tell of them"
    suffix = ".json"

    def events(self, events: Selection, out: BinaryIO) -> None:
        """Write the timeline."""
        slides = [_slide(events, event) for event in events if any(event.when or ())]
        title = events.actor or events.book.path.stem
        whole = {"title": {"text": {"headline": escape(title)}}, "events": slides}
        out.write((json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode())


def _slide(events: Selection, event: Event) -> dict[str, Any]:
    low, high = event.when or (None, None)
    start, end = _dates(low, high)
    slide: dict[str, Any] = {
        "unique_id": event.id,
        "start_date": start,
        "display_date": words(event.when),
        "text": {"headline": escape(headline(event)), "text": "".join(_paragraphs(events, event))},
        "group": event.type.lower(),
    }
    return slide | ({"end_date": end} if end else {})


def _dates(low: dt.date | None, high: dt.date | None) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """Start and end; a whole month or year is told by month or year alone."""
    if low is None or high is None or low == high:
        return _parts((low or high or dt.date.min), 3), None
    whole = low.day == 1 and high.day == calendar.monthrange(high.year, high.month)[1]
    level = 1 if whole and (low.month, high.month) == (1, 12) else 2 if whole else 3
    start, end = _parts(low, level), _parts(high, level)
    return start, None if start == end else end


def _parts(day: dt.date, level: int) -> dict[str, Any]:
    return dict(zip(("year", "month", "day")[:level], (day.year, day.month, day.day), strict=False))


def _paragraphs(events: Selection, event: Event) -> Iterator[str]:
    facts = [counts(event), f"in {people(event.where)}" if event.where else "", reserve(event)]
    if any(facts):
        yield f"<p>{escape('; '.join(filter(None, facts)))}</p>"
    for telling in event.tellings[:_QUOTED]:
        named = ", ".join(filter(None, (telling.source or telling.report, str(telling.published or ""))))
        url = events.report(telling.report).url or ""
        link = (
            f'<a href="{escape(url)}">{escape(named)}</a>' if url.startswith(("https://", "http://")) else escape(named)
        )
        yield f"<blockquote>{escape(telling.sentence)}</blockquote><p>{link}</p>"
