"""Score event coreference across reports on ECB+: CoNLL F1 with gold mentions of events, singletons kept.

Usage: python benchmarks/ecb.py DOCS.jsonl[.gz] [--split dev]

Only event mentions in validated sentences count, as is usual. Nothing but the texts and the places of these mentions is
used: no gold topics, participants, times. The last line printed is one JSON object, in percent.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language

from coreference import b_cubed, ceaf_e, muc, read
from dateline.merging.triggers import Trigger, events_of
from dateline.reading.pipeline import DEFAULT_MODEL
from dateline.report import Report

_EMPTY = frozenset("in on of at to for with by up down out off into over under the a an his her their its".split())
_LIGHT = frozenset("be have do make take go get come give put see keep let".split())


def triggers_of(nlp: Language, record: dict[str, Any]) -> list[tuple[Trigger, str]]:
    """The gold event mentions of a document with their gold chains."""
    found: list[tuple[Trigger, str]] = []
    for sentence in record["sentences"]:
        own = [
            m
            for m in record["mentions"]
            if m["kind"] == "event" and m["validated"] and m["sent"] == sentence["n"]
        ]  # fmt: skip
        if not own:
            continue
        doc = nlp(record["text"][sentence["start"] : sentence["end"]])
        for m in own:
            span = doc.char_span(m["start"] - sentence["start"], m["end"] - sentence["start"], alignment_mode="expand")
            head = span.root
            lemma = head.lemma_.lower()
            if lemma in _EMPTY or lemma in _LIGHT:
                full = [w.lower() for w in m["tokens"] if w.lower() not in _EMPTY and w.lower() not in _LIGHT]
                lemma = full[-1] if full else lemma
            objects = tuple(k.lemma_.lower() for k in head.children if k.dep_ in ("dobj", "nsubjpass"))
            trigger = Trigger(
                report=record["id"], lemma=lemma, words=tuple(m["tokens"]), objects=objects, sentence=doc.text
            )
            found.append((trigger, m["chain"]))
    return found


def main() -> None:
    """Read the documents, group the mentions, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("docs", type=Path)
    parser.add_argument("--split", help="only the documents of this part")
    args = parser.parse_args()
    records = [r for r in read(args.docs) if args.split in (None, r.get("split"))]
    nlp = spacy.load(DEFAULT_MODEL, disable=["ner"])
    told = [pair for record in records for pair in triggers_of(nlp, record)]
    groups = events_of([t for t, _ in told], [Report(id=r["id"], text=r["text"]) for r in records])
    chains: dict[str, set[tuple[int, int]]] = {}
    for number, (_, chain) in enumerate(told):
        chains.setdefault(chain, set()).add((number, number))
    key = [frozenset(chain) for chain in chains.values()]
    response = [frozenset((n, n) for n in group) for group in groups]
    figures: dict[str, float] = {}
    for name, (rn, rd, pn, pd) in (
        ("muc", muc(key, response)),
        ("b3", b_cubed(key, response)),
        ("ceafe", ceaf_e(key, response)),
    ):
        recall, precision = 100 * rn / rd, 100 * pn / pd
        figures |= {
            f"{name}_r": recall,
            f"{name}_p": precision,
            f"{name}_f1": 2 * recall * precision / (recall + precision),
        }
    figures["conll_f1"] = (figures["muc_f1"] + figures["b3_f1"] + figures["ceafe_f1"]) / 3
    print(f"{len(records)} documents, {len(told)} mentions, {len(key)} chains, {len(groups)} groups")
    print(json.dumps({name: round(value, 2) for name, value in figures.items()}))


if __name__ == "__main__":
    main()
