"""The learned coder: chunks, the shipped model at work, and what it promises (same bytes alone and together)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from dateline import Coder, ModelError, Report, read_reports
from dateline.coding.learned.model import Model, shipped
from dateline.coding.learned.pieces import CONTEXT, LONGEST, Pieces
from dateline.coding.verifier import problems

MODEL = Path(__file__).resolve().parents[1] / "src" / "dateline" / "coding" / "learned" / "model"
EXAMPLES = Path(__file__).resolve().parents[1] / "examples"


@pytest.fixture(scope="module")
def learned() -> Coder:
    return Coder(engine="learned")


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    return Pieces(MODEL / "vocabulary.txt")


def test_every_word_is_in_one_chunk_and_no_chunk_is_too_long(pieces: Pieces) -> None:
    words = tuple(f"Rebels freed {n} sailors .".split()[n % 5] for n in range(2000))
    for starts in ((0,), tuple(range(0, 2000, 20)), tuple(range(0, 2000, 400))):
        chunks = pieces.chunks(words, starts)
        assert [w for c in chunks for w, _ in c.words] == list(range(2000))
        assert max(len(c.pieces) for c in chunks) <= LONGEST


def test_a_chunk_has_what_stands_before_it_as_context(pieces: Pieces) -> None:
    words = tuple("the ship was freed today .".split() * 60)
    first, second, *_ = pieces.chunks(words, tuple(range(0, 360, 6)))
    assert first.words[0] == (0, 1)
    assert 1 < second.words[0][1] <= CONTEXT + 1


@pytest.mark.parametrize("engine", ["learned", "hybrid"])
def test_the_model_codes_a_plain_sentence(engine: str) -> None:
    coded = Coder(engine=engine).code("Gunmen kidnapped two French engineers in Goma on Monday.", dt.date(2025, 4, 17))
    [event] = coded.events
    assert (event.type, event.mode, event.actor) == ("ASSAULT", "abduct", ("Gunmen",))
    assert event.when == (dt.date(2025, 4, 14), dt.date(2025, 4, 14))
    assert engine in event.because["type"]


def test_a_report_gives_the_same_bytes_alone_and_among_others(learned: Coder) -> None:
    reports = list(read_reports([EXAMPLES]))
    together = {r.id: c.to_json() for r, c in learned.code_all(reversed(reports))}
    for report in reports[:4]:
        coded = learned.code(report)
        assert coded.to_json() == together[report.id]
        assert list(problems(report, coded)) == []


def test_texts_without_words_tell_nothing(learned: Coder) -> None:
    for text in ("", " \n ", "\u200b", "1"):
        assert learned.code(Report(id="x", text=text)).events == ()


def test_a_folder_that_is_no_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="not a model of the learned coder"):
        Model(tmp_path)


def test_what_ships_is_small_and_says_where_it_comes_from() -> None:
    assert sum(f.stat().st_size for f in MODEL.iterdir()) < 40_000_000
    assert shipped().card.readings > 500
    assert shipped().card.readings_sha256
