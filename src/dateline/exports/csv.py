"""CSV for spreadsheets: a row for each account of a coded report, or for each event of a book.

Several names in a cell are separated by "; ". Days are ISO, an open end is an empty cell. Cells that a spreadsheet
would take for a formula get a leading apostrophe.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO

from dateline.exports import told
from dateline.exports.columns import Cell, Column
from dateline.exports.delimited import csv_line
from dateline.record import CodedReport
from dateline.report import Report

if TYPE_CHECKING:
    from dateline.merging.event import Event


class Csv:
    """Comma-separated values with a head line, UTF-8, lines ended by a line feed."""

    about = "a row an event (or an account), for spreadsheets"
    suffix = ".csv"
    columns: Sequence[Column] = told.EVENT_COLUMNS
    _line = staticmethod(csv_line)

    def rows(self, events: Iterable[Event]) -> Iterator[Sequence[Cell]]:
        """A row for each event."""
        return told.event_rows(events)

    def coded(self, pairs: Iterable[tuple[Report, CodedReport]], out: BinaryIO) -> Iterator[tuple[Report, CodedReport]]:
        """Write a row for each account as its report passes, and hand the report on."""
        out.write(self._line([c.name for c in told.ACCOUNT_COLUMNS]))
        for report, coded in pairs:
            for row in told.account_rows(report, coded):
                out.write(self._line(row))
            yield report, coded

    def events(self, events: Iterable[Event], out: BinaryIO) -> None:
        """Write a row for each event."""
        out.write(self._line([c.name for c in self.columns]))
        for row in self.rows(events):
            out.write(self._line(row))
