"""The examples beside the vetoes, executed."""

from __future__ import annotations

import pytest

from dateline.coding.vetoes import Veto, load_vetoes

VETOES = load_vetoes()


def _told(frames_coder, veto: Veto, text: str) -> list[str]:
    return [e.type for e in frames_coder.code(text).events if not veto.types or e.type in veto.types]


@pytest.mark.parametrize(("veto", "text"), [pytest.param(v, e.text, id=v.name) for v in VETOES for e in v.examples])
def test_vetoed(frames_coder, veto: Veto, text: str) -> None:
    assert _told(frames_coder, veto, text) == []


@pytest.mark.parametrize(("veto", "text"), [pytest.param(v, e.text, id=v.name) for v in VETOES for e in v.kept])
def test_kept(frames_coder, veto: Veto, text: str) -> None:
    assert frames_coder.code(text).events
