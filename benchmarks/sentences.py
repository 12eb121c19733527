"""Score the coder on sentences that label one PLOVER event between one pair.

    python benchmarks/sentences.py FILE.jsonl[.gz] [--set NAME] [--coder NAME] [--limit N] [--errors N] [--class NAME]

A line has `id`, `set`, `text` and `events`, the first of which names `plover_type` (other types that would do under
`plover_any_of`) and, as `source` and `target`, lists of `{"text"}`. A sentence whose first event has no type is left
out; what is coded where nothing is labelled is not counted. Every other predicted event that happened or is to happen
counts against precision, right or wrong, because one pair is all that a sentence labels: a guard against coding
everything.

`type`: some predicted event has the type. `dyad`: and its actor shares a content word with the labelled source, its
recipient with the target (a mutual CONSULT without a recipient may have both in `actor`). Content words are compared
as written, so that names as a record gives them ("United Kingdom") miss the words of the sentence ("the British
army"): `dyad` compares names alone, as a scorer does that sees no text, `dyad_as_written` the names and the characters
that the account cites for them.

With `--errors`, sentences that fail are printed, grouped by `--class`: type (none of the right type), actor, recipient.
The last line is JSON.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from dateline import Account, CodedReport, Coder, Report

Record = dict[str, Any]
REAL = ("actual", "future")
STOP = frozenset("the a an of in and its to for his her their s".split())


def read(path: str, name: str | None) -> list[Record]:
    """The labelled sentences of a file of JSON lines, gzipped or not, of one set or of all."""
    data = Path(path).read_bytes()
    text = (gzip.decompress(data) if path.endswith(".gz") else data).decode("utf-8")
    records = [json.loads(line) for line in text.split("\n") if line.strip()]
    wanted = [r for r in records if name is None or r["set"] == name]
    return [r for r in wanted if r["events"] and r["events"][0].get("plover_type")]


def content(texts: Iterable[str | None]) -> frozenset[str]:
    """The words of texts, case folded, but for articles and the like."""
    return frozenset(w for text in texts for w in re.findall(r"\w+", (text or "").casefold())) - STOP


def words(account: Account, field: str, text: str | None) -> frozenset[str]:
    """The content words of an account's actor or recipient; with `text`, those of the cited characters too."""
    names: list[str] = list(getattr(account, field))
    if text is not None:
        names += [text[span.start : span.end] for span in account.evidence.get(field, ())]
    return content(names)


def fits(account: Account, event: Record, text: str | None) -> tuple[bool, bool]:
    """Whether the actor and the recipient share a word with the labelled ones."""
    source, target = (content(a["text"] for a in event[side]) for side in ("source", "target"))
    actor, recipient = words(account, "actor", text), words(account, "recipient", text)
    if not recipient and account.type == "CONSULT":
        recipient = actor
    return not source or bool(source & actor), not target or bool(target & recipient)


def failure(coded: CodedReport, record: Record) -> str | None:
    """What is wrong with the best account of a sentence: "type", "actor", "recipient", "both"; None if it is right."""
    event = record["events"][0]
    right = [a for a in coded.events if a.status in REAL and a.type in types(event)]
    if not right:
        return "type"
    actor, recipient = max((fits(a, event, record["text"]) for a in right), key=lambda f: (sum(f), f))
    return None if actor and recipient else "recipient" if actor else "actor" if recipient else "both"


def types(event: Record) -> frozenset[str]:
    """The PLOVER types that would do."""
    return frozenset(event.get("plover_any_of") or [event["plover_type"]])


def measure(pairs: Iterator[tuple[Record, CodedReport]], show: int, kind: str | None) -> dict[str, Any]:
    """The figures over labelled sentences and what was coded of them."""
    n, right, out = Counter[str](), Counter[str](), Counter[str]()
    for record, coded in pairs:
        event, text = record["events"][0], record["text"]
        real = [a for a in coded.events if a.status in REAL]
        typed = [a for a in real if a.type in types(event)]
        n["sentences"] += 1
        out["type"] += len({a.type for a in real})
        out["dyad"] += len({(a.type, a.actor, a.recipient) for a in real})
        right["type"] += bool(typed)
        right["dyad"] += any(all(fits(a, event, None)) for a in typed)
        right["dyad_as_written"] += any(all(fits(a, event, text)) for a in typed)
        wrong = failure(coded, record)
        n[f"wrong_{wrong}"] += wrong is not None
        if wrong and show > 0 and kind in (None, wrong):
            show -= 1
            labelled = [[a["text"] for a in event[side]] for side in ("source", "target")]
            print(wrong, record["id"], "/".join(sorted(types(event))), *labelled, "|", text)
            for a in coded.events:
                print("   ", a.type, list(a.actor), "->", list(a.recipient), a.status, a.because.get("type"))
    figures: dict[str, Any] = {"sentences": n["sentences"]}
    for name in ("type", "dyad", "dyad_as_written"):
        predicted = out["type" if name == "type" else "dyad"]
        figures[f"{name}_precision"] = round(100 * right[name] / max(1, predicted), 1)
        figures[f"{name}_recall"] = round(100 * right[name] / max(1, n["sentences"]), 1)
        figures[f"{name}_f1"] = round(200 * right[name] / max(1, predicted + n["sentences"]), 1)
    wrongs = {w: n[f"wrong_{w}"] for w in ("type", "actor", "recipient", "both")}
    return {**figures, "predicted": out["dyad"], "wrong": wrongs}


def main() -> None:
    """Read, code, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--set", metavar="NAME", help="only sentences of this set")
    parser.add_argument("--coder", default="frames", metavar="NAME", help="the coder to measure (frames)")
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N sentences")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print the first N sentences that fail")
    parser.add_argument("--class", dest="kind", choices=("type", "actor", "recipient", "both"), help="only such")
    options = parser.parse_args()
    records = read(options.file, options.set)[: options.limit]
    by_id = {r["id"]: r for r in records}
    reports = (Report(id=r["id"], text=r["text"]) for r in records)
    pairs = ((by_id[report.id], coded) for report, coded in Coder(engine=options.coder).code_all(reports))
    figures = measure(pairs, options.errors, options.kind)
    print(json.dumps({"file": Path(options.file).name, "set": options.set, "coder": options.coder, **figures}))


if __name__ == "__main__":
    main()
