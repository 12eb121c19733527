"""A book: what goes in comes out, in any order, once, and survives."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import msgspec
import pytest

from dateline.book import Book, schema
from dateline.book.days import first_day, last_day, show
from dateline.errors import BookError
from dateline.record import Count, Interval, Known, Span
from helpers_book import GOLD, Pair, samples, told


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book of the samples."""
    where = tmp_path_factory.mktemp("book") / "samples.book"
    with Book.open(where) as book:
        book.add(samples())
    return where


@pytest.fixture
def book(path: Path) -> Iterator[Book]:
    with Book.open(path, read_only=True) as opened:
        yield opened


def everything(path: Path) -> bytes:
    """All that a book says, as bytes."""
    with Book.open(path, read_only=True) as book:
        events = list(book.timeline())
        people = sorted({a.id for e in events for a in (*e.actor, *e.recipient) if a.named})
        cases = [book.case(i) for i in people[::12]]
        reports = [(r, c, book.report(r.id).events) for r, c in book.reports()]
        joints = [book.joints(e.id) for e in events if len(e.tellings) > 1]
        return msgspec.json.encode((events, cases, reports, joints))


def test_reports_come_out_as_they_went_in(book: Book) -> None:
    expected = sorted(samples(), key=lambda pair: (pair[0].published or date.max, pair[0].id))
    assert list(book.reports()) == expected
    assert book.report("kaya-sahel-wire").coded == {r.id: c for r, c in samples()}["kaya-sahel-wire"]
    assert "kaya-sahel-wire" in book
    assert "nobody" not in book


def test_every_account_is_in_one_event(book: Book) -> None:
    keys = [t.key for e in book.timeline() for t in e.tellings]
    assert len(keys) == len(set(keys)) == sum(len(c.events) for _, c in samples())


