"""What earlier codings, and codings before a review, had of an account."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from dateline.book.reviewing import alike
from dateline.book.views import Coding
from dateline.merging.sketch import sketches
from dateline.record import Account, CodedReport
from dateline.report import Report


def codings_of(connection: duckdb.DuckDBPyConnection, reports: Iterable[str]) -> list[tuple[str, Coding]]:
    """(report, coding) for every coding of these reports, the latest of each last."""
    rows = connection.execute(
        """SELECT report, ordinal, version, model, codebook FROM codings
           WHERE report IN (SELECT unnest($1::TEXT[])) ORDER BY report, ordinal""",
        [sorted(reports)],
    ).fetchall()
    return [(r, Coding(ordinal=n, version=v, model=m, codebook=c)) for r, n, v, m, c in rows]


class Past:
    """The codings of one report, and what each but today's had of an account."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, report: Report) -> None:
        self.codings = tuple(coding for _, coding in codings_of(connection, [report.id]))
        rows = connection.execute(
            "SELECT ordinal, coded FROM codings WHERE report = $1 AND coded IS NOT NULL ORDER BY ordinal DESC",
            [report.id],
        ).fetchall()
        by_number = {coding.ordinal: coding for coding in self.codings}
        self._told: list[tuple[Coding, dict[str, Account]]] = []
        for number, text in rows:
            coded = CodedReport.from_json(text)
            keys = [s.key for s in sketches(report, coded)]
            self._told.append((by_number[number], dict(zip(keys, coded.events, strict=True))))

    def accounts(self, key: str, account: Account) -> list[tuple[Coding, Account, bool]]:
        """What other codings had of this account, the latest first; true for today's coding before its review."""
        found = []
        for coding, told in self._told:
            match = key if key in told else alike(account, told)
            if match is not None:
                found.append((coding, told[match], coding.ordinal == self.codings[-1].ordinal))
        return found
