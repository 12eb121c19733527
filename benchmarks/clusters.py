"""Score stories: do the reports of one happening come into one group, and no others? B-cubed F1.

Usage: python benchmarks/clusters.py ITEMS.jsonl[.gz] [--label FIELD] [--labels LABELS.jsonl]

Each line of ITEMS has id, title, text, published, source and, under FIELD ("cluster" if nothing is said), the name of
its happening. With --labels, names come from another file ({"id", "label", "half"} a line) and only the items that it
lists are read; figures are then given for all items and for each half (grouped together, scored apart).
The last line printed is one JSON object, in percent.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import json
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from dateline.merging.copies import copies
from dateline.merging.stories import plain, stories
from dateline.report import Report


def read(path: Path) -> list[dict[str, Any]]:
    """The JSON objects of a file, one a line."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def report_of(item: Mapping[str, Any]) -> Report:
    """An item as a report."""
    day = str(item.get("published") or "")[:10]
    return Report(
        id=item["id"],
        text=item.get("text") or "",
        title=item.get("title"),
        source=item.get("source"),
        published=dt.date.fromisoformat(day) if day else None,
    )


def b_cubed(key: Mapping[str, str], groups: Iterable[tuple[str, ...]], of: set[str]) -> dict[str, float]:
    """Precision, recall and F1 (Bagga and Baldwin 1998) in percent, averaged over the items in `of`."""
    chain: dict[str, set[str]] = {}
    for id, label in key.items():
        chain.setdefault(label, set()).add(id)
    precision = recall = 0.0
    for group in groups:
        own = set(group)
        for id in sorted(own & of):
            both = len(own & chain[key[id]])
            precision += both / len(own)
            recall += both / len(chain[key[id]])
    p, r = 100 * precision / len(of), 100 * recall / len(of)
    return {"precision": p, "recall": r, "f1": 2 * p * r / (p + r)}


def main() -> None:
    """Read the items, group them, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("items", type=Path)
    parser.add_argument("--label", default="cluster", help="the field with the name of the happening")
    parser.add_argument("--labels", type=Path, help="a file with the names of happenings by id")
    args = parser.parse_args()
    items = read(args.items)
    halves: dict[str, set[str]] = {}
    if args.labels:
        labels = read(args.labels)
        key = {row["id"]: str(row["label"]) for row in labels}
        for row in labels:
            halves.setdefault(f"half_{row['half']}", set()).add(row["id"])
        items = [item for item in items if item["id"] in key]
    else:
        key = {item["id"]: str(item[args.label]) for item in items}
    reports = [report_of(item) for item in items]
    started = time.perf_counter()
    groups = stories(reports)
    seconds = time.perf_counter() - started
    same = copies({r.id: f"{r.title or ''}\n{plain(r)}" for r in reports})
    figures: dict[str, float] = {}
    for name, of in sorted({"all": set(key), **halves}.items()):
        for part, value in b_cubed(key, groups, of).items():
            figures[part if name == "all" else f"{name}_{part}"] = round(value, 2)
    print(f"{len(reports)} reports, {len(set(key.values()))} happenings, {len(groups)} groups in {seconds:.1f} s")
    print(json.dumps({**figures, "copies": len(same) - len(set(same.values())), "seconds": round(seconds, 2)}))


if __name__ == "__main__":
    main()