def test_neither_order_nor_batches_change_a_byte(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = everything(path)
    for seed, batch in ((1, 1), (2, 3)):
        monkeypatch.setattr("dateline.book.book.BATCH", batch)
        shuffled = list(samples())
        random.Random(seed).shuffle(shuffled)
        other = tmp_path / f"{seed}.book"
        with Book.open(other) as book:
            book.add(shuffled)
        assert everything(other) == expected


def test_the_same_report_twice_adds_nothing(tmp_path: Path) -> None:
    pairs = samples()[:4]
    with Book.open(tmp_path / "b") as book:
        first = book.add([*pairs, pairs[0]])
        before = list(book.timeline())
        again = book.add(pairs)
        assert (first.reports, first.known) == (4, 1)
        assert first.accounts == first.events + first.joined == sum(len(c.events) for _, c in pairs)
        assert (again.reports, again.known, again.accounts, again.events) == (0, 4, 0, 0)
        assert list(book.timeline()) == before


def test_the_same_id_with_another_text_is_a_notice(tmp_path: Path) -> None:
    (report, coded), other = samples()[0], samples()[1]
    changed = msgspec.structs.replace(report, text=report.text + " More.")
    with Book.open(tmp_path / "b") as book:
        added = book.add([(report, coded), (changed, coded), other])
        assert (added.reports, len(added.clashes)) == (2, 1)
        assert added.clashes[0].startswith(f"{report.id}: the book has another text")
        assert [book.standing(r) for r in (report, changed, samples()[2][0])] == ["known", "clash", "new"]
        assert book.report(report.id).report == report


def test_what_came_before_a_failure_is_kept(tmp_path: Path) -> None:
    def failing() -> Iterator[Pair]:
        yield from samples()[:3]
        raise RuntimeError("power cut")

    with Book.open(tmp_path / "b") as book:
        with pytest.raises(RuntimeError):
            book.add(failing())
        assert len(list(book.reports())) == 3


KILLED = """
import os, signal, sys
sys.path.insert(0, {tests!r})
from helpers_book import samples
from dateline.book import Book, book as module
module.BATCH, module.SECONDS = 2, 1e9
def pairs():
    for i, pair in enumerate(samples()):
        if i == 7:
            os.kill(os.getpid(), signal.SIGKILL)
        yield pair
Book.open(sys.argv[1]).add(pairs())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_kill_loses_nothing_committed(tmp_path: Path) -> None:
    where = tmp_path / "killed.book"
    code = KILLED.format(tests=str(Path(__file__).parent))
    done = subprocess.run([sys.executable, "-c", code, str(where)], check=False, env=dict(os.environ))
    assert done.returncode == -signal.SIGKILL
    with Book.open(where, read_only=True) as book:
        assert [r.id for r, _ in book.reports()] == sorted_ids(6)
    with Book.open(where) as book:
        assert book.add(samples()).reports == len(samples()) - 6


def sorted_ids(count: int) -> list[str]:
    pairs = sorted(samples()[:count], key=lambda pair: (pair[0].published or date.max, pair[0].id))
    return [r.id for r, _ in pairs]


def test_a_locked_book_says_so(tmp_path: Path) -> None:
    where = tmp_path / "b"
    with Book.open(where) as book:
        book.add(samples()[:1])
        code = "import sys\nfrom dateline.book import Book\nBook.open(sys.argv[1])"
        done = subprocess.run([sys.executable, "-c", code, str(where)], capture_output=True, text=True, check=False)
    assert "another process has this book open" in done.stderr


def test_files_that_are_no_book(tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("no book at all")
    with pytest.raises(BookError, match="not a book"):
        Book.open(text)
    with pytest.raises(BookError, match="no book there"):
        Book.open(tmp_path / "none", create=False)
    with pytest.raises(BookError, match="no book there"):
        Book.open(tmp_path / "none", read_only=True)
    with pytest.raises(BookError, match="no folder"):
        Book.open(tmp_path / "none" / "b")
    other = tmp_path / "other.duckdb"
    with duckdb.connect(str(other)) as connection:
        connection.execute("CREATE TABLE t (x INTEGER)")
    with pytest.raises(BookError, match="no book of dateline"):
        Book.open(other)


def test_a_book_of_another_version_says_so(tmp_path: Path) -> None:
    where = tmp_path / "b"
    Book.open(where).close()
    with duckdb.connect(str(where)) as connection:
        connection.execute("UPDATE meta SET value = $1 WHERE key = 'schema'", [str(schema.version() + 1)])
    with pytest.raises(BookError, match=f"version {schema.version() + 1}.*newer dateline"):
        Book.open(where)


def test_an_older_book_is_brought_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    where = tmp_path / "b"
    with Book.open(where) as book:
        book.add(samples()[:1])
    now = schema.version()
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, ("CREATE TABLE notes (x TEXT)", "SELECT nonsense")))
    with pytest.raises(BookError, match="open it once for writing"):
        Book.open(where, read_only=True)
    with pytest.raises(BookError, match=f"can't be brought from version {now} to {now + 1}"):
        Book.open(where)
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS[:now], ("CREATE TABLE notes (x TEXT)",)))
    with Book.open(where) as book:
        assert len(list(book.reports())) == 1
    with duckdb.connect(str(where)) as connection:
        assert connection.execute("SELECT value FROM meta").fetchall() == [(str(now + 1),)]
        assert connection.execute("SELECT * FROM notes").fetchall() == []


def test_a_book_without_codes_and_contexts_gets_their_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    where = tmp_path / "b"
    with monkeypatch.context() as first, duckdb.connect(str(where)) as connection:
        first.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:1])
        schema.prepare(connection, str(where), writable=True)
    with Book.open(where) as book:
        book.add(samples()[:2])
        assert len(list(book.reports())) == 2
    with duckdb.connect(str(where)) as connection:
        assert connection.execute("SELECT count(*) FROM accounts WHERE quad IS NOT NULL").fetchone() == (0,)


def test_codes_contexts_sectors_and_known_offices_are_kept(tmp_path: Path) -> None:
    text = "Troops of Selvania shelled a town."
    report, coded = told("a", "2024-05-01", text, type="ASSAULT", anchor="shelled", actor=("Troops",))
    known = Known(name="Ana Silva", role="President", country="NOR", since=date(2020, 1, 1), source="a table")
    actor = msgspec.structs.replace(coded.actors["Troops"], sectors=("MIL", "GOV"), known=(known,))
    account = msgspec.structs.replace(
        coded.events[0], quad="material-conflict", cameo="194", intensity=-10.0, contexts=("military",)
    )
    span = Span(0, 6)
    coded = msgspec.structs.replace(
        coded, events=(account,), actors={"Troops": actor}, contexts={"military": (span,), "territory": (span,)}
    )
    with Book.open(tmp_path / "b") as book:
        book.add([(report, coded)])
        assert book.report("a").coded == coded
        event = next(book.timeline())
        assert (event.quad, event.cameo, event.intensity) == ("material-conflict", "194", -10.0)
        assert event.contexts == ("military",)
        (why,) = book.why(event.id, "cameo")
        assert why.value == "194"
    with duckdb.connect(str(tmp_path / "b")) as connection:
        asked = {
            "SELECT quad, cameo, intensity FROM accounts": [("material-conflict", "194", -10.0)],
            "SELECT context FROM account_contexts": [("military",)],
            "SELECT context FROM report_contexts ORDER BY ordinal": [("military",), ("territory",)],
            "SELECT name, sector FROM actor_sectors ORDER BY ordinal": [("Troops", "MIL"), ("Troops", "GOV")],
            "SELECT holder, country, until FROM known": [("Ana Silva", "NOR", None)],
        }
        assert {query: connection.execute(query).fetchall() for query in asked} == asked


def test_texts_of_any_characters(tmp_path: Path) -> None:
    text = "A\x00B \U0001f54a שלום “Zażółć” met\r\n\tthem."
    pair = told("ü/1 'x'", "2024-05-01", text, type="CONSULT", anchor="met", actor=("שלום",), kinds={"שלום": "person"})
    with Book.open(tmp_path / "b") as book:
        book.add([pair])
        assert list(book.reports()) == [pair]
        assert next(book.timeline()).tellings[0].words == "met"


def test_identity_ids_outlive_what_comes_later(tmp_path: Path) -> None:
    def met(id: str, name: str) -> Pair:
        return told(
            id, "2024-05-01", f"{name} met.", type="CONSULT", anchor="met", actor=(name,), kinds={name: "person"}
        )

    names = ("Volodymyr Zelensky", "Volodymyr Zelenskyy", "Volodymyr Zelenskiy")
    with Book.open(tmp_path / "b") as book:
        ids = []
        for name in names:
            book.add([met(name, name)])
            ids.append(book.case(name).actor.id)
        cases = [book.case(i) for i in ids]
        assert cases[0] == cases[1] == cases[2]
        assert cases[0].names == tuple(sorted(names))
        assert "spellings of one name" in cases[0].because[0]


def test_disputes_are_those_of_the_gold(book: Book) -> None:
    gold = json.loads((GOLD / "samples-merge.json").read_text())
    found = {}
    for event in book.disputes():
        members = {(t.report, t.account.id) for t in event.tellings}
        for number, cluster in enumerate(gold["clusters"]):
            if members == set(map(tuple, cluster)):
                found |= {(number, d.field): d for d in event.disputes}
    assert {(d["cluster"], d["field"]) for d in gold["disputes"]} <= found.keys()
    for expected in gold["disputes"]:
        versions = found[expected["cluster"], expected["field"]].versions
        told = {report: plain(v.value) for v in versions for report in v.reports}
        assert told == expected["values"]
        assert [v.best for v in versions] == [True] + [False] * (len(versions) - 1)


def plain(value: object) -> list[object]:
    if isinstance(value, Interval):
        return [day.isoformat() if day else None for day in value]
    assert isinstance(value, Count | tuple)
    return list(value)


def ids(book: Book, **query: object) -> list[tuple[str, str]]:
    return [(e.type, show(e.when)) for e in book.timeline(**query)]  # type: ignore[arg-type]


def test_timeline_by_actor_type_and_days(book: Book) -> None:
    assert ids(book, actor="Casimir Zongo") == ids(book, actor="zongo") != []
    abductions = list(book.timeline(type="assault.abduct", since="2019-11", until="2019-11"))
    assert [(e.when, e.voices) for e in abductions if e.voices > 1] == [
        (Interval(date(2019, 11, 12), date(2019, 11, 12)), 3)
    ]
    whole = list(book.timeline())
    starts = [(e.when or Interval(None, None)) for e in whole]
    known = [w.earliest or w.latest for w in starts if w != (None, None)]
    assert known == sorted(known)  # type: ignore[type-var]
    assert list(book.timeline(limit=3)) == whole[:3]
    assert {e.type for e in book.timeline(type="request,RETREAT·release")} == {"REQUEST", "RETREAT"}


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"actor": "Nemo"}, "nobody is called 'Nemo'"),
        ({"type": "WAR"}, "no PLOVER type"),
        ({"type": "AGREE.abduct"}, "no mode"),
        ({"since": "last week"}, "is no day"),
        ({"until": "2025-02-30"}, "is no day"),
    ],
)
def test_questions_that_make_no_sense(book: Book, query: dict[str, str], message: str) -> None:
    with pytest.raises(BookError, match=message):
        list(book.timeline(**query))  # type: ignore[arg-type]


def test_an_event_is_found_by_the_id_of_any_of_its_accounts(book: Book) -> None:
    event = next(e for e in book.timeline() if e.voices > 1)
    assert all(book.event(t.key) == event for t in event.tellings)
    assert book.event(event.id[:10]) == event
    with pytest.raises(BookError, match="more than one event"):
        book.event("ev-")
    with pytest.raises(BookError, match="no event"):
        book.event("ev-nothing")


def test_ids_outlive_what_comes_later(tmp_path: Path) -> None:
    kaya = {r.id: (r, c) for r, c in samples() if r.id.startswith("kaya")}
    with Book.open(tmp_path / "b") as book:
        book.add([kaya["kaya-radio-atlantique"]])
        old = next(e for e in book.timeline() if e.mode == "abduct" and e.status == "actual")
        book.add([kaya["kaya-sahel-wire"]])
        now = book.event(old.id)
        assert {t.report for t in now.tellings} == {"kaya-radio-atlantique", "kaya-sahel-wire"}


def test_why_goes_down_to_characters(book: Book) -> None:
    event = next(e for e in book.disputes() if e.counts.get("abducted"))
    (when,) = book.why(event.id, "when")
    assert when.value == "2019-11-12"
    assert when.because == "2 outlets have it, 1 the next version"
    for ground in when.grounds:
        text = book.report(ground.report).report.text
        for passage in ground.passages:
            assert text[passage.span.start : passage.span.end] == passage.quoted != ""
            assert passage.before + passage.quoted + passage.after in text
    assert {d.field for d in book.why(event.id)} >= {"type", "actor", "when", "where", "counts"}
    with pytest.raises(BookError, match="no field"):
        book.why(event.id, "colour")


def captivity(name: str, taken: str | None, freed: str | None) -> list[Pair]:
    kinds = {name: "person", "Red Column": "organization"}
    pairs = []
    if taken:
        pairs.append(
            told(
                "taken", "2024-01-10", f"The Red Column kidnapped {name}.", mode="abduct", anchor="kidnapped",
                actor=("Red Column",), recipient=(name,), when=taken, kinds=kinds,
            )
        )  # fmt: skip
    if freed:
        pairs.append(
            told(
                "freed", "2025-03-01", f"The Red Column freed {name}.", type="RETREAT", mode="release", anchor="freed",
                actor=("Red Column",), recipient=(name,), when=freed, kinds=kinds,
            )
        )  # fmt: skip
    return pairs


@pytest.mark.parametrize(
    ("taken", "freed", "days"),
    [
        ("2023-10-07", "2025-02-15", (498, 498)),
        ("2024-01-01/2024-01-03", "2024-01-10", (8, 10)),
        ("2024-01-01", None, (None, None)),
        (None, "2024-01-10", (None, None)),
        ("/2024-01-03", "2024-01-10", (8, None)),
    ],
)
def test_captivity(tmp_path: Path, taken: str | None, freed: str | None, days: tuple[int | None, int | None]) -> None:
    with Book.open(tmp_path / "b") as book:
        book.add(captivity("Ada Karim", taken, freed))
        (spell,) = book.case("Ada Karim").spells
    assert spell.days == days
    assert (spell.taken is None, spell.freed is None) == (taken is None, freed is None)


def test_a_case(book: Book) -> None:
    case = book.case("Zongo")
    assert case.actor.name == "Casimir Zongo"
    assert [(o.role, o.of, len(o.reports)) for o in case.offices] == [
        ("Governor", "Centre-Nord region", 2),
        ("governor", None, 1),
    ]
    assert [q.text for q in case.quotes] == ["They shot the driver and took everyone in a white coat,"]
    with pytest.raises(BookError, match="fits 2 actors"):
        book.case("Sawadogo")
    with pytest.raises(BookError, match="nobody is called"):
        book.case("Nemo")


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (Interval(date(2023, 10, 7), date(2023, 10, 7)), "2023-10-07"),
        (Interval(date(2023, 11, 1), date(2023, 11, 30)), "2023-11"),
        (Interval(date(2023, 1, 1), date(2023, 12, 31)), "2023"),
        (Interval(date(1990, 1, 1), date(1993, 12, 31)), "1990 to 1993"),
        (Interval(date(2023, 11, 1), date(2024, 2, 29)), "2023-11 to 2024-02"),
        (Interval(date(2023, 11, 3), date(2023, 11, 5)), "2023-11-03 to 05"),
        (Interval(date(2023, 11, 3), date(2023, 12, 5)), "2023-11-03 to 12-05"),
        (Interval(date(2023, 11, 3), date(2024, 1, 5)), "2023-11-03 to 2024-01-05"),
        (Interval(None, date(2025, 4, 17)), "before 2025-04-17"),
        (Interval(date(2025, 4, 17), None), "since 2025-04-17"),
        (None, "?"),
    ],
)
def test_days_in_few_characters(when: Interval | None, expected: str) -> None:
    assert show(when) == expected


def test_days_that_people_write() -> None:
    assert (first_day("2024"), last_day("2024-02")) == (date(2024, 1, 1), date(2024, 2, 29))
    assert (first_day("2024-2-9"), last_day("2024")) == (date(2024, 2, 9), date(2024, 12, 31))
