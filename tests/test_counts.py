"""How many, as reports say it."""

from __future__ import annotations

import datetime as dt

import pytest

from dateline.coding.counts import number_of


@pytest.mark.parametrize(
    ("text", "name", "count"),
    [
        ("Gunmen killed at least 23 villagers near Kano.", "killed", (23, None)),
        ("Rebels kidnapped forty-one students in Zamfara.", "abducted", (41, 41)),
        ("Police arrested 1,200 people in Lagos.", "detained", (1200, 1200)),
        ("Gunmen killed several hundred villagers near Kano.", "killed", None),
    ],
)
def test_a_number_counts_and_a_vague_amount_does_not(
    frames_coder, text: str, name: str, count: tuple[int, int | None] | None
) -> None:
    found = [event.counts.get(name) for event in frames_coder.code(text, dt.date(2025, 4, 17)).events]
    assert found == [count]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        (["two", "hundred"], 200),
        (["3", "million"], 3_000_000),
        (["forty-one"], 41),
        (["1,200"], 1200),
        (["dozens"], None),
    ],
)
def test_numbers_in_words_and_digits(words: list[str], number: int | None) -> None:
    assert number_of(words) == number
