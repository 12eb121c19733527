"""Tokens a second of the time tagger, beside dateparser's search where that is installed, in one run on one core.

usage: python benchmarks/times.py [FILE.jsonl[.gz]] [--tokens N]

FILE has a "text" field in each line ("dct" or "published" are used if there); without one a text is made up. Tokens
are white-space tokens, for both tools alike. dateparser is slow, so it reads a share of the texts only.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import json
import time
from collections.abc import Callable, Iterable

from dateline.reading.times import tag

MADE_UP = (
    "The minister said on Wednesday that talks would resume next week, two years after the truce of Oct. 7, 2023. "
    "Officials in the capital had warned late last month that supplies would run out by the end of the year, and a "
    "spokesman told reporters that no decision had been taken on the proposal. Some 2,000 people marched in the city, "
    "the police said, many of them carrying flags and pictures of the prisoners. "
)
SHARE = 20  # dateparser reads one text in so many


def texts(path: str | None, limit: int) -> list[tuple[str, dt.date]]:
    """Texts with their days, up to `limit` tokens."""
    found: list[tuple[str, dt.date]] = []
    count = 0
    if path is None:
        day = dt.date(2025, 4, 17)
        return [(MADE_UP * 5, day)] * max(1, limit // len((MADE_UP * 5).split()))
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            day = str(record.get("dct") or record.get("published") or "2025-04-17")[:10]
            found.append((record["text"], dt.date.fromisoformat(day)))
            count += len(record["text"].split())
            if count >= limit:
                break
    return found


def measure(name: str, read: Callable[[str, dt.date], int], sample: Iterable[tuple[str, dt.date]]) -> None:
    """Print how fast `read`, which gives the number of expressions found, goes through the sample."""
    sample = list(sample)
    read(*sample[0])
    tokens = sum(len(text.split()) for text, _ in sample)
    began = time.perf_counter()
    found = sum(read(text, day) for text, day in sample)
    seconds = time.perf_counter() - began
    print(
        f"{name:20s} {tokens:>9,} tokens  {seconds:7.2f} s  {tokens / seconds:>10,.0f} tokens/s  {found:,} expressions"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?")
    parser.add_argument("--tokens", type=int, default=200_000)
    options = parser.parse_args()
    sample = texts(options.file, options.tokens)
    measure("dateline", lambda text, day: len(tag(text, day)), sample)
    try:
        from dateparser.search import search_dates
    except ImportError:
        print("dateparser            is not installed (pip install dateparser to compare)")
        return

    def search(text: str, day: dt.date) -> int:
        settings = {"RELATIVE_BASE": dt.datetime(day.year, day.month, day.day)}
        return len(search_dates(text, languages=["en"], settings=settings) or [])

    measure("dateparser.search", search, sample[::SHARE] or sample[:1])


if __name__ == "__main__":
    main()
