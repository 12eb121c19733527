"""The commands: what they print, where, and how they end."""

from __future__ import annotations

import json
import subprocess
import sys
import types
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from click.testing import CliRunner, Result

from dateline import Report, __version__
from dateline.cli import COMMANDS, main
from dateline.record import CodedReport
from helpers_book import Pair, samples


class GoldCoder:
    """Codes the samples as gold has them, everything else as telling of nothing; notes what it was asked."""

    asked: ClassVar[list[str]] = []
    model = "gold"

    def __init__(self, model: str = "gold") -> None:
        self._known = {report.text: coded for report, coded in samples()}

    def code_all(self, reports: Iterable[Report], *, on_error: object = None) -> Iterator[Pair]:
        for report in reports:
            self.asked.append(report.id)
            told = self._known.get(report.text) or CodedReport(id=report.id, published=report.published)
            yield report, told


@pytest.fixture(autouse=True)
def gold_coder(monkeypatch: pytest.MonkeyPatch) -> None:
    module = types.ModuleType("dateline.coder")
    module.Coder = GoldCoder  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "dateline.coder", module)
    monkeypatch.setattr(GoldCoder, "asked", [])
    monkeypatch.setenv("COLUMNS", "200")


def run(*args: object, input: str | None = None) -> Result:
    result = CliRunner().invoke(main, [str(a) for a in args], input=input)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def write(path: Path, pairs: Iterable[Pair]) -> Path:
    lines = (
        {"id": r.id, "published": str(r.published), "source": r.source, "text": r.text} for r, _ in pairs if r.source
    )
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("reports") / "reports.jsonl", samples())


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from dateline.book import Book

    where = tmp_path_factory.mktemp("book") / "samples.book"
    with Book.open(where) as opened:
        opened.add(samples())
    return where


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from click.testing import CliRunner; from dateline.cli import main;"
        "print(CliRunner().invoke(main, ['--help']).output);"
        "print(sorted({m.partition('.')[0] for m in sys.modules} & {'spacy', 'duckdb', 'rich', 'numpy'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.rstrip().endswith("[]")
    assert all(name in done.stdout for name in COMMANDS)


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - {"times"}))
def test_every_command_has_help(name: str) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    assert "Usage" in result.output


def test_version() -> None:
    assert run("--version").output.strip().endswith(__version__)


def test_code_into_a_book_and_again(tmp_path: Path, reports: Path) -> None:
    where = tmp_path / "b"
    first = run("code", reports, "--book", where)
    assert first.exit_code == 0
    kept = [r for r, _ in samples() if r.source]
    assert f"{len(kept)} reports read into {where}" in first.stdout
    assert "ASSAULT" in first.stdout
    assert "new events" in first.stdout
    assert first.stderr == ""
    GoldCoder.asked.clear()
    again = run("code", reports, "--book", where)
    assert f"{len(kept)} of them known already" in again.stdout
    assert "0 accounts coded" in again.stdout
    assert GoldCoder.asked == []


def test_code_defaults_to_a_book_here(tmp_path: Path, reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run("code", reports)
    assert (tmp_path / "dateline.book").exists()
    assert "Casimir Zongo" in run("case", "Zongo").stdout


def test_code_to_jsonl_makes_no_book(tmp_path: Path, reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("code", reports, "--to", "jsonl")
    expected = [c for r, c in samples() if r.source]
    assert [CodedReport.from_json(line) for line in result.stdout.splitlines()] == expected
    assert "accounts coded" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_code_to_jsonl_and_a_book(tmp_path: Path, reports: Path) -> None:
    where = tmp_path / "b"
    result = run("code", reports, "--to", "jsonl", "--book", where)
    assert len(result.stdout.splitlines()) == sum(bool(r.source) for r, _ in samples())
    assert run("timeline", "--book", where).exit_code == 0


def test_code_names_what_is_wrong_and_goes_on(tmp_path: Path, reports: Path) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"id": "a", "published": "2024-05-01", "text": "Nothing."}\nnot json\n')
    result = run("code", broken, tmp_path / "none.txt", reports, "--book", tmp_path / "b")
    assert result.exit_code == 0
    lines = result.stderr.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith(f"{broken}:2: ")
    assert lines[1].startswith(f"{tmp_path / 'none.txt'}: ")
    assert "2 faults, listed above" in result.stdout
    assert run("code", broken, "--book", tmp_path / "c", "--strict").exit_code == 1


def test_code_fails_where_nothing_can_be_read(tmp_path: Path) -> None:
    result = run("code", tmp_path / "none.txt", "--book", tmp_path / "b")
    assert result.exit_code == 1


def test_code_says_that_a_report_clashes(tmp_path: Path) -> None:
    one, two = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    one.write_text('{"id": "a", "published": "2024-05-01", "text": "Nothing."}\n')
    two.write_text('{"id": "a", "published": "2024-05-01", "text": "Something."}\n')
    run("code", one, "--book", tmp_path / "b")
    result = run("code", two, "--book", tmp_path / "b")
    assert "a: the book has another text under this id" in result.stderr
    assert result.exit_code == 0


def test_code_from_standard_input_with_mapped_fields(tmp_path: Path) -> None:
    line = json.dumps({"key": "x", "day": "2024-05-01", "body": "Nothing happened."}) + "\n"
    result = run("code", "-", "--map", "id=key,published=day,text=body", "--to", "jsonl", input=line)
    assert json.loads(result.stdout) == json.loads(CodedReport(id="x", published="2024-05-01").to_json())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--to", "parchment"), "no export 'parchment'; there are: csv, jsonl"),
        (("--map", "id"), "field=key"),
        (("--published", "yesterday"), "yesterday"),
    ],
)
def test_code_options_that_are_wrong(reports: Path, args: tuple[str, str], message: str) -> None:
    result = run("code", reports, *args)
    assert result.exit_code != 0
    assert message in result.output


