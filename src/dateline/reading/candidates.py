"""What the name of a place may mean: countries, the codebook's points, towns and regions of the shipped file."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Any, Literal

import msgspec

from dateline.reading.countries import Form, forms
from dateline.reading.lexicon import table
from dateline.reading.placeindex import Row, fold, open_index, short_of

Precision = Literal["point", "city", "region", "country"]

#: How many names' candidates are kept in memory.
_REMEMBERED = 4096
#: How many candidates of one name are weighed; the rest are smaller places still.
_MOST = 60
#: Weights beside the logarithm of the population: countries before all; regions by level, less if not named in full.
_COUNTRY_WEIGHT = 9.0
_FIRST_LEVEL = 0.8
_LOWER_LEVEL = -1.0
_NOT_IN_FULL = 1.2
#: What a region loses to its town of the same name where the report has no word for a region ("Kharkiv"), and wins over
#: it where it has one ("Kharkiv region"); the share of the region's people that the town has at least.
_TOWN_FIRST = 2.0
_TOWN_SHARE = 0.1
_TYPE_WORDS = re.compile(
    r"^(?:the )?(?:(?:city|town|village|state|province|county|district|region|republic|port|island|capital|kibbutz"
    r"|moshav|municipality|governorate|kingdom|commonwealth|settlement|suburb|township)(?: of)? )+"
    r"| (?:city|town|village|state|province|county|parish|district|region|governorate|oblast|prefecture|area|borough"
    r"|township|municipality|neighborhood|neighbourhood|suburb|kibbutz|metro|countryside|settlement)$"
)
_ABBREVIATED = tuple(
    (re.compile(short), full)
    for short, full in (
        (r"\bst\b", "saint"),
        (r"\bste\b", "sainte"),
        (r"\bmt\b", "mount"),
        (r"\bft\b", "fort"),
        (r"\bco$", "county"),
        (r"\btwp$", "township"),
    )
)
#: Words beside those for facilities that may follow a town's name in the name of what lies there.
_BESIDE_TOWNS = frozenset(
    {"valley", "front", "frontline", "waterfront", "refugee", "international", "border", "general"}
)


class Candidate(msgspec.Struct, frozen=True):
    """A place that a name may mean; `within` are the folded names of the regions that hold it, `from_` the list that
    knows it ("geonames" or "codebook"); `weight` is how well known it is, roughly the logarithm of its people; `asked`
    is the folded name that it was found by, shorter than the report's where the report's own is in no list.
    """

    name: str
    precision: Precision
    country: str | None
    lat: float
    lon: float
    population: int = 0
    within: tuple[str, ...] = ()
    from_: str = "geonames"
    weight: float = 8.0
    asked: str = ""


def key_of(name: str) -> str:
    """A name as candidates are asked for: folded, without article and genitive mark."""
    return re.sub(r"^the ", "", fold(re.sub(r"[’']s$", "", name.strip())))


@lru_cache(maxsize=_REMEMBERED)
def candidates(name: str) -> tuple[Candidate, ...]:
    """What a name may mean, the best known first."""
    abbreviated = table("places.toml")["abbreviations"].get(name.strip())
    key = key_of(str(abbreviated or name))
    found = _exactly(key)
    if not found and key.rsplit(" ", 1)[-1] in _region_words():
        found = _regions_first(_exactly(short_of(key)))
    if abbreviated:
        return tuple(c for c in found if c.precision == "region") or found
    spelt = _spelt_out(key)
    if spelt != key:
        found = tuple(sorted(found + _exactly(spelt), key=lambda c: -c.weight))
    return found or next(filter(None, map(_exactly, _variants(spelt))), ()) or _by_town(key)


@lru_cache(maxsize=_REMEMBERED)
def is_listed(name: str) -> bool:
    """Whether a town, region or point has this very name (aliases count)."""
    return any(c.precision != "country" for c in _exactly(key_of(name)))


def _regions_first(found: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Candidates of a name that says it is a region's: towns and countries only where there is no region."""
    return tuple(c for c in found if c.precision == "region") or found


@cache
def _region_words() -> frozenset[str]:
    return frozenset(str(table("places.toml")["words"]["region"]).split())


def _spelt_out(key: str) -> str:
    """A folded name with its abbreviated words in full: saints, mountains, forts, counties and townships."""
    for short, full in _ABBREVIATED:
        key = short.sub(full, key)
    return key


