"""To which country actors belong, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from dateline.coder import Coder


@pytest.mark.parametrize(
    ("text", "actor", "country"),
    [
        ("Turkish police detained two journalists.", "Turkish police", "TUR"),
        ("Turkish police detained two journalists.", "two journalists", None),
        ("A court in Nukus convicted three farmers.", "court in Nukus", "UZB"),
        ("Rebels in the Ivory Coast freed a priest.", "Rebels", "CIV"),
        ("Serbian President Mira Lazic met Albania's foreign minister.", "Mira Lazic", "SRB"),
        ("France's ambassador to Niger, Luc Morel, left for Paris.", "Luc Morel", "FRA"),
        ("Chad recalled its envoy. Police arrested two men at dawn.", "Police", "TCD"),
        ("Chad recalled its envoy. Police arrested two men at dawn.", "two men", None),
        ("Poland and Ukraine met. The court freed a Belarusian pilot.", "court", None),
        ("President Ana Silva met the mayor in Oslo.", "Ana Silva", None),
    ],
)
def test_countries(coder: Coder, text: str, actor: str, country: str | None) -> None:
    coded = coder.code(text)
    assert coded.actors[actor].country == country, sorted(coded.actors)


def test_reason_and_words(coder: Coder) -> None:
    text = "Rebels in the Ivory Coast freed a priest."
    actor = coder.code(text).actors["Rebels"]
    assert [text[s.start : s.end] for s in actor.evidence["country"]] == ["Ivory Coast"]
    assert actor.because["country"] == "behind it: Ivory Coast"
