"""Words that say when: relations of clauses, deeds that last, verbs that only say that something happened, lengths.

The words are in `codebook/orders.toml`, with examples that the tests execute.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from spacy.tokens import Token

from dateline import codebook
from dateline.reading.times.lexicon import word_data

Relation = Literal["before", "after", "same", "since"]
#: Days in a unit, and the slack that a length counted in it has.
UNITS = {"D": (1.0, 0), "W": (7.0, 0), "M": (30.44, 15), "Y": (365.25, 182)}
LENGTH = re.compile(r"P(\d+)([DWMY])")
_NTH = re.compile(r"(\d+)(?:st|nd|rd|th)")


@cache
def relations() -> dict[str, Relation]:
    """Word → how the event of the clause that it opens stands to the one that the clause hangs on."""
    table = codebook.load("orders.toml")
    names: tuple[Relation, ...] = ("before", "after", "same", "since")
    return {word: relation for relation in names for word in table[relation]}


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(codebook.load("orders.toml")[name])


def lasts(verb: Token) -> bool:
    """Whether a deed goes on once it is begun: "held since June" began in June."""
    return verb.lemma_ in _words("lasting")


def only_happens(verb: Token) -> bool:
    """Whether a verb says no more than that its subject took place: "the truce comes a week after …"."""
    return verb.lemma_ in _words("happening")


def dates_its_noun(verb: Token) -> bool:
    """Whether the days of a clause about an event noun are the event's: "the attack that killed six on Monday"."""
    if verb.dep_ == "acl":
        return verb.tag_ == "VBN" and verb.lemma_ in _words("dating")
    if verb.dep_ != "relcl" or verb.lemma_ not in _words("dating"):
        return False
    return any(c.dep_ in ("nsubj", "nsubjpass") and c.lower_ in ("that", "which") for c in verb.children)


def days_in(length: str) -> int | None:
    """The days in a TIMEX3 duration of days, weeks, months, years or hours (rounded); None for anything else."""
    found = LENGTH.fullmatch(length)
    if found:
        return round(int(found[1]) * UNITS[found[2]][0])
    hours = re.fullmatch(r"PT(\d+)H", length)
    return round(int(hours[1]) / 24) if hours else None


def nth_day(day: Token) -> int | None:
    """Which day it is: 37 for the "day" of "the 37th day of their captivity"; None where none is told."""
    if day.lower_ not in ("day", "night"):
        return None
    for child in day.children:
        digits = _NTH.fullmatch(child.lower_)
        number = int(digits[1]) if digits else _ordinals().get(child.lower_)
        if number is not None:
            return number
    return None


@cache
def _ordinals() -> dict[str, int]:
    table = word_data()["ORDWORD"]
    assert isinstance(table, dict)
    return table
