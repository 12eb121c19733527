"""The examples beside the frames of the codebook, executed."""

from __future__ import annotations

import pytest

from dateline.coding.frames import Example, Frame, load_codebook
from dateline.evaluation.names import same_name

FRAMES = load_codebook().frames


def _told(frames_coder, text):
    return frames_coder.code(text).events


@pytest.mark.parametrize(
    ("frame", "example"), [pytest.param(f, e, id=f"{f.name}: {e.text[:40]}") for f in FRAMES for e in f.examples]
)
def test_example(frames_coder, frame: Frame, example: Example) -> None:
    """The sentence tells one event of the frame's type, with the participants and status that the example names."""
    events = [e for e in _told(frames_coder, example.text) if e.type == frame.type]
    assert events, f"no {frame.type} told"
    found = [(e.actor, e.recipient, e.status, e.mode) for e in events]
    assert any(
        _same(e.actor, example.actor)
        and _same(e.recipient, example.recipient)
        and e.status == example.status
        and (example.mode is None or e.mode == example.mode)
        for e in events
    ), found


def _same(found: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return len(found) == len(wanted) and all(any(same_name(f, [w]) for f in found) for w in wanted)


@pytest.mark.parametrize(
    ("frame", "text"), [pytest.param(f, t, id=f"{f.name}: {t[:40]}") for f in FRAMES for t in f.counterexamples]
)
def test_counterexample(frames_coder, frame: Frame, text: str) -> None:
    """The sentence tells nothing of the frame's type that happened or is to happen."""
    told = [e for e in _told(frames_coder, text) if e.type == frame.type and e.status in ("actual", "future")]
    assert not told
