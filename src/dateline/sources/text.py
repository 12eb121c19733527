"""Plain text: a file is a report, its name the id; a first line may tell the day."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dateline.errors import InputError
from dateline.report import Report
from dateline.sources.days import as_day
from dateline.sources.files import decode, has_suffix, opened, read_bytes, without_suffix
from dateline.sources.ids import content_id
from dateline.sources.kinds import Found, Options

#: " date 2025-04-17 " before the text, on a line of its own or not; what looks like a date but is none is an error.
_HEADER = re.compile(r"\s*date:?[ \t]+(?P<day>\d+[-./]\d+[-./]\d+(?:T\S*)?)(?:[ \t]*(?:\r\n|\n|\r|\Z)|[ \t]+)", re.I)


class TextFile:
    """Files of plain text (`.txt`, `.text`, packed or not)."""

    suffixes: tuple[str, ...] = (".txt", ".text", ".txt.gz", ".text.gz")

    def claims(self, where: str) -> bool:
        """By suffix."""
        return has_suffix(where, self.suffixes)

    def read(self, where: str, options: Options) -> Iterator[Found | InputError]:
        """The one report that the file is; its id is the file's name without suffix."""
        with opened(where) as stream:
            data = read_bytes(stream, where, options.max_bytes)
        yield report_of(data, where, without_suffix(where, self.suffixes))


def report_of(data: bytes, where: str, stem: str | None) -> Found:
    """The report that a whole text is. Without a `stem` the id comes from the content.

    The header is no part of `Report.text`; all else is kept as it is, line breaks included. Raises InputError.
    """
    text = decode(data, where, None)
    if "\0" in text:
        raise InputError(where, None, "is no text (it holds NUL characters)", "turn it into a plain text file")
    published = None
    if header := _HEADER.match(text):
        try:
            published = as_day(header["day"])
        except ValueError:
            wrong = f"the header's date {header['day']!r} is no day"
            raise InputError(where, 1, wrong, "write it as YYYY-MM-DD, or take the header out") from None
        text = text[header.end() :]
    if not text.strip():
        raise InputError(where, None, "holds no text", "fill the file, or leave it out")
    report = Report(
        id=stem or content_id(text, published),
        text=text,
        published=published,
        published_from="header line" if published else None,
    )
    return Found(report=report, where=where, named=False)
