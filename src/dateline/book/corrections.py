"""Corrections of an account by a reader: fields as people write them, checked and turned into values."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, get_args

import msgspec

from dateline import codebook
from dateline.book.days import first_day, last_day
from dateline.book.filters import type_and_mode
from dateline.errors import BookError
from dateline.record import (
    MODES,
    Account,
    ActorKind,
    ActorRecord,
    CodedReport,
    Count,
    CountName,
    Interval,
    PloverType,
    Span,
    Status,
)
from dateline.report import Report

#: The fields that can be corrected; counts go by their own names.
FIELDS = ("type", "mode", "actor", "recipient", "when", "where", "status", "said_by", *get_args(CountName))
_COUNT = re.compile(r"(\d+)(?:\s*(\+)|\s*(?:-|to)\s*(\d+))?")
_KIND = re.compile(r"\s*\((person|group|organization|country)\)$")


def check(field: str, value: str | None) -> None:
    """Raise BookError for a field that an account lacks or a value that it can't have."""
    if field not in FIELDS:
        raise BookError(f"an account has no field {field!r} to correct; it has {', '.join(FIELDS)}")
    if field == "type":
        _type(value)
    elif field == "mode" and value and not any(value in modes for modes in MODES.values()):
        raise BookError(f"{value!r} is no mode of PLOVER")
    elif field == "when":
        _when(value)
    elif field == "status" and value not in get_args(Status):
        raise BookError(f"{value!r} is no status; it is one of {', '.join(get_args(Status))}")
    elif field in get_args(CountName):
        _count(value)


def correct(
    report: Report, coded: CodedReport, account: Account, field: str, value: str | None, reason: str
) -> tuple[Account, dict[str, ActorRecord]]:
    """The account with one field corrected, and the actors of its report with those that the correction names.

    Names of actors and places are separated by ";"; a name that the report does not list may say its kind, "Ana Silva
    (person)". `when` is a day, month, year or two of them with "/" between, an end left out is open. An empty value
    takes the field's value away. Where the text has the words, they are the evidence.
    """
    check(field, value)
    actors = dict(coded.actors)
    changes: dict[str, Any] = {}
    spans: tuple[Span, ...] = ()
    if field == "type":
        type_, mode = _type(value)
        kept = mode or (account.mode if account.mode in MODES.get(type_, ()) else None)
        changes = {"type": type_, "mode": kept}
    elif field == "mode":
        if value and value not in MODES.get(account.type, ()):
            raise BookError(f"{account.type} has no mode {value!r}; it has {', '.join(MODES.get(account.type, ()))}")
        changes = {"mode": value or None}
    elif field in ("actor", "recipient", "said_by"):
        names = tuple(dict.fromkeys(_name(report, actors, part) for part in _parts(value)))
        if field == "said_by" and len(names) > 1:
            raise BookError("said_by takes one name")
        changes = {field: (names[0] if names else None) if field == "said_by" else names}
        spans = tuple(span for name in names for span in actors[name].mentions[:1])
    elif field == "where":
        changes = {"where": tuple(_parts(value))}
        spans = tuple(span for part in _parts(value) for span in _found(report.text, part)[:1])
    elif field == "when":
        changes = {"when": _when(value)}
    elif field == "status":
        changes = {"status": value}
    else:
        counts = {name: count for name, count in account.counts.items() if name != field}
        told = _count(value)
        if told:
            counts[field] = told  # type: ignore[index]
        changes = {"counts": dict(sorted(counts.items()))}
    names_ = {"counts"} if field in get_args(CountName) else set(changes)
    evidence = {f: s for f, s in account.evidence.items() if f not in names_} | ({field: spans} if spans else {})
    because = {f: r for f, r in account.because.items() if f not in names_} | dict.fromkeys(names_, reason)
    made = msgspec.structs.replace(account, **changes, evidence=evidence, because=because)
    if names_ & {"type", "mode", "status"}:
        made = msgspec.structs.replace(made, **_codes(made))
    return made, actors


def actor_of(report: Report, name: str, kind: ActorKind | None = None) -> ActorRecord:
    """A record for somebody whom the coding of a report does not list, with the places where the text has the name."""
    guess: ActorKind = kind or ("person" if len(name.split()) > 1 and name.istitle() else "organization")
    return ActorRecord(kind=guess, mentions=_found(report.text, name))


def _name(report: Report, actors: dict[str, ActorRecord], part: str) -> str:
    """The key of an actor that is meant; somebody new joins `actors`."""
    kind = _KIND.search(part)
    name = _KIND.sub("", part)
    known = next((k for k in actors if k == part), None) or next((k for k in actors if k == name), None)
    known = known or next((k for k in sorted(actors) if k.casefold() == name.casefold()), None)
    if known is None:
        actors[name] = actor_of(report, name, kind.group(1) if kind else None)  # type: ignore[arg-type]
        return name
    return known


def _found(text: str, words: str) -> tuple[Span, ...]:
    return tuple(Span(*m.span()) for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text))


def _parts(value: str | None) -> list[str]:
    return [part.strip() for part in (value or "").split(";") if part.strip()]


def _type(value: str | None) -> tuple[PloverType, str | None]:
    return type_and_mode(value or "")


def _when(value: str | None) -> Interval | None:
    if not value or value == "?":
        return None
    low, slash, high = (part.strip().removesuffix("..") for part in value.partition("/"))
    if not slash:
        return Interval(first_day(low), last_day(low))
    made = Interval(first_day(low) if low else None, last_day(high) if high else None)
    if made.earliest and made.latest and made.earliest > made.latest:
        raise BookError(f"{value!r} ends before it begins")
    return made if made != (None, None) else None


def _count(value: str | None) -> Count | None:
    if not value:
        return None
    match = _COUNT.fullmatch(value.strip())
    if not match:
        raise BookError(f"{value!r} is no count; write it as 11, 9-14 or 23+")
    low, open_end, high = match.groups()
    if high and int(high) < int(low):
        raise BookError(f"{value!r} goes down; write the smaller number first")
    return Count(int(low), None if open_end else int(high or low))


@cache
def _table() -> dict[str, Any]:
    return codebook.load("codes.toml")


def _codes(account: Account) -> dict[str, Any]:
    """Quad, CAMEO code and intensity that the table of codes has for this type, mode and status."""
    table = _table()
    quad = next((q for q, types in table["quads"].items() if account.type in types), None)
    if account.status in ("hypothetical", "negated"):
        return {"quad": quad, "cameo": None, "intensity": None}
    codes = table["future" if account.status == "future" else "code"]
    code = codes.get(f"{account.type}.{account.mode}") or codes.get(account.type) or {}
    return {"quad": quad, "cameo": code.get("cameo"), "intensity": code.get("intensity")}
