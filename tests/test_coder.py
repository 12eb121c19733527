"""The way from reports to coded reports, as a library."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import dateline
from dateline import Coder, DatelineError, ModelError, Report, read_reports
from dateline.coding.verifier import problems

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    return list(read_reports([EXAMPLES]))


def test_the_same_reports_give_the_same_bytes_alone_together_and_backwards(coder: Coder, reports: list[Report]) -> None:
    together = {r.id: c.to_json() for r, c in coder.code_all(reports)}
    backwards = {r.id: c.to_json() for r, c in coder.code_all(reversed(reports))}
    alone = {r.id: coder.code(r).to_json() for r in reports[:3]}
    assert backwards == together
    assert alone.items() <= together.items()


def test_reports_come_out_in_the_order_they_went_in_one_by_one(coder: Coder, reports: list[Report]) -> None:
    taken = []

    def counting() -> object:
        for report in reports * 3:
            taken.append(report.id)
            yield report

    first, _ = next(coder.code_all(counting()))
    assert first.id == reports[0].id
    assert len(taken) < len(reports) * 3, "streams: the end of the input is not needed for its beginning"


def test_what_is_coded_is_sound(coder: Coder, reports: list[Report]) -> None:
    for report, coded in coder.code_all(reports):
        assert list(problems(report, coded)) == []
        assert dateline.CodedReport.from_json(coded.to_json()) == coded
        for event in coded.events:
            assert event.because["type"]
            assert (event.when is None) == ("when" not in event.because)


def test_a_plain_text_is_coded_with_the_day_it_is_given() -> None:
    coded = dateline.code("Rebels kidnapped two nurses in Goma on Monday.", dt.date(2025, 4, 17))
    [event] = coded.events
    assert (event.type, event.mode) == ("ASSAULT", "abduct")
    assert event.when == (dt.date(2025, 4, 14), dt.date(2025, 4, 14))


def test_a_report_that_breaks_a_coder_is_named_and_the_rest_goes_on(reports: list[Report]) -> None:
    class Broken:
        name = "broken"

        def propose(self, doc: object) -> object:
            if "Verhagen" in doc.text:
                raise ValueError("no")
            return iter(())

    coder = Coder()
    coder._engine = Broken()
    faults: list[str] = []
    done = [r.id for r, _ in coder.code_all(reports, on_error=lambda report, error: faults.append(str(error)))]
    assert faults
    assert all("coding failed" in fault for fault in faults)
    assert len(done) + len(faults) == len(reports)
    with pytest.raises(DatelineError, match="coding failed"):
        list(coder.code_all(reports))


def test_a_missing_model_says_how_to_install_it() -> None:
    with pytest.raises(ModelError, match="python -m spacy download en_core_web_trf"):
        Coder("en_core_web_trf")


def test_an_unknown_coder_says_which_there_are() -> None:
    with pytest.raises(DatelineError, match="there are: frames"):
        Coder(engine="crystal-ball")
