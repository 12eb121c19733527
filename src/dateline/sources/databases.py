"""Exports of news databases (Nexis, Factiva, ProQuest), as text or as HTML: many reports in a file, each with its head.

Their layouts are told by what stands in the first lines. Each is a module that knows where a document ends and what its
head says; here is what they share.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol

from dateline.errors import InputError
from dateline.report import Report
from dateline.sources import factiva, nexis, proquest
from dateline.sources.days import day_in
from dateline.sources.documents import Article
from dateline.sources.files import decode, has_suffix, lines, opened, read_bytes, too_long
from dateline.sources.ids import content_id
from dateline.sources.kinds import Found, Options
from dateline.sources.markup import decode_markup, text_of

_LOOKED_AT = 16384
_MARKUP = (".html", ".htm")
#: The longest export in HTML, in bytes; exports as text are read a document at a time, however many there are.
MAX_MARKUP = 256 * 2**20


class Layout(Protocol):
    """What a module of a database's layout offers."""

    NAME: str

    def fits(self, head: list[str]) -> bool:
        """Whether the first lines are those of such an export."""

    def ends(self, line: str) -> bool:
        """Whether a line is the last of a document, or parts two."""

    def article(self, lines: list[str]) -> Article | None:
        """What the lines of a document say; None if they are none (a list of titles, a cover)."""


LAYOUTS: tuple[Layout, ...] = (factiva, nexis, proquest)


class _Line(NamedTuple):
    number: int | None
    text: str


class DatabaseExport:
    """Files (`.txt`, `.html`, packed or not) in the layout of a news database; other such files are left to others."""

    suffixes: tuple[str, ...] = (".txt", ".text", *_MARKUP)

    def claims(self, where: str) -> bool:
        """By suffix, and by what stands in the first lines."""
        return has_suffix(where, self.suffixes) and os.path.isfile(where) and layout_of(where) is not None

    def read(self, where: str, options: Options) -> Iterator[Found | InputError]:
        """The report of each document; an error names the line at which its document begins."""
        layout = layout_of(where)
        if layout is None:
            raise InputError(where, None, "is no export of a database that dateline knows", "save it as .txt or .csv")
        met = False
        for document in _documents(_lines(where, options), layout, options.max_characters):
            first, texts, whole = document
            try:
                if not whole:
                    raise too_long(where, first)
                article = layout.article(texts)
                if article is not None:
                    met = True
                    yield _report(article, layout.NAME, where, first)
            except InputError as error:
                met = True
                yield error
        if not met:
            raise InputError(
                where, None, f"holds no document in the layout of {layout.NAME}", "export it again, in full"
            )


def layout_of(where: str) -> Layout | None:
    """The layout of a file by its first lines; None if there is none, or the file can't be read."""
    try:
        with opened(where) as stream:
            data = (
                read_bytes(stream, where, _LOOKED_AT)
                if os.path.getsize(where) < _LOOKED_AT
                else stream.read(_LOOKED_AT)
            )
    except (InputError, OSError, EOFError, ValueError):
        return None
    text = decode_markup(data)
    head = (text_of(text) if has_suffix(where, _MARKUP) else text).splitlines()
    return next((layout for layout in LAYOUTS if layout.fits(head)), None)


def _lines(where: str, options: Options) -> Iterator[_Line]:
    with opened(where) as stream:
        if has_suffix(where, _MARKUP):
            text = text_of(decode_markup(read_bytes(stream, where, MAX_MARKUP)))
            yield from (_Line(None, line) for line in text.split("\n"))
            return
        for number, data, whole in lines(stream, where, options.max_bytes):
            if not whole:
                raise too_long(where, number)
            yield _Line(number, decode(data, where, number).rstrip("\r\n"))


def _documents(lines_: Iterable[_Line], layout: Layout, limit: int) -> Iterator[tuple[int | None, list[str], bool]]:
    """The documents: line of the beginning, lines, whether they are whole (what goes on beyond the limit is cut)."""
    first, held, size = None, list[str](), 0
    for number, text in lines_:
        ending = layout.ends(text)
        if not held and not text.strip():
            continue
        if not held:
            first, size = number, 0
        size += len(text) + 1
        if size <= 2 * limit or ending:
            held.append(text)
        if ending:
            yield first, held, size <= 2 * limit
            held = []
    if any(text.strip() for text in held):
        yield first, held, size <= 2 * limit


def _report(article: Article, name: str, where: str, line: int | None) -> Found:
    if not article.text.strip():
        raise InputError(where, line, f"a document of {name} has no text", "export it with its full text")
    published = day_in(article.published or "")
    if article.published and published is None:
        wrong = f"the date {article.published.strip()!r} is no day"
        raise InputError(where, line, wrong, "mend it (March 12, 2024), or take it out")
    report = Report(
        id=article.id or content_id(f"{article.source}\n{article.text}", published),
        text=article.text,
        published=published,
        published_from="field" if published else None,
        source=article.source,
        url=article.url,
        title=article.title,
    )
    return Found(report=report, where=where, line=line, named=article.id is not None)
