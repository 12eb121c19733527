"""Getting hold of a book's file when other processes want it too.

DuckDB lets one process write to a file, or any number read it, never both. So nobody keeps it: a writer takes the file
for one batch, a reader for its questions, and who finds it taken tries again. A writer that waits leaves a mark beside
the file, for which readers stand back, so that a crowd of readers can't keep it out; a mark that is not renewed (its
writer was killed) is ignored.
"""

from __future__ import annotations

import time
from pathlib import Path

import duckdb

from dateline.book import schema
from dateline.errors import BookError

#: Seconds to wait for a file: for one who opens a book, and for an ingest with a batch in its hands.
PATIENCE, BATCH_PATIENCE = 30.0, 600.0
#: Seconds between two tries, and those for which a mark of a waiting writer counts.
PAUSE, FRESH = 0.02, 2.0


def hold(path: Path, *, read_only: bool, patience: float) -> duckdb.DuckDBPyConnection:
    """A connection to the book at `path`, its schema up to date; waits up to `patience` seconds for other processes.

    Raises BookError where the wait was in vain, and for a file of another kind or version.
    """
    mark = path.with_name(path.name + ".waiting")
    until = time.monotonic() + patience
    marked = False
    try:
        while True:
            if read_only and _fresh(mark) and time.monotonic() < until:
                time.sleep(PAUSE)
                continue
            try:
                connection = duckdb.connect(str(path), read_only=read_only)
                break
            except duckdb.Error as error:
                if not _taken(error) or time.monotonic() >= until:
                    raise BookError(_plainly(path, error)) from error
            if not read_only:
                mark.touch()
                marked = True
            time.sleep(PAUSE)
    finally:
        if marked:
            mark.unlink(missing_ok=True)
    try:
        connection.execute("SET TimeZone = 'UTC'")
        schema.prepare(connection, str(path), writable=not read_only)
    except BaseException:
        connection.close()
        raise
    return connection


def _fresh(mark: Path) -> bool:
    try:
        return time.time() - mark.stat().st_mtime < FRESH
    except OSError:
        return False


def _taken(error: duckdb.Error) -> bool:
    """Whether another process, or another thread of this one, has the file in a way that excludes us."""
    said = str(error)
    return "lock on file" in said or "different configuration" in said or "used by another process" in said


def _plainly(path: Path, error: duckdb.Error) -> str:
    if _taken(error):
        return f"{path}: another process has this book open; wait until it is done or close it"
    if "not a valid DuckDB" in str(error):
        return f"{path}: not a book; name another file"
    return f"{path}: can't be opened: {str(error).splitlines()[0]}"
