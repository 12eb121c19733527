"""Check the weights of codebook/pronouns.toml on stories written for dateline, and try others.

Usage: python benchmarks/pronoun_weights.py [--errors N] [--try WHO.PART.FEATURE=VALUE[,…] …]

The weights are set by hand: round numbers that say what grammar and newspaper prose make likely. They are fitted to no
corpus. What checks them is tests/reading/pronouns.jsonl, stories and short passages written for dateline, with every
pronoun of the third person annotated; a line: {"id", "text", "pronouns": [{"start", "end", "of": [[start, end], …]}]},
`of` being one mention of each that the pronoun stands for (none: nothing that the story names).

Each `--try` prints the figures with those weights changed (`he.any.unnamed=-1`), so that a change of a weight, or that
none of them sits on an edge, can be shown. The last line is one JSON object: share of right answers for each pronoun.
"""

from __future__ import annotations

import argparse
import copy
import json
from collections import Counter
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from coreference import at, pipeline
from dateline.reading import salience
from dateline.reading.grammar import BASE
from dateline.reading.lexicon import table

GOLD = Path(__file__).parents[1] / "tests" / "reading" / "pronouns.jsonl"


def judged(record: dict[str, Any], doc: Doc) -> list[tuple[str, bool, str]]:
    """For each pronoun of a story: its base form, whether it is resolved right, and the words around it."""
    found = []
    for one in record["pronouns"]:
        mine = set(at(doc, one))
        wanted = {e for start, end in one["of"] for e in at(doc, {"start": start, "end": end})}
        right = mine == wanted and (bool(mine) or not one["of"])
        word = record["text"][one["start"] : one["end"]].lower()
        around = record["text"][max(0, one["start"] - 90) : one["start"]] + "[" + word + "]"
        names = [doc._.entities[e].name for e in sorted(mine)]
        gold = [record["text"][start:end] for start, end in one["of"]]
        found.append((BASE.get(word, word), right, f"{record['id']} …{around} {names} not {gold}"))
    return found


def shares(records: list[dict[str, Any]], docs: list[Doc], show: int = 0) -> dict[str, float]:
    """Per cent of right answers for he, she, it, they and all; `show` errors are printed."""
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for record, doc in zip(records, docs, strict=True):
        for base, good, what in judged(record, doc):
            for group in (base, "all"):
                asked[group] += 1
                right[group] += good
            if not good and show > 0:
                show -= 1
                print(what.replace("\n", " / "))
    return {group: round(100 * right[group] / asked[group], 1) for group in sorted(asked)}


def changed(weights: dict[str, Any], change: str) -> dict[str, Any]:
    """A copy of the weights with `WHO.PART.FEATURE=VALUE` (several by commas) put in."""
    found = copy.deepcopy(weights)
    for one in change.split(","):
        path, _, value = one.partition("=")
        who, part, feature = path.split(".")
        found[who].setdefault(part, {})[feature] = float(value)
    return found


def main() -> None:
    """Read, resolve, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print the first N errors")
    parser.add_argument("--try", dest="changes", action="append", default=[], metavar="CHANGE")
    args = parser.parse_args()
    records = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    nlp = pipeline()
    texts = [record["text"] for record in records]
    figures = shares(records, list(nlp.pipe(texts, batch_size=16)), args.errors)
    weights = table("pronouns.toml")["weights"]
    kept = copy.deepcopy(weights)
    for change in args.changes:
        weights.update(changed(kept, change))
        salience.weights.cache_clear()
        print(change, json.dumps(shares(records, list(nlp.pipe(texts, batch_size=16)))))
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
