"""The cells of dateline's own columns in a profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.exports.columns import Cell

if TYPE_CHECKING:
    from dateline.merging.event import Event


def own(event: Event) -> list[Cell]:
    """The cells of `profile.OWN`."""
    days = event.when or (None, None)
    return [event.id, event.status, *days, [a.name for a in event.said_by], [d.field for d in event.disputes]]
