"""Lines of cells: CSV and TSV, and cells that no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from dateline.exports.columns import Cell, one_line, text

#: What begins with a sign and is harmless: a number, or the hyphens that stand for an unknown country in CAMEO's codes.
_HARMLESS = re.compile(r"-?\d+(?:\.\d+)?(?:e[-+]?\d+)?|---[A-Z]*")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe(cell: str) -> str:
    """A cell that a spreadsheet does not run: a leading apostrophe goes before what could be a formula."""
    return "'" + cell if cell.startswith(_FORMULA) and not _HARMLESS.fullmatch(cell) else cell


def csv_line(cells: Iterable[Cell]) -> bytes:
    """A line of CSV (RFC 4180 but for the line feed), UTF-8."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow([safe(text(c)) for c in cells])
    return line.getvalue().encode()


def tsv_line(cells: Iterable[Cell]) -> bytes:
    """A line of TSV, UTF-8: tabs and line breaks in cells become blanks, nothing is quoted."""
    return ("\t".join(safe(one_line(text(c))) for c in cells) + "\n").encode()
