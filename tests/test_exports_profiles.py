"""Tables in the columns of older event data."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import msgspec
import pytest

from dateline import codebook
from dateline.exports import find_export
from dateline.exports.profiles.dyads import data, label_of
from dateline.record import Account
from helpers_book import Pair, told
from helpers_exports import exported, gao, one_book

ICEWS = [
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City",
    "District", "Province", "Country", "Latitude", "Longitude",
]  # fmt: skip
GED = (
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name "
    "dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id "
    "side_b number_of_sources source_article source_office source_date source_headline source_original "
    "where_prec where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid "
    "country country_id region event_clarity date_prec date_start date_end deaths_a deaths_b deaths_civilians "
    "deaths_unknown best high low gwnoa gwnob"
).split()
ACLED = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 "
    "inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 "
    "location latitude longitude geo_precision source source_scale notes fatalities tags"
).split()


def changed(pair: Pair, **fields: object) -> Pair:
    """The same report, its account with other values."""
    report, coded = pair
    account: Account = msgspec.structs.replace(coded.events[0], **fields)
    return report, msgspec.structs.replace(coded, events=(account,))


def shots() -> Pair:
    """The attack with its codes."""
    return changed(gao(), quad="material-conflict", cameo="193", intensity=-10.0)


def rows(name: str, book: Path) -> list[dict[str, str]]:
    """The rows of a profile by its columns."""
    delimiter = "\t" if find_export(name).suffix == ".tsv" else ","
    return list(csv.DictReader(io.StringIO(exported(name, book).decode()), delimiter=delimiter))


@pytest.mark.parametrize(("name", "columns"), [("icews", ICEWS), ("ged", GED), ("acled", ACLED)])
def test_columns_are_those_of_the_model_and_then_our_own(name: str, columns: list[str]) -> None:
    names = [c.name for c in find_export(name).columns]
    assert names[: len(columns)] == columns
    assert len(set(names)) == len(names)
    assert names[-6:] == [n for n in names if n.startswith("dateline_")]


def test_icews(tmp_path: Path) -> None:
    (row,) = rows("icews", one_book(tmp_path, shots()))
    assert [row[c] for c in ICEWS[1:]] == [
        "2024-05-01", "Mali", "", "Mali", "Fight with small arms and light weapons", "193", "-10.0", "herders", "", "",
        "gao", "", "Sahel Wire", "Gao", "", "Gao", "Mali", "16.27", "-0.04",
    ]  # fmt: skip
    assert row["dateline_latest"] == "2024-05-31"


def test_what_cameo_does_not_count_is_left_out(tmp_path: Path) -> None:
    book = one_book(tmp_path, changed(gao(), status="negated"))
    assert rows("icews", book) == []
    assert exported("petrarch", book) == b""
    assert rows("polecat", book) == []
    assert rows("acled", book) == []
    assert rows("ged", book) == []


def test_petrarch_has_no_head(tmp_path: Path) -> None:
    book = one_book(tmp_path, changed(shots(), contexts=("military", "human_rights")))
    (line,) = exported("petrarch", book).decode().splitlines()
    day, source, target, code, issues, ids, outlets = line.split("\t")
    assert (day, source, target, code) == ("20240501", "MLI", "---", "193")
    assert issues == "MILITARY,1;HUMAN_RIGHTS,1"
    assert ids.startswith("ev-")
    assert outlets == "Sahel Wire"


def test_an_event_without_a_first_day_is_nothing_for_petrarch(tmp_path: Path) -> None:
    book = one_book(tmp_path, changed(shots(), when=(None, None)))
    assert exported("petrarch", book) == b""
    assert rows("icews", book)[0]["Event Date"] == ""


def test_who_meets_meets_both_ways(tmp_path: Path) -> None:
    text = "Mali, Chad and Niger met."
    pair = told("a", "2024-05-01", text, type="CONSULT", anchor="met", actor=("Mali", "Chad", "Niger"))
    book = one_book(tmp_path, changed(pair, quad="verbal-cooperation", cameo="040", intensity=1.0))
    pairs = {(r["Source Name"], r["Target Name"]) for r in rows("icews", book)}
    assert len(pairs) == 6
    assert {("Mali", "Chad"), ("Chad", "Mali")} <= pairs
    assert len({r["Event ID"] for r in rows("icews", book)}) == 6


def test_polecat(tmp_path: Path) -> None:
    (row,) = rows("polecat", one_book(tmp_path, shots()))
    assert [row[c] for c in ("Event Type", "Event Mode", "Quad Code", "Actor Name", "Actor Country")] == [
        "ASSAULT", "firearms", "MATERIAL CONFLICT", "Mali", "MLI",
    ]  # fmt: skip
    assert [row[c] for c in ("City", "Province", "Country", "Feature Type")] == ["Gao", "Gao", "Mali", "city"]


def test_ngec(tmp_path: Path) -> None:
    (told_of,) = json.loads(exported("ngec", one_book(tmp_path, shots())))
    assert told_of["event_type"] == "ASSAULT"
    assert told_of["event_mode"] == ["firearms"]
    assert told_of["attributes"]["ACTOR"] == [{"text": "Mali", "country": "MLI", "code_1": None, "code_2": None}]
    assert told_of["event_geolocation"]["admin1_name"] == "Gao"
    assert json.loads(exported("ngec", one_book(tmp_path), type="AID")) == []


def test_acled(tmp_path: Path) -> None:
    (row,) = rows("acled", one_book(tmp_path, shots()))
    assert [row[c] for c in ("event_date", "time_precision", "event_type", "sub_event_type", "inter1", "inter2")] == [
        "2024-05-01", "3", "Violence against civilians", "Attack", "State forces", "Civilians",
    ]  # fmt: skip
    assert [row[c] for c in ("iso", "country", "location", "geo_precision")] == ["MLI", "Mali", "Gao", "1"]
    assert [row[c] for c in ("fatalities_low", "fatalities", "fatalities_high")] == ["12", "12", "12"]
    assert row["civilian_targeting"] == "Civilian targeting"


def test_ged_has_low_best_and_high(tmp_path: Path) -> None:
    other = gao(source="Radio Gao", killed=14)
    other = (msgspec.structs.replace(other[0], id="b"), msgspec.structs.replace(other[1], id="b"))
    (row,) = rows("ged", one_book(tmp_path, shots(), other))
    assert [row[c] for c in ("low", "high", "number_of_sources", "code_status")] == ["12", "14", "2", "Check"]
    assert row["best"] in ("12", "14")
    assert [row[c] for c in ("type_of_violence", "date_prec", "where_prec", "date_end")] == [
        "3",
        "4",
        "1",
        "2024-05-31",
    ]
    assert row["geom_wkt"] == "POINT (-0.04 16.27)"
    assert row["priogrid_gid"] == str(212 * 720 + 359 + 1)


def test_a_country_is_no_point(tmp_path: Path) -> None:
    book = one_book(tmp_path, changed(shots(), where=("Mali",)))
    for name, latitude, country in (
        ("icews", "Latitude", "Country"),
        ("polecat", "Latitude", "Country"),
        ("acled", "latitude", "country"),
        ("ged", "latitude", "country"),
    ):
        (row,) = rows(name, book)
        assert (row[latitude], row[country]) == ("", "Mali")
    assert rows("ged", book)[0]["where_prec"] == "6"


def test_every_code_of_the_table_has_a_name() -> None:
    table = codebook.load("codes.toml")
    for entry in (*table["code"].values(), *table["future"].values()):
        assert label_of(entry["cameo"]) != entry["cameo"]


def test_the_tables_of_conflict_data_fit_each_other() -> None:
    tables = data("conflict.toml")
    assert set(tables["actors"].values()) <= set(tables["acled"]["inter"])
    for found in tables["acled"]["types"].values():
        for types in found.values():
            assert types[0] in tables["acled"]["disorder"]
