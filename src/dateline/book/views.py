"""What a book answers with: frozen records, beside `dateline.merging.event.Event`."""

from __future__ import annotations

import msgspec

from dateline.merging.event import Actor, Event
from dateline.record import CodedReport, Span
from dateline.report import Report


class Coding(msgspec.Struct, frozen=True, kw_only=True):
    """What coded a report: dateline's version, the language model, the codebook (a hash of its files); None where a
    book does not know. `ordinal` counts the codings of a report from 1."""

    ordinal: int = 1
    version: str | None = None
    model: str | None = None
    codebook: str | None = None


class ReportView(msgspec.Struct, frozen=True, kw_only=True):
    """A report as it came in, what was coded from it, and the event that each of its accounts belongs to (by id).

    `accounts` has the key of each account in the book, `standings` what a review made of it (accepted, corrected),
    `codings` every time the report was coded, the latest last.
    """

    report: Report
    coded: CodedReport
    events: dict[str, str]
    accounts: dict[str, str] = {}
    standings: dict[str, str] = {}
    codings: tuple[Coding, ...] = ()


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """Characters of a report that a value rests on: `quoted`, with what stands `before` and `after` it."""

    report: str
    span: Span
    before: str
    quoted: str
    after: str


class Earlier(msgspec.Struct, frozen=True, kw_only=True):
    """What an earlier coding, or the coding before a review (`reviewed`), had of a field."""

    coding: Coding
    value: str | None
    reviewed: bool = False


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """What one account says of a field: its value as text, how it was reached, and on which passages it rests.

    `coding` is what coded it, `earlier` has the values of other codings, `standing` what a review made of the account.
    """

    account: str
    report: str
    value: str | None
    because: str | None
    passages: tuple[Passage, ...]
    coding: Coding | None = None
    earlier: tuple[Earlier, ...] = ()
    standing: str | None = None


class Derivation(msgspec.Struct, frozen=True, kw_only=True):
    """Why a field of an event has its value: what each account says of it, and how one was chosen."""

    event: str
    field: str
    value: str | None
    because: str | None
    grounds: tuple[Ground, ...]


class Joint(msgspec.Struct, frozen=True, kw_only=True):
    """Why two accounts were taken for one event: the weighed features, each as (name, weight, what it saw)."""

    a: str
    b: str
    weight: float
    features: tuple[tuple[str, float, str], ...]


class Office(msgspec.Struct, frozen=True, kw_only=True):
    """A role of a person, of whom, and the reports that say so with their first and last publication day."""

    role: str
    of: str | None
    reports: tuple[str, ...]
    first: str | None
    last: str | None


class Relation(msgspec.Struct, frozen=True, kw_only=True):
    """`person` is the `relation` of `of`, by these reports."""

    person: str
    relation: str
    of: str
    reports: tuple[str, ...]


class Saying(msgspec.Struct, frozen=True, kw_only=True):
    """Direct speech: the words, and where they stand."""

    report: str
    published: str | None
    span: Span
    text: str


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """An event of a case and what the person is in it: actor, recipient, said_by."""

    parts: tuple[str, ...]
    event: Event


class Spell(msgspec.Struct, frozen=True, kw_only=True):
    """One captivity: the events that began and ended it (ids, None where untold) and its length.

    `days` is `(least, most)`, both the first and the last day counted, None where an end is open.
    """

    taken: str | None
    freed: str | None
    days: tuple[int | None, int | None]


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a book knows of one person or body; `names` are those it goes by, `events` are in order.

    `because` says why actors of different reports were taken for this one, `parts` which those are: (id, name).
    """

    actor: Actor
    names: tuple[str, ...]
    because: tuple[str, ...]
    parts: tuple[tuple[str, str], ...]
    offices: tuple[Office, ...]
    kin: tuple[Relation, ...]
    events: tuple[Part, ...]
    quotes: tuple[Saying, ...]
    spells: tuple[Spell, ...]
