"""Gold: what a careful reader takes from a report, in the form of `docs/formats.md`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec

from dateline.evaluation.lines import read_lines
from dateline.record import ActorKind, Status
from dateline.report import Report


class GoldActor(msgspec.Struct, frozen=True, kw_only=True):
    """Someone who takes part: the fullest name and every string of the text, pronouns aside, that denotes them."""

    name: str
    kind: ActorKind
    surface: tuple[str, ...]


class GoldEvent(msgspec.Struct, frozen=True, kw_only=True):
    """An event of the report; `actor`, `recipient` and `said_by` are keys of `GoldReport.actors`.

    `when` is a pair of ISO days, either end None where it is open.
    """

    id: str
    type: str
    mode: str | None = None
    anchors: tuple[tuple[int, int], ...]
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    when: tuple[str | None, str | None] | None = None
    where: tuple[str, ...] = ()
    status: Status
    said_by: str | None = None
    counts: dict[str, tuple[int | None, int | None]] = {}


class GoldQuote(msgspec.Struct, frozen=True, kw_only=True):
    """Direct speech: the span between the quotation marks and the key of who speaks."""

    span: tuple[int, int]
    speaker: str


class GoldRole(msgspec.Struct, frozen=True, kw_only=True):
    """Actor `person` is `role` of actor `of`."""

    person: str
    role: str
    of: str | None = None


class GoldKinship(msgspec.Struct, frozen=True, kw_only=True):
    """Actor `person` is the `relation` of actor `of`."""

    person: str
    relation: str
    of: str


class GoldReport(msgspec.Struct, frozen=True, kw_only=True):
    """A report with all that a careful reader found in it."""

    id: str
    published: dt.date | None = None
    source: str | None = None
    text: str
    actors: dict[str, GoldActor]
    events: tuple[GoldEvent, ...]
    quotes: tuple[GoldQuote, ...] = ()
    roles: tuple[GoldRole, ...] = ()
    kin: tuple[GoldKinship, ...] = ()

    def report(self) -> Report:
        """The report alone, as coding gets it."""
        return Report(
            id=self.id,
            text=self.text,
            published=self.published,
            published_from="field" if self.published else None,
            source=self.source,
        )


def read_gold(path: str | Path) -> tuple[GoldReport, ...]:
    """The gold reports of a file of JSON lines; raises InputError for the first line that is none."""
    return tuple(read_lines(path, GoldReport))
