"""What an engine proposes: a trigger, what it tells, and the words in whose hands the deed lies."""

from __future__ import annotations

import msgspec
from spacy.tokens import Token

from dateline.record import PloverType, Status


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """One telling of one event, before anything is resolved.

    `trigger` is the word that tells it, `anchor` the tokens from first to last that make up its phrase, `clause` the
    word whose clause gives tense, negation and speaker (a light verb, else the trigger). `actor` and `recipient` are
    the heads of the arguments. `rule` is the name of what proposed it. The
    words in the slots that `swallows` names are part of this event and tell none of their own.
    """

    trigger: Token
    anchor: tuple[Token, ...]
    clause: Token
    type: PloverType
    mode: str | None
    actor: tuple[Token, ...]
    recipient: tuple[Token, ...]
    rule: str
    status: Status | None = None
    slots: dict[str, list[Token]] = {}
    swallows: tuple[str, ...] = ()
