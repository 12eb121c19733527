"""The file of towns and regions: what is written is read, the same each time, and the one that ships answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.reading import placefile
from dateline.reading.placefile import Alias, PlaceFile, Region, Town, write
from dateline.reading.placeindex import PlaceIndex, fold, open_index, short_of

REGIONS = [
    Region("", 0, 0, "UKR", 4900, 3200, 500, 1000),
    Region("Donetsk", 1, 1, "UKR", 4800, 3770, 150, 4100000),
    Region("Pokrovsk Raion", 2, 1, "UKR", 4820, 3710, 40, 390000),
]
TOWNS = [
    Town("avdiivka", "Avdiivka", 2, 4814, 3774, 32000),
    Town("avdiivka", "Avdiivka", 0, 5144, 3391, 612),
    Town("bab al hawa", "Bāb al Hawá", 1, -3623, -17999, 0),
]
ALIASES = [Alias("avdeyevka", 3), Alias("donetsk", 1)]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PlaceFile:
    monkeypatch.setattr(placefile, "BLOCK", 1)
    write(tmp_path / "places.dat", "2026", REGIONS, TOWNS, ALIASES)
    return PlaceFile(tmp_path / "places.dat")


def test_what_is_written_is_read(file: PlaceFile) -> None:
    assert file.edition == "2026"
    assert file.regions == REGIONS
    assert file.towns("avdiivka") == [TOWNS[0], TOWNS[1]._replace(population=610)]
    assert file.towns("bab al hawa") == TOWNS[2:]
    assert file.towns("avd") == file.towns("zzz") == []
    assert file.aliased("avdeyevka") == ([], TOWNS[:1])
    assert file.aliased("donetsk") == (REGIONS[1:2], [])


def test_rows_name_the_regions_that_hold_them(file: PlaceFile) -> None:
    row = PlaceIndex(file).named("avdeyevka")[0]
    assert (row.country, row.admin1, row.admin2, row.in_full) == ("UKR", "donetsk", "pokrovsk raion", False)


def test_same_in_same_out(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write(tmp_path / name, "2026", REGIONS, TOWNS, ALIASES)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_file_of_another_layout_is_refused(tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(b"something else")
    with pytest.raises(ValueError, match="no file of places"):
        PlaceFile(tmp_path / "old")


@pytest.mark.parametrize(
    ("name", "country", "lat", "lon"),
    [
        ("Kyiv", "UKR", 50.45, 30.52),
        ("Kiev", "UKR", 50.45, 30.52),
        ("Khan Younis", "PSE", 31.34, 34.31),
        ("Sao Paulo", "BRA", -23.55, -46.64),
        ("Łódź", "POL", 51.77, 19.46),
        ("Suva", "FJI", -18.14, 178.44),
    ],
)
def test_the_file_that_ships(name: str, country: str, lat: float, lon: float) -> None:
    towns = [row for row in open_index().named(fold(name)) if row.level == 0]
    assert towns[0].country == country
    assert (towns[0].lat, towns[0].lon) == pytest.approx((lat, lon), abs=0.02)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Be’eri", "beeri"),
        ("Kfar-Aza", "kfar aza"),
        ("São Paulo", "sao paulo"),
        ("U.S.", "us"),
        ("Łódź", "lodz"),
        ("Al Ḩamzah‘", "al hamzah"),
    ],
)
def test_folded_names(name: str, key: str) -> None:
    assert fold(name) == key


def test_regions_are_asked_without_the_word_for_their_kind() -> None:
    assert [short_of(key) for key in ("donetsk oblast", "state of bihar", "kent")] == ["donetsk", "bihar", "kent"]
