"""What an engine proposes: a trigger, what it tells, and the words in whose hands the deed lies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

import msgspec
from spacy.tokens import Doc, Token

from dateline.record import PloverType, Status

if TYPE_CHECKING:
    from dateline.coding.draft import Draft
    from dateline.coding.story import Placed


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


@runtime_checkable
class Hints(Protocol):
    """What an engine may know beside its proposals, of the Doc that it proposed for last."""

    def choose(self, doc: Doc, placed: list[Placed]) -> list[Draft]:
        """The tellings, each with the days that the engine takes for its own."""

    def linked(self, one: int, other: int) -> float:
        """The chance that two triggers (tokens) tell of one event."""
