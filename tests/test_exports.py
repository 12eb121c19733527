"""What others can open."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from dateline.book import Book
from dateline.errors import DatelineError
from dateline.exports import export_names, find_export
from dateline.exports.csv import ACCOUNT_COLUMNS, EVENT_COLUMNS
from helpers_book import samples, told


def test_names() -> None:
    assert {"csv", "jsonl"} <= set(export_names())
    with pytest.raises(DatelineError, match=r"there are: .*csv"):
        find_export("parchment")


@pytest.mark.parametrize("name", ["csv", "jsonl"])
def test_coded_reports_pass_through(name: str) -> None:
    assert list(find_export(name).coded(samples(), io.BytesIO())) == list(samples())


def test_csv_of_accounts() -> None:
    out = io.BytesIO()
    list(find_export("csv").coded(samples(), out))
    rows = list(csv.DictReader(io.StringIO(out.getvalue().decode())))
    assert list(rows[0]) == ACCOUNT_COLUMNS
    assert len(rows) == sum(len(c.events) for _, c in samples())
    row = next(r for r in rows if r["report"] == "kaya-sahel-wire")
    assert [row[c] for c in ("type", "mode", "earliest", "latest")] == ["ASSAULT", "abduct", "2019-11-12", "2019-11-12"]
    assert (row["abducted_low"], row["abducted_high"], row["killed_low"]) == ("11", "11", "")
    assert row["words"].startswith("abducted / ")


def test_events_as_csv_and_json_lines(tmp_path: Path) -> None:
    with Book.open(tmp_path / "b") as book:
        book.add(samples())
        rows, lines = io.BytesIO(), io.BytesIO()
        find_export("csv").events(book.timeline(), rows)
        find_export("jsonl").events(book.timeline(), lines)
        events = list(book.timeline())
    table = list(csv.DictReader(io.StringIO(rows.getvalue().decode())))
    assert list(table[0]) == EVENT_COLUMNS
    assert [r["event"] for r in table] == [json.loads(x)["id"] for x in lines.getvalue().splitlines()]
    assert [r["event"] for r in table] == [e.id for e in events]
    kaya = next(r for r in table if r["reports"].count(";") == 2 and r["mode"] == "abduct" and "kaya" in r["reports"])
    assert kaya["disputed"] == "actor; when; abducted"
    assert kaya["voices"] == "3"


def test_a_cell_is_no_formula() -> None:
    out = io.BytesIO()
    name = "=1+1"
    kinds = {name: "group"}
    pair = told("a", "2024-05-01", f"{name} met.", type="CONSULT", anchor="met", actor=(name,), kinds=kinds)
    list(find_export("csv").coded([pair], out))
    assert next(csv.DictReader(io.StringIO(out.getvalue().decode())))["actor"] == "'=1+1"
