"""How fast dateline codes and how much memory it takes, on the gold reports. Usage: bench.py [ROUNDS]

Codes all the texts of tests/gold/*.jsonl ROUNDS times (default 5) in one process, after a first round that does not
count, and prints reports, words and kilobytes of text a second (the best round) and the most memory that the process
held.
"""

from __future__ import annotations

import platform
import resource
import sys
import time
from pathlib import Path

from dateline.evaluation import read_gold

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Measure and print; the exit status."""
    rounds = max(1, int(sys.argv[1])) if len(sys.argv) > 1 else 5
    reports = [gold.report() for path in sorted((ROOT / "tests" / "gold").glob("*.jsonl")) for gold in read_gold(path)]
    if not reports:
        print("tests/gold holds no reports", file=sys.stderr)
        return 1
    started = time.perf_counter()
    from dateline.coder import Coder

    coder = Coder()
    ready = time.perf_counter() - started
    seconds = []
    for _ in range(1 + rounds):
        started = time.perf_counter()
        events = sum(len(coded.events) for _, coded in coder.code_all(reports))
        seconds.append(time.perf_counter() - started)
    best = min(seconds[1:])
    words = sum(len(report.text.split()) for report in reports)
    kilobytes = sum(len(report.text.encode()) for report in reports) / 1000
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Linux counts kilobytes, macOS bytes.
    megabytes = peak / (1024 * 1024 if platform.system() == "Darwin" else 1024)
    print(f"{len(reports)} reports, {words} words, {events} events; the model was ready after {ready:.1f} s")
    print(
        f"best of {rounds} rounds: {best:.2f} s, {len(reports) / best:.1f} reports, {words / best:.0f} words, ", end=""
    )
    print(f"{kilobytes / best:.0f} kB a second; at most {megabytes:.0f} MB of memory")
    return 0


if __name__ == "__main__":
    sys.exit(main())
