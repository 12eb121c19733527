"""The day of publication: how it may be written, where a text shows it; and the language of a text."""

from __future__ import annotations

import datetime as dt

import pytest

from dateline.sources.days import as_day, published_in
from dateline.sources.languages import has_reader, language_of, load_languages

DAY = dt.date(2024, 3, 12)


@pytest.mark.parametrize(
    "written",
    [
        "2024-03-12", " 2024-03-12 ", "2024-03-12T23:30:00-11:00", "2024-03-12 08:00:00 UTC", "2024-03-12 8:05 AM",
        "2024/03/12", "2024.3.12", "20240312", "20240312T081500Z", "Tue, 12 Mar 2024 23:30:00 -0500",
        "12 Mar 2024 08:00 GMT", "March 12, 2024", "Mar. 12, 2024", "March 12th, 2024", "MARCH 12, 2024 Tuesday",
        "Tuesday, March 12, 2024 at 8:15 p.m. EST", "12th March 2024", "12-Mar-2024", "Tuesday 12 March 2024",
    ],
)  # fmt: skip
def test_ways_to_write_a_day(written: str) -> None:
    assert as_day(written) == DAY


@pytest.mark.parametrize(
    "written",
    ["", "12/03/2024", "03-12-24", "March 2024", "2024-03", "2024-02-30", "February 30, 2024", "2024-03-12 25:00",
     "20241312", "12 Smarch 2024", "yesterday", "1710230400", "March 12, 2024 and later"],
)  # fmt: skip
def test_what_is_no_day_or_has_two_readings(written: str) -> None:
    with pytest.raises(ValueError):
        as_day(written)


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("March 12, 2024\n\nTalks ended.", "header line"),
        ("Talks end\nPublished: Tuesday, March 12, 2024 8:15 AM EST\nTalks ended.", "header line"),
        ("Talks end\nWire | Updated: 2024-03-12 17:52\nTalks ended.", "header line"),
        ("Talks end\nUpdated March 14, 2024 | Published March 12, 2024\nTalks ended.", "header line"),
        ("Talks end\nBy Jane Doe • 12 March 2024\nTalks ended.", "header line"),
        ("OSLO, March 12, 2024 (AP) — Talks ended.", "dateline"),
        ("Talks end\n\nNEW YORK, Tuesday, March 12, 2024 -- Talks ended.", "dateline"),
        ("KYIV, Ukraine, 12 March 2024 (Reuters) - Talks ended.", "dateline"),
        ("SÃO PAULO (March 12, 2024) – Talks ended.", "dateline"),
        ("OSLO, March 12, 2024 /PRNewswire/ -- Talks ended.", "dateline"),
    ],
)
def test_where_a_text_shows_its_day(text: str, origin: str) -> None:
    assert published_in(text) == (DAY, origin)


@pytest.mark.parametrize(
    "text",
    [
        "Talks ended on March 12, 2024.",
        "OSLO, March 12 (AP) — Talks ended.",
        "OSLO, March 12, 2024, was quiet.",
        "In Oslo, March 12, 2024 was quiet.",
        "One.\nTwo.\nThree.\nFour.\nMarch 12, 2024\nSix.",
        "Published: soon\nTalks ended.",
        "February 30, 2024\nTalks ended.",
        "",
    ],
)
def test_days_of_events_are_no_days_of_publication(text: str) -> None:
    assert published_in(text) is None


@pytest.mark.parametrize(("language", "text"), sorted(load_languages().examples.items()))
def test_languages_by_their_examples(language: str, text: str) -> None:
    assert language_of(text) == language
    assert has_reader(language) == (language == "en")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("", None),
        ("Oslo.", None),
        ("Silva met Dahl.", None),
        (
            'The mayor of San José said "la paz es de todos, y no se negocia" at the rally that was in the old town.',
            "en",
        ),
        ("Hamas said that the ministry (وزارة الصحة) had counted more than forty people who were dead.", "en"),
        ("12 345 678", None),
    ],
)
def test_names_and_quotations_make_no_language(text: str, language: str | None) -> None:
    assert language_of(text) == language
    assert has_reader(language)


def test_the_table_of_languages_is_whole() -> None:
    table = load_languages()
    codes = {*table.words, *(code for script in table.scripts.values() for code in script.languages)}
    assert {*table.letters, *table.readers, *table.examples} <= codes
    assert set(table.words) <= set(table.examples)
