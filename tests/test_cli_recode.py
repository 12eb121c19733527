"""`dateline recode`: a book's reports coded again, its history kept."""

from __future__ import annotations

import sys
import types
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from dateline import Report
from dateline.book import Book
from dateline.cli import main
from dateline.errors import DatelineError
from dateline.record import Interval
from helpers_book import Pair, samples


class Careful:
    """Codes the samples as gold has them, but for a day that it knows better, and one report that it can't."""

    model = "careful 2"

    def __init__(self, *_: object, **__: object) -> None:
        self._known = {report.id: coded for report, coded in samples()}

    def code_all(self, reports: Iterable[Report], *, on_error: object = None, **_: object) -> Iterator[Pair]:
        for report in reports:
            if report.id == samples()[1][0].id:
                assert callable(on_error)
                on_error(report, DatelineError(f"report {report.id}: coding failed"))
                continue
            coded = self._known[report.id]
            events = tuple(msgspec.structs.replace(e, when=Interval(None, None)) for e in coded.events)
            yield report, msgspec.structs.replace(coded, events=events)


@pytest.fixture(autouse=True)
def careful(monkeypatch: pytest.MonkeyPatch) -> None:
    module = types.ModuleType("dateline.coder")
    module.Coder = Careful  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "dateline.coder", module)


def test_a_book_is_coded_again_once(tmp_path: Path) -> None:
    where = tmp_path / "b"
    pairs = samples()[:4]
    with Book.open(where) as book:
        book.add(pairs, model="careful 1")
        dated = next(e for e in book.timeline() if e.tellings[0].report == pairs[0][0].id and e.when)
    first, second = (CliRunner().invoke(main, ["recode", "--book", str(where)]) for _ in range(2))
    assert first.stdout == f"3 reports of {where} coded again by careful 2\n"
    assert first.stderr == f"report {pairs[1][0].id}: coding failed\n"
    assert second.stdout == f"0 reports of {where} coded again by careful 2\n"
    why = CliRunner().invoke(main, ["why", dated.id, "when", "--book", str(where)]).stdout
    assert "model careful 2" in why
    assert "coding 1, by dateline" in why
    shown = CliRunner().invoke(main, ["show", pairs[0][0].id, "--book", str(where)]).stdout
    assert "careful 1" in shown
    assert "careful 2" in shown


def test_a_missing_book_is_one_line(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["recode", "--book", str(tmp_path / "none")])
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
