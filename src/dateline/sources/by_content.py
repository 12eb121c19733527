"""Standard input, and files whose names say nothing: JSON lines if the first character is "{", else text."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path

from dateline.errors import InputError
from dateline.sources.files import STANDARD_INPUT, lines, looked_into, opened, read_bytes
from dateline.sources.jsonl import line_limit, reports_of
from dateline.sources.kinds import Found, Options, known_suffixes
from dateline.sources.text import report_of

#: Formats that are text and would pass for a report, but are none.
_OTHER = (".csv", ".tsv", ".html", ".htm", ".xml", ".rss", ".pdf", ".docx", ".parquet", ".warc", ".zip")


class ByContent:
    """What only the content tells: "-", and whatever no other kind claims. The stream is read once, as it comes."""

    suffixes: tuple[str, ...] = ()

    def claims(self, where: str) -> bool:
        """Standard input; anything else comes here when nobody claims it."""
        return where == STANDARD_INPUT

    def read(self, where: str, options: Options) -> Iterator[Found | InputError]:
        """Reports of JSON lines, or the one report that a text is."""
        with opened(where) as opened_stream:
            head, stream = looked_into(opened_stream, where)
            first = head.removeprefix(codecs.BOM_UTF8).lstrip()
            if where.lower().removesuffix(".gz").endswith(_OTHER) or first.lower().startswith(
                (b"<!doc", b"<html", b"<?xml")
            ):
                known = ", ".join(known_suffixes())
                raise InputError(where, None, "is of a format that dateline does not read", f"convert it ({known})")
            if first.startswith(b"{"):
                yield from reports_of(lines(stream, where, line_limit(options)), where, options)
            else:
                stem = None if where == STANDARD_INPUT else Path(where).name
                yield report_of(read_bytes(stream, where, options.max_bytes), where, stem)
