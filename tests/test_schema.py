"""The JSON Schema that ships describes what coding gives, and is current."""

from __future__ import annotations

import copy
import datetime as dt
import json
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from dateline.evaluation import read_gold
from dateline.record import (
    Account,
    ActorRecord,
    CodedReport,
    Count,
    Interval,
    Kinship,
    Quote,
    Role,
    Span,
)

if TYPE_CHECKING:
    from dateline.coder import Coder

FULL = CodedReport(
    id="r",
    published=dt.date(2025, 4, 17),
    source="Wire",
    title="Title",
    events=(
        Account(
            id="r#1",
            type="ASSAULT",
            mode="abduct",
            anchors=(Span(3, 9), Span(40, 46)),
            actor=("A",),
            recipient=("B",),
            when=Interval(None, dt.date(2025, 4, 16)),
            where=("Oslo",),
            status="negated",
            said_by="A",
            counts={"abducted": Count(11, None)},
            evidence={"actor": (Span(0, 1),)},
            because={"type": "frame abduct.1"},
        ),
        Account(id="r#2", type="AID", anchors=(Span(1, 2),)),
    ),
    quotes=(Quote(span=Span(5, 9), speaker="A", cue=Span(10, 14)), Quote(span=Span(5, 9))),
    roles=(Role(person="A", role="mayor", of="B", evidence=(Span(1, 2),)),),
    kin=(Kinship(person="A", relation="mother", of="B", evidence=(Span(1, 2),)),),
    actors={"A": ActorRecord(kind="person", mentions=(Span(0, 1),), country="NOR"), "B": ActorRecord(kind="group")},
)


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    shipped = json.loads(files("dateline").joinpath("coded-report.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(shipped)
    return jsonschema.Draft202012Validator(shipped, format_checker=jsonschema.FormatChecker())


def test_the_shipped_schema_is_current(root: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", "import generate; print(generate.schema_text(), end='')"],
        cwd=root / "tools",
        capture_output=True,
        check=True,
    )
    shipped = files("dateline").joinpath("coded-report.schema.json").read_bytes()
    assert shipped == ran.stdout, "run make docs-write"


@pytest.mark.parametrize("record", [FULL, CodedReport(id="r")], ids=["full", "empty"])
def test_records_fit(validator: jsonschema.Draft202012Validator, record: CodedReport) -> None:
    validator.validate(json.loads(record.to_json()))
    assert CodedReport.from_json(record.to_json()) == record


def test_what_is_coded_fits(validator: jsonschema.Draft202012Validator, coder: Coder, root: Path) -> None:
    gold = [report.report() for path in sorted((root / "tests" / "gold").glob("*.jsonl")) for report in read_gold(path)]
    for report, coded in coder.code_all(gold[:6]):
        assert coded.id == report.id
        validator.validate(json.loads(coded.to_json()))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("id", 7),
        ("published", "17 April"),
        ("events.0.type", "MURDER"),
        ("events.0.status", "past"),
        ("events.0.anchors", [[1]]),
        ("events.0.anchors", [["a", "b"]]),
        ("events.0.when", ["2025-04-17"]),
        ("events.0.when", ["2025-04-17", "soon"]),
        ("actors.A.kind", "robot"),
        ("quotes.0.span", None),
    ],
)
def test_other_things_do_not_fit(validator: jsonschema.Draft202012Validator, path: str, value: object) -> None:
    changed: dict[str, Any] = copy.deepcopy(json.loads(FULL.to_json()))
    *parents, last = path.split(".")
    inner: Any = changed
    for part in parents:
        inner = inner[int(part)] if part.isdecimal() else inner[part]
    inner[last] = value
    assert not validator.is_valid(changed)
