"""Who does what to whom where a sentence leaves it out but the report does not, and what an announcement is."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "kind", "actor", "recipient"),
    [
        ("A Turkish drone killed two men near Qandil on Friday.", "ASSAULT", ("Turkey",), ("two men",)),
        ("Judge Carla Mero was shot dead at her door by soldiers.", "ASSAULT", ("soldiers",), ("Carla Mero",)),
        ("BOGOTA, May 8 (AAL) - The mayor was charged with murder. Colombia said so.", "ACCUSE", ("Colombia",), None),
        ("Chad asked Kenya for troops. Kenya refused.", "REJECT", ("Kenya",), ("Chad",)),
        ("Tbilisi, which promised to send rice, kept silent. Georgia is small.", "AGREE", ("Georgia",), None),
    ],
)  # fmt: skip
def test_left_out(coder, text: str, kind: str, actor: tuple[str, ...], recipient: tuple[str, ...] | None) -> None:
    told = [e for e in coder.code(text).events if e.type == kind]
    assert told, "nothing told"
    assert told[0].actor == actor
    if recipient is not None:
        assert told[0].recipient == recipient


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("Uganda said it would withdraw its troops from Goma.", "CONCEDE", "actual"),
        ("Uganda said on Friday that it would attack the rebels.", "THREATEN", "actual"),
        ("Uganda said it would meet the rebels on Friday.", "AGREE", "actual"),
        ("Uganda said Rwanda would withdraw its troops from Goma.", "RETREAT", "hypothetical"),
    ],
)
def test_announced(coder, text: str, kind: str, status: str) -> None:
    told = {(e.type, e.status) for e in coder.code(text).events}
    assert (kind, status) in told
