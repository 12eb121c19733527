"""JSON: an object a line, objects in a list or one after another; `Options.fields` says which key holds what."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from typing import IO, Any

import msgspec

from dateline.errors import InputError
from dateline.sources.files import Line, decode, has_suffix, lines, looked_into, opened, too_long
from dateline.sources.json_values import values
from dateline.sources.kinds import Found, Options
from dateline.sources.records import kind_of_value, report_from


class JsonLines:
    """Files of JSON (`.jsonl`, `.ndjson`, `.json`, packed or not), an object a line or in any other order of lines."""

    suffixes: tuple[str, ...] = (".jsonl", ".ndjson", ".json", ".jsonl.gz", ".ndjson.gz", ".json.gz")

    def claims(self, where: str) -> bool:
        """By suffix."""
        return has_suffix(where, self.suffixes)

    def read(self, where: str, options: Options) -> Iterator[Found | InputError]:
        """The report of each object, read as it is asked for."""
        with opened(where) as opened_stream:
            head, stream = looked_into(opened_stream, where)
            yield from reports_in(stream, head, where, options)


def reports_in(stream: IO[bytes], head: bytes, where: str, options: Options) -> Iterator[Found | InputError]:
    """The reports of a stream of JSON that begins with `head` (up to the end of its first line that is not blank)."""
    first = head.removeprefix(codecs.BOM_UTF8).strip()
    spread = first.startswith(b"[") or (first.startswith(b"{") and head.endswith(b"\n") and not first.endswith(b"}"))
    if not spread:
        yield from reports_of(lines(stream, where, line_limit(options)), where, options)
        return
    met = False
    for number, data in values(stream, where, line_limit(options)):
        met = True
        try:
            if data is None:
                raise too_long(where, number)
            value = _object(data, where, number)
            for inner in _wrapped(value, options) or [value]:
                try:
                    yield report_from(inner, where, number, options.fields)
                except InputError as error:
                    yield error
        except InputError as error:
            yield error
    if not met:
        raise InputError(where, None, "is empty", "fill the file, or leave it out")


def _wrapped(value: dict[str, Any], options: Options) -> list[dict[str, Any]] | None:
    """The objects in the only list of objects that an object without text has, as answers of news services do."""
    if options.fields.get("text", "text") in value:
        return None
    found = [v for v in value.values() if isinstance(v, list) and v and all(isinstance(o, dict) for o in v)]
    return found[0] if len(found) == 1 else None


def line_limit(options: Options) -> int:
    """The bytes beyond which a line is not read: a character takes up to 12 when escaped, and fields beside the text
    get a mebibyte.
    """
    return 12 * options.max_characters + 2**20


def reports_of(raw: Iterable[Line], where: str, options: Options) -> Iterator[Found | InputError]:
    """The report of each line that is not blank, or what is wrong with it."""
    met = False
    for number, data, whole in raw:
        data = data.strip()
        if not data:
            continue
        met = True
        try:
            if not whole:
                raise too_long(where, number)
            yield report_from(_object(data, where, number), where, number, options.fields)
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
        raise InputError(
            where, line, f"is {kind_of_value(value)}, not an object", "write each report as {…} on one line"
        )
    return value
