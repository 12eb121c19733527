"""Tagging time expressions: types, values, intervals, anchors."""

import datetime as dt
import time

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.reading.times import Timex, edtf, interval_of, ranges, tag
from dateline.reading.times.component import TimesComponent

THURSDAY = dt.date(2025, 4, 17)


def only(text: str, published: dt.date | None = THURSDAY, **options: bool) -> Timex:
    times = tag(text, published, **options)
    assert len(times) == 1, [(text[t.start : t.end], t.value) for t in times]
    return times[0]


def last(text: str, published: dt.date | None = THURSDAY, **options: bool) -> Timex:
    return tag(text, published, **options)[-1]


def span(timex: Timex) -> tuple[str | None, str | None] | None:
    if timex.interval is None:
        return None
    first, final = timex.interval
    return (first.isoformat() if first else None, final.isoformat() if final else None)


@pytest.mark.parametrize(
    ("text", "value", "days"),
    [
        ("He met them on Wednesday.", "2025-04-16", ("2025-04-16", "2025-04-16")),
        ("He spoke on Thursday.", "2025-04-17", ("2025-04-17", "2025-04-17")),
        ("They will vote on Sunday.", "2025-04-20", ("2025-04-20", "2025-04-20")),
        ("It was in the late 1990s.", "199", ("1997-01-01", "1999-12-31")),
        ("It fell in early 2024.", "2024", ("2024-01-01", "2024-04-30")),
        ("It fell in mid-May 2024.", "2024-05", ("2024-05-11", "2024-05-20")),
        ("It fell in late May 2024.", "2024-05", ("2024-05-21", "2024-05-31")),
        ("He was held earlier this year.", "2025", ("2025-01-01", "2025-04-17")),
        ("He will be tried later this month.", "2025-04", ("2025-04-17", "2025-04-30")),
        ("They met last week.", "2025-W15", ("2025-04-07", "2025-04-13")),
        ("It ended in the winter of 2019.", "2019-WI", ("2019-12-01", "2020-02-29")),
        ("In the third quarter of 2024 it rose.", "2024-Q3", ("2024-07-01", "2024-09-30")),
        ("In the 19th century it was.", "18", ("1800-01-01", "1899-12-31")),
        ("It was signed on 7 October 2023.", "2023-10-07", ("2023-10-07", "2023-10-07")),
        ("It was signed on Oct. 7, 2023.", "2023-10-07", ("2023-10-07", "2023-10-07")),
        ("They were held for 498 days.", "P498D", None),
        ("They meet every Friday.", "XXXX-WXX-5", None),
    ],
)
def test_value_and_days(text: str, value: str, days: tuple[str, str] | None) -> None:
    timex = only(text)
    assert (timex.value, span(timex)) == (value, days)


@pytest.mark.parametrize(
    ("text", "value", "anchor"),
    [
        ("They were seized on Oct. 7, 2023. The following month a truce began.", "2023-11", "story"),
        ("They were seized on Oct. 7, 2023. Two days later the army moved.", "2023-10-09", "story"),
        ("It began on 8 March 1862. That evening it sank.", "1862-03-08TEV", "story"),
        ("It began in 2011. The next year he fled.", "2012", "story"),
        ("He was acquitted in 2011 of an attack two years earlier.", "2009", "story"),
        ("He was seized on Tuesday. He fled the following Friday.", "2025-04-18", "story"),
        ("It began on March 3, 2024. He fled two years ago.", "2023", "published"),
        ("It began on March 3, 2024. He fled yesterday.", "2025-04-16", "published"),
    ],
)
def test_what_an_expression_leans_on(text: str, value: str, anchor: str) -> None:
    timex = last(text)
    assert (timex.value, timex.anchor) == (value, anchor)


def test_the_following_month_is_a_whole_month() -> None:
    assert span(last("On Oct. 7, 2023 they came; the following month they left.")) == ("2023-11-01", "2023-11-30")


@pytest.mark.parametrize(
    ("text", "type_", "value"),
    [
        ("on Wednesday", "DATE", "XXXX-WXX-3"),
        ("yesterday", "DATE", "PAST_REF"),
        ("He fled two years ago", "DATE", "PAST_REF"),
        ("in October it was", "DATE", "XXXX-10"),
        ("on Oct. 7 it was", "DATE", "XXXX-10-07"),
        ("at 10 p.m. it was", "TIME", "XXXX-XX-XXT22:00"),
        ("next week", "DATE", "FUTURE_REF"),
        ("in the summer", "DATE", "XXXX-SU"),
        ("the third quarter", "DATE", "XXXX-Q3"),
    ],
)
def test_without_publication_relative_expressions_stay_open(text: str, type_: str, value: str) -> None:
    timex = only(text, None)
    assert (timex.type, timex.value, timex.interval) == (type_, value, None)


def test_a_whole_date_needs_no_publication() -> None:
    assert only("on Oct. 7, 2023", None).value == "2023-10-07"


