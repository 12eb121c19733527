"""What ACLED-like and UCDP-like tables share: what kind of side an actor is, death tolls, precision codes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from dateline.exports.profiles.dyads import data, is_mutual
from dateline.exports.selection import Party, Selection, Spot

if TYPE_CHECKING:
    from dateline.merging.event import Event


class Toll(NamedTuple):
    """People killed: the best number, the lowest and the highest that any report has (None where that end is open)."""

    low: int
    best: int
    high: int | None


def toll(event: Event) -> Toll | None:
    """The toll of an event; None where no report has a number.

    The best number is the one that the event's accounts come to, the lower end of it where it is a range.
    """
    chosen = event.counts.get("killed")
    told = [t.account.counts["killed"] for t in event.tellings if "killed" in t.account.counts]
    if chosen is None or not told:
        return None
    highs = [count.high for count in told]
    return Toll(
        min(count.low for count in told),
        chosen.low,
        None if None in highs else max(h for h in highs if h is not None),
    )


def kind_of(party: Party) -> str | None:
    """What kind of armed side a participant is (a key of conflict.toml's `actors`' values); None for an unarmed one."""
    kinds: dict[str, str] = data("conflict.toml")["actors"]
    person = party.actor.kind == "person"
    found = next((kinds[s] for s in party.sectors if s in kinds and not (person and s == "GOV")), None)
    if found is None and party.actor.kind == "country":
        return "state"
    return found


def sides(events: Selection, event: Event) -> tuple[Sequence[Party], Sequence[Party]]:
    """The two sides; of those who fight one another, the first and the rest."""
    actors, recipients = events.parties(event, "actor"), events.parties(event, "recipient")
    if not recipients and len(actors) > 1 and is_mutual(event):
        return actors[:1], actors[1:]
    return actors, recipients


def point_of(spot: Spot | None) -> Spot | None:
    """The place where it is more than a country's middle."""
    return spot if spot and spot.precision != "country" else None


def regions_of(spot: Spot | None) -> tuple[str | None, str | None]:
    """The first-level and the second-level region of a place, a region being its own."""
    point = point_of(spot)
    if point is None:
        return None, None
    first, second, *_ = (*(name.title() or None for name in point.within), None, None)
    if point.precision == "region" and first is None:
        first = point.name
    return first, second
