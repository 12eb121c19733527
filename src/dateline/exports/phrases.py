"""An event in a line, for people: what, who to whom, where, and with which reserve."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.merging.event import Event

#: Names listed before "and N more".
_LISTED = 4
_RESERVES = {"future": "planned", "hypothetical": "possible", "negated": "denied or did not happen"}


def people(names: Iterable[str]) -> str:
    """Up to four names, then how many more; nothing for nobody."""
    found = list(names)
    more = f" and {len(found) - _LISTED} more" if len(found) > _LISTED else ""
    return ", ".join(found[:_LISTED]) + more


def what(event: Event) -> str:
    """Type and mode in plain letters: "assault (abduct)"."""
    return event.type.lower() + (f" ({event.mode})" if event.mode else "")


def who(event: Event) -> str:
    """ "Hamas → Alexander Troufanov"."""
    actor, recipient = people(a.name for a in event.actor), people(a.name for a in event.recipient)
    return f"{actor or '?'} → {recipient}" if recipient else actor


def headline(event: Event) -> str:
    """ "Assault (abduct): Hamas → Alexander Troufanov"."""
    sides = who(event)
    said = what(event)
    return (said[:1].upper() + said[1:]) + (f": {sides}" if sides else "")


def counts(event: Event) -> str:
    """ "11 abducted, 9 to 14 killed, 23 or more injured"."""
    told = []
    for name, (low, high) in sorted(event.counts.items()):
        number = f"{low} or more" if high is None else str(low) if low == high else f"{low} to {high}"
        told.append(f"{number} {name}")
    return ", ".join(told)


def reserve(event: Event) -> str:
    """What keeps an event from being plain fact: its status, whose word it is, on what reports differ; else nothing."""
    told = [_RESERVES[event.status]] if event.status in _RESERVES else []
    if event.said_by:
        told.append(f"by the word of {people(a.name for a in event.said_by)}")
    if event.disputes:
        told.append(f"reports differ on {', '.join(d.field for d in event.disputes)}")
    return "; ".join(told)
