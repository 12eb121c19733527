"""Dates that facts about events give together: intervals, durations between events, orderings.

`propagate` takes facts about named events and gives for each event the tightest interval of days that all of them
support, with a derivation in words, or the facts that contradict each other. "In February", "after 498 days in
captivity" and "kidnapped on Oct. 7, 2023" meet here.

Every fact is a bound on a difference of two days: an event's day minus another's, or minus a fixed origin. The
tightest bounds are shortest paths (Bellman-Ford from the origin, forwards for the latest days and backwards for the
earliest), and a contradiction is a cycle of negative length. Adding a fact adds edges, so it can only tighten.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec

from dateline.record import Interval

_ORIGIN = ""


class Within(msgspec.Struct, frozen=True, tag=True):
    """The event lies in the interval (inclusive; None is an open end)."""

    event: str
    interval: Interval
    because: str


class Gap(msgspec.Struct, frozen=True, tag=True):
    """`later` is `days` after `earlier`, give or take `slack` days."""

    earlier: str
    later: str
    days: int
    because: str
    slack: int = 0


class Order(msgspec.Struct, frozen=True, tag=True):
    """`first` is before `second`; on the same day at the latest, or at least `apart` days before."""

    first: str
    second: str
    because: str
    apart: int = 0


class Past(msgspec.Struct, frozen=True, tag=True):
    """The event was over by the day it was told: publication is its latest day."""

    event: str
    published: dt.date
    because: str


Fact = Within | Gap | Order | Past


class Dated(msgspec.Struct, frozen=True):
    """An event's tightest interval, and in words how each end was reached ("" for an open one)."""

    interval: Interval
    why_earliest: str
    why_latest: str

    @property
    def why(self) -> str:
        """The derivation of both ends in one line."""
        parts = []
        if self.why_earliest:
            parts.append(f"not before {self.interval.earliest}: {self.why_earliest}")
        if self.why_latest:
            parts.append(f"not after {self.interval.latest}: {self.why_latest}")
        return "; ".join(parts)


class Contradiction(msgspec.Struct, frozen=True):
    """Facts that can't all hold, in the order in which they clash."""

    facts: tuple[Fact, ...]

    @property
    def why(self) -> str:
        """The facts in words."""
        return " against ".join(fact.because for fact in self.facts)


class _Edge(msgspec.Struct, frozen=True):
    """day(`head`) - day(`tail`) <= `bound`."""

    tail: str
    head: str
    bound: int
    fact: Fact


def _edges(facts: Iterable[Fact]) -> list[_Edge]:
    edges: list[_Edge] = []
    for fact in facts:
        if isinstance(fact, Within):
            if fact.interval.latest is not None:
                edges.append(_Edge(_ORIGIN, fact.event, fact.interval.latest.toordinal(), fact))
            if fact.interval.earliest is not None:
                edges.append(_Edge(fact.event, _ORIGIN, -fact.interval.earliest.toordinal(), fact))
        elif isinstance(fact, Past):
            edges.append(_Edge(_ORIGIN, fact.event, fact.published.toordinal(), fact))
        elif isinstance(fact, Gap):
            edges.append(_Edge(fact.earlier, fact.later, fact.days + fact.slack, fact))
            edges.append(_Edge(fact.later, fact.earlier, fact.slack - fact.days, fact))
        else:
            edges.append(_Edge(fact.second, fact.first, -fact.apart, fact))
    return edges


def _names(fact: Fact) -> tuple[str, ...]:
    if isinstance(fact, Gap):
        return fact.earlier, fact.later
    return (fact.first, fact.second) if isinstance(fact, Order) else (fact.event,)


def _cycle(via: dict[str, _Edge], start: str, size: int) -> tuple[Fact, ...]:
    """The facts on the cycle that `start` leads back to."""
    node = start
    for _ in range(size):
        node = via[node].tail
    facts: list[Fact] = []
    first = node
    while True:
        edge = via[node]
        if edge.fact not in facts:
            facts.append(edge.fact)
        node = edge.tail
        if node == first:
            return tuple(reversed(facts))


def _shortest(
    edges: list[_Edge], nodes: list[str], source: str | None
) -> tuple[dict[str, int], dict[str, _Edge]] | Contradiction:
    """Least distances from `source` (from everywhere, if None: then only contradictions are sought)."""
    distance = dict.fromkeys(nodes, 0) if source is None else {source: 0}
    via: dict[str, _Edge] = {}
    changed: str | None = None
    for _ in range(len(nodes)):
        changed = None
        for edge in edges:
            if edge.tail not in distance:
                continue
            reach = distance[edge.tail] + edge.bound
            if edge.head not in distance or reach < distance[edge.head]:
                distance[edge.head], via[edge.head], changed = reach, edge, edge.head
        if changed is None:
            return distance, via
    assert changed is not None
    return Contradiction(_cycle(via, changed, len(nodes)))


def _path(via: dict[str, _Edge], node: str) -> list[str]:
    words: list[str] = []
    while node in via:
        edge = via[node]
        if edge.fact.because not in words:
            words.append(edge.fact.because)
        node = edge.tail
    return list(reversed(words))


def _day(ordinal: int | None) -> dt.date | None:
    return dt.date.fromordinal(ordinal) if ordinal is not None and 1 <= ordinal <= dt.date.max.toordinal() else None


def propagate(facts: Iterable[Fact]) -> dict[str, Dated] | Contradiction:
    """Each event's tightest interval under all facts, or a contradiction.

    Ends that nothing bounds (or only days outside the calendar) are open. The result depends on the facts' order only
    in which of several equally tight derivations is told.
    """
    facts = list(facts)
    edges = _edges(facts)
    names = sorted({name for fact in facts for name in _names(fact)})
    nodes = [_ORIGIN, *names]
    clash = _shortest(edges, nodes, None)
    if isinstance(clash, Contradiction):
        return clash
    backwards = [_Edge(edge.head, edge.tail, edge.bound, edge.fact) for edge in edges]
    upper = _shortest(edges, nodes, _ORIGIN)
    lower = _shortest(backwards, nodes, _ORIGIN)
    assert not isinstance(upper, Contradiction)
    assert not isinstance(lower, Contradiction)
    result: dict[str, Dated] = {}
    for name in names:
        latest = _day(upper[0].get(name))
        far = lower[0].get(name)
        earliest = _day(-far) if far is not None else None
        result[name] = Dated(
            Interval(earliest, latest),
            "; ".join(_path(lower[1], name)) if earliest else "",
            "; ".join(_path(upper[1], name)) if latest else "",
        )
    return result
