"""Reviews: entries that can be undone, values that win, decisions that outlive new codings and new reports."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from dateline.book import Book
from dateline.book.decided import Decision, decide
from dateline.book.reviewing import Entry, standing_entries
from dateline.cli import main
from dateline.errors import BookError
from dateline.evaluation import read_gold
from dateline.record import CodedReport, Count, Interval, Span
from helpers_book import Pair, samples, told

DAY = Interval(date(2024, 5, 1), date(2024, 5, 1))
OTHER = Interval(date(2024, 5, 2), date(2024, 5, 2))


def attack(id: str, when: str = "2024-05-01", words: str = "shelled", place: str = "Kaya", **counts: int) -> Pair:
    text = f"Selvania {words} {place} and killed Omar Diallo, residents of the town said after the attack by Selvania."
    return told(
        id, "2024-05-03", text, anchor=words, actor=("Selvania",), recipient=("Omar Diallo",), when=when,
        where=(place,), kinds={"Omar Diallo": "person"}, source=f"wire {id}", **counts,
    )  # fmt: skip


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """Three outlets on one attack, one of them with another day."""
    with Book.open(tmp_path / "b") as opened:
        opened.add([attack("a", killed=3), attack("b", killed=3), attack("c", killed=3)])
        yield opened


def accounts(book: Book) -> dict[str, str]:
    """The key of each report's only account."""
    return {t.report: t.key for e in book.timeline() for t in e.tellings}


def said(book: Book) -> bytes:
    """All that a book says, but for the log."""
    events = list(book.timeline())
    people = sorted({a.id for e in events for a in (*e.actor, *e.recipient) if a.named})
    cases = [book.case(i) for i in people]
    reports = [(r, c, book.report(r.id)) for r, c in book.reports()]
    return msgspec.json.encode((events, cases, reports, [book.importance(e.id) for e in events]))


def test_reports_of_one_event_are_one(book: Book) -> None:
    (event,) = book.timeline()
    assert len(event.tellings) == 3


def test_a_corrected_value_wins_over_the_majority(book: Book) -> None:
    key = accounts(book)["b"]
    entry = book.review.correct(key, "killed", "5", by="Ana", because="the mayor's number")
    assert (entry.number, entry.author, entry.action, entry.field) == (1, "Ana", "correct", "killed")
    event = book.event(key)
    assert len(event.tellings) == 3
    assert event.counts["killed"] == Count(5, 5)
    assert event.because["killed"] == "review 1 by Ana: the mayor's number"
    grounds = {g.report: g for d in book.why(event.id, "counts") for g in d.grounds}
    assert (grounds["b"].value, grounds["b"].standing) == ("5 killed", "corrected")
    assert [(e.value, e.reviewed) for e in grounds["b"].earlier] == [("3 killed", True)]
    assert grounds["a"].standing is None


