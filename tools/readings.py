"""Joins the readings that have no texts with texts that lie elsewhere, by id and hash.

Run as `python tools/readings.py TEXTS.jsonl[.gz] …` with lines of `id` and `text`; writes build/readings/NAME.jsonl
for every training/NAME.jsonl whose texts were found (all other readings are copied).
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

from dateline.errors import DatelineError
from dateline.training.readings import read_readings

ROOT = Path(__file__).resolve().parent.parent
#: For comparing readers, not for training.
APART = "second-readings.jsonl"


def main() -> int:
    """Join and write; the exit status."""
    texts: dict[str, str] = {}
    for name in sys.argv[1:]:
        opened = gzip.open(name, "rt", encoding="utf-8") if name.endswith(".gz") else open(name, encoding="utf-8")  # noqa: SIM115
        with opened as lines:
            for line in lines:
                row = json.loads(line)
                texts[row["id"]] = row["text"]
    out = ROOT / "build" / "readings"
    out.mkdir(parents=True, exist_ok=True)
    for path in sorted((ROOT / "training").glob("*.jsonl")):
        if path.name == APART:
            continue
        try:
            joined = list(read_readings([path], texts))
        except DatelineError as error:
            print(error, file=sys.stderr)
            return 1
        (out / path.name).write_text(
            "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in joined), encoding="utf-8"
        )
        print(f"{out / path.name}: {len(joined)} readings")
    return 0


if __name__ == "__main__":
    sys.exit(main())
