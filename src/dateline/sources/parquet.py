"""Parquet: a row is a report; read a batch of rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dateline.errors import InputError
from dateline.sources.files import told
from dateline.sources.kinds import Found, Options
from dateline.sources.optional import library
from dateline.sources.records import FIELDS, lacks_text, report_from

_BATCH = 64


class Parquet:
    """Files of Parquet (`.parquet`, `.pq`); `Options.fields` says which column holds what."""

    suffixes: tuple[str, ...] = (".parquet", ".pq")

    def claims(self, where: str) -> bool:
        """By suffix."""
        return where.lower().endswith(self.suffixes)

    def read(self, where: str, options: Options) -> Iterator[Found | InputError]:
        """The report of each row; the line of an error is the row's number, from 1."""
        parquet = library("pyarrow.parquet", where)
        wrong = library("pyarrow", where).ArrowException
        with told(where), open(where, "rb") as stream:
            try:
                file = parquet.ParquetFile(stream)
                names: list[str] = file.schema_arrow.names
                wanted = [n for n in dict.fromkeys(options.fields.get(f, f) for f in FIELDS) if n in names]
                if options.fields.get("text", "text") not in wanted:
                    raise lacks_text(names, options.fields.get("text", "text"), where, None)
                number = 0
                for batch in file.iter_batches(batch_size=_BATCH, columns=wanted, use_threads=False):
                    for row in batch.to_pylist():
                        number += 1
                        yield _report(row, where, number, options)
            except wrong as error:
                said = str(error).partition("\n")[0]
                mend = "write it again, or fetch it again"
                raise InputError(where, None, f"is no sound Parquet file ({said})", mend) from None


def _report(row: dict[str, Any], where: str, number: int, options: Options) -> Found | InputError:
    try:
        return report_from(row, where, number, options.fields)
    except InputError as error:
        return error