def test_accounts_are_merged_anew_by_their_corrected_values(book: Book) -> None:
    key = accounts(book)["b"]
    book.review.correct(key, "when", "2024-03-02", by="Ana")
    assert {t.report for t in book.event(key).tellings} == {"b"}
    book.review.undo(1, by="Ana")
    assert len(book.event(key).tellings) == 3


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("type", "coerce.arrest", {"type": "COERCE", "mode": "arrest", "quad": "material-conflict", "cameo": "173"}),
        ("mode", "aerial", {"mode": "aerial", "cameo": "195"}),
        ("status", "negated", {"status": "negated", "cameo": None}),
        ("actor", "Norland; Selvania", {"actor": ("Norland", "Selvania")}),
        ("recipient", "residents of the town (group)", {"recipient": ("residents of the town",)}),
        ("recipient", None, {"recipient": ()}),
        ("recipient", "omar diallo; Kaya", {"recipient": ("Omar Diallo", "Kaya")}),
        ("said_by", "residents of the town (group)", {"said_by": "residents of the town"}),
        ("where", "Kaya; Tanlili", {"where": ("Kaya", "Tanlili")}),
        ("when", "2024-04", {"when": Interval(date(2024, 4, 1), date(2024, 4, 30))}),
        ("when", "/2024-05-01", {"when": Interval(None, date(2024, 5, 1))}),
        ("when", None, {"when": None}),
        ("killed", "9-14", {"counts": {"killed": Count(9, 14)}}),
        ("injured", "23+", {"counts": {"injured": Count(23, None), "killed": Count(3, 3)}}),
        ("killed", None, {"counts": {}}),
    ],
)
def test_every_field_can_be_corrected(
    tmp_path: Path, field: str, value: str | None, expected: dict[str, object]
) -> None:
    with Book.open(tmp_path / "b") as book:
        book.add([attack("a", killed=3)])
        before = said(book)
        key = accounts(book)["a"]
        book.review.correct(key, field, value, by="Ana")
        account = book.report("a").coded.events[0]
        assert {name: getattr(account, name) for name in expected} == expected
        (telling,) = book.event(key).tellings
        assert telling.account == account
        book.review.undo(1, by="Ana")
        assert said(book) == before


def test_a_corrected_name_is_traced_to_the_text(tmp_path: Path) -> None:
    with Book.open(tmp_path / "b") as book:
        book.add([attack("a")])
        key = accounts(book)["a"]
        book.review.correct(key, "recipient", "residents of the town (group)", by="Ana")
        (passage,) = book.why(key, "recipient")[0].grounds[0].passages
        assert passage.quoted == "residents of the town"
        assert book.event(key).recipient[0].kind == "group"


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("colour", "red", "no field 'colour'"),
        ("type", "WAR", "no PLOVER type"),
        ("type", "AGREE.abduct", "no mode"),
        ("mode", "visit", "ASSAULT has no mode 'visit'"),
        ("status", "sure", "no status"),
        ("when", "soon", "is no day"),
        ("when", "2024-05-02/2024-05-01", "ends before it begins"),
        ("killed", "many", "no count"),
        ("killed", "14-9", "smaller number first"),
        ("said_by", "A; B", "one name"),
    ],
)
def test_corrections_that_make_no_sense_leave_no_entry(book: Book, field: str, value: str, message: str) -> None:
    with pytest.raises(BookError, match=message):
        book.review.correct(accounts(book)["a"], field, value, by="Ana")
    assert book.review.log() == []


def test_several_corrections_are_all_made_or_none(book: Book) -> None:
    key = accounts(book)["a"]
    with pytest.raises(BookError, match="no mode"):
        book.review.correct_all(key, {"when": "2024-05-02", "mode": "visit"}, by="Ana")
    assert book.review.log() == []
    assert book.event(key).when == DAY
    made = book.review.correct_all(key, {"mode": "arrest", "type": "COERCE"}, by="Ana")
    assert [e.field for e in made] == ["type", "mode"]
    assert book.report("a").coded.events[0].mode == "arrest"


def test_a_rejected_account_leaves_its_event_and_comes_back(book: Book) -> None:
    before, key = said(book), accounts(book)["a"]
    book.review.reject(key, by="Ana", because="a rumour")
    (event,) = book.timeline()
    assert {t.report for t in event.tellings} == {"b", "c"}
    assert [e.target for e in book.review.rejected()] == [key]
    with pytest.raises(BookError, match="rejected in review 1 by Ana"):
        book.event(key)
    assert book.report("a").coded.events == ()
    book.review.undo(1, by="Ben")
    assert said(book) == before


def test_a_rejected_account_can_be_accepted_after_all(book: Book) -> None:
    key = accounts(book)["a"]
    book.review.reject(key, by="Ana")
    book.review.accept(key, by="Ben")
    assert book.review.standing(key) == "accepted"
    assert len(book.event(key).tellings) == 3


