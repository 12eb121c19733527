"""UCDP GED-like columns: fatal violence, an event a row, with low, best and high and precision codes as strings."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dateline.exports.columns import Cell, Column, days_between, joined
from dateline.exports.profiles.conflict import kind_of, point_of, regions_of, sides, toll
from dateline.exports.profiles.dyads import country_name, outlets
from dateline.exports.profiles.own import own
from dateline.exports.profiles.profile import OWN, Profile
from dateline.exports.selection import Party, Selection, Spot

if TYPE_CHECKING:
    from dateline.merging.event import Event

_EMPTY = "empty: UCDP's own numbers are not dateline's to give"
_WHERE = {"point": "1", "city": "1", "region": "4", "country": "6"}


def _numbers(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, "string", _EMPTY) for name in names)


class Ged(Profile):
    """CSV with a head line: acts of violence that happened and of which a report tells how many were killed."""

    about = "UCDP GED-like columns: fatal violence with low, best, high and precision codes"
    suffix = ".csv"
    columns = (
        Column("id", "string", "the event's id"),
        Column("relid", "string", "the same"),
        Column("year", "string", "the year of date_start"),
        Column("active_year", "string", _EMPTY),
        Column("code_status", "string", "`Clear`, or `Check` where reports differ"),
        Column(
            "type_of_violence",
            "string",
            "1 with a state, 2 armed groups, 3 against civilians; empty where a side is unknown",
        ),
        *_numbers("conflict_dset_id", "conflict_new_id"),
        Column("conflict_name", "string", "empty"),
        *_numbers("dyad_dset_id", "dyad_new_id"),
        Column("dyad_name", "string", "both sides"),
        *_numbers("side_a_dset_id", "side_a_new_id"),
        Column("side_a", "list", "who did it; a state where only one side is one"),
        *_numbers("side_b_dset_id", "side_b_new_id"),
        Column("side_b", "list", "the other side"),
        Column("number_of_sources", "integer", "how many outlets tell of it"),
        Column("source_article", "list", "the reports' ids"),
        Column("source_office", "list", "the outlets"),
        Column("source_date", "date", "the first report's day of publication"),
        Column("source_headline", "string", "the first report's title"),
        Column("source_original", "list", "on whose word alone it is told"),
        Column("where_prec", "string", "1 the town or point, 4 a first-level region, 6 the country"),
        Column("where_coordinates", "string", "the place by the list's name"),
        Column("where_description", "list", "places as the reports write them"),
        Column("adm_1", "string", "the first-level region"),
        Column("adm_2", "string", "the second-level region"),
        Column("latitude", "number", "degrees; empty where only the country is known"),
        Column("longitude", "number", "degrees; empty where only the country is known"),
        Column("geom_wkt", "string", "the point in WKT"),
        Column("priogrid_gid", "string", "the cell of PRIO-GRID"),
        Column("country", "string", "the place's country by name"),
        Column("country_id", "string", "the place's country (ISO 3166-1 alpha-3, not Gleditsch and Ward)"),
        Column("region", "string", "empty"),
        Column("event_clarity", "string", "1 a single event, 2 where its days are more than one"),
        Column("date_prec", "string", "1 the day, 2 two to six days, 3 a week, 4 a month, 5 more or open"),
        Column("date_start", "date", "the first day on which it can have happened; empty if that is open"),
        Column("date_end", "date", "the last day"),
        Column("deaths_a", "string", "empty: accounts do not say whose dead they count"),
        Column("deaths_b", "string", "empty, as before"),
        Column("deaths_civilians", "integer", "the best number where type_of_violence is 3"),
        Column("deaths_unknown", "integer", "the best number else"),
        Column("best", "integer", "the number that accounts come to, the lower end of a range"),
        Column("high", "integer", "the highest number that any report has; empty where it is open"),
        Column("low", "integer", "the lowest number"),
        *_numbers("gwnoa", "gwnob"),
        *OWN,
    )

    def rows(self, events: Selection) -> Iterator[Sequence[Cell]]:
        """A row for each fatal act of violence."""
        for event in events:
            killed = toll(event)
            if killed is None or event.type != "ASSAULT" or event.status != "actual" or killed.high == 0:
                continue
            a, b = _ordered(*sides(events, event))
            violence = _violence(a, b)
            low, high = event.when or (None, None)
            spot = events.place(event)
            first = event.tellings[0]
            civilians = killed.best if violence == "3" else None
            names = [[p.actor.name for p in side] for side in (a, b)]
            year = low or high
            yield [
                *(event.id, event.id, str(year.year) if year else None, None),
                *("Check" if event.disputes else "Clear", violence, None, None, None, None, None),
                " - ".join(joined(side) or "unknown" for side in names),
                *(None, None, names[0], None, None, names[1]),
                len(outlets(event)),
                sorted({t.report for t in event.tellings}),
                outlets(event),
                first.published,
                first.title,
                [s.name for s in event.said_by],
                _WHERE[spot.precision] if spot else None,
                spot.name if spot else None,
                event.where,
                *regions_of(spot),
                *_point(spot),
                country_name(spot.country) if spot else None,
                spot.country if spot else None,
                None,
                "1" if days_between(event.when) == 1 else "2",
                _date_prec(event),
                *(low, high, None, None),
                civilians,
                killed.best if civilians is None else None,
                *(killed.best, killed.high, killed.low, None, None),
                *own(event),
            ]


def _ordered(one: Sequence[Party], other: Sequence[Party]) -> tuple[Sequence[Party], Sequence[Party]]:
    """UCDP has the state on side A wherever both sides are armed."""
    kinds = [next((k for p in side if (k := kind_of(p))), None) for side in (one, other)]
    return (other, one) if kinds[1] == "state" and kinds[0] not in (None, "state") else (one, other)


def _violence(a: Sequence[Party], b: Sequence[Party]) -> str | None:
    """UCDP's type; None where one of the sides is unknown."""
    if not a or not b:
        return None
    kinds = [next((k for p in side if (k := kind_of(p))), None) for side in (a, b)]
    if kinds[1] is None:
        return "3"
    return "1" if "state" in kinds else "2"


def _date_prec(event: Event) -> str:
    days = days_between(event.when)
    if days is None or days > 31:
        return "5"
    return "1" if days == 1 else "2" if days < 7 else "3" if days == 7 else "4"


def _point(spot: Spot | None) -> list[Cell]:
    """Latitude, longitude, WKT, and the half-degree cell of PRIO-GRID, counted from the south-west."""
    point = point_of(spot)
    if point is None:
        return [None, None, None, None]
    row, column = math.floor((point.lat + 90) * 2), math.floor((point.lon + 180) * 2)
    cell = min(row, 359) * 720 + min(column, 719) + 1
    return [point.lat, point.lon, f"POINT ({point.lon} {point.lat})", str(cell)]
