"""Time the parse and each of dateline's components in one run, as shares of the parse.

Usage: python benchmarks/reading.py [FILE.jsonl[.gz]] [--repeat N] [--limit N]

A line has `text`; without a file, the samples that ship. Each text goes through the pipeline component by component;
of N rounds (turn about, so that a busy machine slows all alike) the fastest counts for each. `parse` is everything
that spaCy's model does, `reading` everything of dateline's. The last line is one JSON object: tokens, tokens a
second of the parse, and `ratio` of reading and of each component to the parse.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import time
from pathlib import Path

from coreference import read
from dateline.reading.pipeline import load_pipeline

SAMPLES = Path(__file__).parents[1] / "tests" / "gold" / "samples.jsonl"


def rounds(texts: list[str], repeat: int) -> tuple[int, dict[str, float]]:
    """Number of tokens, and for each component the seconds of its fastest round over all texts."""
    nlp = load_pipeline()
    nlp(texts[0])  # what is loaded on first use is no part of a text's cost
    best: dict[str, float] = {}
    tokens = 0
    for _ in range(repeat):
        docs = [nlp.make_doc(text) for text in texts]
        tokens = sum(map(len, docs))
        for doc in docs:
            doc._.published = dt.date(2024, 1, 1)
        for name, component in nlp.pipeline:
            started = time.perf_counter()
            if hasattr(component, "pipe"):
                docs = list(component.pipe(docs, batch_size=16))
            else:
                docs = [component(doc) for doc in docs]
            seconds = time.perf_counter() - started
            best[name] = min(best.get(name, seconds), seconds)
    return tokens, best


def main() -> None:
    """Read, time, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, nargs="?", default=SAMPLES)
    parser.add_argument("--repeat", type=int, default=5, metavar="N")
    parser.add_argument("--limit", type=int, default=None, metavar="N", help="only the first N lines")
    args = parser.parse_args()
    texts = [record["text"] for record in read(args.file)[: args.limit]]
    tokens, best = rounds(texts, args.repeat)
    parse = sum(seconds for name, seconds in best.items() if not name.startswith("dateline_"))
    ours = {name: seconds for name, seconds in best.items() if name.startswith("dateline_")}
    ours["reading"] = sum(ours.values())
    for name, seconds in best.items():
        print(f"{name:24} {1e6 * seconds / tokens:8.1f} µs a token   {seconds / parse:6.3f} of the parse")
    ratio = {name.removeprefix("dateline_"): round(seconds / parse, 3) for name, seconds in ours.items()}
    print(json.dumps({"texts": len(texts), "tokens": tokens, "parse": round(tokens / parse), "ratio": ratio}))


if __name__ == "__main__":
    main()
