"""Marked-up text without its marks, and what the head of a page says of it: title, outlet, day, language.

Only the standard library: for feeds, mails and exports, and for the head of every page.
"""

from __future__ import annotations

import codecs
import datetime as dt
import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Any

import msgspec

from dateline.sources.days import as_day

_BLOCKS = frozenset(
    "address article aside blockquote br dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main"
    " nav ol p pre section table tr ul".split()
)
_UNREAD = frozenset("head noscript script style svg template title".split())

#: Names of `<meta>` that tell a day of publication, surest first; what tells of changes is not among them.
_DAYS = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "parsely-pub-date",
    "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "citation_publication_date", "sailthru.date",
    "cxenseparse:recs:publishtime", "article.published", "publication_date", "publish-date", "publishdate",
    "publish_date", "pubdate", "date",
)  # fmt: skip
_OUTLETS = ("og:site_name", "dc.publisher", "dcterms.publisher", "citation_journal_title", "application-name")
_TITLES = ("og:title", "dc.title", "dcterms.title", "twitter:title", "headline")
_CHARSET = re.compile(rb"<(?:meta[^>]+charset|\?xml[^>]+encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
#: What names of encodings mean on the web, where they differ from what they say.
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}


class PageHead(msgspec.Struct, frozen=True, kw_only=True):
    """What a page says of itself."""

    title: str | None = None
    outlet: str | None = None
    published: dt.date | None = None
    language: str | None = None
    url: str | None = None


def text_of(markup: str) -> str:
    """The text of HTML, a block a line and cells parted by tabs; what is no markup comes through but for its blanks."""
    parser = _Text()
    parser.feed(markup)
    parser.close()
    lines = (re.sub(r"[^\S\n\t]+", " ", line).strip(" ") for line in "".join(parser.parts).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def decode_markup(data: bytes, charset: str | None = None) -> str:
    """The characters of a page: by byte order mark, the server's word, the page's own, UTF-8, else Windows-1252."""
    for mark, name in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            return data.decode(name, "replace").removeprefix("\ufeff")
    found = _CHARSET.search(data[:4096])
    for said in (charset, found[1].decode("ascii", "replace") if found else None):
        try:
            name = codecs.lookup(said).name if said else ""
            if name:
                return data.decode(_MEANT.get(name, name), "replace")
        except (LookupError, UnicodeError):
            continue
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def head_of(markup: str) -> PageHead:
    """What the page's metadata say: schema.org objects in it first, then `<meta>`, then `<time>` and `<title>`."""
    parser = _Head()
    parser.feed(markup)
    parser.close()
    things = [thing for script in parser.scripts for thing in _things(script)]
    articles = [t for t in things if "datePublished" in t or "headline" in t]
    meta = parser.meta
    days = [*(t.get("datePublished") for t in articles), *(meta.get(name) for name in _DAYS), *parser.times]
    outlets = [*(_name(t.get("publisher")) for t in articles), *(meta.get(name) for name in _OUTLETS)]
    titles = [*(meta.get(name) for name in _TITLES), *(t.get("headline") for t in articles), parser.title]
    languages = (meta.get("og:locale"), parser.language, meta.get("content-language"))
    return PageHead(
        title=_first(titles),
        outlet=_first(outlets),
        published=next((day for value in days if (day := _day(value))), None),
        language=next((x[:2].lower() for x in languages if x and re.match(r"[A-Za-z]{2}(?![A-Za-z])", x)), None),
        url=_first([parser.canonical, meta.get("og:url")]),
    )


class _Text(HTMLParser):
    """Collects what is to be read."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unread: list[str] = []
        self._kept = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNREAD:
            self._unread.append(tag)
        elif tag == "body":  # a head that was never closed ends here
            self._unread.clear()
        self._kept += tag == "pre"
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._unread:
            del self._unread[self._unread.index(tag) :]
        self._kept -= tag == "pre" and self._kept > 0
        self._break(tag)
        if tag in ("td", "th"):
            self.parts.append("\t")

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.parts.append(data if self._kept else re.sub(r"\s+", " ", data))

    def _break(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n")


class _Head(HTMLParser):
    """Collects metadata wherever they stand in the page; of two with one name the first is taken."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.meta: dict[str, str] = {}
        self.scripts: list[str] = []
        self.times: list[str] = []
        self.title: str | None = None
        self.language: str | None = None
        self.canonical: str | None = None
        self._into: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = {name: value or "" for name, value in attrs}
        names = {name for name, _ in attrs}
        if tag == "html":
            self.language = own.get("lang") or own.get("xml:lang")
        elif tag == "meta":
            name = own.get("property") or own.get("name") or own.get("itemprop") or own.get("http-equiv")
            if name and own.get("content", "").strip():
                self.meta.setdefault(name.strip().lower(), own["content"].strip())
        elif tag == "link" and own.get("rel") == "canonical":
            self.canonical = self.canonical or own.get("href")
        elif tag == "time" and ("pubdate" in names or "datepublished" in own.get("itemprop", "").lower()):
            self.times.append(own.get("datetime", ""))
        elif tag == "title" or (tag == "script" and own.get("type", "").lower() == "application/ld+json"):
            self._into = []

    def handle_endtag(self, tag: str) -> None:
        if self._into is not None and tag in ("title", "script"):
            said = "".join(self._into).strip()
            if tag == "script":
                self.scripts.append(said)
            else:
                self.title = self.title or said
            self._into = None

    def handle_data(self, data: str) -> None:
        if self._into is not None:
            self._into.append(data)


def _things(script: str) -> Iterator[dict[str, Any]]:
    """The objects of a script of linked data, those in lists and graphs as well."""
    try:
        value = msgspec.json.decode(script)
    except (msgspec.DecodeError, RecursionError):
        return
    for thing in value if isinstance(value, list) else [value]:
        if isinstance(thing, dict):
            graph = thing.get("@graph")
            yield thing
            yield from (t for t in graph if isinstance(t, dict)) if isinstance(graph, list) else ()


def _name(value: object) -> object:
    return value.get("name") if isinstance(value, dict) else value


def _first(values: Iterable[object]) -> str | None:
    return next((v.strip() for v in values if isinstance(v, str) and v.strip()), None)


def _day(value: object) -> dt.date | None:
    try:
        return as_day(value) if isinstance(value, str) else None
    except ValueError:
        return None
