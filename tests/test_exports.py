"""What others can open."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path

import pytest

from dateline.book import Book
from dateline.errors import DatelineError
from dateline.exports import export_names, find_export
from dateline.exports.columns import edtf
from dateline.exports.told import ACCOUNT_COLUMNS, EVENT_COLUMNS
from dateline.record import Interval
from helpers_book import samples, told
from helpers_exports import exported, one_book


def test_names() -> None:
    assert {"csv", "jsonl"} <= set(export_names())
    with pytest.raises(DatelineError, match=r"there are: .*csv"):
        find_export("parchment")


@pytest.mark.parametrize("name", ["csv", "jsonl", "tsv", "parquet", "xlsx"])
def test_coded_reports_pass_through(name: str) -> None:
    assert list(find_export(name).coded(samples(), io.BytesIO())) == list(samples())


def test_csv_of_accounts() -> None:
    out = io.BytesIO()
    list(find_export("csv").coded(samples(), out))
    rows = list(csv.DictReader(io.StringIO(out.getvalue().decode())))
    assert list(rows[0]) == [c.name for c in ACCOUNT_COLUMNS]
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
    assert list(table[0]) == [c.name for c in EVENT_COLUMNS]
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


def test_an_export_of_events_alone_says_so() -> None:
    with pytest.raises(DatelineError, match="code into a book"):
        find_export("acled").coded(samples(), io.BytesIO())


def test_sides_and_places_of_events(tmp_path: Path) -> None:
    (row,) = csv.DictReader(io.StringIO(exported("csv", one_book(tmp_path)).decode()))
    assert (row["actor_country"], row["actor_sectors"]) == ("MLI", "")
    assert (row["place"], row["place_country"], row["place_precision"]) == ("Gao", "MLI", "city")
    assert (row["latitude"], row["longitude"], row["edtf"]) == ("16.27", "-0.04", "2024-05")


def test_tsv_keeps_a_row_on_its_line(tmp_path: Path) -> None:
    pair = told("a", "2024-05-01", "Mali\tand\nChad  met.", type="CONSULT", anchor="and\nChad  met", actor=("Mali",))
    lines = exported("tsv", one_book(tmp_path, pair)).decode().splitlines()
    assert lines[0].split("\t") == [c.name for c in EVENT_COLUMNS]
    assert len(lines) == 2
    assert lines[1].split("\t")[lines[0].split("\t").index("words")] == "and Chad met"


def test_parquet_has_types(tmp_path: Path) -> None:
    table = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    made = table.read_table(io.BytesIO(exported("parquet", one_book(tmp_path))))
    assert made.column_names == [c.name for c in EVENT_COLUMNS]
    (row,) = made.to_pylist()
    assert row["earliest"] == dt.date(2024, 5, 1)
    assert row["actor"] == ["Mali"]
    assert (row["killed_low"], row["injured_low"], row["latitude"]) == (12, None, 16.27)


def test_parquet_of_nothing_has_its_columns(tmp_path: Path) -> None:
    table = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    made = table.read_table(io.BytesIO(exported("parquet", one_book(tmp_path), type="AID")))
    assert made.num_rows == 0
    assert made.column_names == [c.name for c in EVENT_COLUMNS]


def test_excel(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed")
    name = '=HYPERLINK("x")'
    pair = told(
        "a", "2024-05-01", f"{name} met.", anchor="met", actor=(name,), kinds={name: "group"}, when="2024-05-01"
    )
    made = openpyxl.load_workbook(io.BytesIO(exported("xlsx", one_book(tmp_path, pair))))
    assert made.sheetnames == ["events", "columns"]
    head, row = made["events"].iter_rows()
    cells = {h.value: c for h, c in zip(head, row, strict=True)}
    assert list(cells) == [c.name for c in EVENT_COLUMNS]
    assert (cells["actor"].value, cells["actor"].data_type) == (name, "s")
    assert cells["earliest"].value.date() == dt.date(2024, 5, 1)
    assert cells["voices"].value == 1
    assert [r[0].value for r in made["columns"].iter_rows(min_row=2)] == list(cells)


@pytest.mark.parametrize(
    ("earliest", "latest", "text"),
    [
        ("2024-05-01", "2024-05-01", "2024-05-01"),
        ("2024-02-01", "2024-02-29", "2024-02"),
        ("2024-01-01", "2024-12-31", "2024"),
        ("2024-01-05", "2024-02-03", "2024-01-05/2024-02-03"),
        (None, "2024-02-03", "../2024-02-03"),
        ("2024-02-03", None, "2024-02-03/.."),
        (None, None, ""),
    ],
)
def test_days_in_edtf(earliest: str | None, latest: str | None, text: str) -> None:
    low, high = (dt.date.fromisoformat(d) if d else None for d in (earliest, latest))
    assert edtf(Interval(low, high)) == text
