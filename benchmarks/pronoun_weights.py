"""Fit the weights of codebook/pronouns.toml: which candidate "he" or "she" stands for.

Usage: python benchmarks/pronoun_weights.py PAIRS.jsonl[.gz] CHAINS.jsonl[.gz] … > src/dateline/codebook/pronouns.toml

Conditional logistic regression with an L2 penalty, by gradient ascent from zero: the same data give the same weights.
What earlier pronouns of a text stand for is read with the weights in force, so a second run moves them a little.
The data's two forms are those of benchmarks/coreference.py; a record of the first form tells which of two names it is.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from spacy.tokens import Doc

from coreference import at, read
from dateline.reading import coreference as component
from dateline.reading.bearers import link_names
from dateline.reading.clusters import Chains
from dateline.reading.links import Descriptions
from dateline.reading.profiles import reading_of
from dateline.reading.pronouns import Resolver
from dateline.reading.states import link_states

#: Weights that are set, not fitted: the pairs' answers are always names close by, which is no rule of prose.
FIXED = {"unnamed": -1.8, "pronoun": -0.3, "pronoun_near": 0.0}

Case = tuple[list[dict[str, float]], list[bool]]


class _Recorder(Resolver):
    """Keeps the candidates of each pronoun that it is asked for."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.kept: dict[int, list[tuple[int, dict[str, float]]]] = {}

    def candidates(self, m: int) -> list[tuple[int, dict[str, float]]]:
        self.kept[m] = super().candidates(m)
        return self.kept[m]


def cases(records: Iterable[dict[str, Any]], docs: Iterable[Doc]) -> list[Case]:
    """Features of all candidates of each pronoun whose answer is among them, and which ones are right."""
    found = []
    for record, doc in zip(records, docs, strict=True):
        reading = reading_of(doc)
        chains = Chains(reading.profiles)
        link_names(reading, chains)
        link_states(reading, chains)
        recorder = _Recorder(reading, chains)
        component.link(reading, chains, recorder, Descriptions(reading, chains, recorder), {})
        for m, candidates in sorted(recorder.kept.items()):
            right = _right(record, doc, chains, recorder, m, [k for k, _ in candidates])
            if any(right) and not all(right):
                found.append(([values for _, values in candidates], right))
    return found


def _right(record: dict[str, Any], doc: Doc, chains: Chains, recorder: Resolver, m: int, ks: list[int]) -> list[bool]:
    profiles = recorder.reading.profiles
    token = doc[profiles[m].start]
    if "pronoun" in record:
        if token.idx != record["pronoun"]["start"]:
            return [False] * len(ks)
        gold = [record[n] for n in ("A", "B") if record[n]["coref"]]
        entities = {e for name in gold for e in at(doc, name)}
    else:
        own = [x for x in record["mentions"] if (x["start"], x["end"]) == (token.idx, token.idx + len(token))]
        names = [x for x in record["mentions"] if own and x["cluster"] == own[0]["cluster"] and x["text"][:1].isupper()]
        entities = {e for x in names for e in at(doc, x)}
    wanted = {chains.of(k) for e in entities for k in doc._.entities[e].mentions if profiles[k].sort == "name"}
    return [chains.of(recorder._denoted(k)[0] if recorder._denoted(k) else k) in wanted for k in ks]


def fit(data: list[Case], names: list[str], penalty: float = 2.0, steps: int = 400) -> np.ndarray:
    """Weights that maximize the probability of the right candidates, less penalty/2 times their squares."""
    index = {name: i for i, name in enumerate(names)}
    matrices = []
    for candidates, right in data:
        x = np.zeros((len(candidates), len(names)))
        for row, values in enumerate(candidates):
            for name, value in values.items():
                x[row, index[name]] = value
        matrices.append((x, np.array(right)))
    fixed = np.array([name.split(":")[1] in FIXED for name in names])
    w = np.array([FIXED.get(name.split(":")[1], 0.0) for name in names])
    rate = 4.0 / len(matrices)
    for _ in range(steps):
        gradient = np.where(fixed, 0.0, -penalty * w)
        for x, right in matrices:
            s = x @ w
            p = np.exp(s - s.max())
            q = p * right
            gradient += (q / q.sum() - p / p.sum()) @ x
        w += rate * np.where(fixed, 0.0, gradient)
    return w


def accuracy(data: list[Case], names: list[str], w: np.ndarray) -> float:
    """The share of pronouns whose best candidate is right."""
    value = dict(zip(names, w, strict=True))
    hits = 0
    for candidates, right in data:
        scores = [sum(v * value.get(n, 0.0) for n, v in values.items()) for values in candidates]
        hits += right[scores.index(max(scores))]
    return hits / len(data)


def toml(names: list[str], w: np.ndarray) -> str:
    """The weights as a codebook file."""
    lines = [
        "# Weights of what speaks for a candidate of he or she, by the pronoun's own part in its clause. Fitted by",
        "# benchmarks/pronoun_weights.py; src/dateline/reading/salience.py says what each feature is.",
    ]
    for case in ("subject", "object", "possessor"):
        lines += ["", f"[weights.{case}]"]
        lines += [f"{n.split(':')[1]} = {x:.2f}" for n, x in zip(names, w, strict=True) if n.startswith(case)]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Read, link, fit, print the TOML; accuracies by two-fold cross-validation go to standard error."""
    from coreference import pipeline

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+")
    args = parser.parse_args()
    nlp = pipeline()
    data: list[Case] = []
    for path in args.files:
        records = read(path)
        data += cases(records, list(nlp.pipe((record["text"] for record in records), batch_size=16)))
    run(data)


def run(data: list[Case]) -> None:
    """Fit on all, report two-fold accuracy."""
    names = sorted({name for candidates, _ in data for values in candidates for name in values})
    for fold in (0, 1):
        train, test = data[fold::2], data[1 - fold :: 2]
        print(f"fold {fold}: {accuracy(test, names, fit(train, names)):.3f} of {len(test)}", file=sys.stderr)
    sys.stdout.write(toml(names, fit(data, names)))


if __name__ == "__main__":
    main()
