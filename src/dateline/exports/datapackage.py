"""Data packages (Frictionless): a folder of CSV tables with a datapackage.json, or that file beside one table.

`datapackage.json` says of each column what it holds and means, in the profile of https://specs.frictionlessdata.io.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from dateline.errors import DatelineError
from dateline.exports import BookExport, find_export, told
from dateline.exports.citation import as_text, cite
from dateline.exports.columns import Cell, Column
from dateline.exports.delimited import csv_line
from dateline.exports.selection import Selection

_TYPES = {"string": "string", "integer": "integer", "number": "number", "date": "date", "list": "string"}
_MEDIA = {
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".parquet": "application/vnd.apache.parquet",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
REPORT_COLUMNS = (
    Column("report", "string", "the report's id"),
    Column("published", "date", "the day of publication"),
    Column("source", "string", "the outlet"),
    Column("title", "string", "the title"),
    Column("url", "string", "where it was found"),
    Column("sha256", "string", "SHA-256 of the text in UTF-8"),
)


class DataPackage(BookExport):
    """A folder with `events.csv`, `accounts.csv`, `reports.csv` and the `datapackage.json` that describes them.

    Accounts and reports are those of the events.
    """

    about = "a folder of CSV tables (events, accounts, reports) with a Frictionless datapackage.json"

    def pages(self, events: Selection) -> Iterator[tuple[str, bytes]]:
        """The files of the package."""
        reports = sorted({t.report for e in events for t in e.tellings})
        event_of = {(t.report, t.account.id): e.id for e in events for t in e.tellings}
        accounts = [
            [*row, event_of[report, str(row[3])]]
            for report in reports
            for row in told.account_rows(events.report(report), events.coded(report))
            if (report, str(row[3])) in event_of
        ]
        tables: list[tuple[str, Sequence[Column], list[Sequence[Cell]]]] = [
            ("events", told.EVENT_COLUMNS, list(told.event_rows(events))),
            ("accounts", (*told.ACCOUNT_COLUMNS, Column("event", "string", "the event's id")), list(accounts)),
            ("reports", REPORT_COLUMNS, [_report_row(events, report) for report in reports]),
        ]
        resources = []
        for name, columns, rows in tables:
            table = csv_line([c.name for c in columns]) + b"".join(map(csv_line, rows))
            yield f"{name}.csv", table
            digest = hashlib.sha256(table).hexdigest()
            resources.append(resource(name, f"{name}.csv", columns) | {"bytes": len(table), "hash": f"sha256:{digest}"})
        keys = {"events": ["event"], "reports": ["report"], "accounts": ["report", "account"]}
        for entry in resources:
            entry["schema"]["primaryKey"] = keys[entry["name"]]
        resources[1]["schema"]["foreignKeys"] = [
            {"fields": [field], "reference": {"resource": f"{field}s", "fields": [field]}}
            for field in ("event", "report")
        ]
        yield "datapackage.json", package(resources, description=as_text(cite(events)))


def describe_file(name: str, path: Path) -> None:
    """Write the datapackage.json of a table that the export of that name wrote at `path`, beside it."""
    export = find_export(name)
    columns: Sequence[Column] = getattr(export, "columns", ())
    if not columns:
        raise DatelineError(f"{name} has no columns to describe")
    table = path.read_bytes()
    entry = resource(name, path.name, columns)
    entry |= {"bytes": len(table), "hash": f"sha256:{hashlib.sha256(table).hexdigest()}"}
    if not getattr(export, "head", True):
        entry["dialect"] = {"header": False, "delimiter": "\t"}
    elif export.suffix == ".tsv":
        entry["dialect"] = {"delimiter": "\t"}
    path.with_name("datapackage.json").write_bytes(package([entry], description=export.about))


def resource(name: str, path: str, columns: Sequence[Column]) -> dict[str, Any]:
    """A table of a data package."""
    suffix = Path(path).suffix
    entry = {"name": name, "path": path, "profile": "tabular-data-resource", "encoding": "utf-8"}
    if suffix in _MEDIA:
        entry |= {"format": suffix[1:], "mediatype": _MEDIA[suffix]}
    fields = [{"name": c.name, "type": _TYPES[c.kind], "description": _means(c)} for c in columns]
    return entry | {"schema": {"fields": fields, "missingValues": [""]}}


def package(resources: list[dict[str, Any]], description: str) -> bytes:
    """A datapackage.json."""
    whole = {"profile": "tabular-data-package", "name": "dateline", "description": description, "resources": resources}
    return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()


def _means(column: Column) -> str:
    return column.means + ('; several are separated by "; "' if column.kind == "list" else "")


def _report_row(events: Selection, report_id: str) -> Sequence[Cell]:
    r = events.report(report_id)
    return [r.id, r.published, r.source, r.title, r.url, hashlib.sha256(r.text.encode("utf-8", "replace")).hexdigest()]
