"""docs/book.md says what there is."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from dateline.book import Book
from dateline.cli import COMMANDS

PAGE = (Path(__file__).resolve().parents[1] / "docs" / "book.md").read_text(encoding="utf-8")


def test_every_table_is_described(tmp_path: Path) -> None:
    Book.open(tmp_path / "b").close()
    with duckdb.connect(str(tmp_path / "b")) as connection:
        tables = {row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    rows = PAGE.split("| table | a row is |")[1].split("\n\n")[0].splitlines()[2:]
    described = {name for row in rows for name in re.findall(r"`(\w+)`", row.split("|")[1])}
    assert described == tables - {"meta"}


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - {"times", "evaluate"}))
def test_every_command_is_described(name: str) -> None:
    assert f"`dateline {name}" in PAGE


def test_the_query_runs(tmp_path: Path) -> None:
    (query,) = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
    Book.open(tmp_path / "b").close()
    with duckdb.connect(str(tmp_path / "b")) as connection:
        assert connection.execute(query).fetchall() == []