def test_undo_is_an_entry_that_can_be_undone(book: Book) -> None:
    key = accounts(book)["a"]
    book.review.correct(key, "when", "2024-05-02", by="Ana")
    book.review.accept(key, by="Ana")
    book.review.undo(1, by="Ben")
    assert book.report("a").coded.events[0].when == DAY
    assert book.review.standing(key) == "accepted"
    book.review.undo(3, by="Ana")
    assert book.report("a").coded.events[0].when == OTHER
    assert [e.action for e in book.review.log()] == ["correct", "accept", "undo", "undo"]
    with pytest.raises(BookError, match="no review 9"):
        book.review.undo(9, by="Ana")
    with pytest.raises(BookError, match="undone already"):
        book.review.undo(3, by="Ana")


def entry(number: int, action: str = "accept", undoes: int | None = None) -> Entry:
    return Entry(number=number, at="2024-01-01T00:00:00Z", author="a", action=action, target="ev-1", undoes=undoes)


def test_which_entries_stand() -> None:
    entries = [entry(1), entry(2), entry(3, "undo", 1), entry(4, "undo", 3), entry(5, "undo", 2)]
    assert [e.number for e in standing_entries(entries)] == [1]


def test_accepted_values_win_and_are_not_open(book: Book) -> None:
    book.add([attack("d", "2024-05-01", killed=9)])
    (dispute,) = book.event(accounts(book)["d"]).disputes
    best, other = (v.value for v in dispute.versions)
    key = accounts(book)[dispute.versions[1].reports[0]]
    assert book.event(key).counts["killed"] == best
    book.review.accept(key, by="Ana")
    event = book.event(key)
    assert event.counts["killed"] == other
    assert event.because["killed"] == "an accepted account has it"
    (dispute,) = event.disputes
    assert [(v.value, v.best) for v in dispute.versions] == [(other, True), (best, False)]
    assert len(list(book.review.items())) == 3
    assert [i.telling.key for i in book.review.items("accepted")] == [key]


def recoded(pair: Pair, **changes: object) -> Pair:
    """The same report with its account coded otherwise."""
    report, coded = pair
    account = msgspec.structs.replace(coded.events[0], **changes)
    return report, msgspec.structs.replace(coded, events=(account,))


def test_a_new_coding_keeps_history_and_ids_lead_on(book: Book) -> None:
    old = accounts(book)["a"]
    pair = recoded(attack("a", killed=3), recipient=("Omar Diallo", "Kaya"), when=OTHER)
    added = book.add([pair], again=True, model="better")
    assert (added.again, added.reports) == (1, 0)
    new = accounts(book)["a"]
    assert new != old
    assert book.event(old) == book.event(new)
    ground = next(g for g in book.why(new, "when")[0].grounds if g.report == "a")
    assert (ground.value, ground.coding.model if ground.coding else "") == ("2024-05-02", "better")
    assert [(e.value, e.coding.ordinal, e.reviewed) for e in ground.earlier] == [("2024-05-01", 1, False)]
    assert [c.ordinal for c in book.report("a").codings] == [1, 2]
    assert all(c.version and c.codebook for c in book.report("a").codings)


def test_a_new_coding_makes_the_book_that_it_would_have_made_at_once(tmp_path: Path) -> None:
    with Book.open(tmp_path / "other") as other:
        other.add([(r, CodedReport(id=r.id, published=r.published)) for r, _ in samples()])
        other.add(samples(), again=True)
        with Book.open(tmp_path / "once") as once:
            once.add(samples())
            found, expected = ([msgspec.json.encode(e) for e in b.timeline()] for b in (other, once))
            assert found == expected
            tables = ("nodes", "node_names", "node_blocks", "identities", "links", "events", "event_accounts", "tokens")
            for table in tables:
                columns = "*" if table != "node_names" else "node, name, sum(reports) GROUP BY ALL"
                query = f"SELECT {columns.replace(' GROUP', f' FROM {table} GROUP')}"
                query = query if " FROM " in query else f"{query} FROM {table}"
                one, two = (sorted(map(str, b.connection.execute(query).fetchall())) for b in (other, once))
                assert one == two, table


