"""Feeds: RSS (0.9 to 2.0) and Atom; an entry is a report, read as the parser comes to its end."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, cast
from xml.etree import ElementTree as ET

from dateline.errors import InputError
from dateline.report import Report
from dateline.sources.days import as_day
from dateline.sources.files import has_suffix, looked_into, opened, told
from dateline.sources.ids import content_id
from dateline.sources.kinds import Found, Options
from dateline.sources.markup import text_of

if TYPE_CHECKING:
    _Parser = ET.XMLPullParser[ET.Element]

_CHUNK = 65536
_ENTRIES = ("item", "entry")
#: Where the text of an entry stands, the fullest first; the title is the text of an entry that has no other.
_TEXTS = ("encoded", "content", "description", "summary", "title")
_PUBLISHED = ("pubdate", "published", "issued", "date", "created")
_UPDATED = ("updated", "modified")
_ROOT = re.compile(rb"<(?:rss|feed|(?:\w+:)?rdf)\b", re.I)
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:#?\w+);")


class Feed:
    """Files of feeds (`.rss`, `.atom`, `.rdf`, `.xml`, packed or not)."""

    suffixes: tuple[str, ...] = (".rss", ".atom", ".rdf", ".xml")

    def claims(self, where: str) -> bool:
        """By suffix."""
        return has_suffix(where, self.suffixes)

    def read(self, where: str, options: Options) -> Iterator[Found | InputError]:
        """The report of each entry, in the order of the feed."""
        with opened(where) as opened_stream:
            _, stream = looked_into(opened_stream, where)
            yield from entries(stream, where)


def looks_like_feed(head: bytes) -> bool:
    """Whether the first bytes of a document are those of a feed."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and _ROOT.search(head[:4096]) is not None


def entries(stream: IO[bytes], where: str, base: str | None = None) -> Iterator[Found | InputError]:
    """The report of each entry of a feed, and an error for each that has no text or no sound date.

    `base` is the address it came from. Raises InputError where the XML breaks off or is none.
    """
    parser: _Parser = ET.XMLPullParser(events=("start", "end"))
    walk = _Walk(where, base)
    try:
        while True:
            with told(where):
                chunk = stream.read(_CHUNK)
            if not chunk:
                parser.close()
                yield from walk.through(parser)
                break
            if b"<!ENTITY" in chunk:
                # entities of one's own are not needed in a feed, and can be made to swell without end
                raise InputError(where, None, "declares entities of its own, which a feed may not", "leave it out")
            parser.feed(chunk)
            yield from walk.through(parser)
    except ET.ParseError as error:
        yield from walk.through_rest(parser)
        mend = "fetch it again, or mend the XML"
        raise InputError(where, error.position[0], f"is no sound XML ({error})", mend) from None
    if not walk.is_feed:
        raise InputError(where, None, "is XML, but neither RSS nor Atom", "convert it (jsonl, csv, txt)")


class _Walk:
    """The way through a feed: its title, and its entries as they end."""

    def __init__(self, where: str, base: str | None) -> None:
        self._where, self._base = where, base
        self._depth: list[ET.Element] = []
        self._title: str | None = None
        self._number = 0
        self.is_feed = False

    def through(self, parser: _Parser) -> Iterator[Found | InputError]:
        """What has come to its end since the last look."""
        for event, element in cast("Iterator[tuple[str, ET.Element]]", parser.read_events()):
            name = _local(element)
            if event == "start":
                self._depth.append(element)
                self.is_feed = self.is_feed or (len(self._depth) == 1 and name in ("rss", "feed", "rdf"))
                continue
            self._depth.pop()
            if name == "title" and self._depth and _local(self._depth[-1]) in ("channel", "feed"):
                self._title = self._title or _plain(element)
            elif name in _ENTRIES and self.is_feed:
                self._number += 1
                yield self._report(element)
                element.clear()

    def through_rest(self, parser: _Parser) -> Iterator[Found | InputError]:
        """The whole entries before a fault."""
        try:
            yield from self.through(parser)
        except ET.ParseError:
            return

    def _report(self, entry: ET.Element) -> Found | InputError:
        parts: dict[str, ET.Element] = {}
        for part in entry:
            parts.setdefault(_local(part), part)
        text = next((said for name in _TEXTS if name in parts and (said := _plain(parts[name]))), None)
        if text is None:
            return InputError(self._where, None, f"entry {self._number} has no text", "leave it out")
        try:
            published, origin = _day(parts)
        except ValueError as error:
            wrong = f"entry {self._number} has a date that is no day: {error}"
            return InputError(self._where, None, wrong, "mend the date, or take it out")
        link = _link(entry)
        own = _plain(parts["guid"]) if "guid" in parts else _plain(parts["id"]) if "id" in parts else link
        report = Report(
            # an entry that its outlet rewrites is another report: the id is of entry and text
            id=content_id(f"{own or ''}\n{text}", published),
            text=text,
            published=published,
            published_from=origin,
            source=self._title,
            url=link,
            title=_plain(parts["title"]) or None if "title" in parts else None,
        )
        return Found(report=report, where=self._where, named=False)


def _local(element: ET.Element) -> str:
    """The name without namespace, in lower case."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _plain(element: ET.Element) -> str:
    """The text of an element that holds text, HTML as text, or XHTML."""
    if len(element):
        return text_of(ET.tostring(element, encoding="unicode"))
    said = (element.text or "").strip()
    return text_of(said) if _MARKUP.search(said) else said


def _day(parts: dict[str, ET.Element]) -> tuple[dt.date | None, str | None]:
    for names, origin in ((_PUBLISHED, "field"), (_UPDATED, "field updated")):
        for name in names:
            said = (parts[name].text or "").strip() if name in parts else ""
            if said:
                return as_day(said), origin
    return None, None


def _link(entry: ET.Element) -> str | None:
    links = [part for part in entry if _local(part) == "link"]
    plain = (
        link.get("href") or (link.text or "").strip() for link in links if link.get("rel", "alternate") == "alternate"
    )
    return next((link for link in plain if link), None)
