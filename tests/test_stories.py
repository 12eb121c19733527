"""Which reports tell of one happening, and which repeat one text."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from dateline.merging.agreement import resolve
from dateline.merging.copies import copies
from dateline.merging.event import Telling
from dateline.merging.linkage import link
from dateline.merging.stories import stories
from dateline.record import Account, Span
from dateline.report import Report

WIRE = (
    "Two ferries collided in fog off the port of Rostock on Monday, the coast guard said. Eleven passengers were taken"
    " to hospital, none of them with serious injuries. The harbour was closed for three hours."
)


def report(id: str, title: str, text: str, day: int = 3, source: str | None = None) -> Report:
    return Report(id=id, title=title, text=text, published=dt.date(2024, 6, day), source=source)


NEWS = [
    report("a1", "Ferries collide off Rostock", WIRE),
    report("a2", "Eleven hurt as ferries crash in fog", "The collision closed the harbour of Rostock for hours."),
    report("a3", "Rostock harbour shut after ferry collision", "Passengers were taken to hospital after the crash."),
    report("b1", "Parliament in Quito rejects budget", "Lawmakers voted down the spending plan of the government."),
    report("b2", "Ecuador budget fails", "Lawmakers in Quito rejected the spending plan by four votes."),
    report("c1", "Striking nurses march in Lyon", "Hospital nurses walked out over pay and marched through Lyon."),
    report("c2", "Lyon nurses walk out over pay", "Thousands of striking nurses marched, their union said."),
    report("d1", "Chess final goes to tie-break", "The champion drew the last game with black in Oslo."),
]


def test_reports_of_one_happening_come_into_one_story() -> None:
    assert stories(NEWS) == [("a1", "a2", "a3"), ("b1", "b2"), ("c1", "c2"), ("d1",)]


def test_the_order_of_reports_does_not_matter() -> None:
    shuffled = random.Random(3).sample(NEWS, len(NEWS))
    assert stories(shuffled) == stories(NEWS)


@pytest.mark.parametrize("reports", [[], NEWS[:1], [report("x", "", "")]])
def test_few_or_empty_reports_are_their_own_stories(reports: list[Report]) -> None:
    assert stories(reports) == [(r.id,) for r in reports]


@pytest.mark.parametrize(
    ("text", "same"),
    [
        (WIRE, True),
        ("UPDATE: " + WIRE.replace("three hours", "five hours"), True),
        (WIRE + " Divers are to look at the hulls on Tuesday.", True),
        ("Two ferries collided in fog off the port of Rostock on Monday.", False),  # a quotation, not the text
        ("A ferry ran aground near Rostock on Sunday. Nobody was hurt, the owner said in a short statement.", False),
    ],
)
def test_near_identical_texts(text: str, same: bool) -> None:
    assert (copies({"a": WIRE, "b": text})["b"] == "a") is same


def telling(report: str, source: str) -> Telling:
    account = Account(id="e1", type="ASSAULT", anchors=(Span(0, 3),))
    return Telling(key=f"ev-{report}", report=report, published=None, source=source, title=None, account=account)


@pytest.mark.parametrize(
    ("texts", "voices"),
    [
        ({"x": WIRE, "y": WIRE, "z": "Fog, then a bang: how a passenger saw the ferries meet off the coast."}, 2),
        ({"x": WIRE, "y": "A quite different account of what went on in the port that day.", "z": "A third one."}, 3),
        ({}, 3),
    ],
)
def test_outlets_that_ran_one_text_are_one_voice(texts: dict[str, str], voices: int) -> None:
    tellings = [telling("x", "Gazette"), telling("y", "Herald"), telling("z", "Courier")]
    assert resolve(tellings, texts).voices == voices


def test_average_linkage_breaks_chains() -> None:
    assert link(3, {(0, 1): 0.9, (1, 2): 0.8}, 0.5) == [(0, 1), (2,)]
    assert link(3, {(0, 1): 0.9, (1, 2): 0.8, (0, 2): 0.4}, 0.5) == [(0, 1, 2)]


def test_pairs_that_exclude_each_other_never_meet() -> None:
    assert link(3, {(0, 1): 0.9, (1, 2): 0.8, (0, 2): float("-inf")}, 0.1) == [(0, 1), (2,)]
