"""Which event words in reports of one story tell of one event."""

from __future__ import annotations

import pytest

from dateline.merging.triggers import Trigger, events_of, family, known, synonyms
from dateline.report import Report


@pytest.mark.parametrize("pair", known().examples)
def test_examples_share_a_line(pair: tuple[str, str]) -> None:
    assert synonyms(*pair)


@pytest.mark.parametrize("pair", known().counterexamples)
def test_counterexamples_share_none(pair: tuple[str, str]) -> None:
    assert not synonyms(*pair)


@pytest.mark.parametrize(
    ("a", "b", "alike"), [("nominate", "nomination", True), ("announce", "announcement", True), ("sell", "sail", False)]
)
def test_verb_and_noun_of_one_word(a: str, b: str, alike: bool) -> None:
    assert family(a, b) is alike


def test_one_event_in_two_reports() -> None:
    texts = {
        "a": "Police arrested a man in Tallinn over the stolen viola. The orchestra thanked them.",
        "b": "The detention of a man in Tallinn ended the hunt for the viola, the orchestra said.",
    }
    triggers = [
        Trigger(report="a", lemma="arrest", words=("arrested",), objects=("man",), sentence=texts["a"]),
        Trigger(report="a", lemma="thank", words=("thanked",), sentence=texts["a"]),
        Trigger(report="b", lemma="detention", words=("detention",), sentence=texts["b"]),
    ]
    assert events_of(triggers, [Report(id=i, text=t) for i, t in texts.items()]) == [(0, 2), (1,)]
