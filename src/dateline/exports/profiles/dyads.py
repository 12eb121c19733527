"""Pairs of source and target, actor codes in CAMEO's manner, and what the profiles share of an event."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from itertools import permutations
from typing import TYPE_CHECKING, Any, NamedTuple

from dateline.exports.selection import Party, Selection, country_names

if TYPE_CHECKING:
    from dateline.merging.event import Event

#: Types whose actors do it to one another where there is no recipient.
_MUTUAL = frozenset({"AGREE", "CONSULT", "COOPERATE"})
#: Actors that are of no country: what stands for their country in CAMEO's codes.
_INTERNATIONAL = {"IGO": "IGO", "UNO": "IGOUNO", "EUR": "IGOEUR", "NGO": "NGO", "IMG": "IMG"}
_QUADS = {
    "verbal-cooperation": "1",
    "material-cooperation": "2",
    "verbal-conflict": "3",
    "material-conflict": "4",
}


class Dyad(NamedTuple):
    """One source and one target of an event, either None where it has none; `number` counts from 1."""

    event: Event
    number: int
    source: Party | None
    target: Party | None


def dyads(events: Selection) -> Iterator[Dyad]:
    """Each pair of every event that CAMEO would count (it has a code); actors without recipient are pairs of each other
    where the type is mutual.
    """
    for event in events:
        if event.cameo is None:
            continue
        sources, targets = events.parties(event, "actor"), events.parties(event, "recipient")
        pairs: list[tuple[Party | None, Party | None]]
        if not targets and len(sources) > 1 and is_mutual(event):
            pairs = list(permutations(sources, 2))
        else:
            pairs = [(s, t) for s in sources or (None,) for t in targets or (None,)]
        for number, (source, target) in enumerate(pairs, 1):
            yield Dyad(event, number, source, target)


def is_mutual(event: Event) -> bool:
    """Whether actors without a recipient do it to one another: they talk, or fight (an ASSAULT of no special mode)."""
    return event.type in _MUTUAL or (event.type == "ASSAULT" and event.mode is None)


def code_of(party: Party | None) -> str:
    """An actor's code: country and first sector ("RUSMIL"), "---" for a country that nobody tells."""
    if party is None:
        return "---"
    first = party.sectors[0] if party.sectors else ""
    if party.country is None and first in _INTERNATIONAL:
        return _INTERNATIONAL[first]
    return (party.country or "---") + first


def quad_class(event: Event) -> str:
    """PETRARCH's quad class, "1" to "4"."""
    return _QUADS.get(event.quad or "", "")


def day_of(event: Event) -> dt.date | None:
    """The day, or the first of those on which it can have happened; None where that end is open."""
    return event.when[0] if event.when else None


def country_name(code: str | None) -> str | None:
    """The name of a country by its alpha-3 code."""
    return country_names().get(code, code) if code else None


@cache
def data(name: str) -> dict[str, Any]:
    """A data file of the profiles."""
    return tomllib.loads(resources.files("dateline.exports.profiles").joinpath(name).read_text(encoding="utf-8"))


def label_of(cameo: str) -> str:
    """What CAMEO calls a code."""
    return str(data("cameo.toml")["labels"].get(cameo, cameo))


def outlets(event: Event) -> list[str]:
    """The outlets that tell of an event, sorted; reports stand for themselves where they name none."""
    return sorted({t.source or t.report for t in event.tellings})
