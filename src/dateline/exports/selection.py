"""The events of a book that are to be written, with what exports ask beside them: reports, sides, places, days.

A `Selection` is given an open book, a query, and a function that knows where places lie; it keeps the last few hundred
reports in memory, never all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from dateline import codebook
from dateline.record import ActorRecord, CodedReport, Span
from dateline.report import Report

if TYPE_CHECKING:
    from dateline.book import Book, Case
    from dateline.book.views import Coding
    from dateline.merging.event import Actor, Event, Telling

#: Reports that are kept in memory.
_KEPT = 512
#: The most telling kind of place first.
PRECISIONS = ("point", "city", "region", "country")


class Named(NamedTuple):
    """A place that a report names: characters `[start, end)` of its text."""

    start: int
    end: int
    name: str


class Spot(msgspec.Struct, frozen=True, kw_only=True):
    """Where a place lies, in degrees (WGS 84), and how precise that is: point, city, region or country.

    `asked` is the report's own name for it, `name` the list's, `within` the regions that hold it.
    """

    asked: str
    name: str
    precision: str
    country: str | None
    lat: float
    lon: float
    within: tuple[str, ...] = ()


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """A participant of an event with its country (alpha-3) and sectors by the event's own reports.

    Where they tell no country of somebody named, it is the one that a table of office holders has; `names` are what the
    reports call the participant.
    """

    actor: Actor
    country: str | None
    sectors: tuple[str, ...]
    names: tuple[str, ...]
    roles: tuple[str, ...]


#: From a text and the places that it names to where they lie, in their order.
Locator = Callable[[str, Sequence[Named]], Sequence["Spot | None"]]


class Selection:
    """The events of `book` that the query finds, in order of when they happened; iterate over it as often as needed.

    `actor`, `type`, `since` and `until` are those of `Book.timeline`. Without `locate` no place has coordinates.
    """

    def __init__(
        self,
        book: Book,
        *,
        actor: str | None = None,
        type: str | None = None,
        since: str | None = None,
        until: str | None = None,
        locate: Locator | None = None,
    ) -> None:
        self.book = book
        self.actor = actor
        self._query = {"actor": actor, "type": type, "since": since, "until": until}
        self._locate = locate
        self._view = lru_cache(maxsize=_KEPT)(book.report)
        self._spots = lru_cache(maxsize=_KEPT)(self._spots_of)

    def __iter__(self) -> Iterator[Event]:
        return self.book.timeline(**self._query)  # type: ignore[arg-type]

    @property
    def query(self) -> dict[str, str]:
        """What was asked for: the parts of the query that were given."""
        return {name: value for name, value in self._query.items() if value is not None}

    def case(self) -> Case | None:
        """The case of the query's actor, if there is one."""
        return self.book.case(self.actor) if self.actor else None

    def report(self, report_id: str) -> Report:
        """A report of the book."""
        return self._view(report_id).report

    def coded(self, report_id: str) -> CodedReport:
        """What was coded of a report."""
        return self._view(report_id).coded

    def coding(self, report_id: str) -> Coding | None:
        """What coded a report last, as far as the book knows."""
        return next(reversed(self._view(report_id).codings), None)

    def reviewed(self, report_id: str) -> int:
        """How many accounts of a report somebody has accepted or corrected."""
        return len(self._view(report_id).standings)

    def parties(self, event: Event, field: str) -> tuple[Party, ...]:
        """The participants of an event's `actor` or `recipient`, in its order."""
        side: tuple[Actor, ...] = getattr(event, field)
        records: dict[str, list[tuple[str, ActorRecord | None, tuple[str, ...]]]] = {a.id: [] for a in side}
        for telling in event.tellings:
            coded = self.coded(telling.report)
            for actor, name in _names(telling, field):
                if actor.id in records:
                    roles = tuple(r.role for r in coded.roles if r.person == name)
                    records[actor.id].append((name, coded.actors.get(name), roles))
        return tuple(_party(a, records[a.id]) for a in side)

    def places(self, event: Event) -> tuple[Spot, ...]:
        """Where the places of an event lie, the most precise first; those that no list knows are left out."""
        found: dict[str, Spot] = {}
        for name in event.where:
            for telling in event.tellings:
                spot = self._spots(telling.report).get(name) if name in telling.account.where else None
                if spot is not None:
                    found.setdefault(name, spot)
        return tuple(sorted(found.values(), key=lambda s: PRECISIONS.index(s.precision)))

    def place(self, event: Event) -> Spot | None:
        """The most precise of an event's places."""
        return next(iter(self.places(event)), None)

    def _spots_of(self, report_id: str) -> dict[str, Spot]:
        if self._locate is None:
            return {}
        text, coded = self.report(report_id).text, self.coded(report_id)
        named: dict[str, Named] = {}
        for account in coded.events:
            for name in account.where:
                if name not in named:
                    start = _start(text, name, account.evidence.get("where", ()))
                    named[name] = Named(start, start + len(name), name)
        places = sorted(named.values())
        spots = self._locate(text, places) if places else ()
        return {place.name: spot for place, spot in zip(places, spots, strict=True) if spot is not None}


def _start(text: str, name: str, spans: Sequence[Span]) -> int:
    """Where a text names a place: in the evidence if it stands there."""
    return next((s.start for s in spans if text[s.start : s.end] == name), max(0, text.find(name)))


def _names(telling: Telling, field: str) -> list[tuple[Actor, str]]:
    """The identities of a side with the names that the report has for them.

    Names that share an identity leave fewer identities than names; then only what is called the same is told apart.
    """
    names: tuple[str, ...] = getattr(telling.account, field)
    actors: tuple[Actor, ...] = getattr(telling, field)
    if len(names) == len(actors):
        return list(zip(actors, names, strict=True))
    if len(actors) == 1:
        return [(actors[0], name) for name in names]
    return [(actor, name) for actor in actors for name in names if actor.name == name]


def _party(actor: Actor, told: list[tuple[str, ActorRecord | None, tuple[str, ...]]]) -> Party:
    countries = Counter(record.country for _, record, _ in told if record and record.country)
    known = Counter(k.country for _, record, _ in told if record and actor.named for k in record.known)
    own = country_codes().get(actor.name) if actor.kind == "country" else None
    country = _most(countries) or own or _most(known)
    sectors: Counter[tuple[str, ...]] = Counter(record.sectors for _, record, _ in told if record and record.sectors)
    return Party(
        actor=actor,
        country=country,
        sectors=min(sectors, key=lambda s: (-sectors[s], s)) if sectors else (),
        names=tuple(sorted({name for name, _, _ in told})),
        roles=tuple(sorted({role for _, _, roles in told for role in roles})),
    )


def _most(found: Counter[str | None] | Counter[str]) -> str | None:
    """What most have; the first in the alphabet of several."""
    return min((c for c in found if c), key=lambda c: (-found[c], c), default=None)


@cache
def country_names() -> dict[str, str]:
    """The name of each country by its alpha-3 code, from the codebook."""
    return {code: str(entry["name"]) for code, entry in codebook.load("countries.toml")["countries"].items()}


@cache
def country_codes() -> dict[str, str]:
    """The alpha-3 code of each country by the codebook's name for it."""
    return {name: code for code, name in country_names().items()}
