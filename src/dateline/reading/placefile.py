"""The file of towns and regions that ships with dateline: how it is laid out, written and read.

Built once by `tools/gazetteer.py`, read block by block: opening it takes in the regions (some 36,000) and the first key
of each block; a question unpacks the one or two blocks that can hold its answer, and the last blocks used are kept.

    magic, length of the directory, directory (msgpack, packed), regions (packed), blocks of towns, blocks of aliases

Numbers stand in planes (all low bytes, then all high bytes), which packs better. Places have numbers: the regions come
first, in order of their codes, then the towns, in order of their keys. A town's coordinates are told from its region's.
"""

from __future__ import annotations

import lzma
import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec

#: First bytes of the file; the number goes up whenever the layout changes.
MAGIC = b"dateline places 1\n"
#: Towns or aliases in a block, and unpacked blocks that are kept (some 300 KB each).
BLOCK = 768
KEPT = 64
#: Units a degree: a hundredth of a degree is about a kilometre.
_DEGREE = 100
_FILTERS = [{"id": lzma.FILTER_LZMA1, "preset": 9 | lzma.PRESET_EXTREME, "pb": 0}]


_Item = TypeVar("_Item")


class Region(NamedTuple):
    """A first-level (`level` 1) or second-level region, or a whole country without one (0); `parent` is the number of
    the region that holds it (its own at level 0 and 1), `country` ISO 3166-1 alpha-3; `lat`, `lon` is its middle and
    `reach` how far from there its towns lie, in hundredths of a degree; `population` is what live in its towns.
    """

    name: str
    level: int
    parent: int
    country: str
    lat: int
    lon: int
    reach: int
    population: int


class Town(NamedTuple):
    """A town: its key (the folded name), its name, the number of its region, hundredths of degrees, people."""

    key: str
    name: str
    region: int
    lat: int
    lon: int
    population: int


class Alias(NamedTuple):
    """Another key of the place with this number."""

    key: str
    place: int


class _Directory(msgspec.Struct, frozen=True, array_like=True):
    """Where things stand: countries in the order of their numbers, the size of the packed regions, and of each block
    its first key and size.
    """

    edition: str
    countries: list[str]
    regions: int
    towns: list[tuple[str, int]]
    aliases: list[tuple[str, int]]


# --- writing ----------------------------------------------------------------------------------------------------


def write(path: Path, edition: str, regions: Sequence[Region], towns: Sequence[Town], aliases: Sequence[Alias]) -> None:
    """Write the file; towns and aliases must be sorted by key. The same input gives the same bytes."""
    countries = sorted({region.country for region in regions})
    packed_regions = _pack(_encode_regions(regions, countries))
    town_blocks = [(some[0].key, _pack(_encode_towns(some, regions))) for some in _batches(towns)]
    alias_blocks = [(some[0].key, _pack(_encode_aliases(some))) for some in _batches(aliases)]
    directory = _Directory(
        edition,
        countries,
        len(packed_regions),
        [(key, len(data)) for key, data in town_blocks],
        [(key, len(data)) for key, data in alias_blocks],
    )
    head = _pack(msgspec.msgpack.encode(directory))
    with path.open("wb") as out:
        out.write(MAGIC + len(head).to_bytes(4, "little") + head + packed_regions)
        for _, data in town_blocks + alias_blocks:
            out.write(data)


def _batches(items: Sequence[_Item]) -> list[Sequence[_Item]]:
    return [items[at : at + BLOCK] for at in range(0, len(items), BLOCK)]


def _pack(data: bytes) -> bytes:
    return lzma.compress(data, lzma.FORMAT_RAW, filters=_FILTERS)


def _unpack(data: bytes) -> bytes:
    return lzma.decompress(data, lzma.FORMAT_RAW, filters=_FILTERS)


def _encode_regions(regions: Sequence[Region], countries: Sequence[str]) -> bytes:
    numbers = {code: number for number, code in enumerate(countries)}
    return _columns(
        len(regions),
        ["\n".join(region.name for region in regions)],
        [
            [region.level for region in regions],
            [number - region.parent for number, region in enumerate(regions)],
            [numbers[region.country] for region in regions],
            [_folded(region.lat) for region in regions],
            [_folded(region.lon) for region in regions],
            [region.reach for region in regions],
            [_short(region.population) for region in regions],
        ],
    )


def _encode_towns(towns: Sequence[Town], regions: Sequence[Region]) -> bytes:
    return _columns(
        len(towns),
        [
            "\n".join(town.key for town in towns),
            "\n".join("" if town.name == town.key.title() else town.name for town in towns),
        ],
        [
            [town.region for town in towns],
            [_folded(town.lat - regions[town.region].lat) for town in towns],
            [_folded(town.lon - regions[town.region].lon) for town in towns],
            [_short(town.population) for town in towns],
        ],
    )


def _encode_aliases(aliases: Sequence[Alias]) -> bytes:
    numbers = [alias.place for alias in aliases]
    return _columns(
        len(aliases),
        ["\n".join(alias.key for alias in aliases)],
        [[number & 0xFFFF for number in numbers], [number >> 16 for number in numbers]],
    )


def _columns(count: int, texts: Iterable[str], numbers: Iterable[Sequence[int]]) -> bytes:
    parts = [count.to_bytes(4, "little")]
    for text in texts:
        encoded = text.encode("utf-8")
        parts += [len(encoded).to_bytes(4, "little"), encoded]
    for column in numbers:
        data = array("H", column)
        if sys.byteorder == "big":
            data.byteswap()
        raw = data.tobytes()
        parts += [raw[0::2], raw[1::2]]
    return b"".join(parts)


