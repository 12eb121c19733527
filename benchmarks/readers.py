"""How far two readers of the same reports agree.

Usage: python benchmarks/readers.py [FIRST.jsonl …] [--second SECOND.jsonl]

Scores the second readings as if a coder had made them, against the first readings of the same reports; without
arguments the reports of training/ that were read twice. The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from dateline.evaluation import evaluate, read_gold, read_predictions

TRAINING = Path(__file__).parents[1] / "training"


def named(reading: dict) -> dict:
    """A reading in the form of what a coder gives: actors by name instead of by key."""
    names = {key: actor["name"] for key, actor in reading["actors"].items()}

    def change(row: dict) -> dict:
        lists = {k: [names[x] for x in row[k]] for k in ("actor", "recipient") if k in row}
        singles = {k: names.get(row[k]) for k in ("said_by", "speaker", "person", "of") if k in row}
        return {**row, **lists, **singles}

    return {**reading, **{k: [change(row) for row in reading[k]] for k in ("events", "quotes", "roles", "kin")}}


def main() -> None:
    """Read, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("first", type=Path, nargs="*", default=sorted(TRAINING.glob("wires-*.jsonl")))
    parser.add_argument("--second", type=Path, default=TRAINING / "second-readings.jsonl")
    args = parser.parse_args()
    second = [json.loads(line) for line in args.second.read_text(encoding="utf-8").splitlines()]
    ids = {reading["id"] for reading in second}
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as out:
        out.writelines(json.dumps(named(reading)) + "\n" for reading in second)
        out.flush()
        gold = [report for path in args.first for report in read_gold(str(path)) if report.id in ids]
        figures, _ = evaluate(gold, read_predictions(out.name))
    print(json.dumps(figures.as_dict()))


if __name__ == "__main__":
    main()
