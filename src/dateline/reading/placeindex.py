"""The index of towns and regions, asked name by name; its file ships with dateline (`placefile` has the layout)."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import as_file, files
from typing import NamedTuple

from dateline.reading.placefile import PlaceFile, Region, Town

_DROPPED = re.compile(r"[’'‘ʻʼ`´.]")
_SPACED = re.compile(r"[\W_]+")
# Letters that no decomposition makes plain.
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ə": "e"})
# Words of a region's official name that reports leave out ("Bihar" for "State of Bihar").
_REGION_WORDS = re.compile(
    r"\b(?:province|state|region|governorate|county|parish|district|oblast|krai|kray|prefecture|department|republic"
    r"|municipality|emirate|canton|of)\b"
)


class Row(NamedTuple):
    """A town or region: `level` 0 for a town, else the administrative level; `admin1`, `admin2` are the folded names of
    the regions that hold it; `population` of a region is what live in its towns; `reach` is how far from its point a
    region's towns lie, in degrees; `in_full` whether the name itself was asked for, not an alias or a part.
    """

    name: str
    level: int
    country: str
    admin1: str
    admin2: str
    lat: float
    lon: float
    population: int
    reach: float
    in_full: bool


def fold(name: str) -> str:
    """A name as the index keys it: without case, accents and apostrophes, one space between words."""
    plain = _DROPPED.sub("", name).casefold()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c)).casefold()
        plain = _DROPPED.sub("", plain.translate(_PLAIN))
    return _SPACED.sub(" ", plain).strip()


def short_of(key: str) -> str:
    """A region's folded name without the word for its kind."""
    return _SPACED.sub(" ", _REGION_WORDS.sub(" ", key)).strip()


class PlaceIndex:
    """Towns and regions by folded name."""

    def __init__(self, file: PlaceFile) -> None:
        self._file = file

    def named(self, key: str) -> tuple[Row, ...]:
        """All rows whose folded name, or an alias, is `key`; the most populous first."""
        regions, aliased = self._file.aliased(key)
        rows = [self._of_town(town, True) for town in self._file.towns(key)]
        rows += [self._of_town(town, False) for town in aliased]
        rows += [self._of_region(region, key) for region in regions]
        return tuple(sorted(rows, key=lambda row: -row.population))

    def _of_town(self, town: Town, in_full: bool) -> Row:
        region = self._file.regions[town.region]
        return Row(
            town.name,
            0,
            region.country,
            *self._holders(region),
            town.lat / 100,
            town.lon / 100,
            town.population,
            0.0,
            in_full,
        )

    def _of_region(self, region: Region, key: str) -> Row:
        return Row(
            region.name,
            region.level,
            region.country,
            *self._holders(region),
            region.lat / 100,
            region.lon / 100,
            region.population,
            region.reach / 100,
            fold(region.name) == key,
        )

    def _holders(self, region: Region) -> tuple[str, str]:
        """The folded names of the first-level and the second-level region."""
        if region.level < 2:
            return fold(region.name), ""
        return fold(self._file.regions[region.parent].name), fold(region.name)


@cache
def open_index() -> PlaceIndex:
    """The index that ships with dateline, opened at the first question."""
    with as_file(files("dateline.reading.placedata") / "places.dat") as path:
        return PlaceIndex(PlaceFile(path))