def _variants(key: str) -> Iterator[str]:
    """Other ways to write a folded name: a saint in short, without the word for its kind or a direction."""
    bare = _TYPE_WORDS.sub("", key)
    directions = "|".join(str(table("places.toml")["directions"]["words"]).split())
    aimed = re.sub(rf"^(?:(?:{directions}) )+(?:part of )?", "", bare)
    last = aimed.rsplit(" ", 1)[0] if aimed.endswith((" border", " coast")) else aimed
    ways = [
        key.replace("saint", "st"),
        bare,
        aimed,
        last,
        f"{key} county",
        f"{key} city",
        key.removeprefix("al "),
    ]
    return (way for way in dict.fromkeys(ways) if way and way != key)


def _by_town(key: str) -> tuple[Candidate, ...]:
    """What a facility's name may mean by the town in it ("Kandahar airport"): towns, never countries or regions."""
    words = key.split()
    end = len(words)
    while end and (words[end - 1] in _facility_words() or words[end - 1] in _BESIDE_TOWNS):
        end -= 1
    if end in (0, len(words)):
        return ()
    return tuple(c for c in _exactly(" ".join(words[:end])) if c.precision == "city")


@cache
def _facility_words() -> frozenset[str]:
    return frozenset(str(table("places.toml")["words"]["facility"]).split())


@cache
def _points() -> dict[str, Candidate]:
    """The own list of points, by folded name."""
    return {fold(name): _point(name, entry) for name, entry in table("points.toml")["points"].items()}


def _point(name: str, entry: dict[str, Any]) -> Candidate:
    wide = entry["kind"] == "region" or entry.get("wide", False)
    precision: Precision = "region" if wide else "city" if entry["kind"] == "city" else "point"
    return Candidate(
        name, precision, entry.get("country"), entry["lat"], entry["lon"], from_="codebook", asked=fold(name)
    )


@cache
def _written_forms() -> dict[str, Form]:
    """Countries and lands by every form of their names, folded; forms with dots keep them out ("U.S." is "us")."""
    found: dict[str, Form] = {}
    for text, form in forms().items():
        if form.kind in {"country", "region", "adjective", "people"}:
            found.setdefault(fold(text), form)
    return found


def _exactly(key: str) -> tuple[Candidate, ...]:
    found: list[Candidate] = []
    point = _points().get(key)
    form = _written_forms().get(key)
    if form is not None and form.code and form.kind != "region":
        place = table("points.toml")["countries"].get(form.code)
        if place:
            found.append(
                Candidate(
                    form.name,
                    "country",
                    form.code,
                    place[0],
                    place[1],
                    from_="codebook",
                    weight=_COUNTRY_WEIGHT,
                    asked=key,
                )
            )
    rows = open_index().named(key)
    for number, row in enumerate(rows):
        if (number >= _MOST and row.level != 1) or (row.level > 1 and _same_as_town(row, rows)):
            continue
        candidate = _candidate(row, key)
        if row.level == 1 and any(_is_its_town(other, row) for other in rows):
            candidate = msgspec.structs.replace(candidate, weight=candidate.weight - _TOWN_FIRST)
        if point is not None and row.level == 1 and row.country == point.country:
            candidate = msgspec.structs.replace(candidate, lat=point.lat, lon=point.lon, weight=point.weight)
            point = None
        found.append(candidate)
    if point is not None and not any(c.precision == "country" for c in found):
        found.append(point)
    return tuple(sorted(found, key=lambda c: -c.weight))


def _same_as_town(row: Row, rows: Sequence[Row]) -> bool:
    """Whether a district is the town of its own name, seen as a region."""
    return any(
        other.level == 0 and other.country == row.country and kilometres(row.lat, row.lon, other.lat, other.lon) < 60
        for other in rows
    )


def _is_its_town(town: Row, region: Row) -> bool:
    """Whether a town is what its region is named after."""
    return (
        town.level == 0
        and town.country == region.country
        and town.admin1 == region.admin1
        and town.population >= _TOWN_SHARE * region.population
    )


def _candidate(row: Row, key: str) -> Candidate:
    """A row as a candidate; a region that is asked for by less than its name, or an alias, is the less likely."""
    weight = math.log10(row.population + 30)
    if row.level:
        weight += _FIRST_LEVEL if row.level == 1 else _LOWER_LEVEL
    if not row.in_full:
        weight -= _NOT_IN_FULL
    return Candidate(
        name=row.name,
        precision="region" if row.level else "city",
        country=row.country,
        lat=row.lat,
        lon=row.lon,
        population=row.population,
        within=tuple(name for name in (row.admin1, row.admin2) if name),
        weight=min(weight, 8.5),
        asked=key,
    )


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance."""
    a, b = math.radians(lat), math.radians(other_lat)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 12742.0 * math.asin(min(1.0, math.sqrt(half)))
