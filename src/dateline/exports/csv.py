"""CSV for spreadsheets: a row for each account of a coded report, or for each event of a book.

Several names in a cell are separated by "; ". Days are ISO, an open end is an empty cell. Cells that a spreadsheet
would take for a formula get a leading apostrophe.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO, get_args

from dateline.record import Account, CodedReport, Count, CountName, Interval
from dateline.report import Report

if TYPE_CHECKING:
    from dateline.merging.event import Event

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_COUNTS = get_args(CountName)
_FIELDS = ["type", "mode", "status", "actor", "recipient", "earliest", "latest", "where", "said_by"]
_NUMBERS = [f"{name}_{end}" for name in _COUNTS for end in ("low", "high")]
#: The columns for coded reports and for events.
_CODES = ["quad", "cameo", "intensity", "contexts"]
_SIDES = ["actor_country", "actor_sectors", "recipient_country", "recipient_sectors"]
ACCOUNT_COLUMNS = ["report", "published", "source", "account", *_FIELDS, *_NUMBERS, "words", *_CODES, *_SIDES]
EVENT_COLUMNS = ["event", *_FIELDS, *_NUMBERS, "words", "voices", "disputed", "reports", *_CODES]


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
                sides = [*_sides(coded, a.actor), *_sides(coded, a.recipient)]
                out.write(_line([*head, *told, *_numbers(a.counts), words, *_codes(a), *sides]))
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
            out.write(_line([*row, *_codes(e)]))


def _codes(told: Account | Event) -> list[str]:
    intensity = "" if told.intensity is None else str(told.intensity)
    return [told.quad or "", told.cameo or "", intensity, _list(told.contexts)]


def _sides(coded: CodedReport, names: Iterable[str]) -> list[str]:
    """Countries and sectors in the order of the names, an empty place for what is not known: "RUS; ", "GOV MIL; "."""
    actors = [coded.actors[name] for name in names if name in coded.actors]
    countries, sectors = [a.country or "" for a in actors], [" ".join(a.sectors) for a in actors]
    return [_list(cells) if any(cells) else "" for cells in (countries, sectors)]


def _list(names: Iterable[str]) -> str:
    return "; ".join(names)


def _days(when: Interval | None) -> list[str]:
    return [str(day or "") for day in when or (None, None)]


def _numbers(counts: dict[CountName, Count]) -> list[str]:
    found = [counts.get(name, (None, None)) for name in _COUNTS]
    return ["" if n is None else str(n) for pair in found for n in pair]


def _line(cells: list[str]) -> bytes:
    line = io.StringIO()
    safe = ["'" + c if c[:1] in ("=", "+", "-", "@", "\t", "\r") and not _NUMBER.fullmatch(c) else c for c in cells]
    csv.writer(line, lineterminator="\n").writerow(safe)
    return line.getvalue().encode()
