"""Compare two coders on gold reports: figures, how sure the difference is, and what each costs.

Usage: python benchmarks/coders.py GOLD.jsonl [--coders frames hybrid] [--draws 2000]

The difference in F1 (event, dyad, record) is drawn anew over reports (paired bootstrap, fixed seed): the 95 per cent
interval, and the share of draws in which the second coder is better. Both code the same texts in one run, turn about.
The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import numpy as np

from dateline import Coder
from dateline.evaluation import Figures, evaluate, predictions_of, read_gold

SHARES = ("event", "dyad", "record")


def counts(coder: Coder, gold: list, name: str) -> tuple[Figures, dict[str, np.ndarray], float]:
    """Figures over all, right, predicted and gold of each report, and seconds."""
    started = time.perf_counter()
    coded = [c for _, c in coder.code_all(r.report() for r in gold)]
    seconds = time.perf_counter() - started
    predicted = predictions_of(coded)
    figures, _ = evaluate(gold, predicted)
    rows = {share: [] for share in SHARES}
    for report in gold:
        own = evaluate([report], predicted)[0]
        for share in SHARES:
            value = getattr(own, share)
            rows[share].append((value.right, value.predicted, value.gold))
    return figures, {share: np.array(r) for share, r in rows.items()}, seconds


def f1(rows: np.ndarray) -> np.ndarray:
    """F1 of sums over the second last axis: (…, reports, 3) → (…)."""
    right, predicted, gold = np.moveaxis(rows.sum(-2), -1, 0)
    return 2 * right / np.maximum(1, predicted + gold)


def main() -> None:
    """Code, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--coders", nargs=2, default=["frames", "hybrid"])
    parser.add_argument("--draws", type=int, default=2000)
    args = parser.parse_args()
    gold = read_gold(str(args.gold))
    coders = {name: Coder(engine=name) for name in args.coders}
    for coder in coders.values():
        coder.code("Rebels freed a judge on Monday.")  # what is loaded on first use is no report's cost
    measured = {name: counts(coder, gold, name) for name, coder in coders.items()}
    rng = np.random.default_rng(0)
    draws = rng.integers(0, len(gold), (args.draws, len(gold)))
    result: dict[str, object] = {}
    one, other = args.coders
    for share in SHARES:
        values = {name: float(f1(rows[share])) for name, (_, rows, _) in measured.items()}
        gain = f1(measured[other][1][share][draws]) - f1(measured[one][1][share][draws])
        low, high = np.quantile(gain, [0.025, 0.975])
        result[share] = {
            **{name: round(v, 4) for name, v in values.items()},
            "gain": round(values[other] - values[one], 4),
            "interval": [round(float(low), 4), round(float(high), 4)],
            "better": round(float((gain > 0).mean()), 3),
        }
        print(f"{share:8} {values[one]:.3f} → {values[other]:.3f}   gain {low:+.3f} to {high:+.3f}")
    result["traps"] = {n: [f.traps.reported_as_real, f.traps.gold] for n, (f, _, _) in measured.items()}
    result["accuracy"] = {n: {k: round(v, 3) for k, v in f.accuracy.items()} for n, (f, _, _) in measured.items()}
    result["cost"] = round(measured[other][2] / measured[one][2], 3)
    print(json.dumps(result))


if __name__ == "__main__":
    main()
