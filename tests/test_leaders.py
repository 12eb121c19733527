"""Office holders by date: the examples beside the phrases, executed, and the tables."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from dateline.reading.countries import country_names
from dateline.reading.leaders import LeaderExample, holders, key, load_offices
from dateline.record import CodedReport
from dateline.report import Report

if TYPE_CHECKING:
    from dateline.coder import Coder


def test_tables_are_sound() -> None:
    for holder in holders():
        assert holder.country in country_names(), holder
        assert holder.surname, holder
        assert holder.until is None or holder.since < holder.until, holder


@pytest.mark.parametrize(
    ("country", "role", "day", "name"),
    [
        ("USA", "President", "2023-10-07", "Joe Biden"),
        ("RUS", "President", "2025-04-17", "Vladimir Vladimirovich Putin"),
        ("GBR", "Prime Minister", "2022-10-20", "Liz Truss"),
        ("FRA", "President", "1987-03-01", "Francois Mitterrand"),
        ("CHN", "President", "2024-01-01", "Xi Jinping"),
    ],
)
def test_holders(country: str, role: str, day: str, name: str) -> None:
    on = dt.date.fromisoformat(day)
    assert {h.name for h in holders() if (h.country, h.role) == (country, role) and h.on(on)} == {name}


@pytest.mark.parametrize(
    ("one", "two"), [("Zelenskyy", "Zelensky"), ("Rouhani", "Ruhani"), ("Assad", "ASAD"), ("Erdoğan", "ERDOGAN")]
)
def test_spellings(one: str, two: str) -> None:
    assert key(one) == key(two)


@pytest.mark.parametrize("example", load_offices().examples, ids=lambda e: f"{e.published} {e.text[:40]}")
def test_examples(coder: Coder, example: LeaderExample) -> None:
    coded = coder.code(Report(id="r", text=example.text, published=example.published))
    told = {n: [f"{k.name}, {k.role}, {k.country}" for k in a.known] for n, a in coded.actors.items() if a.known}
    assert told == {n: [known] for n, known in example.known.items()}


def test_nothing_is_known_without_a_day(coder: Coder) -> None:
    assert not any(a.known for a in coder.code(load_offices().examples[0].text).actors.values())


def test_an_office_may_mean_its_holder_when_events_are_compared(coder: Coder) -> None:
    from dateline.merging.identities import identities, nodes_of
    from dateline.merging.parties import same_party
    from dateline.merging.sketch import sketches

    def pair(report_id: str, text: str) -> tuple[Report, CodedReport]:
        report = Report(id=report_id, text=text, published=dt.date(2025, 4, 17))
        return report, coder.code(report)

    told = [
        pair("a", "The Russian president met the Turkish foreign minister in Moscow on Wednesday."),
        pair("b", "Putin met the Turkish foreign minister in Moscow on Wednesday, Russia said."),
        pair("c", "President Vladimir Putin of Russia spoke on Monday."),
    ]
    (mine,), (theirs,) = (
        [p for s in sketches(*one) for p in s.actor if p.kind == "person" and "minister" not in p.name]
        for one in told[:2]
    )
    assert same_party(mine, theirs) > 0
    nodes = [node for one in told for node in nodes_of(*one).values() if "putin" in node.key]
    joined = [i for i in identities({n.id: n for n in nodes}.values()) if len(i.nodes) > 1]
    assert [i.because for i in joined] == [("the surname putin and president of RUS",)]
