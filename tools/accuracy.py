"""The accuracy gate: codes the gold reports, scores them, and fails where a figure is below its floor.

Usage: accuracy.py [--raise]

Gold are the files tests/gold/*.jsonl and, where it lies beside the checkout, a larger one that is not shipped. Floors
stand in tests/gold/floors.toml: a table for each file, a figure's path ("event.f1", "accuracy.when",
"by_type.ASSAULT.f1", or "traps.avoided", the share of hypothetical and negated events not reported as real) and the
lowest value that passes. A floors file that asks for less than the committed one is refused, unless the environment
has ACCEPT_LOWER_FLOOR=1; `--raise` lifts every floor to what was measured, rounded down. What was coded is left in
build/accuracy for `dateline evaluate GOLD CODED --errors N`.
"""

from __future__ import annotations

import math
import os
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dateline.evaluation import Figures, evaluate, predictions_of, read_gold

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ROOT / "tests" / "gold" / "floors.toml"
BESIDE = (ROOT.parent / "shared" / "gold" / "dev.jsonl",)

#: The figures that get a floor when a file of gold has none yet and floors are raised. Shares of matched events are not
#: among them: they may sink where more events are found.
USUAL = ("event.f1", "dyad.f1", "record.f1", "quotes_with_speaker.f1", "roles.f1", "kin.f1", "traps.avoided")

#: What is printed beside them.
SHOWN = (*USUAL, *(f"accuracy.{field}" for field in ("actor", "recipient", "when", "status", "said_by")))

Floors = Mapping[str, Mapping[str, float]]


def main() -> int:
    """Measure and compare; the exit status."""
    lift = sys.argv[1:] == ["--raise"]
    if sys.argv[1:] and not lift:
        print(__doc__, file=sys.stderr)
        return 2
    floors: Floors = tomllib.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.is_file() else {}
    refused = [] if os.environ.get("ACCEPT_LOWER_FLOOR") == "1" else lowered(committed(), floors)
    for line in refused:
        print(
            f"floor lowered: {line}; set ACCEPT_LOWER_FLOOR=1 if that is meant, and say why in the commit",
            file=sys.stderr,
        )
    measured = {path.stem: measure(path) for path in gold_files()}
    failures = missing(floors, measured)
    for name, figures in measured.items():
        wanted = floors.get(name, {})
        print(f"\n{name}: {figures.event.gold} events")
        for figure in dict.fromkeys((*SHOWN, *wanted)):
            value, floor = value_of(figures, figure), wanted.get(figure)
            low = floor is not None and (value is None or value < floor)
            shown = "-" if value is None else f"{value:.3f}"
            print(
                f"  {figure:28}{shown:>7}"
                + ("" if floor is None else f"  floor {floor:.3f}")
                + ("  TOO LOW" if low else "")
            )
            if low:
                failures.append(f"{name}: {figure} is {shown}, its floor {floor}")
    if lift:
        FLOORS.write_text(raised(floors, measured), encoding="utf-8")
        print(f"\nwrote {FLOORS.relative_to(ROOT)}")
        return 0
    print("\n" + ("\n".join(failures) if failures else "no figure is below its floor"))
    return int(bool(failures or refused))


def gold_files() -> list[Path]:
    """The files of gold that are here."""
    return [*sorted((ROOT / "tests" / "gold").glob("*.jsonl")), *(path for path in BESIDE if path.is_file())]


def measure(path: Path) -> Figures:
    """The figures of a file of gold, coded here and now."""
    from dateline.coder import Coder

    gold = read_gold(path)
    coded = [coded for _, coded in Coder().code_all(report.report() for report in gold)]
    kept = ROOT / "build" / "accuracy" / path.name
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(b"".join(report.to_json() + b"\n" for report in coded))
    return evaluate(gold, predictions_of(coded))[0]


def value_of(figures: Figures, figure: str) -> float | None:
    """The figure at a path; None where nothing was measured (no event of that type, say)."""
    if figure == "traps.avoided":
        return 1 - figures.traps.reported_as_real / figures.traps.gold if figures.traps.gold else None
    value: Any = figures.as_dict()
    for part in figure.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return None if value is None else float(value)


def missing(floors: Floors, measured: Mapping[str, Figures]) -> list[str]:
    """Gold that ships without floors, and floors whose gold is gone."""
    beside = {path.stem for path in BESIDE}
    return [
        *(f"{name}: has no floors; run tools/accuracy.py --raise" for name in sorted(measured.keys() - floors.keys())),
        *(f"{name}: has floors but no gold" for name in sorted(floors.keys() - measured.keys() - beside)),
    ]


def lowered(before: Floors, now: Floors) -> list[str]:
    """The floors that are lower than before, or gone."""
    found = []
    for name, figures in before.items():
        for figure, floor in figures.items():
            value = now.get(name, {}).get(figure)
            if value is None or value < floor:
                found.append(f"{name}: {figure} from {floor} to {'none' if value is None else value}")
    return found


def committed() -> Floors:
    """The floors of the last commit; none outside a git checkout or before the first."""
    try:
        shown = subprocess.run(
            ["git", "show", f"HEAD:{FLOORS.relative_to(ROOT).as_posix()}"], cwd=ROOT, capture_output=True, check=False
        )
    except OSError:
        return {}
    return tomllib.loads(shown.stdout.decode()) if shown.returncode == 0 else {}


def raised(floors: Floors, measured: Mapping[str, Figures]) -> str:
    """The floors file with every floor at what was measured (rounded down to two digits) or where it was, if higher."""
    lines = ["# The lowest figures that `make accuracy` lets pass, by file of gold; see tools/accuracy.py."]
    for name in sorted(floors.keys() | measured.keys()):
        lines += ["", f"[{name}]"]
        for figure in dict.fromkeys((*floors.get(name, {}), *(USUAL if name not in floors else ()))):
            value = value_of(measured[name], figure) if name in measured else None
            # A hair is added for fractions such as 0.29, whose hundredfold is 28.999….
            low = None if value is None else math.floor(value * 100 + 1e-9) / 100
            found = [floor for floor in (floors.get(name, {}).get(figure), low) if floor is not None]
            if found:
                lines.append(f'"{figure}" = {max(found)}')
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