def test_timeline_as_aligned_text(book: Path) -> None:
    lines = run("timeline", "--book", book, "--actor", "Ansarul Islam").stdout.splitlines()
    assert lines[0].split()[:3] == ["when", "what", "words"]
    (line,) = [x for x in lines if "ASSAULT·abduct" in x]
    assert line.startswith("2019-11-12")
    assert "Ansarul Islam → 11 health workers" in line
    assert "Tanlili" in line
    assert line[: line.index("Ansarul")] == line[: lines[0].index("who → whom")]


def test_timeline_as_json_lines(book: Path) -> None:
    result = run("timeline", "--book", book, "--type", "assault", "--limit", "2", "--json")
    events = [json.loads(line) for line in result.stdout.splitlines()]
    assert [e["type"] for e in events] == ["ASSAULT", "ASSAULT"]
    assert set(events[0]) >= {"id", "when", "actor", "recipient", "where", "status", "said_by", "tellings", "disputes"}


def test_timeline_of_nothing_says_so(book: Path) -> None:
    result = run("timeline", "--book", book, "--since", "2999")
    assert (result.stdout, result.stderr, result.exit_code) == ("", "No events.\n", 0)


def test_case(book: Path) -> None:
    output = run("case", "Casimir Zongo", "--book", book).stdout
    assert "Centre-Nord region" in output
    assert "They shot the driver" in output
    assert json.loads(run("case", "zongo", "--book", book, "--json").stdout)["actor"]["name"] == "Casimir Zongo"


def test_case_with_captivity(book: Path) -> None:
    case = json.loads(run("case", "Ana Lucía Restrepo", "--book", book, "--json").stdout)
    assert [spell["days"] for spell in case["spells"]] == [[212, 212]]
    assert "212" in run("case", "ana lucia restrepo", "--book", book).stdout


def test_show_a_report(book: Path) -> None:
    output = run("show", "kaya-sahel-wire", "--book", book).stdout
    assert "[abducted|ASSAULT·abduct 1]" in output
    assert "Solange Kaboré" in output
    view = json.loads(run("show", "kaya-sahel-wire", "--book", book, "--json").stdout)
    assert view["report"]["id"] == view["coded"]["id"] == "kaya-sahel-wire"


def disputed(book: Path) -> str:
    lines = run("disputes", "--book", book, "--json").stdout.splitlines()
    return str(next(e["id"] for e in map(json.loads, lines) if "abducted" in {d["field"] for d in e["disputes"]}))


def test_show_an_event(book: Path) -> None:
    output = run("show", disputed(book), "--book", book).stdout
    assert "In dispute" in output
    assert "Suspected fighters of the Islamist group Ansarul Islam abducted 11 health workers" in output
    assert "Koglweogo" in output
    assert "Why these accounts are one event" in output


def test_why(book: Path) -> None:
    event = disputed(book)
    output = run("why", event, "when", "--book", book).stdout
    assert output.startswith("when: 2019-11-12\n  chosen because 2 outlets have it, 1 the next version\n")
    assert "by as a reader found" in output
    assert "[abducted]" in output
    assert json.loads(run("why", event, "--book", book, "--json").stdout)[0]["field"] == "type"


def test_disputes(book: Path) -> None:
    output = run("disputes", "--book", book).stdout
    for said in ("Ansarul Islam", "Koglweogo", "bandits", "2019-11-11", "kaya-ouaga-matin"):
        assert said in output


@pytest.mark.parametrize(
    "args",
    [("timeline",), ("case", "x"), ("show", "x"), ("why", "ev-x"), ("disputes",), ("export", "csv")],
    ids=lambda args: args[0],
)
def test_a_missing_book_is_one_line(tmp_path: Path, args: tuple[str, ...]) -> None:
    result = run(*args, "--book", tmp_path / "none")
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "no book there" in result.stderr


def test_tables_on_a_terminal(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("common", "timeline", "case", "show", "why"):
        monkeypatch.setattr(f"dateline.cli.{module}.on_terminal", lambda: True)
    for *args, said in (
        ("timeline", "Ansarul Islam"),
        ("case", "zongo", "Casimir Zongo"),
        ("show", "kaya-sahel-wire", "abducted"),
        ("show", disputed(book), "Koglweogo"),
        ("disputes", "bandits"),
    ):
        output = run(*args, "--book", book).stdout
        assert said in output
        assert "─" in output