def test_what_is_told_no_more_says_so(book: Book) -> None:
    key = accounts(book)["a"]
    report, coded = attack("a")
    book.add([(report, msgspec.structs.replace(coded, events=()))], again=True)
    assert set(accounts(book)) == {"b", "c"}
    with pytest.raises(BookError, match="told no more"):
        book.event(key)
    book.add([attack("a", killed=3)], again=True)
    assert accounts(book)["a"] == key
    assert len(book.event(key).tellings) == 3


def test_reviews_survive_a_new_coding(book: Book) -> None:
    keys = accounts(book)
    book.review.correct(keys["a"], "when", "2024-05-02", by="Ana")
    book.review.accept(keys["b"], by="Ana")
    book.review.reject(keys["c"], by="Ana")
    new = [
        recoded(attack(i, killed=3), recipient=("Kaya",), when=DAY, counts={"killed": Count(7, 7)})
        for i in ("a", "b", "c")
    ]
    book.add(new, again=True)
    a, b = (book.report(i).coded.events[0] for i in ("a", "b"))
    assert (a.when, a.counts, a.recipient) == (OTHER, {"killed": Count(7, 7)}, ("Kaya",))
    assert (b.counts, b.recipient) == ({"killed": Count(3, 3)}, ("Omar Diallo",))
    assert book.report("c").coded.events == ()
    assert {book.event(keys[i]).id for i in ("a", "b")} == {e.id for e in book.timeline()}
    gone = [(r, msgspec.structs.replace(c, events=(), actors={})) for r, c in new]
    book.add(gone, again=True)
    a, b = (book.report(i).coded.events[0] for i in ("a", "b"))
    assert a.when == OTHER
    assert (b.counts, b.actor) == ({"killed": Count(3, 3)}, ("Selvania",))
    assert book.report("c").coded.events == ()


def test_merged_events_stay_merged(book: Book) -> None:
    book.add([attack("x", "2024-02-01", "bombed", "Tanlili"), attack("y", "2024-02-01", "bombed", "Tanlili")])
    one, two = accounts(book)["a"], accounts(book)["x"]
    assert book.event(one).id != book.event(two).id
    book.review.merge(one, two, by="Ana", because="the same day, misprinted")
    assert book.event(one) == book.event(two)
    assert len(book.event(one).tellings) == 5
    book.add([attack("d"), attack("z", "2024-02-01", "bombed", "Tanlili")])
    assert len(book.event(one).tellings) == 7
    book.add([recoded(attack("a"), recipient=("Omar Diallo", "Kaya"))], again=True)
    assert len(book.event(one).tellings) == 7
    with pytest.raises(BookError, match="one already"):
        book.review.merge(one, two, by="Ana")
    book.review.undo(1, by="Ana")
    assert len(list(book.timeline())) == 2


def test_a_split_account_stays_apart(book: Book) -> None:
    key = accounts(book)["b"]
    event = book.event(key)
    book.review.split(event.id, [key], by="Ana")
    assert {t.report for t in book.event(key).tellings} == {"b"}
    book.add([attack("d", killed=3)])
    assert book.event(key).id != book.event(accounts(book)["a"]).id
    book.review.merge(key, accounts(book)["a"], by="Ben")
    assert len(book.event(key).tellings) == 4
    with pytest.raises(BookError, match="nothing would be left"):
        book.review.split(key, list(accounts(book).values()), by="Ana")
    with pytest.raises(BookError, match="no parts of"):
        book.review.split(key, [], by="Ana")


def person(id: str, name: str, country: str | None = None) -> Pair:
    return told(
        id, "2024-05-01", f"{name} met officials.", type="CONSULT", anchor="met", actor=(name,), kinds={name: "person"},
        countries={name: country} if country else {}, when=f"2024-0{ord(id) - 96}-02",
    )  # fmt: skip


