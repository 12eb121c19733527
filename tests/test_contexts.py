"""Contexts: the examples beside the rules, executed; reports and accounts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from dateline.coding.contexts import contexts_of_report, hits, load_contexts, weigh
from dateline.record import Context

if TYPE_CHECKING:
    from spacy.language import Language


BOOK = load_contexts()
EXAMPLES = [pytest.param(c, text, id=f"{c}-{n}") for c, r in BOOK.context.items() for n, text in enumerate(r.examples)]
OTHERS = [
    pytest.param(c, text, id=f"{c}-{n}") for c, r in BOOK.context.items() for n, text in enumerate(r.counterexamples)
]


@pytest.fixture(scope="module")
def contexts_in(model: Language) -> Callable[[str], set[Context]]:
    def found(text: str) -> set[Context]:
        doc = model(text)
        return set(weigh(hits([t.lower_ for t in doc], [t.lemma_ for t in doc]), BOOK.limits.sentence))

    return found


def test_all_contexts_have_rules_and_examples() -> None:
    assert list(BOOK.context) == list(Context.__args__)  # type: ignore[attr-defined]
    assert all(rule.examples and rule.counterexamples for rule in BOOK.context.values())


@pytest.mark.parametrize(("context", "text"), EXAMPLES)
def test_examples(contexts_in: Callable[[str], set[Context]], context: Context, text: str) -> None:
    assert context in contexts_in(text)


@pytest.mark.parametrize(("context", "text"), OTHERS)
def test_counterexamples(contexts_in: Callable[[str], set[Context]], context: Context, text: str) -> None:
    assert context not in contexts_in(text)


def test_one_word_among_many_is_chance() -> None:
    word = ["earthquake"]
    assert set(contexts_of_report(hits(word, word), 80)) == {"disasters"}
    assert not contexts_of_report(hits(word, word), 900)


def test_a_word_counts_once() -> None:
    words = ["storm", "storms", "storm"]
    assert not contexts_of_report(hits(words, ["storm"] * 3), 3)
