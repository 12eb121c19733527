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

from dateline.book import cases, intake, keep, queries, schema
from dateline.book.views import Case, Derivation, Joint, ReportView
from dateline.errors import BookError
from dateline.merging.event import Event
from dateline.record import CodedReport
from dateline.report import Report

#: Reports of a transaction, and the seconds after which a smaller one is closed.
BATCH, SECONDS = 200, 5.0


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """What `Book.add` did. `clashes` has a line for each report whose id the book knows with another text.

    `events` counts accounts that began an event of their own, `joined` those that told of one already there; both are
    net of events that the new accounts brought together.
    """

    reports: int = 0
    known: int = 0
    accounts: int = 0
    events: int = 0
    joined: int = 0
    clashes: tuple[str, ...] = ()


class Book:
    """Use `Book.open`, as a context manager; the queries return frozen records, sorted the same way each time."""

    def __init__(self, path: str | Path, connection: duckdb.DuckDBPyConnection) -> None:
        self.path = Path(path)
        self._connection = connection

    @classmethod
    def open(cls, path: str | Path, *, create: bool = True, read_only: bool = False) -> Book:
        """Open the book at `path`, making it if `create`.

        A book open for writing belongs to one process; `read_only` ones can be shared by readers. Raises BookError
        where there is no book (and none is to be made), where another process has it, and for a file of another kind
        or version.
        """
        where = Path(path)
        if not where.exists() and (read_only or not create):
            raise BookError(f"{path}: no book there; make one with: dateline code REPORTS --book {path}")
        if not where.parent.is_dir():
            raise BookError(f"{path}: no folder {where.parent}; make it first")
        try:
            connection = duckdb.connect(str(where), read_only=read_only)
        except duckdb.Error as error:
            raise BookError(_plainly(path, error)) from error
        try:
            connection.execute("SET TimeZone = 'UTC'")
            schema.prepare(connection, str(path), writable=not read_only)
        except BaseException:
            connection.close()
            raise
        return cls(path, connection)

    def close(self) -> None:
        """Close the file; safe to call again."""
        self._connection.close()

    def __enter__(self) -> Book:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def add(self, pairs: Iterable[tuple[Report, CodedReport]]) -> Added:
        """Take in reports with what was coded from them, a transaction for every 200 or every 5 seconds.

        A report that the book has (same id, same text) adds nothing; the same id with another text is left out and
        listed in `Added.clashes`. Where `pairs` itself fails, what came before is kept and the error goes on.
        """
        total = Added()
        batch: list[tuple[Report, CodedReport]] = []
        since = time.monotonic()
        try:
            for pair in pairs:
                batch.append(pair)
                if len(batch) >= BATCH or time.monotonic() - since > SECONDS:
                    ready, batch = batch, []
                    total = self._take(ready, total)
                    since = time.monotonic()
        finally:
            if batch:
                total = self._take(batch, total)
        return total

    def __contains__(self, report_id: str) -> bool:
        """Whether the book has a report of this id."""
        return bool(intake.known_digests(self._connection, {report_id}))

    def standing(self, report: Report) -> Literal["new", "known", "clash"]:
        """Whether the book lacks this report, has it, or has another text under its id."""
        mark = intake.known_digests(self._connection, {report.id}).get(report.id)
        return "new" if mark is None else "known" if mark == intake.digest(report) else "clash"

    def _take(self, batch: list[tuple[Report, CodedReport]], total: Added) -> Added:
        with self._transaction():
            known = intake.known_digests(self._connection, {report.id for report, _ in batch})
            fresh: list[tuple[Report, CodedReport]] = []
            clashes: list[str] = []
            again = 0
            for report, coded in batch:
                mark = intake.digest(report)
                if report.id not in known:
                    known[report.id] = mark
                    fresh.append((report, coded))
                elif known[report.id] == mark:
                    again += 1
                else:
                    clashes.append(
                        f"{report.id}: the book has another text under this id; give the report an id of its own"
                    )
            before = self._count("events")
            accounts = 0
            if fresh:
                nodes, sketches = intake.write(self._connection, fresh)
                keep.identify(self._connection, nodes)
                keep.rename(self._connection, {report.id for report, _ in fresh})
                keep.merge(self._connection, sketches)
                accounts = len(sketches)
            new = self._count("events") - before
        return Added(
            reports=total.reports + len(fresh),
            known=total.known + again,
            accounts=total.accounts + accounts,
            events=total.events + new,
            joined=total.joined + accounts - new,
            clashes=(*total.clashes, *clashes),
        )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def _count(self, table: str) -> int:
        row = self._connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        return int(row[0]) if row else 0

    def timeline(
        self,
        *,
        actor: str | None = None,
        type: str | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int | None = None,
    ) -> Iterator[Event]:
        """Events in order of `when`; see `dateline.book.queries.timeline`."""
        return queries.timeline(self._connection, actor=actor, type=type, since=since, until=until, limit=limit)

    def disputes(self) -> Iterator[Event]:
        """Events on which accounts differ, in order of `when`."""
        return queries.disputes(self._connection)

    def event(self, event_id: str) -> Event:
        """The event of this id, or the one that the account of this id now belongs to; a unique beginning will do."""
        return queries.event(self._connection, event_id)

    def report(self, report_id: str) -> ReportView:
        """A report with what was coded from it; raises BookError where the book has none of this id."""
        return queries.report(self._connection, report_id)

    def reports(self) -> Iterator[tuple[Report, CodedReport]]:
        """Every report with what was coded from it, by publication day and id."""
        return queries.reports(self._connection)

    def why(self, event_id: str, field: str | None = None) -> list[Derivation]:
        """Why an event's fields (or the one named) have their values, down to characters."""
        return queries.why(self._connection, event_id, field)

    def joints(self, event_id: str) -> list[Joint]:
        """Why the accounts of an event were taken for one, strongest link first."""
        return queries.joints(self._connection, event_id)

    def case(self, name: str) -> Case:
        """Everything the book knows of one person or body; raises BookError where the name fits none or several."""
        return cases.case(self._connection, name)


def _plainly(path: str | Path, error: duckdb.Error) -> str:
    said = str(error)
    if "lock" in said:
        return f"{path}: another process has this book open; wait until it is done or close it"
    if "not a valid DuckDB" in said:
        return f"{path}: not a book; name another file"
    return f"{path}: can't be opened: {said.splitlines()[0]}"
