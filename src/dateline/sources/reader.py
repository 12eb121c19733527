"""Reading reports: any number of sources in, a stream of reports out, each id once."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from dateline.errors import InputError
from dateline.report import Report
from dateline.sources.days import published_in
from dateline.sources.kinds import MAX_CHARACTERS, Found, Options, kind_of
from dateline.sources.languages import language_of
from dateline.sources.records import FIELDS


def _raise(error: InputError) -> None:
    raise error


def read_reports(
    sources: Iterable[str | Path],
    *,
    fields: Mapping[str, str] | None = None,
    published: dt.date | None = None,
    max_characters: int = MAX_CHARACTERS,
    allow_private: bool = False,
    on_error: Callable[[InputError], None] = _raise,
) -> Iterator[Report]:
    """The reports that `sources` hold, in order, read as they are asked for.

    A source is a file, a folder, an http(s) address or "-" for standard input. `fields` maps fields of a report to the
    keys of JSON and the columns of tables (`{"text": "body"}`). `published` is the day of reports that tell none, in
    field, page, header line or dateline. A text of more than `max_characters` is an error of that report alone.
    `allow_private` lets addresses lie in private networks.

    `on_error` gets one InputError for each fault, and reading goes on with what follows; without it the first fault is
    raised. Of reports with the same id and the same text the first is given; another text under a given id is an
    error, and under an id made from a file's name the report gets one of its own (name, "-", 8 digits of its text's
    SHA-256).
    Raises InputError at once if `fields` names what a report does not have.
    """
    options = Options(fields=_checked(fields or {}), max_characters=max_characters, allow_private=allow_private)
    return _reports(sources, options, published, on_error)


def _reports(
    sources: Iterable[str | Path], options: Options, published: dt.date | None, on_error: Callable[[InputError], None]
) -> Iterator[Report]:
    items = (item for source in sources for item in _items(str(source), options))
    yield from reports_among(items, options, published, on_error)


def reports_among(
    items: Iterable[Found | InputError],
    options: Options,
    published: dt.date | None,
    on_error: Callable[[InputError], None],
) -> Iterator[Report]:
    """The reports among what kinds of sources found, each id once, completed with day and language."""
    seen: dict[str, bytes] = {}
    for item in items:
        try:
            report = _new(item, seen, options) if isinstance(item, Found) else None
        except InputError as error:
            on_error(error)
            continue
        if isinstance(item, InputError):
            on_error(item)
        elif report is not None:
            yield _completed(report, published)


def _completed(report: Report, published: dt.date | None) -> Report:
    """The report with the day that its text shows or the option gives, and with the language of its words."""
    if report.published is None:
        day, origin = published_in(report.text) or (published, "option")
        if day is not None:
            report = msgspec.structs.replace(report, published=day, published_from=origin)
    if report.language is None:
        report = msgspec.structs.replace(report, language=language_of(report.text))
    return report


def _items(where: str, options: Options) -> Iterator[Found | InputError]:
    try:
        yield from kind_of(where).read(where, options)
    except InputError as error:
        yield error


def _new(found: Found, seen: dict[str, bytes], options: Options) -> Report | None:
    """The report under an id of its own, None if it was there before; raises InputError for a text that can't be."""
    report = found.report
    if len(report.text) > options.max_characters:
        wrong = f"the text has {len(report.text):,} characters, more than the {options.max_characters:,} allowed"
        raise InputError(found.where, found.line, wrong, "split it into reports, or raise the limit")
    digest = hashlib.sha256(report.text.encode()).digest()
    if not found.named and seen.get(report.id, digest) != digest:
        report = msgspec.structs.replace(report, id=f"{report.id}-{digest.hex()[:8]}")
    before = seen.setdefault(report.id, digest)
    if before is digest:
        return report
    if before == digest:
        return None
    wrong = f"the id {report.id!r} has come before with another text"
    raise InputError(found.where, found.line, wrong, "give each report an id of its own")


def _checked(fields: Mapping[str, str]) -> Mapping[str, str]:
    for field in fields:
        if field not in FIELDS:
            known = ", ".join(FIELDS)
            raise InputError("--map", None, f"{field!r} is no field of a report", f"map one of {known}")
    return dict(fields)
