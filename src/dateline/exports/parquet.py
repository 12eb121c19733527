"""Parquet for data frames: the columns of the CSV with types; lists are lists, days are days. DuckDB writes it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from dateline.exports import told
from dateline.exports.columns import Cell, Column
from dateline.record import CodedReport
from dateline.report import Report

if TYPE_CHECKING:
    from dateline.merging.event import Event

_TYPES = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "date": "DATE", "list": "VARCHAR[]"}


class Parquet:
    """A Parquet file with typed columns, compressed with Zstandard, its rows in order."""

    about = "the same rows, typed, for data frames (pandas, polars, R's arrow)"
    suffix = ".parquet"
    columns: Sequence[Column] = told.EVENT_COLUMNS

    def rows(self, events: Iterable[Event]) -> Iterator[Sequence[Cell]]:
        """A row for each event."""
        return told.event_rows(events)

    def coded(self, pairs: Iterable[tuple[Report, CodedReport]], out: BinaryIO) -> Iterator[tuple[Report, CodedReport]]:
        """Hand reports on, and write a row for each account after the last."""
        with tempfile.TemporaryDirectory() as folder:
            lines = Path(folder) / "rows"
            with lines.open("wb") as file:
                for report, coded in pairs:
                    for row in told.account_rows(report, coded):
                        file.write(_json(told.ACCOUNT_COLUMNS, row))
                    yield report, coded
            _copy(told.ACCOUNT_COLUMNS, lines, out)

    def events(self, events: Iterable[Event], out: BinaryIO) -> None:
        """Write a row for each event."""
        with tempfile.TemporaryDirectory() as folder:
            lines = Path(folder) / "rows"
            with lines.open("wb") as file:
                for row in self.rows(events):
                    file.write(_json(self.columns, row))
            _copy(self.columns, lines, out)


def _json(columns: Sequence[Column], row: Sequence[Cell]) -> bytes:
    return msgspec.json.encode({c.name: cell for c, cell in zip(columns, row, strict=True)}) + b"\n"


def _copy(columns: Sequence[Column], lines: Path, out: BinaryIO) -> None:
    """Rows as JSON lines into Parquet; one thread, so that the same rows give the same bytes."""
    import duckdb

    names = ", ".join(f'"{c.name}"' for c in columns)
    types = ", ".join(f"'{c.name}': '{_TYPES[c.kind]}'" for c in columns)
    made = lines.with_name("table")
    source = f"read_json('{lines}', format = 'newline_delimited', columns = {{{types}}})"
    if not lines.stat().st_size:
        empty = ", ".join(f'NULL::{_TYPES[c.kind]} AS "{c.name}"' for c in columns)
        source = f"(SELECT {empty} WHERE false)"
    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        connection.execute(f"COPY (SELECT {names} FROM {source}) TO '{made}' (FORMAT parquet, COMPRESSION zstd)")
    with made.open("rb") as file:
        shutil.copyfileobj(file, out)
