"""Names as keys: the examples beside the data, and what is a name."""

from __future__ import annotations

import pytest

from dateline.merging.knowledge import knowledge
from dateline.merging.names import acronym, body_key, initials, is_name, skeleton, spelling, words
from dateline.merging.words import head_of, sentence_at, sentences
from dateline.record import Span


@pytest.mark.parametrize(("one", "two"), knowledge().spelling.examples)
def test_spellings_that_meet(one: str, two: str) -> None:
    assert spelling(one) == spelling(two)


@pytest.mark.parametrize(("one", "two"), knowledge().spelling.counterexamples)
def test_spellings_that_do_not_meet(one: str, two: str) -> None:
    assert spelling(one) != spelling(two)


@pytest.mark.parametrize(("one", "two"), knowledge().skeleton.examples)
def test_consonants_that_meet(one: str, two: str) -> None:
    assert skeleton(one) == skeleton(two)


@pytest.mark.parametrize(("one", "two"), knowledge().skeleton.counterexamples)
def test_consonants_that_do_not_meet(one: str, two: str) -> None:
    assert skeleton(one) != skeleton(two)


@pytest.mark.parametrize(("description", "head"), knowledge().words.heads)
def test_head_of_a_description(description: str, head: str) -> None:
    assert (head_of(description) or "") == head


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("Ansarul Islam", "organization", True),
        ("11 health workers", "group", False),
        ("Islamist groups", "group", False),
        ("Houthis", "group", True),
        ("minibus driver", "person", False),
        ("Ana Lucía Restrepo", "person", True),
        ("Mohamed bin Zayed", "person", True),
        ("governor's office", "organization", False),
        ("Centre-Nord region", "organization", True),
        ("Suspected fighters", "organization", False),
        ("Hamas", "organization", True),
        ("", "person", False),
    ],
)
def test_what_is_a_name(name: str, kind: str, expected: bool) -> None:
    assert is_name(name, kind) is expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Solange Kaboré's", ("solange", "kabore")),
        ("Conor O'Brien", ("conor", "obrien")),
        ("Hamad al-Rawahi", ("hamad", "al", "rawahi")),
        ("Łukasz Żak", ("lukasz", "zak")),
    ],
)
def test_folded_words(name: str, expected: tuple[str, ...]) -> None:
    assert words(name) == expected


def test_bodies() -> None:
    assert body_key("the World Food Programme") == body_key("World Food Program") == "world food program"
    assert body_key("Houthis") == body_key("the Houthi movement") == "houthi"
    assert (acronym("U.N."), acronym("the WFP"), acronym("Hamas")) == ("UN", "WFP", None)
    assert initials("International Committee of the Red Cross") == "ICRC"


def test_sentences_end_where_they_end() -> None:
    text = 'Gen. A. Ruiz fell on Nov. 3. "Why?" she said.\nNobody knew'
    assert [text[a:b] for a, b in sentences(text)] == [
        "Gen. A. Ruiz fell on Nov. 3.",
        '"Why?" she said.',
        "Nobody knew",
    ]
    start = text.index("fell")
    assert sentence_at(text, Span(start, start + 4)) == sentences(text)[0]
