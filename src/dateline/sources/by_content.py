"""Standard input, and files whose names say nothing: what they are is told by their first characters."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from dateline.errors import InputError
from dateline.sources.feeds import entries, looks_like_feed
from dateline.sources.files import STANDARD_INPUT, looked_into, opened, read_bytes, unpacked_name
from dateline.sources.jsonl import reports_in
from dateline.sources.kinds import Found, Options, known_suffixes
from dateline.sources.mail import MAX_MESSAGE
from dateline.sources.pages import MAX_PAGE, page_of
from dateline.sources.text import report_of

#: Formats that could pass for a text, but are none that is read; and how files of some formats begin.
_OTHER = (".doc", ".docx", ".odt", ".rtf", ".xls", ".xlsx", ".zip", ".tar", ".tgz", ".7z")
_BEGINNINGS = {
    b"%PDF": "name the file .pdf", b"PAR1": "name the file .parquet", b"WARC/": "name the file .warc",
    b"\x1f\x8b": "name the file with .gz at the end", b"BZh": "name the file with .bz2 at the end",
    b"\xfd7zXZ": "name the file with .xz at the end", b"\x28\xb5\x2f\xfd": "name the file with .zst at the end",
    b"PK\x03\x04": "unpack it", b"{\\rtf": "save it as .txt",
}  # fmt: skip


class ByContent:
    """What only the content tells: "-", and whatever no other kind claims. The stream is read once, as it comes."""

    suffixes: tuple[str, ...] = ()

    def claims(self, where: str) -> bool:
        """Standard input; anything else comes here when nobody claims it."""
        return where == STANDARD_INPUT

    def read(self, where: str, options: Options) -> Iterator[Found | InputError]:
        """Reports of JSON or of a feed, or the one report that a page or a text is."""
        with opened(where) as opened_stream:
            head, stream = looked_into(opened_stream, where)
            first = head.removeprefix(codecs.BOM_UTF8).lstrip()
            _refuse_others(where, first)
            stem = None if where == STANDARD_INPUT else Path(where).name
            if first.startswith((b"{", b"[{")) or first.strip() == b"[":
                yield from reports_in(stream, head, where, options)
            elif first.startswith(b"<"):
                yield from _marked_up(stream, where, options, stem)
            else:
                yield report_of(read_bytes(stream, where, options.max_bytes), where, stem)


def _refuse_others(where: str, first: bytes) -> None:
    """Raises InputError for what is neither text nor markup."""
    mend = next((mend for beginning, mend in _BEGINNINGS.items() if first.startswith(beginning)), None)
    if mend or unpacked_name(where).lower().endswith(_OTHER):
        mend = mend or f"convert it ({', '.join(known_suffixes())})"
        raise InputError(where, None, "is of a format that dateline does not read by this name", mend)


def _marked_up(stream: IO[bytes], where: str, options: Options, stem: str | None) -> Iterator[Found | InputError]:
    """A feed as it comes, a page as a whole; a text that begins with an angle bracket is a text."""
    head = stream.read(4096)
    rest = io.BytesIO(head + read_bytes(stream, where, max(MAX_MESSAGE, MAX_PAGE)))
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()[:5].lower()
    if looks_like_feed(head):
        yield from entries(rest, where)
    elif start in (b"<!doc", b"<html") or b"<html" in head.lower():
        yield page_of(rest.getvalue(), where, stem=stem)
    elif start == b"<?xml":
        raise InputError(where, None, "is XML, but neither a feed nor a page", "convert it (jsonl, csv, txt)")
    else:
        yield report_of(rest.getvalue(), where, stem)