def _read_columns(data: bytes, texts: int, numbers: int) -> tuple[list[list[str]], list[array[int]]]:
    count, at = int.from_bytes(data[:4], "little"), 4
    words: list[list[str]] = []
    for _ in range(texts):
        size = int.from_bytes(data[at : at + 4], "little")
        words.append(data[at + 4 : at + 4 + size].decode("utf-8").split("\n"))
        at += 4 + size
    columns: list[array[int]] = []
    for _ in range(numbers):
        raw = bytearray(2 * count)
        raw[0::2], raw[1::2] = data[at : at + count], data[at + count : at + 2 * count]
        column = array("H", bytes(raw))
        if sys.byteorder == "big":
            column.byteswap()
        columns.append(column)
        at += 2 * count
    return words, columns


def _folded(number: int) -> int:
    """A number with a sign as one without: 0, -1, 1, -2 … become 0, 1, 2, 3 …"""
    return 2 * number if number >= 0 else -2 * number - 1


def _unfolded(number: int) -> int:
    return number // 2 if number % 2 == 0 else -(number + 1) // 2


def _short(number: int) -> int:
    """A number by its first two figures and how many follow."""
    zeros = 0
    while number >= 100:
        number, zeros = (number + 5) // 10, zeros + 1
    return number | zeros << 8


def _long(number: int) -> int:
    return int((number & 0xFF) * 10 ** (number >> 8))


# --- reading ----------------------------------------------------------------------------------------------------


class PlaceFile:
    """The file, opened for questions; raises `ValueError` for a file of another layout."""

    def __init__(self, path: Path) -> None:
        self._data = path.read_bytes()
        if not self._data.startswith(MAGIC):
            raise ValueError(f"{path} is no file of places that this version of dateline reads")
        at = len(MAGIC) + 4
        size = int.from_bytes(self._data[len(MAGIC) : at], "little")
        directory = msgspec.msgpack.decode(_unpack(self._data[at : at + size]), type=_Directory)
        at += size
        self.edition = directory.edition
        self.regions = _decode_regions(self._data[at : at + directory.regions], directory.countries)
        at += directory.regions
        self._town_keys = [key for key, _ in directory.towns]
        self._alias_keys = [key for key, _ in directory.aliases]
        ends = [at]
        for _, length in directory.towns + directory.aliases:
            ends.append(ends[-1] + length)
        self._blocks = list(pairwise(ends))
        self._towns = lru_cache(maxsize=KEPT)(self._decode_towns)
        self._aliases = lru_cache(maxsize=KEPT)(self._decode_aliases)

    def towns(self, key: str) -> list[Town]:
        """The towns with this key, in the order of the file."""
        found: list[Town] = []
        for number in _may_hold(self._town_keys, key):
            keys, rest = self._towns(number)
            found += [self._town(key, rest, i) for i in range(bisect_left(keys, key), bisect_right(keys, key))]
        return found

    def aliased(self, key: str) -> tuple[list[Region], list[Town]]:
        """The regions and the towns that have this key beside that of their name, or, for regions, as their own."""
        regions: list[Region] = []
        towns: list[Town] = []
        for number in _may_hold(self._alias_keys, key):
            keys, (low, high) = self._aliases(number)
            for i in range(bisect_left(keys, key), bisect_right(keys, key)):
                place = low[i] | high[i] << 16
                if place < len(self.regions):
                    regions.append(self.regions[place])
                    continue
                block, index = divmod(place - len(self.regions), BLOCK)
                town_keys, rest = self._towns(block)
                towns.append(self._town(town_keys[index], rest, index))
        return regions, towns

    def _town(self, key: str, rest: tuple[list[str], list[array[int]]], index: int) -> Town:
        names, (regions, lats, lons, people) = rest
        region = self.regions[regions[index]]
        return Town(
            key,
            names[index] or key.title(),
            regions[index],
            region.lat + _unfolded(lats[index]),
            region.lon + _unfolded(lons[index]),
            _long(people[index]),
        )

    def _decode_towns(self, number: int) -> tuple[list[str], tuple[list[str], list[array[int]]]]:
        start, end = self._blocks[number]
        (keys, names), columns = _read_columns(_unpack(self._data[start:end]), 2, 4)
        return keys, (names, columns)

    def _decode_aliases(self, number: int) -> tuple[list[str], list[array[int]]]:
        start, end = self._blocks[len(self._town_keys) + number]
        (keys,), columns = _read_columns(_unpack(self._data[start:end]), 1, 2)
        return keys, columns


def _decode_regions(data: bytes, countries: Sequence[str]) -> list[Region]:
    (names,), (levels, parents, codes, lats, lons, reaches, people) = _read_columns(_unpack(data), 1, 7)
    return [
        Region(
            names[i],
            levels[i],
            i - parents[i],
            countries[codes[i]],
            _unfolded(lats[i]),
            _unfolded(lons[i]),
            reaches[i],
            _long(people[i]),
        )
        for i in range(len(names))
    ]


def _may_hold(first_keys: Sequence[str], key: str) -> range:
    """Numbers of the blocks in which a key may stand: those that start with it, and the one before."""
    return range(max(0, bisect_left(first_keys, key) - 1), bisect_right(first_keys, key))
