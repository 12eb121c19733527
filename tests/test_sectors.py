"""Sectors of actors: the examples beside the words, executed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dateline.reading.sectors import SectorExample, load_sectors
from dateline.record import Sector

if TYPE_CHECKING:
    from dateline.coder import Coder

BOOK = load_sectors()


def test_every_code_has_a_meaning() -> None:
    codes = set(Sector.__args__)  # type: ignore[attr-defined]
    assert set(BOOK.meaning) == codes
    used = [*BOOK.names, *BOOK.phrases, *BOOK.heads, *BOOK.weak, *BOOK.before, *BOOK.over]
    assert {code for key in used for code in key.split()} <= codes


@pytest.mark.parametrize("example", BOOK.examples, ids=lambda e: e.text)
def test_examples(coder: Coder, example: SectorExample) -> None:
    actors = coder.code(example.text).actors
    assert {n: " ".join(actors[n].sectors) for n in example.actors if n in actors} == example.actors, sorted(actors)
