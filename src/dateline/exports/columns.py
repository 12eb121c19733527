"""Columns of tables, and their cells as text: what CSV, TSV, Parquet, Excel and data packages share."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from dateline.record import Interval

if TYPE_CHECKING:
    from dateline.exports.selection import Selection

#: What a cell holds; a list is one of strings. Codes are strings, whatever they are made of.
Kind = Literal["string", "integer", "number", "date", "list"]
Cell = str | int | float | dt.date | Sequence[str] | None


class Column(NamedTuple):
    """A column: name, what its cells hold, and what they mean, in a line."""

    name: str
    kind: Kind
    means: str


class Tabular(Protocol):
    """An export whose events are a table."""

    columns: Sequence[Column]

    def rows(self, events: Selection) -> Iterator[Sequence[Cell]]:
        """The rows, in the order of the columns."""


def text(cell: Cell) -> str:
    """A cell as text: nothing for what is unknown, lists separated by "; ", days as ISO has them."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, int | float | dt.date):
        return str(cell)
    return "; ".join(cell)


def one_line(words: str) -> str:
    """Words on one line, without tabs, for formats that can't have them in a cell."""
    return " ".join(words.split())


def edtf(when: Interval | None) -> str:
    """An interval in EDTF (ISO 8601-2): a day, a month, a year, `a/b`, `../b` and `a/..` for open ends."""
    low, high = when or (None, None)
    if low is None or high is None:
        return "" if low is None and high is None else f"{low or '..'}/{high or '..'}"
    if low == high:
        return low.isoformat()
    first, last = low.day == 1, high.day == calendar.monthrange(high.year, high.month)[1]
    if first and last and (low.year, low.month) == (high.year, high.month):
        return f"{low:%Y-%m}"
    if first and last and low.year == high.year and (low.month, high.month) == (1, 12):
        return f"{low.year:04d}"
    return f"{low}/{high}"


def days_between(when: Interval | None) -> int | None:
    """How many days an interval has, both ends counted; None where an end is open."""
    low, high = when or (None, None)
    return (high - low).days + 1 if low and high else None


def joined(names: Iterable[str]) -> str:
    """Names in one cell."""
    return "; ".join(names)