@pytest.mark.parametrize(
    "text",
    [
        "He may march to the second house.",
        "Flight 1999 landed.",
        "It carried 2000 troops.",
        "It cost $1995.",
        "The A320 has 1500 seats.",
        "Prices fall and spring back.",
        "It has 21 rooms, 5-6 of them large.",
        "",
        "   \n\n ",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert tag(text, THURSDAY) == ()


@pytest.mark.parametrize(
    ("text", "day_first", "value"),
    [("on 3/4/2024", None, "2024-03-04"), ("on 3/4/2024", True, "2024-04-03"), ("on 25/4/2024", None, "2024-04-25")],
)
def test_day_and_month_by_locale(text: str, day_first: bool | None, value: str) -> None:
    assert tag(text, THURSDAY, day_first=day_first)[0].value == value


def test_dateline_of_an_agency() -> None:
    assert only("GAZA, Oct 9 (Agency) - Troops moved.", dt.date(2023, 10, 10)).value == "2023-10-09"


def test_narrative_takes_the_year_from_the_story() -> None:
    text = "In March 1940 it ended. In June he fled, and in the summer of that year he died."
    values = [t.value for t in tag(text, dt.date(2009, 12, 19), narrative=True)]
    assert values == ["1940-03", "1940-06", "1940-SU"]


def test_a_story_goes_on_after_the_turn_of_the_year() -> None:
    text = "In December 1941 war came. In January they met."
    assert last(text, dt.date(2009, 12, 19), narrative=True).value == "1942-01"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("between March and May 2024", ("2024-03-01", "2024-05-31")),
        ("from May 3-5, 2024", ("2024-05-03", "2024-05-05")),
        ("It lasted 2019-21.", ("2019-01-01", "2021-12-31")),
        ("from 12 to 14 July 1950", ("1950-07-12", "1950-07-14")),
        ("from 1939 until 1945", ("1939-01-01", "1945-12-31")),
    ],
)
def test_ranges(text: str, days: tuple[str, str]) -> None:
    (found,) = ranges(text, tag(text, THURSDAY))
    assert tuple(str(day) for day in found.interval) == days


def test_two_dates_joined_by_and_are_no_range() -> None:
    text = "in March and May 2024"
    assert ranges(text, tag(text, THURSDAY)) == ()


@pytest.mark.parametrize(
    ("value", "mod", "written"),
    [
        ("2023-10-07", None, "2023-10-07"),
        ("2023-10", None, "2023-10"),
        ("2023-10-07T22:00", None, "2023-10-07"),
        ("199", None, "199X"),
        ("19", None, "19XX"),
        ("2023-SU", None, "2023-22"),
        ("2023-Q3", None, "2023-35"),
        ("2023-H2", None, "2023-41"),
        ("2025-W15", None, "2025-04-07/2025-04-13"),
        ("1994", "APPROX", "1994~"),
        ("199", "END", "1997-01-01/1999-12-31"),
        ("2023", "AFTER", "2024-01-01/.."),
        ("BC0218", None, "-0217"),
        ("P2Y", None, None),
        ("XXXX-WXX-5", None, None),
        ("PAST_REF", None, None),
        ("2023-13", None, None),
    ],
)
def test_edtf(value: str, mod: str | None, written: str | None) -> None:
    assert edtf(value, mod) == written


@pytest.mark.parametrize("value", ["2023-13", "2023-02-30", "2023-W54", "0000", "PXD", "XXXX-10", "FUTURE_REF", ""])
def test_no_days_for_what_is_no_date(value: str) -> None:
    assert interval_of(value) is None


def test_component_sets_times() -> None:
    nlp = spacy.blank("en")
    component = nlp.add_pipe("dateline_times")
    assert isinstance(component, TimesComponent)
    doc = nlp.make_doc("He was freed on Wednesday.")
    doc._.published = THURSDAY
    doc = nlp.get_pipe("dateline_times")(doc)
    assert [t.value for t in doc._.times] == ["2025-04-16"]
    assert nlp("He was freed on Wednesday.")._.times[0].interval is None


VOCABULARY = """
the a of and in on to 5 12 31 1999 2024 1,000 May March second Monday week year years nights hours weekends ago later
last next early mid - – , . ' : / ( ) $ % p.m. 10:30 7th '98 1980s twenty one hundred quarter fiscal BC half past few
"""
WORDS = st.sampled_from([*VOCABULARY.split(), "\n\n"])


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, max_size=40).map(" ".join), st.dates(), st.booleans())
def test_any_text_is_tagged_in_order_and_within_it(text: str, published: dt.date, narrative: bool) -> None:
    end = 0
    for timex in tag(text, published, narrative=narrative):
        assert end <= timex.start < timex.end <= len(text)
        end = timex.end
        if timex.interval and timex.interval.earliest and timex.interval.latest:
            assert timex.interval.earliest <= timex.interval.latest


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200), st.dates())
def test_any_characters_are_read(text: str, published: dt.date) -> None:
    assert tag(text, published) == tag(text, published)


@pytest.mark.parametrize("piece", ["1", ",", "1,", "and ", "May ", "twenty ", "the last two ", "-", "a.", "1/", "\n"])
def test_time_is_linear_in_the_text(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    began = time.perf_counter()
    tag(text, THURSDAY)
    assert time.perf_counter() - began < 5