def test_identities_are_merged_and_split(tmp_path: Path) -> None:
    with Book.open(tmp_path / "b") as book:
        book.add([person("a", "Ana Silva", "NOR"), person("b", "Ana Maria Lund")])
        one, two = (book.case(n).actor.id for n in ("Ana Silva", "Ana Maria Lund"))
        book.review.merge(one, two, by="Ben", because="she married")
        case = book.case(two)
        assert case == book.case(one)
        assert (case.names, case.because) == (("Ana Maria Lund", "Ana Silva"), ("a review",))
        assert dict(case.parts) == {one: "Ana Silva", two: "Ana Maria Lund"}
        book.add([person("c", "Ana Maria Lund")])
        assert len(book.case("Ana Silva").events) == 3
        book.review.split(one, [two], by="Ben")
        assert book.case(two).names == ("Ana Maria Lund",)
        book.review.undo(2, by="Ben")
        book.review.undo(1, by="Ben")
        assert book.case(one).actor.id != book.case(two).actor.id
        with pytest.raises(BookError, match="can't be merged with an identity"):
            book.review.merge(one, accounts(book)["a"], by="Ben")


def test_namesakes_are_told_apart_by_report(tmp_path: Path) -> None:
    with Book.open(tmp_path / "b") as book:
        book.add([person("a", "John Smith"), person("b", "John Smith")])
        one = book.case("John Smith").actor.id
        assert len(book.case(one).events) == 2
        book.review.split(one, reports=["b"], by="Ben", because="another one")
        assert len(book.case(one).events) == 1
        other = next(a.id for e in book.timeline() for a in e.actor if a.id != one)
        assert book.case(other).actor.named
        book.add([person("c", "John Smith")])
        book.add([person("b", "John Smith")], again=True)
        assert (len(book.case(one).events), len(book.case(other).events)) == (2, 1)
        book.review.undo(1, by="Ben")
        assert len(book.case(one).events) == 3
        assert book.case(other).actor.id == one
        with pytest.raises(BookError, match="is not in"):
            book.review.split(one, reports=["nowhere"], by="Ben")


def test_decisions_over_groups() -> None:
    groups = [("a", "b", "c"), ("d",)]
    merge, split = Decision("merge", ("a",), ("d",)), Decision("split", ("a",), ("b", "c"))
    assert sorted(map(sorted, decide(groups, [merge]))) == [["a", "b", "c", "d"]]
    assert sorted(map(sorted, decide(groups, [split, merge]))) == [["a", "d"], ["b", "c"]]
    assert sorted(map(sorted, decide(groups, [merge, split]))) == [["a"], ["b", "c", "d"]]
    assert decide(groups, [Decision("merge", ("x",), ("d",)), Decision("split", ("d",), ("a",))]) == groups


def test_a_review_in_a_book_open_for_reading_is_refused(tmp_path: Path) -> None:
    with Book.open(tmp_path / "b") as book:
        book.add([attack("a")])
        key = accounts(book)["a"]
    with Book.open(tmp_path / "b", read_only=True) as book, pytest.raises(BookError, match="reading only"):
        book.review.accept(key, by="Ana")


