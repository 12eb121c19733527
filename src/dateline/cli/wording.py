"""Events in few words, the same in every command."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.book.days import show
from dateline.book.queries import show_count
from dateline.merging.event import Actor, Event, Version
from dateline.record import Account, Count, CountName, Interval

#: Names listed before "and N more".
LISTED = 4


def what(type_: str, mode: str | None) -> str:
    """ "ASSAULT·abduct"."""
    return f"{type_}·{mode}" if mode else type_


def people(names: Iterable[str]) -> str:
    """Up to four names, then how many more; a dash for nobody."""
    found = list(names)
    more = f" and {len(found) - LISTED} more" if len(found) > LISTED else ""
    return ", ".join(found[:LISTED]) + more if found else "–"


def named(actors: Iterable[Actor]) -> str:
    """The names of identities."""
    return people(a.name for a in actors)


def who(event: Event) -> str:
    """ "Hamas → Alexander Troufanov"; without an arrow where there is no recipient."""
    return f"{named(event.actor)} → {named(event.recipient)}" if event.recipient else named(event.actor)


def counts(told: dict[CountName, Count]) -> str:
    """ "11 abducted, 20 participants"."""
    return ", ".join(f"{show_count(count)} {name}" for name, count in sorted(told.items()))


def codes(told: Account | Event) -> dict[str, str]:
    """Quad, CAMEO code with its intensity, and contexts, those that there are."""
    intensity = f" ({told.intensity:+.1f})" if told.intensity is not None else ""
    found = {
        "quad": told.quad or "",
        "cameo": f"{told.cameo}{intensity}" if told.cameo else "",
        "contexts": ", ".join(told.contexts),
    }
    return {name: cell for name, cell in found.items() if cell}


def status(event: Event) -> str:
    """The status where it is not actual, with "disputed" where accounts differ."""
    found = [] if event.status == "actual" else [event.status]
    return ", ".join([*found, *(["disputed"] if event.disputes else [])])


def value(version: Version) -> str:
    """A value of a disputed field in words."""
    told = version.value
    if isinstance(told, Interval):
        return show(told)
    if isinstance(told, Count):
        return show_count(told)
    return told if isinstance(told, str) else people(told)


def row(event: Event) -> list[str]:
    """The columns of a timeline: when, what, in which words, who → whom, where, status, said by, voices, id."""
    return [
        show(event.when),
        what(event.type, event.mode),
        " ".join(event.words.split()),
        who(event),
        people(event.where) if event.where else "",
        status(event),
        named(event.said_by) if event.said_by else "",
        str(event.voices),
        event.id,
    ]


HEADS = ["when", "what", "words", "who → whom", "where", "status", "word of", "voices", "id"]
