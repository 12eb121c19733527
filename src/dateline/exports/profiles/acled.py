"""ACLED-like columns: an event a row, with types by ACLED's names and precision codes as strings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dateline.exports.columns import Cell, Column, days_between
from dateline.exports.profiles.conflict import kind_of, point_of, regions_of, sides, toll
from dateline.exports.profiles.dyads import country_name, data, day_of, outlets
from dateline.exports.profiles.own import own
from dateline.exports.profiles.profile import OWN, Profile
from dateline.exports.selection import Party, Selection

if TYPE_CHECKING:
    from dateline.merging.event import Event

_GEO_PRECISION = {"point": "1", "city": "1", "region": "3"}


class Acled(Profile):
    """CSV with a head line: what happened and is of a type that ACLED counts.

    An event that can lie on more days than a month has no `time_precision`, a country-level one no coordinates.
    """

    about = "ACLED-like columns: event and sub-event type, sides, place and time with precision, deaths"
    suffix = ".csv"
    columns = (
        Column("event_id_cnty", "string", "country (alpha-3) and the event's id"),
        Column("event_date", "date", "the first day on which it can have happened; empty if that is open"),
        Column("year", "string", "its year"),
        Column("time_precision", "string", "1 the day is known, 2 within a week, 3 within a month"),
        Column("disorder_type", "string", "ACLED's type of disorder"),
        Column("event_type", "string", "ACLED's type of event"),
        Column("sub_event_type", "string", "ACLED's type below it"),
        Column("actor1", "string", "the first actor"),
        Column("assoc_actor_1", "list", "the actors beside it"),
        Column("inter1", "string", "what kind of actor that is"),
        Column("actor2", "string", "the first on the other side"),
        Column("assoc_actor_2", "list", "those beside it"),
        Column("inter2", "string", "what kind of actor that is"),
        Column("interaction", "string", "both kinds"),
        Column("civilian_targeting", "string", "`Civilian targeting` where civilians suffer it"),
        Column("iso", "string", "the place's country (ISO 3166-1 alpha-3)"),
        Column("region", "string", "empty"),
        Column("country", "string", "the place's country by name"),
        Column("admin1", "string", "the first-level region"),
        Column("admin2", "string", "the second-level region"),
        Column("admin3", "string", "empty"),
        Column("location", "string", "the place by the list's name"),
        Column("latitude", "number", "degrees; empty where only the country is known"),
        Column("longitude", "number", "degrees; empty where only the country is known"),
        Column("geo_precision", "string", "1 the town or point, 3 a region"),
        Column("source", "list", "the outlets"),
        Column("source_scale", "string", "empty"),
        Column("notes", "string", "the sentence of the first report"),
        Column("fatalities", "integer", "people killed, the best number; empty where none is told"),
        Column("tags", "list", "PLOVER's contexts"),
        Column("fatalities_low", "integer", "the lowest number that any report has"),
        Column("fatalities_high", "integer", "the highest number; empty where it is open"),
        *OWN,
    )

    def rows(self, events: Selection) -> Iterator[Sequence[Cell]]:
        """A row for each event of a type that ACLED counts."""
        for event in events:
            one, other = sides(events, event)
            types = _types(event, other)
            if event.status != "actual" or types is None:
                continue
            spot, killed = events.place(event), toll(event)
            point, day, country = point_of(spot), day_of(event), spot.country if spot else None
            inters = [_inter(side, event, country, first) for side, first in ((one, True), (other, False))]
            yield [
                f"{country or 'XXX'}-{event.id}",
                day,
                str(day.year) if day else None,
                _time_precision(event),
                data("conflict.toml")["acled"]["disorder"][types[0]],
                *types,
                *_names(one),
                inters[0],
                *_names(other),
                inters[1],
                "-".join(i for i in inters if i) or None,
                "Civilian targeting" if inters[1] == "Civilians" else None,
                country,
                None,
                country_name(country),
                *regions_of(spot),
                None,
                spot.name if spot else None,
                point.lat if point else None,
                point.lon if point else None,
                _GEO_PRECISION[point.precision] if point else None,
                outlets(event),
                None,
                event.tellings[0].sentence,
                killed.best if killed else None,
                event.contexts,
                killed.low if killed else None,
                killed.high if killed else None,
                *own(event),
            ]


def _types(event: Event, other: Sequence[Party]) -> list[str] | None:
    table = data("conflict.toml")["acled"]["types"]
    found = table.get(f"{event.type}.{event.mode}") or table.get(event.type)
    if found is None:
        return None
    armed = any(kind_of(p) for p in other)
    types: list[str] = found.get("both") or found["armed" if armed else "civilians"]
    return types


def _names(side: Sequence[Party]) -> list[Cell]:
    return [side[0].actor.name if side else None, [p.actor.name for p in side[1:]]]


def _inter(side: Sequence[Party], event: Event, country: str | None, first: bool) -> str | None:
    """ACLED's word for what the first of a side is; a state's forces abroad are external."""
    names: dict[str, str] = data("conflict.toml")["acled"]["inter"]
    if not side:
        return None
    kind = kind_of(side[0])
    if kind is None and event.type == "PROTEST" and first:
        kind = "rioters" if event.mode in ("riot", "vandalize") else "protesters"
    if kind == "state" and country and side[0].country and side[0].country != country:
        kind = "external"
    return names[kind or "civilians"]


def _time_precision(event: Event) -> str | None:
    days = days_between(event.when)
    if days is None or days > 31:
        return None
    return "1" if days == 1 else "2" if days <= 7 else "3"
