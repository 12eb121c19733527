"""What all profiles do: a head line with the columns, then the rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from dateline.exports import BookExport
from dateline.exports.columns import Cell, Column
from dateline.exports.delimited import csv_line, tsv_line
from dateline.exports.selection import Selection

#: dateline's own columns, after those of a profile.
OWN = (
    Column("dateline_event", "string", "the event's id"),
    Column("dateline_status", "string", "actual or future; what is feared or denied is left out"),
    Column("dateline_earliest", "date", "the first day on which it can have happened"),
    Column("dateline_latest", "date", "the last day on which it can have happened"),
    Column("dateline_said_by", "list", "on whose word alone it is told; empty where a report has its own"),
    Column("dateline_disputed", "list", "fields on which reports differ"),
)


class Profile(BookExport):
    """The base of the profiles: subclasses have `columns` and `rows`."""

    #: Whether the first line names the columns.
    head = True
    columns: Sequence[Column] = ()

    def rows(self, events: Selection) -> Iterator[Sequence[Cell]]:
        """The rows, in the order of the columns."""
        raise NotImplementedError

    def events(self, events: Selection, out: BinaryIO) -> None:
        """Write the rows as the suffix says: CSV, else tabs."""
        line = csv_line if self.suffix == ".csv" else tsv_line
        if self.head:
            out.write(line([c.name for c in self.columns]))
        for row in self.rows(events):
            out.write(line(row))
