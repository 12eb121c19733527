"""The words that make a name a place (codebook/places.toml) and the names of countries and points, ready to look up."""

from __future__ import annotations

from functools import cache
from typing import Literal

import msgspec
from spacy.tokens import Token

from dateline.reading.countries import Form, forms
from dateline.reading.lexicon import table

Kind = Literal["country", "region", "city", "feature", "facility"]


class PlaceWords(msgspec.Struct, frozen=True):
    """Lookup tables of codebook/places.toml and points.toml."""

    kinds: dict[str, Kind]
    before: frozenset[str]
    locative: frozenset[str]
    weak: frozenset[str]
    motion: frozenset[str]
    taking: frozenset[str]
    of_place: frozenset[str]
    directions: frozenset[str]
    seats: frozenset[str]
    seat_events: frozenset[str]
    points: dict[str, Kind]
    countries: dict[str, str | None]
    abbreviations: frozenset[str]


@cache
def place_words() -> PlaceWords:
    """The words of the codebook, read once."""
    data, points = table("places.toml"), table("points.toml")["points"]
    return PlaceWords(
        kinds={word: kind for kind, words in data["words"].items() for word in words.split()},
        before=frozenset(data["before"]["words"].split()),
        locative=frozenset(data["locative"]["words"].split()),
        weak=frozenset(data["locative"]["weak"].split()),
        motion=frozenset(data["locative"]["motion"].split()),
        taking=frozenset(data["locative"]["taking"].split()),
        of_place=frozenset(data["of_place"]["words"].split()),
        directions=frozenset(data["directions"]["words"].split()),
        seats=frozenset(data["seats"]["words"]),
        seat_events=frozenset(data["seats"]["events"].split()),
        points={name: entry["kind"] for name, entry in points.items()},
        countries={name: entry.get("country") for name, entry in points.items()},
        abbreviations=frozenset(data["abbreviations"]),
    )


def form_of(text: str) -> Form | None:
    """The country, land or capital that a text is, if any."""
    form = forms().get(text)
    return form if form is not None and form.kind in {"country", "region", "capital"} else None


def is_kind_word(token: Token) -> bool:
    """Whether a word says what kind of place the name before it is ("province", "Plaza"), not what stands in it ("the
    West Bank city of Jenin")."""
    follows = token.i + 1 < len(token.doc) and token.doc[token.i + 1].lower_ == "of"
    return token.lower_ in place_words().kinds and token.pos_ in {"NOUN", "PROPN"} and not (follows and token.is_lower)
