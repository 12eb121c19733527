"""The scorer against the one that it must agree with, where that one lies beside the checkout."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dateline.evaluation import evaluate, read_gold, read_predictions

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "gold"
GOLD = BESIDE / "dev.jsonl"
PEER = BESIDE / "score.py"

needs_peer = pytest.mark.skipif(not (GOLD.is_file() and PEER.is_file()), reason="../shared/gold is not there")

Record = dict[str, Any]


def named(record: Record, key: str | None, luck: random.Random) -> str | None:
    """The actor under some name that the report has for it, or another name altogether."""
    if key is None or luck.random() < 0.05:
        return None
    if luck.random() < 0.1:
        return luck.choice(["Somebody Else", "the minister", "President", "", "’s", "Putin’s"])
    actor = record["actors"][key]
    return str(luck.choice([actor["name"], *actor["surface"]]))


def noisy(record: Record, luck: random.Random) -> Record:
    """A prediction that is partly right: fields changed, events lost, doubled and invented."""

    def names(keys: list[str]) -> list[str]:
        return [n for k in keys if luck.random() < 0.85 and (n := named(record, k, luck)) is not None]

    def event(e: Record) -> Record:
        shift = luck.choice([0, 0, 0, 1, 3, 40])
        return {
            "type": e["type"] if luck.random() < 0.9 else luck.choice(["ASSAULT", "REQUEST", "AGREE"]),
            "mode": e.get("mode") if luck.random() < 0.8 else None,
            "anchors": [[a + shift, b + shift] for a, b in e["anchors"] if luck.random() < 0.9] or [e["anchors"][0]],
            "actor": names(e["actor"]),
            "recipient": names(e["recipient"]),
            "when": e.get("when") if luck.random() < 0.7 else [None, record["published"]],
            "where": e.get("where", []) if luck.random() < 0.7 else ["Nowhere"],
            "status": e["status"] if luck.random() < 0.85 else luck.choice(["actual", "hypothetical", "future"]),
            "said_by": named(record, e.get("said_by"), luck),
        }

    events = [event(e) for e in record["events"] for _ in range(luck.choice([0, 1, 1, 1, 2]))]
    luck.shuffle(events)
    return {
        "id": record["id"],
        "events": events,
        "quotes": [
            {
                "span": [q["span"][0] + luck.choice([0, 1, 9]), q["span"][1]],
                "speaker": named(record, q["speaker"], luck),
            }
            for q in record.get("quotes", [])
        ],
        "roles": [
            {
                "person": named(record, r["person"], luck) or "",
                "role": luck.choice([r["role"], "the " + r["role"], "gardener"]),
                "of": named(record, r["of"], luck),
            }
            for r in record.get("roles", [])
            for _ in range(luck.choice([0, 1, 1, 2]))
        ],
        "kin": [
            {
                "person": named(record, k["person"], luck) or "",
                "relation": k["relation"],
                "of": named(record, k["of"], luck),
            }
            for k in record.get("kin", [])
        ],
    }


def right(record: Record, _: random.Random) -> Record:
    """The gold itself, under the actors' names."""

    def name(key: str | None) -> str | None:
        return record["actors"][key]["name"] if key else None

    return {
        "id": record["id"],
        "events": [
            e | {f: [name(k) for k in e[f]] for f in ("actor", "recipient")} | {"said_by": name(e.get("said_by"))}
            for e in record["events"]
        ],
        "quotes": [q | {"speaker": name(q["speaker"])} for q in record.get("quotes", [])],
        "roles": [r | {"person": name(r["person"]), "of": name(r["of"])} for r in record.get("roles", [])],
        "kin": [k | {"person": name(k["person"]), "of": name(k["of"])} for k in record.get("kin", [])],
    }


def everything_real(record: Record, luck: random.Random) -> Record:
    """The gold with traps reported as actual, and each record twice."""
    predicted = right(record, luck)
    for event in predicted["events"]:
        event["status"] = "actual"
    predicted["events"] *= 2
    return predicted


def nothing(record: Record, _: random.Random) -> Record:
    return {"id": record["id"], "events": []}


@needs_peer
@pytest.mark.parametrize(
    ("seed", "predict"), [(0, right), (0, everything_real), (0, nothing), *((seed, noisy) for seed in range(6))]
)
def test_the_figures_are_the_same(
    seed: int, predict: Callable[[Record, random.Random], Record], tmp_path: Path
) -> None:
    luck = random.Random(seed)
    records = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines() if line.strip()]
    predicted = tmp_path / "predicted.jsonl"
    # Some reports are left out: what is not predicted has no events.
    lines = [json.dumps(predict(record, luck)) for record in records if seed < 3 or luck.random() < 0.9]
    predicted.write_text("\n".join(lines) + "\n", encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, PEER, GOLD, predicted, "--json", "--errors", "9999"], capture_output=True, check=True
    )
    figures, _ = evaluate(read_gold(GOLD), read_predictions(predicted))
    assert figures.as_dict() == json.loads(ran.stdout)
