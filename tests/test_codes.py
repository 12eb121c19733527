"""Quads, CAMEO codes and intensities: the examples beside the table, and the map that the codes come from."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from dateline.coding.codes import code_of, load_codes, quad_of
from dateline.record import MODES, PloverType, Status

TABLE = load_codes()
TYPES: tuple[PloverType, ...] = PloverType.__args__  # type: ignore[attr-defined]


@pytest.mark.parametrize(("event", "expected"), sorted(TABLE.examples.items()))
def test_examples(event: str, expected: str) -> None:
    what, status = event.split()
    type_, _, mode = what.partition(".")
    code = code_of(type_, mode or None, status)  # type: ignore[arg-type]
    told = f"{code.cameo} {code.intensity}" if code else "- -"
    assert f"{quad_of(type_)} {told}" == expected  # type: ignore[arg-type]


@pytest.mark.parametrize("type_", TYPES)
def test_every_type_and_mode_has_a_quad_and_a_code(type_: PloverType) -> None:
    assert quad_of(type_)
    for mode in (None, *MODES.get(type_, ())):
        code = code_of(type_, mode, "actual")
        assert code is not None
        assert -10 <= code.intensity <= 10
        conflict = str(quad_of(type_)).endswith("conflict")
        assert (code.intensity < 0) == conflict


@pytest.mark.parametrize("section", [TABLE.code, TABLE.future])
def test_the_table_knows_no_other_modes(section: dict[str, object]) -> None:
    for name in section:
        type_, _, mode = name.partition(".")
        assert type_ in TYPES
        assert not mode or mode in MODES[type_]


@pytest.mark.parametrize("status", ["hypothetical", "negated"])
def test_what_did_not_happen_has_no_code(status: Status) -> None:
    assert code_of("ASSAULT", "abduct", status) is None


def test_codes_are_those_of_the_map(beside: Path) -> None:
    """The fewest digits, then the lowest; where none is for the type and mode, or a `why` stands, chosen by hand."""
    rows = list(csv.DictReader((beside / "coding" / "cameo2plover.csv").read_text(encoding="utf-8").splitlines()))
    for name, code in TABLE.code.items():
        type_, _, mode = name.partition(".")
        found = [r["cameo"] for r in rows if (r["plover"], r["mode"]) == (type_, mode)]
        best = min(found, key=lambda c: (len(c), c)).ljust(3, "0") if found else None
        assert (code.cameo == best) == (code.why is None), (name, best, code)
