"""What the pipeline does to a small model before it reads."""

from __future__ import annotations

import pytest

from dateline import codebook
from dateline.reading.pipeline import load_pipeline


@pytest.mark.parametrize("example", codebook.load("aliases.toml")["example"], ids=lambda e: e["word"])
def test_words_shown_as_their_like_are_parsed_so(example: dict[str, str]) -> None:
    doc = load_pipeline()(example["text"])
    word = next(t for t in doc if t.text == example["word"])
    assert word.dep_ == example["dep"]
    assert doc.text == example["text"]
