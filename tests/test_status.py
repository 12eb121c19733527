"""The examples beside the words of status, executed."""

from __future__ import annotations

import pytest

from dateline import codebook
from dateline.coding.status import status_of


@pytest.mark.parametrize("example", codebook.load("status.toml")["example"], ids=lambda e: e["text"])
def test_status_of_the_examples_word(parser, example: dict[str, str]) -> None:
    doc = parser(example["text"])
    word = next(t for t in doc if t.text == example["word"])
    assert status_of(word, word).status == example["status"]