def test_reviewed_reports_are_gold(tmp_path: Path) -> None:
    with Book.open(tmp_path / "b") as book:
        book.add([attack("a", killed=3), attack("b"), samples()[0]])
        keys = accounts(book)
        book.review.accept(keys["a"], by="Ana")
        book.review.reject(keys["b"], by="Ana")
        first = book.report(samples()[0][0].id)
        book.review.accept(next(iter(first.accounts.values())), by="Ana")
        readings = list(book.review.gold())
        assert [(r.id, len(r.events)) for r in readings] == [("a", 1), ("b", 0)]
        assert {r.id: len(r.events) for r in book.review.gold(partial=True)} == {"a": 1, "b": 0, first.report.id: 1}
        (tmp_path / "gold.jsonl").write_bytes(b"".join(r.to_json() + b"\n" for r in book.review.gold(partial=True)))
    gold = {g.id: g for g in read_gold(tmp_path / "gold.jsonl")}
    (event,) = gold["a"].events
    assert (event.type, event.when, event.actor, event.counts) == (
        "ASSAULT", ("2024-05-01", "2024-05-01"), ("selvania",), {"killed": (3, 3)},
    )  # fmt: skip
    assert gold["a"].actors["selvania"].surface == ("Selvania",)
    assert set(json.loads(readings[0].to_json(texts=False))) == set(json.loads(readings[0].to_json())) - {"text"} | {
        "sha256"
    }


def run(*args: object) -> Result:
    result = CliRunner().invoke(main, [str(a) for a in args])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_the_commands(tmp_path: Path) -> None:
    where = tmp_path / "b"
    with Book.open(where) as book:
        book.add([attack("a", killed=3), attack("b", killed=3)])
        keys, who = accounts(book), book.case("Selvania").actor.id
    listed = run("review", "list", "--book", where).stdout
    assert keys["a"] in listed
    assert json.loads(run("review", "list", "--book", where, "--limit", "1", "--json").stdout)["standing"] == "open"
    signed = ("--book", where, "--by", "Ana", "--because", "seen")
    assert run("review", "correct", keys["a"], "where=Tanlili", "killed=4", *signed).stdout.splitlines() == [
        f"review 1 by Ana: correct {keys['a']} where=Tanlili (seen)",
        f"review 2 by Ana: correct {keys['a']} killed=4 (seen)",
    ]
    why = run("why", keys["a"], "where", "--book", where).stdout
    assert "by review 1 by Ana: seen" in why
    assert "was Kaya before the review" in why
    assert "corrected" in run("show", keys["a"], "--book", where).stdout
    assert "corrected" in run("show", "a", "--book", where).stdout
    assert "split" in run("review", "split", keys["a"], keys["b"], *signed).stdout
    assert len(run("timeline", "--book", where).stdout.splitlines()) == 3
    assert "merge" in run("review", "merge", keys["a"], keys["b"], *signed).stdout
    assert len(run("timeline", "--book", where).stdout.splitlines()) == 2
    assert len(run("review", "accept", keys["a"], "--event", *signed).stdout.splitlines()) == 2
    assert "nobody is called" not in run("case", who, "--book", where).output
    assert run("review", "list", "--book", where).stderr == "Nothing.\n"
    exported = run("review", "export", "--book", where)
    assert exported.stderr == "2 readings\n"
    assert [json.loads(line)["id"] for line in exported.stdout.splitlines()] == ["a", "b"]
    run("review", "reject", keys["b"], *signed)
    assert "review 7 by Ana: seen" in run("review", "list", "--standing", "rejected", "--book", where).stdout
    assert run("review", "undo", 7, *signed).stdout == "review 8 by Ana: undo 7 (seen)\n"
    log = run("review", "log", "--book", where).stdout
    assert "undone" in log
    assert len(log.splitlines()) == 9
    assert len(run("review", "log", keys["b"], "--book", where, "--json").stdout.splitlines()) >= 4
    bad = run("review", "accept", "a", *signed)
    assert (bad.exit_code, bad.stderr) == (
        1,
        "Error: 'a' is no id of an account; `dateline show EVENT` has them (ev-…)\n",
    )
    assert run("review", "correct", keys["a"], "when", *signed).exit_code == 2


def test_spans_of_reviewed_records_are_of_the_text(book: Book) -> None:
    book.review.correct(accounts(book)["a"], "where", "Kaya", by="Ana")
    view = book.report("a")
    assert view.coded.events[0].evidence["where"] == (Span(17, 21),)
    assert view.report.text[17:21] == "Kaya"
