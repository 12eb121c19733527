"""CSV for spreadsheets: a row for each account of a coded report, or for each event of a book.

Several names in a cell are separated by "; ". Days are ISO, an open end is an empty cell. Cells that a spreadsheet
would take for a formula get a leading apostrophe.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO, get_args

from dateline.record import CodedReport, Count, CountName, Interval
from dateline.report import Report

if TYPE_CHECKING:
    from dateline.merging.event import Event

_COUNTS = get_args(CountName)
_FIELDS = ["type", "mode", "status", "actor", "recipient", "earliest", "latest", "where", "said_by"]
_NUMBERS = [f"{name}_{end}" for name in _COUNTS for end in ("low", "high")]
#: The columns for coded reports and for events.
ACCOUNT_COLUMNS = ["report", "published", "source", "account", *_FIELDS, *_NUMBERS, "words"]
EVENT_COLUMNS = ["event", *_FIELDS, *_NUMBERS, "words", "voices", "disputed", "reports"]


class Csv:
    """Comma-separated values with a head line, UTF-8, lines ended by a line feed."""

    def coded(self, pairs: Iterable[tuple[Report, CodedReport]], out: BinaryIO) -> Iterator[tuple[Report, CodedReport]]:
        """Write a row for each account as its report passes, and hand the report on."""
        out.write(_line(ACCOUNT_COLUMNS))
        for report, coded in pairs:
            for a in coded.events:
                words = " / ".join(report.text[s.start : s.end] for s in a.anchors)
                head = [coded.id, str(coded.published or ""), coded.source or "", a.id, a.type, a.mode or "", a.status]
                told = [_list(a.actor), _list(a.recipient), *_days(a.when), _list(a.where), a.said_by or ""]
                out.write(_line([*head, *told, *_numbers(a.counts), words]))
            yield report, coded

    def events(self, events: Iterable[Event], out: BinaryIO) -> None:
        """Write a row for each event."""
        out.write(_line(EVENT_COLUMNS))
        for e in events:
            sides = [_list(a.name for a in side) for side in (e.actor, e.recipient)]
            told = [*_days(e.when), _list(e.where), _list(a.name for a in e.said_by), *_numbers(e.counts)]
            disputed = _list(d.field for d in e.disputes)
            reports = _list(sorted({t.report for t in e.tellings}))
            row = [e.id, e.type, e.mode or "", e.status, *sides, *told, e.words, str(e.voices), disputed, reports]
            out.write(_line(row))


def _list(names: Iterable[str]) -> str:
    return "; ".join(names)


def _days(when: Interval | None) -> list[str]:
    return [str(day or "") for day in when or (None, None)]


def _numbers(counts: dict[CountName, Count]) -> list[str]:
    found = [counts.get(name, (None, None)) for name in _COUNTS]
    return ["" if n is None else str(n) for pair in found for n in pair]


def _line(cells: list[str]) -> bytes:
    line = io.StringIO()
    safe = ["'" + c if c[:1] in ("=", "+", "-", "@", "\t", "\r") else c for c in cells]
    csv.writer(line, lineterminator="\n").writerow(safe)
    return line.getvalue().encode()
