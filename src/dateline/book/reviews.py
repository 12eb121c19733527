"""Reviewing: what people accept, correct, reject, merge and split in a book; each an entry that can be undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

import duckdb
import msgspec

from dateline.book import entries, golds, keep, queries, rebuild
from dateline.book.corrections import check, correct
from dateline.book.reviewing import Entry, Told, undone
from dateline.errors import BookError
from dateline.merging.event import Event, Telling

#: What an account's review made of it.
STANDINGS = ("open", "accepted", "corrected", "rejected")


class Holder(Protocol):
    """What reviewing needs of a book."""

    def transaction(self) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """A transaction that is kept if nothing fails."""

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The book's connection."""


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """An account with its event and standing: open, accepted or corrected. `signs` say why it is worth a look."""

    telling: Telling
    event: Event
    standing: str
    signs: tuple[str, ...]


class Reviews:
    """The reviews of a book, as `Book.review`. Each act is an entry with author, time and reason, or nothing."""

    def __init__(self, holder: Holder) -> None:
        self._holder = holder

    def accept(self, account: str, *, by: str, because: str | None = None) -> Entry:
        """Vouch for an account as it is now: its values win over those of other accounts, and no coding changes it."""
        return self._account("accept", account, by, because)

    def reject(self, account: str, *, by: str, because: str | None = None) -> Entry:
        """Take an account out of its event, in every later coding, too."""
        return self._account("reject", account, by, because)

    def correct(self, account: str, field: str, value: str | None, *, by: str, because: str | None = None) -> Entry:
        """Give a field of an account another value; see `dateline.book.corrections` for how values are written."""
        check(field, value)
        return self._account("correct", account, by, because, field, value)

    def correct_all(
        self, account: str, fields: Mapping[str, str | None], *, by: str, because: str | None = None
    ) -> list[Entry]:
        """Correct several fields, an entry each; if one can't be, none is. A type goes before its mode."""
        for field, value in fields.items():
            check(field, value)
        ordered = sorted(fields, key=lambda f: f != "type")
        with self._holder.transaction():
            return [self._account("correct", account, by, because, field, fields[field]) for field in ordered]

    def merge(self, one: str, two: str, *, by: str, because: str | None = None) -> Entry:
        """Bring together two events, or two identities, whatever merging thinks of them."""
        one_ids, two_ids = (self._members(i) for i in (one, two))
        if one[:3] != two[:3]:
            raise BookError("an event (ev-…) can't be merged with an identity (id-…)")
        if set(one_ids) & set(two_ids):
            raise BookError(f"{one} and {two} are one already")
        return self._grouping("merge", self._whole(one), (one_ids, two_ids), by, because)

    def split(
        self, whole: str, parts: Sequence[str] = (), *, reports: Sequence[str] = (), by: str, because: str | None = None
    ) -> Entry:
        """Set parts of an event or identity apart from the rest.

        `parts` are accounts of the event, or ids that became part of the identity (`case` lists them). An actor of one
        name in several reports is split by `reports`: there, somebody else is meant.
        """
        everything = self._members(whole)
        if reports:
            return self._split_reports(whole, reports, by, because)
        if whole.startswith("id-"):
            out = [i for part in parts for i in self._named_ids(part, everything)]
        else:
            out = [self._key(part) for part in parts]
        left = tuple(i for i in everything if i not in out)
        if not out or not set(out) <= set(everything):
            raise BookError(f"these are no parts of {whole}; it has {', '.join(everything)}")
        if not left:
            raise BookError(f"nothing would be left of {whole}; name only what is to be set apart")
        return self._grouping("split", self._whole(whole), (tuple(out), left), by, because)

    def undo(self, number: int, *, by: str, because: str | None = None) -> Entry:
        """Take back the entry of this number, which may be an undo itself."""
        connection = self._holder.connection
        found = entries.log(connection, "number = $1", [number])
        if not found:
            raise BookError(f"no review {number} in this book; `dateline review log` lists them")
        if number in self.undone():
            raise BookError(f"review {number} is undone already")
        first = found[0]
        while first.action == "undo" and first.undoes is not None:
            first = entries.log(connection, "number = $1", [first.undoes])[0]
        entry = self._entry("undo", first.target, by, because, report=first.report, undoes=number)
        with self._holder.transaction() as writing:
            entries.append(writing, [entry])
            self._again(writing, first)
        return entry

    def log(self, target: str | None = None) -> list[Entry]:
        """All entries in order, or those about an id (of an event: about any of its accounts)."""
        found = entries.log(self._holder.connection)
        if target is None:
            return found
        try:
            about = {target, *self._members(target)}
        except BookError:
            about = {target}
        kept: set[int] = set()
        for e in found:
            touched = {e.target, *(i for side in (e.sides if e.action in ("merge", "split") else ()) for i in side)}
            if touched & about or e.undoes in kept:
                kept.add(e.number)
        return [e for e in found if e.number in kept]

    def items(self, standing: str = "open", events: Iterator[Event] | None = None) -> Iterator[Item]:
        """The accounts of this standing, or "all", in order of their events; of `events` where these are given."""
        if standing not in (*STANDINGS, "all"):
            raise BookError(f"{standing!r} is no standing; it is one of {', '.join(STANDINGS)}, all")
        connection = self._holder.connection
        marked = dict(connection.execute("SELECT key, standing FROM accounts WHERE standing IS NOT NULL").fetchall())
        for event in queries.timeline(connection) if events is None else events:
            for telling in event.tellings:
                found = marked.get(telling.key, "open")
                if standing in ("all", found):
                    yield Item(telling=telling, event=event, standing=found, signs=_signs(event, telling))

    def rejected(self) -> list[Entry]:
        """The standing entries that reject an account; each has the account as `basis`."""
        last: dict[str, Entry] = {}
        for entry in entries.standing(self._holder.connection):
            if entry.action in ("accept", "correct", "reject"):
                last[entry.target] = entry
        return [e for e in last.values() if e.action == "reject"]

    def gold(self, *, partial: bool = False) -> Iterator[golds.Reading]:
        """Reports of which every account is reviewed (with `partial`, any) as gold readings: reviewed accounts only."""
        return golds.readings(self._holder.connection, partial=partial)

    def accounts(self, event: str) -> tuple[str, ...]:
        """The accounts of an event, the one asked for first."""
        return self._members(self._key(event))

    def standing(self, account: str) -> str | None:
        """accepted or corrected, None for an account that is open or that the book lacks."""
        row = self._holder.connection.execute("SELECT standing FROM accounts WHERE key = $1", [account]).fetchone()
        return row[0] if row else None

    def undone(self) -> set[int]:
        """The numbers of entries that were taken back."""
        return undone(entries.log(self._holder.connection))

    def partly(self) -> int:
        """The number of reports of which some accounts are reviewed and some are not."""
        return sum(1 for _ in self.gold(partial=True)) - sum(1 for _ in self.gold())

    def _account(
        self,
        action: str,
        account: str,
        by: str,
        because: str | None,
        field: str | None = None,
        value: str | None = None,
    ) -> Entry:
        key, told = self._found(account)
        report, basis = told.report.id, told.origins[key]
        entry = self._entry(
            action, key, by, because, report=report, field=field, value=value, basis=msgspec.json.encode(basis).decode()
        )
        if field is not None:
            now = dict(zip(told.keys, told.coded.events, strict=True)).get(key, basis)
            correct(told.report, told.coded, now, field, value, entry.signed())
        with self._holder.transaction() as writing:
            entries.append(writing, [entry])
            rebuild.review_again(writing, [report])
        return entry

    def _found(self, account: str) -> tuple[str, Told]:
        """The key of an account, a rejected one included, and its report as it stands."""
        connection = self._holder.connection
        report = next((e.report for e in self.rejected() if e.target == account), None)
        key = account
        if report is None:
            key = self._key(account)
            row = connection.execute("SELECT report FROM accounts WHERE key = $1", [key]).fetchone()
            report = str(row[0]) if row else None
        assert report is not None
        told = rebuild.as_it_stands(connection, report)
        return (key if key in told.origins else told.moved.get(key) or key), told

    def _key(self, account: str) -> str:
        """The key of the account that this id, or beginning of one, means today."""
        if not account.startswith("ev-"):
            raise BookError(f"{account!r} is no id of an account; `dateline show EVENT` has them (ev-…)")
        return queries.account_key(self._holder.connection, account)

    def _members(self, whole: str) -> tuple[str, ...]:
        """The accounts of an event, the one asked for first; the ids of the nodes of an identity."""
        connection = self._holder.connection
        if whole.startswith("id-"):
            rows = connection.execute(
                """SELECT own FROM nodes WHERE identity = (SELECT identity FROM nodes WHERE own = $1)
                   ORDER BY own <> $1, own""",
                [queries.identity_own(connection, whole)],
            ).fetchall()
            return tuple(row[0] for row in rows)
        key = self._key(whole)
        event = queries.event(connection, key)
        return (key, *(t.key for t in event.tellings if t.key != key))

    def _whole(self, whole: str) -> str:
        """The full id of what is meant."""
        return queries.identity_own(self._holder.connection, whole) if whole.startswith("id-") else self._key(whole)

    def _named_ids(self, part: str, everything: Sequence[str]) -> list[str]:
        own = queries.identity_own(self._holder.connection, part)
        if own not in everything:
            raise BookError(f"{part} is no part of this identity; it has {', '.join(everything)}")
        return [own]

    def _grouping(
        self, action: str, whole: str, sides: tuple[Sequence[str], Sequence[str]], by: str, because: str | None
    ) -> Entry:
        value = msgspec.json.encode([list(side) for side in sides]).decode()
        entry = self._entry(action, whole, by, because, value=value)
        with self._holder.transaction() as writing:
            entries.append(writing, [entry])
            self._again(writing, entry)
        return entry

    def _split_reports(self, whole: str, reports: Sequence[str], by: str, because: str | None) -> Entry:
        if not whole.startswith("id-"):
            raise BookError("only an identity is split by reports; name the accounts to take out of an event")
        connection = self._holder.connection
        nodes = list(self._members(whole))
        rows = connection.execute(
            """SELECT DISTINCT report, name FROM actors JOIN nodes ON node = id
               WHERE own IN (SELECT unnest($1::TEXT[])) AND report IN (SELECT unnest($2::TEXT[])) ORDER BY ALL""",
            [nodes, list(reports)],
        ).fetchall()
        missing = sorted(set(reports) - {row[0] for row in rows})
        if missing:
            raise BookError(f"{whole} is not in {', '.join(missing)}")
        sides = (list(dict.fromkeys(row[0] for row in rows)), list(dict.fromkeys(row[1] for row in rows)))
        value = msgspec.json.encode(sides).decode()
        entry = self._entry("split", self._whole(whole), by, because, field=entries.BY_REPORT, value=value)
        with self._holder.transaction() as writing:
            entries.append(writing, [entry])
            self._again(writing, entry)
        return entry

    def _again(self, writing: duckdb.DuckDBPyConnection, entry: Entry) -> None:
        """Make anew what an entry, or taking it back, touches."""
        if entry.report is not None:
            rebuild.review_again(writing, [entry.report])
        elif entry.field == entries.BY_REPORT:
            rebuild.review_again(writing, entry.sides[0])
        else:
            ids = {i for side in entry.sides for i in side}
            now = entries.redirects(writing, ids)
            here = {now.get(i, i) for i in ids} - {None}
            there = [i for i in here if i is not None]
            if entry.target.startswith("id-"):
                rebuild.identify_again(writing, _nodes(writing, there))
            else:
                keep.merge(writing, [], there)

    def _entry(
        self,
        action: str,
        target: str,
        by: str,
        because: str | None,
        *,
        report: str | None = None,
        field: str | None = None,
        value: str | None = None,
        basis: str | None = None,
        undoes: int | None = None,
    ) -> Entry:
        if not by.strip():
            raise BookError("a review needs its author")
        now = dt.datetime.now(dt.UTC).replace(microsecond=0, tzinfo=None)
        return Entry(
            number=entries.next_number(self._holder.connection),
            at=now.isoformat() + "Z",
            author=by.strip(),
            action=action,
            target=target,
            report=report,
            field=field,
            value=value,
            basis=basis,
            undoes=undoes,
            because=because,
        )


def _nodes(connection: duckdb.DuckDBPyConnection, owned: Sequence[str]) -> list[str]:
    rows = connection.execute("SELECT id FROM nodes WHERE own IN (SELECT unnest($1::TEXT[]))", [list(owned)])
    return [row[0] for row in rows.fetchall()]


_DOUBTS: tuple[tuple[str, Callable[[Event, Telling], bool]], ...] = (
    ("one report only", lambda event, _: len(event.tellings) == 1),
    ("on one side's word", lambda _, telling: telling.said_by is not None),
    ("no day", lambda _, telling: telling.account.when is None),
    ("nobody named", lambda _, telling: not telling.actor and not telling.recipient),
)


def _signs(event: Event, telling: Telling) -> tuple[str, ...]:
    disputed = tuple(f"differs on {d.field}" for d in event.disputes)
    return disputed + tuple(sign for sign, holds in _DOUBTS if holds(event, telling))
