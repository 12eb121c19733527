"""GeoJSON (RFC 7946): a feature an event, at the most precise of its places.

An event of which only the country is known, or no place at all, has no geometry: a country is no point. `precision`
says what the coordinates are those of.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, BinaryIO

from dateline.exports import BookExport
from dateline.exports.columns import edtf
from dateline.exports.phrases import headline
from dateline.exports.selection import Selection

if TYPE_CHECKING:
    from dateline.merging.event import Event


class GeoJson(BookExport):
    """A feature collection, a feature a line; longitude stands before latitude, in degrees (WGS 84)."""

    about = "a feature an event, at its most precise place; none where only the country is known"
    suffix = ".geojson"

    def events(self, events: Selection, out: BinaryIO) -> None:
        """Write the collection."""
        out.write(b'{"type": "FeatureCollection", "features": [')
        before = b"\n"
        for event in events:
            out.write(before + json.dumps(_feature(events, event), ensure_ascii=False).encode())
            before = b",\n"
        out.write(b"\n]}\n")


def _feature(events: Selection, event: Event) -> dict[str, Any]:
    spot = events.place(event)
    point = spot is not None and spot.precision != "country"
    days = event.when or (None, None)
    properties: dict[str, Any] = {
        "title": headline(event),
        "type": event.type,
        "mode": event.mode,
        "status": event.status,
        "actor": [a.name for a in event.actor],
        "recipient": [a.name for a in event.recipient],
        "earliest": str(days[0]) if days[0] else None,
        "latest": str(days[1]) if days[1] else None,
        "edtf": edtf(event.when) or None,
        "where": list(event.where),
        "place": spot.name if spot else None,
        "precision": spot.precision if spot else None,
        "country": spot.country if spot else None,
        "said_by": [a.name for a in event.said_by],
        "counts": {name: [count.low, count.high] for name, count in sorted(event.counts.items())},
        "words": event.words,
        "voices": event.voices,
        "disputed": [d.field for d in event.disputes],
        "reports": sorted({t.report for t in event.tellings}),
    }
    geometry = {"type": "Point", "coordinates": [spot.lon, spot.lat]} if spot and point else None
    return {"type": "Feature", "id": event.id, "geometry": geometry, "properties": properties}
