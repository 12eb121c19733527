"""TSV for scripts: the columns of the CSV, separated by tabs, nothing quoted."""

from __future__ import annotations

from dateline.exports.csv import Csv
from dateline.exports.delimited import tsv_line


class Tsv(Csv):
    """Tab-separated values with a head line, UTF-8; tabs and line breaks in cells become blanks."""

    about = "the same rows, separated by tabs, nothing quoted"
    suffix = ".tsv"
    _line = staticmethod(tsv_line)
