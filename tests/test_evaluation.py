"""What counts as right: one small report, predictions that differ from its gold in one thing each."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner

from dateline.cli.evaluate import command
from dateline.errors import InputError
from dateline.evaluation import (
    Figures,
    GoldReport,
    Prediction,
    evaluate,
    predictions_of,
    read_gold,
    read_predictions,
)
from dateline.evaluation.names import same_name
from dateline.record import Account, ActorRecord, CodedReport, Interval, Quote, Role, Span

TEXT = (
    "President Ana Silva met Foreign Minister Per Dahl in Oslo on Monday. “We will sign the treaty in May,” Silva said."
)

GOLD: dict[str, Any] = {
    "id": "r",
    "published": "2024-03-12",
    "text": TEXT,
    "actors": {
        "silva": {"name": "Ana Silva", "kind": "person", "surface": ["President Ana Silva", "Silva"]},
        "dahl": {"name": "Per Dahl", "kind": "person", "surface": ["Foreign Minister Per Dahl"]},
    },
    "events": [
        {
            "id": "e1",
            "type": "CONSULT",
            "anchors": [[20, 23]],
            "actor": ["silva", "dahl"],
            "recipient": [],
            "when": ["2024-03-11", "2024-03-11"],
            "where": ["Oslo"],
            "status": "actual",
        },
        {
            "id": "e2",
            "type": "ASSAULT",
            "anchors": [[78, 82]],
            "actor": ["silva"],
            "recipient": [],
            "status": "hypothetical",
        },
    ],
    "quotes": [{"span": [70, 101], "speaker": "silva"}],
    "roles": [{"person": "silva", "role": "President", "of": None}],
    "kin": [{"person": "silva", "relation": "sister", "of": "dahl"}],
}

RIGHT: dict[str, Any] = {
    "type": "CONSULT",
    "anchors": [[20, 23]],
    "actor": ["Ana Silva", "Per Dahl"],
    "recipient": [],
    "when": ["2024-03-11", "2024-03-11"],
    "where": ["Oslo"],
    "status": "actual",
    "said_by": None,
}


def figures(*events: dict[str, Any], **others: Any) -> Figures:
    prediction = msgspec.convert({"id": "r", "events": events, **others}, Prediction)
    return evaluate([msgspec.convert(GOLD, GoldReport)], {"r": prediction})[0]


@pytest.mark.parametrize(
    ("changed", "event", "dyad", "record"),
    [
        ({}, 1, 1, 1),
        ({"anchors": [[22, 30]]}, 1, 1, 1),
        ({"actor": ["President Silva", "the minister Dahl"]}, 1, 1, 1),
        ({"type": "COOPERATE"}, 0, 0, 0),
        ({"anchors": [[23, 30]]}, 0, 0, 0),
        ({"actor": ["Silva"]}, 1, 1, 0),
        ({"actor": ["Silva", "Dahl", "Nobody"]}, 1, 1, 0),
        ({"actor": ["Nobody"]}, 1, 0, 0),
        ({"recipient": ["Per Dahl"]}, 1, 0, 0),
        ({"when": ["2024-03-11", "2024-03-12"]}, 1, 1, 0),
        ({"when": None}, 1, 1, 0),
        ({"status": "future"}, 1, 1, 0),
        ({"status": "negated"}, 0, 0, 0),
        ({"said_by": "Silva"}, 1, 1, 0),
        ({"where": ["Bergen"]}, 1, 1, 1),
        ({"mode": "visit"}, 1, 1, 1),
    ],
)
def test_what_is_right_of_an_event(changed: dict[str, Any], event: int, dyad: int, record: int) -> None:
    found = figures(RIGHT | changed)
    assert (found.event.right, found.dyad.right, found.record.right) == (event, dyad, record)


def test_a_second_record_of_one_event_is_wrong() -> None:
    found = figures(RIGHT, RIGHT | {"actor": ["Silva"]})
    assert (found.event.right, found.event.predicted, found.event.gold) == (1, 2, 1)
    assert found.record.right == 1
    assert found.event.f1 == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("status", "as_real", "seen"), [("actual", 1, 0), ("future", 1, 0), ("hypothetical", 0, 1), ("negated", 0, 1)]
)
def test_what_did_not_happen_is_a_trap(status: str, as_real: int, seen: int) -> None:
    trap = {"type": "ASSAULT", "anchors": [[78, 82]], "actor": ["Silva"], "status": status}
    found = figures(trap)
    assert (found.traps.gold, found.traps.reported_as_real, found.traps.seen_for_what_they_are) == (1, as_real, seen)
    assert found.event.predicted == as_real


@pytest.mark.parametrize(
    ("quote", "right", "with_speaker"),
    [
        ({"span": [70, 101], "speaker": "Silva"}, 1, 1),
        ({"span": [70, 101], "speaker": "Dahl"}, 1, 0),
        ({"span": [70, 101], "speaker": None}, 1, 0),
        ({"span": [76, 101], "speaker": "Silva"}, 1, 1),
        ({"span": [77, 101], "speaker": "Silva"}, 0, 0),
    ],
)
def test_what_is_right_of_a_quote(quote: dict[str, Any], right: int, with_speaker: int) -> None:
    found = figures(quotes=[quote])
    assert (found.quotes.right, found.quotes_with_speaker.right) == (right, with_speaker)


@pytest.mark.parametrize(
    ("role", "right"),
    [
        ({"person": "Silva", "role": "the president"}, 1),
        ({"person": "Silva", "role": "former President", "of": None}, 1),
        ({"person": "Silva", "role": "President", "of": "Norway"}, 0),
        ({"person": "Dahl", "role": "President"}, 0),
        ({"person": "Silva", "role": "mayor"}, 0),
    ],
)
def test_what_is_right_of_a_role(role: dict[str, Any], right: int) -> None:
    assert figures(roles=[role, role]).roles.right == right


def test_kinship_needs_both_sides() -> None:
    assert figures(kin=[{"person": "Silva", "relation": "sister", "of": "Per Dahl"}]).kin.f1 == 1
    assert figures(kin=[{"person": "Per Dahl", "relation": "sister", "of": "Silva"}]).kin.f1 == 0


@pytest.mark.parametrize(
    ("name", "surface", "same"),
    [
        ("Putin", "Vladimir Putin", True),
        ("Vladimir Vladimirovich Putin", "President Putin", True),
        ("President Putin", "the president", False),
        ("the Prime Minister", "Prime Minister", True),
        ("Vladimir", "Vladimir Putin", False),
        ("Hamas’", "Hamas", True),
        ("Israel's army", "Israel army", True),
        ("Anna Putin", "Vladimir Putin", False),
        ("", "Vladimir Putin", False),
        ("the", "the", False),
        ("GREECE", "Greece", True),
    ],
)
def test_when_names_are_the_same(name: str, surface: str, same: bool) -> None:
    assert same_name(name, [surface]) is same


def test_mistakes_say_where_and_what() -> None:
    prediction = msgspec.convert(
        {"id": "r", "events": [RIGHT | {"when": None}, {"type": "AID", "anchors": [[78, 82]]}]}, Prediction
    )
    two = GOLD | {"events": [*GOLD["events"], GOLD["events"][0] | {"id": "e3", "type": "AGREE"}]}
    _, mistakes = evaluate([msgspec.convert(two, GoldReport)], {"r": prediction})
    assert [(m.event, m.type, m.what) for m in mistakes] == [
        ("e1", "CONSULT", "wrong when"),
        ("e3", "AGREE", "missed: met"),
        (None, "AID", "extra: sign"),
    ]


def test_coded_reports_are_predictions() -> None:
    coded = CodedReport(
        id="r",
        published=dt.date(2024, 3, 12),
        events=(
            Account(
                id="1",
                type="CONSULT",
                anchors=(Span(20, 23),),
                actor=("Ana Silva", "Per Dahl"),
                when=Interval(dt.date(2024, 3, 11), dt.date(2024, 3, 11)),
                where=("Oslo",),
                evidence={"when": (Span(58, 67),)},
            ),
        ),
        quotes=(Quote(span=Span(70, 101), speaker="Ana Silva"),),
        roles=(Role(person="Ana Silva", role="President"),),
        actors={"Ana Silva": ActorRecord(kind="person", mentions=(Span(10, 19),))},
    )
    found, mistakes = evaluate([msgspec.convert(GOLD, GoldReport)], predictions_of([coded]))
    assert not mistakes
    assert (found.record.f1, found.quotes_with_speaker.f1, found.roles.f1, found.kin.f1) == (1, 1, 1, 0)


def lines(path: Path, *records: object) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def test_the_command_prints_figures(tmp_path: Path) -> None:
    gold = lines(tmp_path / "gold.jsonl", GOLD)
    predicted = lines(tmp_path / "predicted.jsonl", {"id": "r", "events": [RIGHT | {"actor": ["[bold]"]}]})
    shown = CliRunner().invoke(command, [str(gold), str(predicted), "--errors", "5"])
    assert shown.exit_code == 0, shown.output
    assert "event" in shown.output
    assert shown.output.splitlines()[-1].split() == ["r", "e1", "CONSULT", "wrong", "actor"]
    as_json = CliRunner().invoke(command, [str(gold), str(predicted), "--json"])
    assert json.loads(as_json.output)["event"] == {"p": 1.0, "r": 1.0, "f1": 1.0, "tp": 1, "predicted": 1, "gold": 1}


def test_what_does_not_fit_is_an_error_with_its_line(tmp_path: Path) -> None:
    path = lines(tmp_path / "gold.jsonl", GOLD, {"id": "other"})
    with pytest.raises(InputError, match=r"gold\.jsonl:2: does not fit \(.*`text`"):
        read_gold(path)
    with pytest.raises(InputError, match="can't be read"):
        read_predictions(tmp_path / "nowhere.jsonl")
    shown = CliRunner().invoke(command, [str(path), str(path)])
    assert shown.exit_code == 1
    assert "gold.jsonl:2" in shown.output


def test_the_gold_that_ships_is_sound(root: Path) -> None:
    reports = [report for path in sorted((root / "tests" / "gold").glob("*.jsonl")) for report in read_gold(path)]
    assert reports
    for report in reports:
        for event in report.events:
            assert {*event.actor, *event.recipient, *filter(None, [event.said_by])} <= report.actors.keys(), event.id
            assert all(report.text[a:b] == report.text[a:b].strip() != "" for a, b in event.anchors), event.id
            assert all(place in report.text for place in event.where), event.id
        for actor in report.actors.values():
            assert all(surface in report.text for surface in actor.surface), actor.name
