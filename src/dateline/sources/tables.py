"""Tables as text: CSV and TSV with a line of column names; a row is a report."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import IO

from dateline.errors import InputError
from dateline.sources.files import decode, has_suffix, lines, opened, too_long, unpacked_name
from dateline.sources.kinds import Found, Options
from dateline.sources.records import lacks_text, report_from

_DELIMITERS = ",;\t|"


class Table:
    """Files of comma- or tab-separated values (`.csv`, `.tsv`, `.tab`, packed or not); semicolons and bars do, too."""

    suffixes: tuple[str, ...] = (".csv", ".tsv", ".tab")

    def claims(self, where: str) -> bool:
        """By suffix."""
        return has_suffix(where, self.suffixes)

    def read(self, where: str, options: Options) -> Iterator[Found | InputError]:
        """The report of each row; an error names the line at which its row begins."""
        with opened(where) as stream:
            yield from rows(stream, where, options)


def rows(stream: IO[bytes], where: str, options: Options) -> Iterator[Found | InputError]:
    """The reports of a table's rows; raises InputError if it has no column of text."""
    # The module's limit on a field is one for the process; it is only ever raised, to what the option allows.
    csv.field_size_limit(max(csv.field_size_limit(), 2 * options.max_characters + 1024))
    source = _Lines(stream, where, options.max_bytes)
    header = next(source, None)
    if header is None or not header.strip():
        raise InputError(where, None, "is empty", "fill the file, or leave it out")
    delimiter = "\t" if unpacked_name(where).lower().endswith((".tsv", ".tab")) else _delimiter(header)
    names = [name.strip() for name in next(csv.reader([header], delimiter=delimiter))]
    key = options.fields.get("text", "text")
    if key not in names:
        raise lacks_text(names, key, where, 1)
    table = csv.reader(source, delimiter=delimiter, strict=True)
    while True:
        began = source.number + 1
        try:
            row = next(table)
            if not row:
                continue
            if len(row) != len(names):
                wrong = f"has {len(row)} columns, not the {len(names)} of the first line"
                raise InputError(where, began, wrong, "put values with commas, marks or breaks in quotation marks")
            yield report_from({n: v or None for n, v in zip(names, row, strict=True)}, where, began, options.fields)
        except StopIteration:
            return
        except csv.Error as error:
            mend = "mend the row; quotation marks inside a value are doubled"
            yield InputError(where, began, f"is no row of a table ({error})", mend)
        except InputError as error:
            yield error


def _delimiter(header: str) -> str:
    return max(_DELIMITERS, key=lambda mark: (header.count(mark), mark == ","))


class _Lines:
    """The lines of a stream, decoded; after an error it goes on with the next."""

    def __init__(self, stream: IO[bytes], where: str, limit: int) -> None:
        self._lines = lines(stream, where, limit)
        self._where = where
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.number = line.number
        if not line.whole:
            raise too_long(self._where, line.number)
        return decode(line.data, self._where, line.number)
