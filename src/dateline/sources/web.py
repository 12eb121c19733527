"""Addresses of the web: a feed, a page, JSON, a table or a text, told by its content."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from dateline.errors import InputError
from dateline.sources.feeds import entries, looks_like_feed
from dateline.sources.fetching import Document, Limits, fetch
from dateline.sources.jsonl import reports_in
from dateline.sources.kinds import Found, Options
from dateline.sources.pages import page_of
from dateline.sources.tables import rows
from dateline.sources.text import report_of

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.I)


class Web:
    """What is fetched: `http://…` and `https://…`; an address of any other scheme comes here to be refused."""

    suffixes: tuple[str, ...] = ()

    def claims(self, where: str) -> bool:
        """Whether it is an address and no path."""
        return _SCHEME.match(where) is not None

    def read(self, where: str, options: Options) -> Iterator[Found | InputError]:
        """The reports of the document at that address."""
        yield from reports_of_document(fetch(where, Limits(allow_private=options.allow_private)), where, options)


def reports_of_document(document: Document, where: str, options: Options) -> Iterator[Found | InputError]:
    """The reports of a document that was fetched; none of one that has not changed."""
    data = document.data
    if data is None:
        return
    head = data[:4096]
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    stream = io.BytesIO(data)
    if looks_like_feed(head):
        yield from entries(stream, where, document.url)
    elif document.type.endswith("html") or first[:5].lower() in (b"<!doc", b"<html"):
        yield page_of(data, where, url=document.url, charset=document.charset)
    elif first[:1] in (b"{", b"["):
        end = data.find(b"\n", len(head) - len(first))
        yield from reports_in(stream, data[: end + 1 if end >= 0 else len(data)], where, options)
    elif document.type in ("text/csv", "text/tab-separated-values"):
        yield from rows(stream, where, options)
    elif document.type.startswith("text/plain"):
        yield report_of(data, where, None)
    else:
        wrong = f"is of a type that is not read from the web ({document.type or 'none was told'})"
        raise InputError(where, None, wrong, "save it as a file, and name the file")
