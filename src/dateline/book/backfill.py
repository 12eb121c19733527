"""Tables that follow from others: words of reports, places and numbers of accounts, the importance of events.

The same functions fill them as reports come in and when an older book gets them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import duckdb
import msgspec

from dateline.merging import names
from dateline.record import Account

#: Reports or accounts that a backfill has in memory at once.
CHUNK = 500
#: Columns that are not text, by name; every other column of every table is.
_TYPES = {
    "published": "DATE", "earliest": "DATE", "latest": "DATE", "low": "DATE", "high": "DATE", "ordinal": "INTEGER",
    "start": "INTEGER", "stop": "INTEGER", "cue_start": "INTEGER", "cue_stop": "INTEGER", "mentions": "INTEGER",
    "reports": "INTEGER", "accounts": "INTEGER", "weight": "DOUBLE", "named": "BOOLEAN", "intensity": "DOUBLE",
    "since": "DATE", "until": "DATE", "times": "INTEGER", "least": "INTEGER", "most": "INTEGER", "coding": "INTEGER",
    "number": "INTEGER", "undoes": "INTEGER", "made": "TIMESTAMP",
}  # fmt: skip


def insert(connection: duckdb.DuckDBPyConnection, table: str, columns: str, rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows into the named columns at once (a list a column: far quicker than a statement a row)."""
    if not rows:
        return
    named = columns.split()
    lists = ", ".join(f"unnest(${i + 1}::{_TYPES.get(name, 'TEXT')}[])" for i, name in enumerate(named))
    connection.execute(
        f"INSERT INTO {table} ({', '.join(named)}) SELECT {lists}", [list(column) for column in zip(*rows, strict=True)]
    )


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in order: no case, no accents, no possessive s, hyphens split."""
    return names.words.__wrapped__(text)


def word_rows(report: str, title: str | None, text: str) -> Iterator[tuple[str, str, int]]:
    """Rows of `words`: each word of title and text, and how often it stands there."""
    counted = Counter(words_of(f"{title or ''}\n{text}"))
    return ((word, report, times) for word, times in sorted(counted.items()))


def place_rows(key: str, account: Account) -> Iterator[tuple[str, int, str, str]]:
    """Rows of `places`: each place of an account, and how it is compared."""
    return ((key, i, place, place_key(place)) for i, place in enumerate(account.where))


def place_key(name: str) -> str:
    """A place's words as they are compared."""
    return " ".join(w for w in names.words(name) if w != "the")


def number_rows(key: str, account: Account) -> Iterator[tuple[str, str, int, int | None]]:
    """Rows of `numbers`: each count of an account."""
    return ((key, name, count.low, count.high) for name, count in sorted(account.counts.items()))


def count_words(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill `words` from the reports of a book."""
    for chunk in _chunks(connection, "SELECT id FROM reports ORDER BY id"):
        found = connection.execute(
            "SELECT id, title, text FROM reports WHERE id IN (SELECT unnest($1::TEXT[])) ORDER BY id", [chunk]
        ).fetchall()
        insert(connection, "words", "word report times", [row for report in found for row in word_rows(*report)])


def list_places(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill `places` from the accounts of a book."""
    for accounts in _accounts(connection):
        insert(connection, "places", "account ordinal name key", [r for k, a in accounts for r in place_rows(k, a)])


def list_numbers(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill `numbers` from the accounts of a book."""
    for accounts in _accounts(connection):
        insert(connection, "numbers", "account name least most", [r for k, a in accounts for r in number_rows(k, a)])


def weigh_all(connection: duckdb.DuckDBPyConnection) -> None:
    """Give every event of a book its importance."""
    weigh(connection, "SELECT id FROM events")


def weigh(connection: duckdb.DuckDBPyConnection, events: str) -> None:
    """Give the events that this query names their importance.

    It is twice the logarithm of outlets plus that of accounts, a fifth of the strongest intensity whatever its sign,
    and half the logarithm of the people killed, injured, abducted, released or detained; half of all that where the
    event did not happen. The weights are judgement, not measurement.
    """
    connection.execute(
        f"""UPDATE events SET importance = reckoned.importance FROM (
              SELECT event, round((2 * ln(1 + count(DISTINCT coalesce(source, report))) + ln(1 + count(*))
                  + coalesce(max(abs(intensity)), 0) / 5 + ln(1 + coalesce(max(people), 0)) / 2)
                * CASE WHEN bool_or(accounts.status = 'actual') THEN 1 ELSE 0.5 END, 3) AS importance
              FROM event_accounts JOIN accounts ON accounts.key = account JOIN reports ON reports.id = report
                LEFT JOIN (SELECT account AS counted, max(least) AS people FROM numbers
                           WHERE name <> 'participants' GROUP BY account) ON counted = account
              WHERE event IN ({events}) GROUP BY event) reckoned
            WHERE reckoned.event = events.id"""
    )


def _chunks(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[list[str]]:
    ids = [row[0] for row in connection.execute(query).fetchall()]
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))


def _accounts(connection: duckdb.DuckDBPyConnection) -> Iterator[list[tuple[str, Account]]]:
    for chunk in _chunks(connection, "SELECT key FROM accounts ORDER BY key"):
        rows: Iterable[tuple[str, str]] = connection.execute(
            "SELECT key, record FROM accounts WHERE key IN (SELECT unnest($1::TEXT[])) ORDER BY key", [chunk]
        ).fetchall()
        yield [(key, msgspec.json.decode(record, type=Account)) for key, record in rows]
