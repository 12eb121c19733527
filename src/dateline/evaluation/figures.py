"""The figures of an evaluation, and what they count."""

from __future__ import annotations

from typing import Any

import msgspec


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """How much of what was predicted is right and how much of the gold was found."""

    right: int
    predicted: int
    gold: int

    @property
    def precision(self) -> float:
        """Right of predicted; 0 if nothing was predicted."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Right of gold; 0 if there is none."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def as_dict(self) -> dict[str, float | int]:
        """The JSON form: p, r, f1, tp, predicted, gold."""
        return {
            "p": self.precision,
            "r": self.recall,
            "f1": self.f1,
            "tp": self.right,
            "predicted": self.predicted,
            "gold": self.gold,
        }


class Mistake(msgspec.Struct, frozen=True, kw_only=True):
    """Something wrong: in `report`, with gold event `event` (None for an event that gold does not have)."""

    report: str
    event: str | None
    type: str
    what: str


class Traps(msgspec.Struct, frozen=True, kw_only=True):
    """Gold events that are hypothetical or negated: how many, how many of them are reported as actual or future, how
    many as hypothetical or negated.
    """

    gold: int
    reported_as_real: int
    seen_for_what_they_are: int


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """How predictions compare with gold.

    event      actual and future events, one to one by type and anchor; a second record for one gold event is wrong
    dyad       events whose actor and recipient sets each share a member with gold's (the empty set only with the empty)
    record     events with the very actors, recipients, time (both ends), status and said_by of gold
    quotes     quoted stretches that share four fifths of the longer; in `quotes_with_speaker` the speaker is right, too
    roles, kin person, the other side, and a word of the role or relation
    accuracy   the share of matched events with the field right; `where` of those only whose gold has a place
    """

    event: Share
    dyad: Share
    record: Share
    quotes: Share
    quotes_with_speaker: Share
    roles: Share
    kin: Share
    accuracy: dict[str, float]
    traps: Traps
    by_type: dict[str, Share]

    def shares(self) -> dict[str, Share]:
        """The figures that are shares, by name, in the order in which they are shown."""
        named = ("event", "dyad", "record", "quotes", "quotes_with_speaker", "roles", "kin")
        return {name: getattr(self, name) for name in named}

    def as_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            **{name: share.as_dict() for name, share in self.shares().items()},
            "accuracy": self.accuracy,
            "traps": msgspec.to_builtins(self.traps),
            "by_type": {type: share.as_dict() for type, share in self.by_type.items()},
        }
