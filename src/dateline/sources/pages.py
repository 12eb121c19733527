"""Pages of the web: the text of the article by trafilatura, title, outlet and day from the page's metadata."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from dateline.errors import InputError
from dateline.report import Report
from dateline.sources.files import has_suffix, opened, read_bytes, without_suffix
from dateline.sources.ids import content_id
from dateline.sources.kinds import Found, Options
from dateline.sources.markup import decode_markup, head_of
from dateline.sources.optional import library

#: The longest page, in bytes: markup, scripts and pictures within it are many times its text.
MAX_PAGE = 16 * 2**20

# What the extractor has to say of bad markup is no news; that a page gave no text is said by this module.
for _name in ("trafilatura", "htmldate", "courlan"):
    logging.getLogger(_name).addHandler(logging.NullHandler())


class Page:
    """Files of HTML (`.html`, `.htm`, `.xhtml`, packed or not); a page is a report."""

    suffixes: tuple[str, ...] = (".html", ".htm", ".xhtml")

    def claims(self, where: str) -> bool:
        """By suffix."""
        return has_suffix(where, self.suffixes)

    def read(self, where: str, options: Options) -> Iterator[Found | InputError]:
        """The one report that the page is."""
        with opened(where) as stream:
            data = read_bytes(stream, where, MAX_PAGE)
        yield page_of(data, where, stem=without_suffix(where, self.suffixes))


def page_of(
    data: bytes,
    where: str,
    *,
    stem: str | None = None,
    url: str | None = None,
    charset: str | None = None,
    place: str = "",
) -> Found:
    """The report that a page is.

    `url` is where it was fetched from (else its own word is taken), `charset` what the server said of its characters.
    The id is `stem` or comes from the content. Raises InputError, `place` telling which page of a file of pages it is,
    if there is no article in it or the extractor is not installed.
    """
    trafilatura = library("trafilatura", where)
    markup = decode_markup(data, charset)
    head = head_of(markup)
    try:
        text = trafilatura.extract(markup, url=url or head.url, include_comments=False, include_formatting=False)
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        # a library of many parts, given whatever the web holds; the page is named and the rest goes on
        said = f"{place}can't be taken apart ({type(error).__name__}: {error})"
        raise InputError(where, None, said, "save its text as .txt") from None
    if not text or not text.strip():
        mend = "save its text as .txt, or leave the page out (what scripts fetch later is not in the page)"
        raise InputError(where, None, f"{place}no text of an article was found in the page", mend)
    report = Report(
        id=stem or content_id(f"{url or ''}\n{text}", head.published),
        text=text,
        published=head.published,
        published_from="page metadata" if head.published else None,
        source=head.outlet,
        url=url or head.url,
        title=head.title,
    )
    return Found(report=report, where=where, named=False)
