"""JSON lines: an object a line, a report an object; `Options.fields` says which key holds what."""

from __future__ import annotations

import codecs
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from dateline.errors import InputError
from dateline.report import Report
from dateline.sources.days import as_day
from dateline.sources.files import Line, decode, lines, opened, too_long
from dateline.sources.ids import content_id
from dateline.sources.kinds import Found, Options

#: The fields of a report that a source may give.
FIELDS = ("id", "text", "published", "source", "url", "title")


class JsonLines:
    """Files of JSON lines (`.jsonl`, `.ndjson`, `.json` with an object a line, each also packed as `.gz`)."""

    suffixes: tuple[str, ...] = (".jsonl", ".ndjson", ".json", ".jsonl.gz", ".ndjson.gz", ".json.gz")

    def claims(self, where: str) -> bool:
        """By suffix."""
        return where.lower().endswith(self.suffixes)

    def read(self, where: str, options: Options) -> Iterator[Found | InputError]:
        """The report of each line, read as it is asked for."""
        with opened(where) as stream:
            yield from reports_of(lines(stream, where, line_limit(options)), where, options)


def line_limit(options: Options) -> int:
    """The bytes beyond which a line is not read: a character takes up to 12 when escaped, and fields beside the text
    get a mebibyte.
    """
    return 12 * options.max_characters + 2**20


def reports_of(raw: Iterable[Line], where: str, options: Options) -> Iterator[Found | InputError]:
    """The report of each line that is not blank, or what is wrong with it; raises InputError for other JSON."""
    met = False
    for number, data, whole in raw:
        data = data.strip()
        if not data:
            continue
        if not met and (data == b"{" or data.removeprefix(codecs.BOM_UTF8).startswith(b"[")):
            raise InputError(where, number, "is JSON, but not an object a line", "convert it (jq -c '.[]' OLD > NEW)")
        met = True
        try:
            if not whole:
                raise too_long(where, number)
            yield _report(_object(data, where, number), where, number, options.fields)
        except InputError as error:
            yield error
    if not met:
        raise InputError(where, None, "is empty", "fill the file, or leave it out")


def _object(data: bytes, where: str, line: int) -> dict[str, Any]:
    text = decode(data, where, line)
    try:
        value = msgspec.json.decode(text)
    except RecursionError:
        raise InputError(where, line, "is no JSON that can be read (nested too deep)", "mend the line") from None
    except msgspec.DecodeError as error:
        wrong = f"is no JSON ({str(error).removeprefix('JSON is malformed: ')})"
        raise InputError(where, line, wrong, "mend the line; each needs one whole object") from None
    if not isinstance(value, dict):
        raise InputError(where, line, f"is {_kind(value)}, not an object", "write each report as {…} on one line")
    return value


def _report(value: Mapping[str, Any], where: str, line: int, fields: Mapping[str, str]) -> Found:
    key = {field: fields.get(field, field) for field in FIELDS}
    text = _string(value, "text", key["text"], where, line)
    if text is None or not text.strip():
        if key["text"] in value:
            raise InputError(where, line, f"has an empty {key['text']!r}", "fill it, or leave the line out")
        mend = f"name the key that holds it with --map text=KEY (the line has {', '.join(sorted(value)) or 'none'})"
        raise InputError(where, line, f"has no {key['text']!r}", mend)
    published = _published(value, key["published"], where, line)
    given = _id(value, key["id"], where, line)
    report = Report(
        id=given or content_id(text, published),
        text=text,
        published=published,
        published_from="field" if published else None,
        source=_string(value, "source", key["source"], where, line),
        url=_string(value, "url", key["url"], where, line),
        title=_string(value, "title", key["title"], where, line),
    )
    return Found(report=report, where=where, line=line, named=given is not None)


def _string(value: Mapping[str, Any], field: str, key: str, where: str, line: int) -> str | None:
    found = value.get(key)
    if found is None or isinstance(found, str):
        return found or None
    mend = (
        "write it as a string"
        if field == "text"
        else f"write it as a string, or take another key with --map {field}=KEY"
    )
    raise InputError(where, line, f"{key!r} is {_kind(found)}, not a string", mend)


def _published(value: Mapping[str, Any], key: str, where: str, line: int) -> dt.date | None:
    found = value.get(key)
    if found is None or found == "":
        return None
    try:
        if isinstance(found, str):
            return as_day(found)
    except ValueError:
        pass
    shown = repr(found) if isinstance(found, str) else _kind(found)
    mend = "write an ISO day (YYYY-MM-DD) or date and time, or null where it isn't known"
    raise InputError(where, line, f"{key!r} is no day: {shown}", mend)


def _id(value: Mapping[str, Any], key: str, where: str, line: int) -> str | None:
    found = value.get(key)
    if found is None or found == "":
        return None
    if isinstance(found, str | int | float) and not isinstance(found, bool):
        return str(found)
    raise InputError(where, line, f"{key!r} is {_kind(found)}", "write the id as a string or a number")


def _kind(value: object) -> str:
    """What a JSON value is, for a message."""
    names = {bool: "true or false", dict: "an object", list: "a list", str: "a string", type(None): "null"}
    return names.get(type(value), "a number")
