"""Dates that are worked out: from durations between events ("after 498 days in captivity") and from what contains what."""

from __future__ import annotations

from spacy.tokens import Doc

from dateline.coding.draft import Draft


def reckon(doc: Doc, events: list[Draft]) -> list[Draft]:
    """The events with the days that other events and durations of the report give them."""
    return events
