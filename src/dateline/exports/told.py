"""The rows that csv, tsv, parquet and xlsx share: an event a row, or an account of a coded report a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, get_args

from dateline.exports.columns import Cell, Column, edtf
from dateline.exports.selection import Selection
from dateline.record import Account, CodedReport, Count, CountName
from dateline.report import Report

if TYPE_CHECKING:
    from dateline.merging.event import Event

_COUNTS = get_args(CountName)
_FIELDS = (
    Column("type", "string", "PLOVER's type of event"),
    Column("mode", "string", "PLOVER's mode of the type; empty where it has none or none is told"),
    Column("status", "string", "actual, future, hypothetical or negated"),
    Column("actor", "list", "who did it"),
    Column("recipient", "list", "to whom it was done"),
    Column("earliest", "date", "the first day on which it can have happened; empty if that is open"),
    Column("latest", "date", "the last day on which it can have happened; empty if that is open"),
    Column("where", "list", "places as the reports write them"),
    Column("said_by", "list", "on whose word alone it is told; empty where a report tells it in its own voice"),
    *(
        Column(f"{name}_{end}", "integer", f"{'least' if end == 'low' else 'most'} number of people {name}")
        for name in _COUNTS
        for end in ("low", "high")
    ),
    Column("words", "string", "the words that tell of it"),
)
_CODES = (
    Column("quad", "string", "PLOVER's category: cooperation or conflict, verbal or material"),
    Column("cameo", "string", "a CAMEO code for comparison with older data; its zeros in front count"),
    Column("intensity", "number", "the CAMEO code's value from -10 (hostile) to 10 (friendly)"),
    Column("contexts", "list", "PLOVER's contexts"),
)
_SIDES = tuple(
    Column(f"{side}_{what}", "list", f"{means} of each {side}, in their order; an empty place for an unknown one")
    for side in ("actor", "recipient")
    for what, means in (("country", "country (ISO 3166-1 alpha-3)"), ("sectors", "sectors"))
)
ACCOUNT_COLUMNS = (
    Column("report", "string", "the report's id"),
    Column("published", "date", "the report's day of publication"),
    Column("source", "string", "the report's outlet"),
    Column("account", "string", "the account's id in its report"),
    *_FIELDS,
    *_CODES,
    *_SIDES,
)
EVENT_COLUMNS = (
    Column("event", "string", "the event's id"),
    *_FIELDS,
    Column("voices", "integer", "how many outlets tell of it"),
    Column("disputed", "list", "fields on which accounts differ"),
    Column("reports", "list", "ids of the reports that tell of it"),
    *_CODES,
    *_SIDES,
    Column("edtf", "string", "earliest and latest in EDTF"),
    Column("place", "string", "the most precise place of `where` that a list knows, by the list's name"),
    Column("place_country", "string", "the country of the place (ISO 3166-1 alpha-3)"),
    Column("latitude", "number", "the place's latitude in degrees (WGS 84)"),
    Column("longitude", "number", "the place's longitude in degrees (WGS 84)"),
    Column("place_precision", "string", "what the coordinates are those of: a point, city, region or country"),
)


def account_rows(report: Report, coded: CodedReport) -> Iterator[Sequence[Cell]]:
    """A row for each account of a report."""
    for a in coded.events:
        words = " / ".join(report.text[s.start : s.end] for s in a.anchors)
        told: list[Cell] = [a.type, a.mode, a.status, a.actor, a.recipient, *(a.when or (None, None)), a.where]
        told += [(a.said_by,) if a.said_by else (), *_numbers(a.counts), words, *_codes(a)]
        sides: list[Cell] = []
        for names in (a.actor, a.recipient):
            found = [coded.actors.get(name) for name in names]
            sides += [_each(r.country or "" if r else "" for r in found)]
            sides += [_each(" ".join(r.sectors) if r else "" for r in found)]
        yield [coded.id, coded.published, coded.source, a.id, *told, *sides]


def event_rows(events: Iterable[Event]) -> Iterator[Sequence[Cell]]:
    """A row for each event; sides and places are known for those of a `Selection`."""
    asked = events if isinstance(events, Selection) else None
    for e in events:
        told: list[Cell] = [e.type, e.mode, e.status, [a.name for a in e.actor], [a.name for a in e.recipient]]
        told += [*(e.when or (None, None)), e.where, [a.name for a in e.said_by], *_numbers(e.counts), e.words]
        merged: list[Cell] = [e.voices, [d.field for d in e.disputes], sorted({t.report for t in e.tellings})]
        sides: list[Cell] = []
        for field in ("actor", "recipient"):
            parties = asked.parties(e, field) if asked else ()
            sides += [_each(p.country or "" for p in parties), _each(" ".join(p.sectors) for p in parties)]
        spot = asked.place(e) if asked else None
        place: list[Cell] = [None] * 5
        if spot:
            place = [spot.name, spot.country, spot.lat, spot.lon, spot.precision]
        yield [e.id, *told, *merged, *_codes(e), *sides, edtf(e.when) or None, *place]


def _codes(told: Account | Event) -> list[Cell]:
    return [told.quad, told.cameo, told.intensity, told.contexts]


def _each(cells: Iterable[str]) -> list[str]:
    """A place for each; nothing at all where none is known."""
    found = list(cells)
    return found if any(found) else []


def _numbers(counts: dict[CountName, Count]) -> list[Cell]:
    return [end for name in _COUNTS for end in counts.get(name, (None, None))]
