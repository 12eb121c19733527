"""Timelines by everything that one can ask for, their importance, and search."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import msgspec
import pytest
from click.testing import CliRunner

from dateline.book import Book, schema
from dateline.cli import main
from dateline.errors import BookError
from dateline.record import CodedReport
from dateline.report import Report
from helpers_book import Pair, told

KINDS = {"Ana Silva": "person", "Per Dahl": "person", "Red Column": "organization"}


def pairs() -> list[Pair]:
    met = told(
        "met", "2024-03-05", "Ana Silva met Per Dahl in the old port of Oslo. Kyiv’s envoys watched.", type="CONSULT",
        anchor="met", actor=("Ana Silva", "Per Dahl"), when="2024-03-04", where=("Oslo",), kinds=KINDS,
        countries={"Per Dahl": "NOR"}, source="Northern Wire",
    )  # fmt: skip
    met[1].actors["Per Dahl"] = msgspec.structs.replace(met[1].actors["Per Dahl"], sectors=("GOV",))
    account = msgspec.structs.replace(met[1].events[0], contexts=("diplomatic",))
    met = (met[0], msgspec.structs.replace(met[1], events=(account,)))
    freed = told(
        "freed", "2024-03-08", "The Red Column freed Per Dahl near East Kaya after hostages were traded.",
        type="RETREAT", mode="release", anchor="freed", actor=("Red Column",), recipient=("Per Dahl",),
        when="2024-03-07", where=("East Kaya",), kinds=KINDS, source="Radio Atlantique", released=1,
    )  # fmt: skip
    bombed = told(
        "bombed", "2024-03-09", "Selvania bombed a market in Kaya, killing 40 people.", mode="aerial", anchor="bombed",
        actor=("Selvania",), when="2024-03-08", where=("Kaya",), countries={"Selvania": "SLV"}, source="Northern Wire",
        killed=40,
    )  # fmt: skip
    bombed = (
        bombed[0],
        msgspec.structs.replace(bombed[1], events=(msgspec.structs.replace(bombed[1].events[0], intensity=-10.0),)),
    )
    feared = told(
        "feared", "2024-03-10", "Ana Silva may protest in Oslo, a résumé of the week says.", type="PROTEST",
        anchor="protest", actor=("Ana Silva",), where=("Oslo",), kinds=KINDS, source="Northern Wire",
    )  # fmt: skip
    account = msgspec.structs.replace(feared[1].events[0], status="hypothetical")
    return [met, freed, bombed, (feared[0], msgspec.structs.replace(feared[1], events=(account,)))]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("asked") / "b"
    with Book.open(where) as book:
        book.add(pairs())
    return where


@pytest.fixture(scope="module")
def book(path: Path) -> Iterator[Book]:
    with Book.open(path, read_only=True) as opened:
        yield opened


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, "met freed bombed feared"),
        ({"actor": "Dahl"}, "met freed"),
        ({"between": ("Ana Silva", "Per Dahl")}, "met"),
        ({"between": ("Per Dahl", "Red Column")}, "freed"),
        ({"between": ("Ana Silva", "Red Column")}, ""),
        ({"place": "Kaya"}, "freed bombed"),
        ({"place": "the east kaya"}, "freed"),
        ({"place": "Kay"}, ""),
        ({"type": "assault,protest"}, "bombed feared"),
        ({"status": "hypothetical"}, "feared"),
        ({"status": "actual,future"}, "met freed bombed"),
        ({"context": "diplomatic,legal"}, "met"),
        ({"sector": "gov"}, "met"),
        ({"country": "NOR"}, "met"),
        ({"country": "Selvania"}, "bombed"),
        ({"outlet": "radio atlantique"}, "freed"),
        ({"outlet": "northern wire", "place": "Oslo"}, "met feared"),
        ({"search": "hostages"}, "freed"),
        ({"since": "2024-03-07", "until": "2024-03-07"}, "freed"),
        ({"limit": 2}, "met freed"),
        ({"top": 1}, "bombed"),
        ({"top": 2, "actor": "Ana Silva"}, "met feared"),
        ({"top": 1, "actor": "Ana Silva"}, "met"),
        ({"top": 0}, ""),
    ],
)
def test_timelines(book: Book, asked: dict[str, object], expected: str) -> None:
    assert [e.tellings[0].report for e in book.timeline(**asked)] == expected.split()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"between": ("Ana Silva", "Nemo")}, "nobody is called 'Nemo'"),
        ({"place": "…"}, "is no place"),
        ({"status": "sure"}, "'sure' is no status"),
        ({"context": "war"}, "'war' is no context"),
        ({"sector": "XXX"}, "'XXX' is no sector"),
        ({"country": "Ruritania"}, "no country 'Ruritania'"),
        ({"search": "…"}, "no word to search for"),
    ],
)
def test_questions_that_say_nothing(book: Book, asked: dict[str, object], message: str) -> None:
    with pytest.raises(BookError, match=message):
        list(book.timeline(**asked))  # type: ignore[arg-type]


def test_importance_is_of_outlets_deeds_and_tolls(book: Book) -> None:
    weight = {e.tellings[0].report: book.importance(e.id) for e in book.timeline()}
    assert sorted(weight, key=lambda r: -weight[r]) == ["bombed", "freed", "met", "feared"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("oslo", ["feared", "met"]),
        ("OSLO port", ["met"]),
        ("kyiv", ["met"]),
        ("resume", ["feared"]),
        ("hostage", []),
        ("hostage*", ["freed"]),
        ("oslo -port", ["feared"]),
        ("oslo -po*", ["feared"]),
        ('"old port"', ["met"]),
        ('"port old"', []),
        ("nowhere", []),
    ],
)
def test_search(book: Book, words: str, expected: list[str]) -> None:
    assert sorted(f.report for f in book.search(words)) == expected


def test_search_gives_the_best_first_with_the_words_around(tmp_path: Path) -> None:
    texts = {"a": "Oil. " + "Other words. " * 40, "b": "Oil, oil and oil again near the well.", "c": "Nothing."}
    with Book.open(tmp_path / "b") as book:
        book.add([told(i, "2024-01-01", t, anchor=t.split()[0]) for i, t in texts.items()])
        found = book.search("oil")
        assert [f.report for f in found] == ["b", "a"]
        assert found[0].passage == "Oil, oil and oil again near the well."
        assert found[1].passage.endswith("…")
        assert [f.report for f in book.search("oil", limit=1)] == ["b"]


def test_the_command(path: Path) -> None:
    def run(*args: str) -> list[str]:
        result = CliRunner().invoke(main, ["timeline", "--book", str(path), "--json", *args])
        return [json.loads(line)["tellings"][0]["report"] for line in result.stdout.splitlines()]

    assert run("--between", "Silva", "Dahl") == ["met"]
    assert run("--place", "Kaya", "--top", "1") == ["bombed"]
    assert run("--search", "hostage* -market") == ["freed"]
    assert run("--country", "NOR", "--sector", "GOV", "--context", "diplomatic", "--status", "actual") == ["met"]
    assert run("--outlet", "Northern Wire", "--limit", "1") == ["met"]


def test_every_field_of_a_report_is_kept(tmp_path: Path) -> None:
    given = {name: f"a {name}" for name in Report.__struct_fields__} | {"published": date(2024, 5, 1)}
    report = Report(**given)  # type: ignore[arg-type]
    with Book.open(tmp_path / "b") as book:
        book.add([(report, CodedReport(id=report.id))])
        assert book.report(report.id).report == report
        assert [r for r, _ in book.reports()] == list(book.to_code_again("another")) == [report]


def test_an_older_book_can_be_asked_all_this(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A book of version 2 has reports and accounts; its words, places, numbers and importance are made from them."""
    where = tmp_path / "b"
    with Book.open(where) as book:
        book.add(pairs())
    with duckdb.connect(str(where)) as connection:
        for table in ("words", "places", "numbers", "codings", "reviews", "redirects"):
            connection.execute(f"DROP TABLE {table}")
        for column in ("accounts DROP coding", "accounts DROP standing", "events DROP importance"):
            connection.execute(f"ALTER TABLE {column}")
        connection.execute("ALTER TABLE reports DROP language")
        connection.execute("UPDATE meta SET value = '2' WHERE key = 'schema'")
    assert schema.version() >= 3
    with Book.open(where) as book:
        assert [e.tellings[0].report for e in book.timeline(search="hostages", place="Kaya")] == ["freed"]
        assert [e.tellings[0].report for e in book.timeline(top=1)] == ["bombed"]
        key = next(book.timeline()).id
        book.review.accept(key, by="Ana")
        assert book.why(key, "type")[0].grounds[0].standing == "accepted"
        book.add(pairs()[:1], again=True)
        assert [c.version is None for c in book.report("met").codings] == [True, False]
