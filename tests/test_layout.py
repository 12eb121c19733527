"""Where the page itself starts a sentence."""

from __future__ import annotations

import pytest

from dateline.reading.layout import dateline_end
from dateline.reading.pipeline import load_pipeline


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("RIGA, Dec 5 - Latvia on Monday accused a laboratory.", "Latvia"),
        ("TBILISI, Feb 4 (Caspian Newswire) - Russian border guards left.", "Russian"),
        ("GOMA, 9 December 2008 -- The envoy spoke.", "The envoy"),
        ("KATHMANDU (Himal Wire) - Rebels freed a judge.", "Rebels"),
        ("TARAWA: The captain was fined.", "The captain"),
        ("CRESTON FALLS, B.C. - Four members walked out.", "Four"),
        ("DAKAR, Friday – Senegal has granted asylum.", "Senegal"),
        ("THE HAGUE — The minister apologised.", "The minister"),
        ("Mayor Wilmer Antunez was back - unshaven.", "Mayor"),
        ("Police: Two men are held.", "Police"),
        ("Jean-Pierre said - and meant - it.", "Jean"),
    ],
)
def test_a_dateline_ends_where_the_story_begins(text: str, rest: str) -> None:
    assert text[dateline_end(text) :].startswith(rest)


def test_paragraphs_start_sentences_and_wrapped_lines_do_not() -> None:
    nlp = load_pipeline()
    broken = nlp("Third day of protests\nPolice closed the square on Monday\nNobody was hurt.")
    assert next(s.text.strip() for s in broken.sents) == "Third day of protests"
    wrapped = nlp("The chairmen and senior\nmembers of the House and\nSenate committees met in\nthe capital on Monday.")
    assert len(list(wrapped.sents)) == 1
