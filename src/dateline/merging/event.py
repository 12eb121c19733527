"""An event: the accounts of one cluster, what they agree on, and where they differ."""

from __future__ import annotations

import datetime as dt

import msgspec

from dateline.record import Account, ActorKind, Context, Count, CountName, Interval, PloverType, Quad, Status


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """An identity as a book names it; `named` is false for a description that stays with its report."""

    id: str
    name: str
    kind: ActorKind
    named: bool = True


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """One account of an event with its report's particulars and its participants' identities.

    `key` is the account's own id, `words` the text of its first anchor, `sentence` the sentence of that anchor.
    """

    key: str
    report: str
    published: dt.date | None
    source: str | None
    title: str | None
    account: Account
    actor: tuple[Actor, ...] = ()
    recipient: tuple[Actor, ...] = ()
    said_by: Actor | None = None
    words: str = ""
    sentence: str = ""


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """One value of a disputed field and the reports that have it."""

    value: Interval | Count | tuple[str, ...] | str
    reports: tuple[str, ...]
    best: bool


class Dispute(msgspec.Struct, frozen=True, kw_only=True):
    """A field on which accounts differ; the best version first."""

    field: str
    versions: tuple[Version, ...]


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """What happened (or is planned, feared, denied), by all accounts of it.

    `words` are an account's own for the deed. `said_by` is empty as soon as one report tells it in its own voice.
    `voices` counts outlets; those that ran one text, almost word by word, count once. `because` has a reason for each
    field whose value was chosen among several. `cameo` and `intensity` are those of an account with the event's mode
    and status, `contexts` those of all accounts.
    """

    id: str
    type: PloverType
    mode: str | None
    actor: tuple[Actor, ...]
    recipient: tuple[Actor, ...]
    when: Interval | None
    where: tuple[str, ...]
    status: Status
    said_by: tuple[Actor, ...]
    counts: dict[CountName, Count]
    words: str
    voices: int
    disputes: tuple[Dispute, ...]
    because: dict[str, str]
    tellings: tuple[Telling, ...]
    quad: Quad | None = None
    cameo: str | None = None
    intensity: float | None = None
    contexts: tuple[Context, ...] = ()
