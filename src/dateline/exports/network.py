"""The network of a selection: who did something to whom, node by node and edge by edge, with days."""

from __future__ import annotations

import datetime as dt
from itertools import combinations
from typing import TYPE_CHECKING

import msgspec

from dateline.exports.selection import Selection

if TYPE_CHECKING:
    from dateline.merging.event import Event


class NetNode(msgspec.Struct, kw_only=True):
    """Someone who takes part: `start` and `end` are the first and the last day of what they take part in."""

    id: str
    name: str
    kind: str
    country: str | None = None
    sectors: str = ""
    events: int = 0
    start: dt.date | None = None
    end: dt.date | None = None


class NetEdge(msgspec.Struct, frozen=True, kw_only=True):
    """What one did to another in one event, or with another (`mutual`): days are those of the event."""

    id: str
    source: str
    target: str
    mutual: bool
    event: Event

    @property
    def start(self) -> dt.date | None:
        """The first day on which it can have happened; None is open."""
        return self.event.when[0] if self.event.when else None

    @property
    def end(self) -> dt.date | None:
        """The last day on which it can have happened; None is open."""
        return self.event.when[1] if self.event.when else None


#: What both network formats say of an edge: name, what it holds, and the value.
EDGE_VALUES = (
    "mutual",
    "type",
    "mode",
    "status",
    "quad",
    "intensity",
    "words",
    "where",
    "said_by",
    "voices",
    "reports",
    "event",
)


def edge_values(edge: NetEdge) -> dict[str, str | int | float | None]:
    """The values of `EDGE_VALUES`."""
    e = edge.event
    return {
        "mutual": str(edge.mutual).lower(),
        "type": e.type,
        "mode": e.mode,
        "status": e.status,
        "quad": e.quad,
        "intensity": e.intensity,
        "words": " ".join(e.words.split()),
        "where": "; ".join(e.where) or None,
        "said_by": "; ".join(a.name for a in e.said_by) or None,
        "voices": e.voices,
        "reports": "; ".join(sorted({t.report for t in e.tellings})),
        "event": e.id,
    }


def network(events: Selection) -> tuple[list[NetNode], list[NetEdge]]:
    """Nodes by id, edges in order of their events: from each actor to each recipient, else among the actors."""
    nodes: dict[str, NetNode] = {}
    edges: list[NetEdge] = []
    for event in events:
        sides = [events.parties(event, field) for field in ("actor", "recipient")]
        for party in {p.actor.id: p for side in sides for p in side}.values():
            actor = party.actor
            node = nodes.setdefault(actor.id, NetNode(id=actor.id, name=actor.name, kind=actor.kind))
            node.country = node.country or party.country
            node.sectors = node.sectors or " ".join(party.sectors)
            node.events += 1
            days = [day for day in event.when or () if day]
            node.start = min([*days, *([node.start] if node.start else [])], default=None)
            node.end = max([*days, *([node.end] if node.end else [])], default=None)
        actors, recipients = ([p.actor.id for p in side] for side in sides)
        pairs = [(a, r) for a in actors for r in recipients] or list(combinations(actors, 2))
        edges += [
            NetEdge(id=f"{event.id}-{n}", source=a, target=b, mutual=not recipients, event=event)
            for n, (a, b) in enumerate(pairs, 1)
        ]
    return [nodes[i] for i in sorted(nodes)], edges


def label(edge: NetEdge) -> str:
    """Type and mode of an edge."""
    return f"{edge.event.type}·{edge.event.mode}" if edge.event.mode else edge.event.type
