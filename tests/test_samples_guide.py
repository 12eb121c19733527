"""The reading guide: its table of types is the record's, and what it quotes of the samples stands there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from dateline.record import MODES, CountName, PloverType, Status
from dateline.sources import read_reports

ROOT = Path(__file__).resolve().parents[1]
GUIDE = (ROOT / "docs" / "reading-guide.md").read_text(encoding="utf-8")


def test_table_of_types_is_that_of_the_record() -> None:
    rows = re.findall(r"^\| ([A-Z]+) \| [^|]+ \| ([^|]*?) ?\|$", GUIDE, re.M)
    assert sorted(name for name, _ in rows) == sorted(get_args(PloverType))
    assert {name: tuple(modes.split(", ")) for name, modes in rows if modes} == MODES


@pytest.mark.parametrize("name", [*get_args(Status), *get_args(CountName)])
def test_every_status_and_count_is_explained(name: str) -> None:
    assert f"`{name}`" in GUIDE


@pytest.mark.parametrize(
    "words",
    [
        "A second surveyor kidnapped by rebels",
        "after 211 days in captivity",
        "The Tibú Column kidnapped Bastidas",
        "He asked for police protection",
        "He is to fly to Beijing on 10 December to sign a fisheries accord",
        "was handed over to Red Cross delegates",
        "She said that she would thank it when the farmers were home",
        "The talks will not now take place",
        "Two soldiers were killed and three wounded when a patrol drove over a mine at dusk",
        "Eleven had to be taken to hospital, the union said; the police spoke of three",
        "I was angry with you, Mr. President",
        "the prison in Moroni",
        "has been threatened with death",
    ],
)
def test_what_the_guide_quotes_stands_in_a_sample(words: str) -> None:
    assert words in re.sub(r"\s+(> )?", " ", GUIDE)
    assert any(words in report.text for report in read_reports([ROOT / "examples"]))
