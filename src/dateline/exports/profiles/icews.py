"""The columns of the ICEWS coded event data, a row for each source and target."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dateline.exports.columns import Cell, Column, joined, one_line
from dateline.exports.profiles.dyads import country_name, day_of, dyads, label_of, outlets
from dateline.exports.profiles.own import own
from dateline.exports.profiles.profile import OWN, Profile
from dateline.exports.selection import Party, Selection


class Icews(Profile):
    """Tab-separated, with a head line; events that CAMEO has no code for are left out."""

    about = "ICEWS's columns: source, target, CAMEO code and intensity, place"
    suffix = ".tsv"
    columns = (
        Column("Event ID", "string", "the event's id and the number of the pair"),
        Column("Event Date", "date", "the first day on which it can have happened; empty if that is open"),
        Column("Source Name", "string", "who did it"),
        Column("Source Sectors", "string", "sectors, separated by commas"),
        Column("Source Country", "string", "the source's country by name"),
        Column("Event Text", "string", "what CAMEO calls the code"),
        Column("CAMEO Code", "string", "the CAMEO code; its zeros in front count"),
        Column("Intensity", "number", "from -10 (hostile) to 10 (friendly)"),
        Column("Target Name", "string", "to whom it was done"),
        Column("Target Sectors", "string", "sectors, separated by commas"),
        Column("Target Country", "string", "the target's country by name"),
        Column("Story ID", "string", "the report that tells of it first"),
        Column("Sentence Number", "integer", "empty: the evidence is in characters, see dateline why"),
        Column("Publisher", "string", "the outlets, separated by semicolons"),
        Column("City", "string", "the town or the point in it"),
        Column("District", "string", "the second-level region that holds it"),
        Column("Province", "string", "the first-level region that holds it"),
        Column("Country", "string", "the place's country by name"),
        Column("Latitude", "number", "degrees; empty where only the country is known"),
        Column("Longitude", "number", "degrees; empty where only the country is known"),
        *OWN,
    )

    def rows(self, events: Selection) -> Iterator[Sequence[Cell]]:
        """A row for each source and target."""
        for event, number, source, target in dyads(events):
            spot = events.place(event)
            point = spot if spot and spot.precision != "country" else None
            within = point.within if point else ()
            city = point.name if point and point.precision != "region" else None
            region = point.name if point and point.precision == "region" else None
            yield [
                f"{event.id}-{number}",
                day_of(event),
                *_party(source),
                label_of(event.cameo or ""),
                event.cameo,
                event.intensity,
                *_party(target),
                event.tellings[0].report,
                None,
                one_line(joined(outlets(event))),
                city,
                within[1].title() if len(within) > 1 and within[1] else None,
                region or (within[0].title() if within and within[0] else None),
                country_name(spot.country) if spot else None,
                point.lat if point else None,
                point.lon if point else None,
                *own(event),
            ]


def _party(party: Party | None) -> list[Cell]:
    if party is None:
        return [None, None, None]
    return [party.actor.name, ",".join(party.sectors), country_name(party.country)]
