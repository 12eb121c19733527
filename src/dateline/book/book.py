"""A book: one DuckDB file of reports, what they tell, and what merging made of it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Literal

import duckdb
import msgspec

from dateline import __version__, codebook
from dateline.book import cases, intake, queries, rebuild
from dateline.book.filters import Asked
from dateline.book.hold import BATCH_PATIENCE, PATIENCE, hold
from dateline.book.reviews import Reviews
from dateline.book.search import Found, search
from dateline.book.views import Case, Coding, Derivation, Joint, ReportView
from dateline.book.why import why
from dateline.errors import BookError
from dateline.merging.event import Event
from dateline.record import CodedReport
from dateline.report import Report

#: Reports of a transaction, and the seconds after which a smaller one is closed.
BATCH, SECONDS = 200, 5.0


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """What `Book.add` did. `again` counts reports that were known and coded anew, `clashes` has a line for each report
    whose id the book knows with another text.

    `events` counts accounts that began an event of their own, `joined` those that told of one already there; both are
    net of events that the new accounts brought together.
    """

    reports: int = 0
    known: int = 0
    again: int = 0
    accounts: int = 0
    events: int = 0
    joined: int = 0
    clashes: tuple[str, ...] = ()


class Book:
    """Use `Book.open`, as a context manager; the queries return frozen records, sorted the same way each time."""

    def __init__(self, path: str | Path, connection: duckdb.DuckDBPyConnection, *, read_only: bool = False) -> None:
        self.path = Path(path)
        self._read_only = read_only
        self._held: duckdb.DuckDBPyConnection | None = connection
        self._digests: dict[str, str] | None = None
        self._within = False

    @classmethod
    def open(
        cls, path: str | Path, *, create: bool = True, read_only: bool = False, patience: float = PATIENCE
    ) -> Book:
        """Open the book at `path`, making it if `create`.

        A book open for writing keeps others out, `read_only` ones keep writers out, both until they are closed; who
        comes waits up to `patience` seconds. `add` gives the file up between batches. Raises BookError where there is
        no book (and none is to be made), where the wait was in vain, and for a file of another kind or version.
        """
        where = Path(path)
        if not where.exists() and (read_only or not create):
            raise BookError(f"{path}: no book there; make one with: dateline code REPORTS --book {path}")
        if not where.parent.is_dir():
            raise BookError(f"{path}: no folder {where.parent}; make it first")
        return cls(path, hold(where, read_only=read_only, patience=patience), read_only=read_only)

    @property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        if self._held is None:
            raise BookError(f"{self.path}: this book is closed, or adding to it is under way; open it again to ask")
        return self._held

    def _let_go(self) -> None:
        if self._held is not None:
            self._held.close()
            self._held = None

    def close(self) -> None:
        """Close the file; safe to call again."""
        self._let_go()

    def __enter__(self) -> Book:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def add(
        self, pairs: Iterable[tuple[Report, CodedReport]], *, again: bool = False, model: str | None = None
    ) -> Added:
        """Take in reports with what was coded from them, a transaction for every 200 or every 5 seconds.

        A report that the book has (same id, same text) adds nothing; with `again`, its coding takes the place of the
        one before, which is kept. The same id with another text is left out and listed in `Added.clashes`. `model`
        names what read the reports. Where `pairs` itself fails, what came before is kept and the error goes on.

        Between batches, while `pairs` works, the file is free for others; queries of this Book must wait until the end.
        """
        total = Added()
        batch: list[tuple[Report, CodedReport]] = []
        by = Coding(version=__version__, model=model, codebook=codebook.digest())
        self._digests = intake.all_digests(self._connection)
        self._let_go()
        since = time.monotonic()
        try:
            for pair in pairs:
                batch.append(pair)
                if len(batch) >= BATCH or time.monotonic() - since > SECONDS:
                    ready, batch = batch, []
                    total = self._take(ready, total, by, again)
                    since = time.monotonic()
        finally:
            try:
                if batch:
                    total = self._take(batch, total, by, again)
            finally:
                self._digests = None
                self._held = hold(self.path, read_only=False, patience=BATCH_PATIENCE)
        return total

    def __contains__(self, report_id: str) -> bool:
        """Whether the book has a report of this id."""
        return report_id in self._known({report_id})

    def standing(self, report: Report) -> Literal["new", "known", "clash"]:
        """Whether the book lacks this report, has it, or has another text under its id; can be asked during `add`."""
        mark = self._known({report.id}).get(report.id)
        return "new" if mark is None else "known" if mark == intake.digest(report) else "clash"

    def _known(self, ids: set[str]) -> dict[str, str]:
        if self._digests is not None:
            return {i: self._digests[i] for i in ids if i in self._digests}
        return intake.known_digests(self._connection, ids)

    def _take(self, batch: list[tuple[Report, CodedReport]], total: Added, by: Coding, again: bool) -> Added:
        self._held = hold(self.path, read_only=False, patience=BATCH_PATIENCE)
        try:
            return self._take_held(batch, total, by, again)
        finally:
            self._let_go()

    def _take_held(self, batch: list[tuple[Report, CodedReport]], total: Added, by: Coding, again: bool) -> Added:
        with self.transaction():
            known = intake.known_digests(self._connection, {report.id for report, _ in batch})
            had = set(known)
            fresh: dict[str, tuple[Report, CodedReport]] = {}
            anew: dict[str, tuple[Report, CodedReport]] = {}
            clashes: list[str] = []
            repeated = 0
            for report, coded in batch:
                mark = intake.digest(report)
                if report.id not in known:
                    known[report.id] = mark
                    fresh[report.id] = (report, coded)
                elif known[report.id] != mark:
                    clashes.append(
                        f"{report.id}: the book has another text under this id; give the report an id of its own"
                    )
                elif again and report.id in had:
                    anew[report.id] = (report, coded)
                else:
                    repeated += 1
            before = self._count("events")
            accounts = rebuild.take_in(self._connection, list(fresh.values()), by) if fresh else 0
            new = self._count("events") - before
            if anew:
                rebuild.code_again(self._connection, list(anew.values()), by)
        if self._digests is not None:
            self._digests |= known
        return Added(
            reports=total.reports + len(fresh),
            known=total.known + repeated,
            again=total.again + len(anew),
            accounts=total.accounts + accounts,
            events=total.events + new,
            joined=total.joined + accounts - new,
            clashes=(*total.clashes, *clashes),
        )

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The connection, for queries of one's own; see docs/book.md for the tables."""
        return self._connection

    @property
    def review(self) -> Reviews:
        """Accepting, correcting, rejecting, merging, splitting, and the log of it."""
        return Reviews(self)

    @contextmanager
    def transaction(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A transaction that is kept whole if nothing fails, and not at all if something does; one within another is
        part of it."""
        if self._read_only:
            raise BookError(f"{self.path}: open for reading only")
        if self._within:
            yield self._connection
            return
        self._within = True
        self._connection.execute("BEGIN")
        try:
            yield self._connection
            self._connection.execute("COMMIT")
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        finally:
            self._within = False

    def _count(self, table: str) -> int:
        row = self._connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        return int(row[0]) if row else 0

    def timeline(
        self,
        *,
        actor: str | None = None,
        between: tuple[str, str] | None = None,
        place: str | None = None,
        type: str | None = None,
        status: str | None = None,
        context: str | None = None,
        sector: str | None = None,
        country: str | None = None,
        outlet: str | None = None,
        search: str | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int | None = None,
        top: int | None = None,
    ) -> Iterator[Event]:
        """Events in order of `when` that fit everything asked for; see `dateline.book.filters`."""
        asked = Asked(
            actor=actor,
            between=between,
            place=place,
            type=type,
            status=status,
            context=context,
            sector=sector,
            country=country,
            outlet=outlet,
            search=search,
            since=since,
            until=until,
            limit=limit,
            top=top,
        )
        return queries.timeline(self._connection, asked)

    def search(self, words: str, *, limit: int | None = None) -> list[Found]:
        """Reports that have these words, best first; see `dateline.book.search`."""
        return search(self._connection, words, limit=limit)

    def disputes(self) -> Iterator[Event]:
        """Events on which accounts differ, in order of `when`."""
        return queries.disputes(self._connection)

    def event(self, event_id: str) -> Event:
        """The event of this id, or the one that the account of this id now belongs to; a unique beginning will do."""
        return queries.event(self._connection, event_id)

    def report(self, report_id: str) -> ReportView:
        """A report with what was coded from it; raises BookError where the book has none of this id."""
        return queries.report(self._connection, report_id)

    def importance(self, event_id: str) -> float:
        """What `top` goes by; see `dateline.book.backfill.weigh`."""
        return queries.importance(self._connection, event_id)

    def to_code_again(self, model: str | None) -> Iterator[Report]:
        """The reports whose latest coding is of another version, model or codebook than this dateline's now.

        Which they are is settled when this is called; their texts come as they are asked for, during `add`, too.
        """
        by = Coding(version=__version__, model=model, codebook=codebook.digest())
        return self._texts(rebuild.outdated(self._connection, by))

    def _texts(self, ids: list[str]) -> Iterator[Report]:
        for start in range(0, len(ids), BATCH):
            connection = self._held or hold(self.path, read_only=True, patience=BATCH_PATIENCE)
            try:
                found = rebuild.texts(connection, ids[start : start + BATCH])
            finally:
                if connection is not self._held:
                    connection.close()
            yield from found

    def reports(self) -> Iterator[tuple[Report, CodedReport]]:
        """Every report with what was coded from it, by publication day and id."""
        return queries.reports(self._connection)

    def why(self, event_id: str, field: str | None = None) -> list[Derivation]:
        """Why an event's fields (or the one named) have their values, down to characters."""
        return why(self._connection, event_id, field)

    def joints(self, event_id: str) -> list[Joint]:
        """Why the accounts of an event were taken for one, strongest link first."""
        return queries.joints(self._connection, event_id)

    def case(self, name: str) -> Case:
        """Everything the book knows of one person or body; raises BookError where the name fits none or several."""
        return cases.case(self._connection, name)
