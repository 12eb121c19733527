"""Reports from rows: what JSON objects, rows of tables and the like say under which key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from dateline.errors import InputError
from dateline.report import Report
from dateline.sources.days import as_day
from dateline.sources.ids import content_id
from dateline.sources.kinds import Found

#: The fields of a report that a source may give.
FIELDS = ("id", "text", "published", "source", "url", "title", "language")


def report_from(value: Mapping[str, Any], where: str, line: int | None, fields: Mapping[str, str]) -> Found:
    """The report of a row; `fields` maps a field to the row's key. Raises InputError for what does not fit."""
    key = {field: fields.get(field, field) for field in FIELDS}
    text = _text(value, key["text"], where, line)
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
        language=_language(value.get(key["language"])),
    )
    return Found(report=report, where=where, line=line, named=given is not None)


def lacks_text(keys: list[str], key: str, where: str, line: int | None) -> InputError:
    """The error for rows of which none of the keys is the text's."""
    mend = f"name the key that holds it with --map text=KEY (the line has {', '.join(sorted(keys)) or 'none'})"
    return InputError(where, line, f"has no {key!r}", mend)


def _text(value: Mapping[str, Any], key: str, where: str, line: int | None) -> str:
    """The text; a list of paragraphs is put together, one a line."""
    found = value.get(key)
    if isinstance(found, list) and found and all(isinstance(part, str) for part in found):
        text: str | None = "\n".join(found)
    else:
        text = _string(value, "text", key, where, line)
    if text is not None and text.strip():
        return text
    if key in value:
        raise InputError(where, line, f"has an empty {key!r}", "fill it, or leave the line out")
    raise lacks_text(list(value), key, where, line)


def _string(value: Mapping[str, Any], field: str, key: str, where: str, line: int | None) -> str | None:
    found = value.get(key)
    if found is None or isinstance(found, str):
        return found or None
    mend = (
        "write it as a string"
        if field == "text"
        else f"write it as a string, or take another key with --map {field}=KEY"
    )
    raise InputError(where, line, f"{key!r} is {kind_of_value(found)}, not a string", mend)


def _published(value: Mapping[str, Any], key: str, where: str, line: int | None) -> dt.date | None:
    found = value.get(key)
    if found is None or (isinstance(found, str) and not found.strip()):
        return None
    if isinstance(found, dt.datetime):
        return found.date()
    if isinstance(found, dt.date):
        return found
    try:
        if isinstance(found, str):
            return as_day(found)
    except ValueError:
        pass
    shown = repr(found) if isinstance(found, str) else kind_of_value(found)
    mend = "write an ISO day (YYYY-MM-DD) or date and time, or null where it isn't known"
    raise InputError(where, line, f"{key!r} is no day: {shown}", mend)


def _id(value: Mapping[str, Any], key: str, where: str, line: int | None) -> str | None:
    found = value.get(key)
    if found is None or found == "":
        return None
    if isinstance(found, str | int | float) and not isinstance(found, bool):
        return str(found)
    raise InputError(where, line, f"{key!r} is {kind_of_value(found)}", "write the id as a string or a number")


def _language(found: object) -> str | None:
    """A language code, "en-GB" as "en"; names and whatever else is no code are left to the words of the text."""
    code = found.replace("_", "-").partition("-")[0].strip().lower() if isinstance(found, str) else ""
    return code if len(code) == 2 and code.isascii() and code.isalpha() else None


def kind_of_value(value: object) -> str:
    """What a value of JSON is, for a message."""
    names = {bool: "true or false", dict: "an object", list: "a list", str: "a string", type(None): "null"}
    return names.get(type(value), "a number")
