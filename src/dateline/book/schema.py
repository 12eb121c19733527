"""The tables of a book, and the steps that bring an older book to this version.

Dates are days; spans are character offsets `[start, stop)` into `reports.text`. Keys are made of content, so none is a
running number. A step of `MIGRATIONS` runs in one transaction with the change of the version it leads to.
"""

from __future__ import annotations

from collections.abc import Callable

import duckdb

from dateline.book.backfill import count_words, list_numbers, list_places, weigh_all
from dateline.errors import BookError

#: A statement, or a function for what SQL alone can't do.
Step = str | Callable[[duckdb.DuckDBPyConnection], None]
#: Each entry leads from the version that is its index to the next one.
MIGRATIONS: tuple[tuple[Step, ...], ...] = (
    (
        # what came in
        """CREATE TABLE reports (id TEXT, published DATE, published_from TEXT, source TEXT, url TEXT, title TEXT,
           text TEXT, digest TEXT, coded TEXT)""",
        "CREATE TABLE actors (report TEXT, name TEXT, kind TEXT, country TEXT, mentions INTEGER, node TEXT)",
        """CREATE TABLE accounts (key TEXT, report TEXT, ordinal INTEGER, id TEXT, type TEXT, mode TEXT, earliest DATE,
           latest DATE, status TEXT, said_by TEXT, said_by_node TEXT, record TEXT, sketch TEXT)""",
        "CREATE TABLE participants (account TEXT, field TEXT, ordinal INTEGER, name TEXT, node TEXT)",
        "CREATE TABLE evidence (account TEXT, field TEXT, start INTEGER, stop INTEGER)",
        """CREATE TABLE quotes (report TEXT, start INTEGER, stop INTEGER, speaker TEXT, speaker_node TEXT,
           cue_start INTEGER, cue_stop INTEGER)""",
        "CREATE TABLE roles (report TEXT, person TEXT, person_node TEXT, role TEXT, body TEXT, body_node TEXT)",
        "CREATE TABLE kin (report TEXT, person TEXT, person_node TEXT, relation TEXT, kin_of TEXT, kin_node TEXT)",
        # what merging made of it
        "CREATE TABLE nodes (id TEXT, kind TEXT, key TEXT, named BOOLEAN, record TEXT, own TEXT, identity TEXT)",
        "CREATE TABLE node_names (node TEXT, name TEXT, reports INTEGER)",
        "CREATE TABLE node_blocks (block TEXT, node TEXT)",
        "CREATE TABLE identities (id TEXT, name TEXT, kind TEXT, named BOOLEAN, because TEXT)",
        "CREATE TABLE tokens (text TEXT, low DATE, high DATE, account TEXT)",
        "CREATE TABLE links (a TEXT, b TEXT, weight DOUBLE, features TEXT)",
        """CREATE TABLE events (id TEXT, type TEXT, mode TEXT, status TEXT, earliest DATE, latest DATE,
           accounts INTEGER)""",
        "CREATE TABLE event_accounts (event TEXT, account TEXT, ordinal INTEGER)",
    ),
    (
        # codes, contexts, sectors, what tables know of actors; empty for what was coded before there were any
        "ALTER TABLE accounts ADD COLUMN quad TEXT",
        "ALTER TABLE accounts ADD COLUMN cameo TEXT",
        "ALTER TABLE accounts ADD COLUMN intensity DOUBLE",
        "CREATE TABLE account_contexts (account TEXT, ordinal INTEGER, context TEXT)",
        "CREATE TABLE report_contexts (report TEXT, ordinal INTEGER, context TEXT)",
        "CREATE TABLE actor_sectors (report TEXT, name TEXT, ordinal INTEGER, sector TEXT)",
        """CREATE TABLE known (report TEXT, name TEXT, ordinal INTEGER, holder TEXT, role TEXT, country TEXT,
           since DATE, until DATE, source TEXT)""",
    ),
    (
        # what coded a report and what it made of it, as often as it was coded; `coded` where `reports` has another
        "CREATE TABLE codings (report TEXT, ordinal INTEGER, version TEXT, model TEXT, codebook TEXT, coded TEXT)",
        "INSERT INTO codings SELECT id, 1, NULL, NULL, NULL, NULL FROM reports",
        "ALTER TABLE accounts ADD COLUMN coding INTEGER",
        "ALTER TABLE accounts ADD COLUMN standing TEXT",
        "UPDATE accounts SET coding = 1",
        # what people decided; rows are added, never changed
        """CREATE TABLE reviews (number INTEGER, made TIMESTAMP, author TEXT, action TEXT, target TEXT, report TEXT,
           field TEXT, value TEXT, basis TEXT, undoes INTEGER, because TEXT)""",
        # ids of accounts and identities that went, and what they became
        "CREATE TABLE redirects (old TEXT, new TEXT)",
        # what can be asked for
        "CREATE TABLE words (word TEXT, report TEXT, times INTEGER)",
        "CREATE TABLE places (account TEXT, ordinal INTEGER, name TEXT, key TEXT)",
        "CREATE TABLE numbers (account TEXT, name TEXT, least INTEGER, most INTEGER)",
        "ALTER TABLE events ADD COLUMN importance DOUBLE",
        count_words,
        list_places,
        list_numbers,
        weigh_all,
    ),
    ("ALTER TABLE reports ADD COLUMN language TEXT",),
)


def version() -> int:
    """The version of the schema that this dateline writes."""
    return len(MIGRATIONS)


def prepare(connection: duckdb.DuckDBPyConnection, where: str, *, writable: bool) -> None:
    """Bring a fresh or older book to `version()`.

    Raises BookError for what is no book, comes from a newer dateline, or can't be brought up to date.
    """
    found = _version(connection, where)
    if found == version():
        return
    if found > version():
        raise BookError(
            f"{where}: book of version {found}, this dateline knows up to {version()}; use a newer dateline for it"
        )
    if not writable:
        raise BookError(
            f"{where}: book of version {found}, this dateline reads {version()}; open it once for writing "
            "(dateline code … --book) to bring it up to date"
        )
    for step in range(found, version()):
        connection.execute("BEGIN")
        try:
            for statement in MIGRATIONS[step]:
                if isinstance(statement, str):
                    connection.execute(statement)
                else:
                    statement(connection)
            connection.execute("CREATE TABLE IF NOT EXISTS meta (key TEXT, value TEXT)")
            connection.execute("DELETE FROM meta WHERE key = 'schema'")
            connection.execute("INSERT INTO meta VALUES ('schema', $1)", [str(step + 1)])
        except duckdb.Error as error:
            connection.execute("ROLLBACK")
            raise BookError(f"{where}: can't be brought from version {step} to {step + 1}: {error}") from error
        connection.execute("COMMIT")


def _version(connection: duckdb.DuckDBPyConnection, where: str) -> int:
    """The schema version; 0 for an empty file."""
    tables = {row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if not tables:
        return 0
    found = connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone() if "meta" in tables else None
    if found is None:
        raise BookError(f"{where}: a DuckDB file, but no book of dateline; name another file")
    return int(found[0])
