"""Score names: exact spans of persons, organizations and places, for dateline's mentions and for the stock model.

Usage: python benchmarks/names.py FILE.jsonl[.gz] [--errors N]

A line: {"text", "entities": [{"start", "end", "type"}]} with the types of CrossNER politics. Other types are left out:
their names are not asked for, and what a system finds inside them (a country in an election's name) does not count.
The last line printed is one JSON object with the figures, in percent.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from spacy.tokens import Doc

from coreference import pipeline, read
from dateline.reading.profiles import reading_of

_TYPES = {
    "politician": "PERSON", "person": "PERSON", "politicalparty": "ORG", "organisation": "ORG", "country": "LOC",
    "location": "LOC",
}  # fmt: skip
_LABELS = {"PERSON": "PERSON", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}
Names = set[tuple[int, int, str]]


def ours(doc: Doc) -> Names:
    """dateline's names, titles left out, as (start, end, label) in characters."""
    found = set()
    for p in reading_of(doc).profiles:
        label = _LABELS.get(p.label)
        if p.sort == "name" and label:
            span = doc[p.title[1] if p.title else p.start : p.end]
            found.add((span.start_char, span.end_char, label))
    return found


def stock(doc: Doc) -> Names:
    """The model's own named entities, without a determiner in front."""
    spans = [(e[1:] if e[0].tag_ == "DT" and len(e) > 1 else e, e.label_) for e in doc.ents if e.label_ in _LABELS]
    return {(span.start_char, span.end_char, _LABELS[label]) for span, label in spans}


def main() -> None:
    """Read the file, find the names, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show the first N errors")
    args = parser.parse_args()
    records = read(args.file)
    counts: Counter[tuple[str, str, str]] = Counter()
    shown = 0
    for record, doc in zip(records, pipeline().pipe((r["text"] for r in records), batch_size=16), strict=True):
        gold: Names = {(e["start"], e["end"], _TYPES[e["type"]]) for e in record["entities"] if e["type"] in _TYPES}
        other = [(e["start"], e["end"]) for e in record["entities"] if e["type"] not in _TYPES]
        kept = {
            system: {n for n in names if n in gold or not any(a <= n[0] and n[1] <= b for a, b in other)}
            for system, names in (("dateline", ours(doc)), ("stock", stock(doc)))
        }
        for system, found in kept.items():
            for what, names in (("gold", gold), ("found", found), ("right", gold & found)):
                for name in names:
                    counts[system, name[2], what] += 1
                    counts[system, "ALL", what] += 1
        wrong = [("missed", n) for n in sorted(gold - kept["dateline"])] + [
            ("extra", n) for n in sorted(kept["dateline"] - gold)
        ]
        for kind, (start, end, label) in wrong if shown < args.errors else ():
            shown += 1
            print(kind, label, record["text"][start:end], "|", record["text"][max(0, start - 40) : end + 30])
    figures = {}
    for system in ("stock", "dateline"):
        for label in ("PERSON", "ORG", "LOC", "ALL"):
            gold_n, found_n, right = (counts[system, label, what] for what in ("gold", "found", "right"))
            p, r = 100 * right / max(1, found_n), 100 * right / max(1, gold_n)
            f1 = 2 * p * r / (p + r) if p + r else 0.0
            print(f"{system:9} {label:7} P {p:5.1f}  R {r:5.1f}  F1 {f1:5.1f}")
            figures[f"{system}_{label.lower()}"] = round(f1, 2)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
