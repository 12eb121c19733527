"""`dateline export`, `dateline formats`, `dateline cite`, data packages; the same bytes from the same book."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dateline.book import Book
from dateline.cli.cite import command as cite
from dateline.cli.export import command as export
from dateline.cli.export import locate as look_up
from dateline.cli.formats import command as formats
from dateline.errors import DatelineError
from dateline.exports import export_names, find_export, write
from dateline.exports.datapackage import describe_file
from dateline.exports.delimited import safe
from dateline.exports.selection import Named, Selection
from helpers_book import samples
from helpers_exports import gao, locate, one_book, sample_book

FOLDERS = ("datapackage", "site")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample reports."""
    return sample_book(tmp_path_factory.mktemp("samples"))


def run(command: object, *args: object) -> Result:
    return CliRunner().invoke(command, [str(a) for a in args])  # type: ignore[arg-type]


def digest(name: str, book: Path) -> str:
    """What an export writes of a book, in short."""
    with Book.open(book, read_only=True) as opened:
        events = Selection(opened, actor="Casimir Zongo" if name == "brief" else None, locate=locate)
        made = find_export(name)
        if name in FOLDERS:
            return hashlib.sha256(repr(sorted(made.pages(events))).encode()).hexdigest()
        out = io.BytesIO()
        write(name, events, out)
        return hashlib.sha256(out.getvalue()).hexdigest()


def test_the_same_reports_give_the_same_bytes_in_whatever_order(book: Path, tmp_path: Path) -> None:
    other = tmp_path / "samples.book"
    with Book.open(other) as opened:
        for pair in reversed(samples()):
            opened.add([pair])
    for name in export_names():
        assert digest(name, book) == digest(name, other) == digest(name, book), name


def test_export_to_a_file_and_to_standard_output(book: Path, tmp_path: Path) -> None:
    out = tmp_path / "events.tsv"
    assert run(export, "--to", "tsv", "--book", book, "--out", out).exit_code == 0
    assert run(export, "tsv", "--book", book).stdout_bytes == out.read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["events.tsv"]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ((), "which format"),
        (("csv", "--to", "tsv"), "which format, once"),
        (("parchment",), "no export 'parchment'"),
        (("csv", "--describe"), "--describe goes with --out"),
        (("site",), "--out FOLDER"),
        (("brief",), "--actor NAME"),
        (("csv", "--out", "nowhere/at/all.csv"), "no folder"),
    ],
)
def test_export_says_what_is_wrong(book: Path, args: tuple[str, ...], said: str) -> None:
    result = run(export, *args, "--book", book)
    assert result.exit_code != 0
    assert said in result.output


def test_a_failed_export_leaves_nothing(book: Path, tmp_path: Path) -> None:
    assert run(export, "brief", "--book", book, "--out", tmp_path / "x.md").exit_code == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["csv", "tsv", "parquet", "xlsx", "icews", "petrarch", "polecat", "acled", "ged"])
def test_a_table_is_described(book: Path, tmp_path: Path, name: str) -> None:
    out = tmp_path / "table"
    assert run(export, name, "--book", book, "--out", out, "--describe").exit_code == 0
    (resource,) = json.loads((tmp_path / "datapackage.json").read_text())["resources"]
    assert resource["path"] == "table"
    assert resource["bytes"] == out.stat().st_size
    assert [f["name"] for f in resource["schema"]["fields"]] == [c.name for c in find_export(name).columns]
    assert all(f["description"] for f in resource["schema"]["fields"])


def test_what_is_no_table_is_not_described(tmp_path: Path) -> None:
    with pytest.raises(DatelineError, match="no columns"):
        describe_file("gexf", tmp_path / "x")


def test_a_data_package_holds_together(book: Path, tmp_path: Path) -> None:
    folder = tmp_path / "package"
    assert run(export, "datapackage", "--book", book, "--out", folder).exit_code == 0
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    rows: dict[str, list[dict[str, str]]] = {}
    for resource in package["resources"]:
        raw = (folder / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(raw).hexdigest()}"
        rows[resource["name"]] = found = list(csv.DictReader(io.StringIO(raw.decode())))
        fields = {f["name"]: f["type"] for f in resource["schema"]["fields"]}
        assert all(list(row) == list(fields) for row in found)
        for row in found:
            for name, kind in fields.items():
                if row[name] and kind in ("integer", "number"):
                    float(row[name])
        keys = [tuple(row[k] for k in resource["schema"]["primaryKey"]) for row in found]
        assert len(set(keys)) == len(keys) > 10
    for key in package["resources"][1]["schema"]["foreignKeys"]:
        (field,) = key["fields"]
        there = {row[field] for row in rows[key["reference"]["resource"]]}
        assert {row[field] for row in rows["accounts"]} <= there


def test_a_format_can_be_added(root: Path, tmp_path: Path) -> None:
    page = (root / "docs" / "formats.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```py\n(.*?)```", page, re.S)
    there: dict[str, type] = {}
    exec(code, there)
    out = io.BytesIO()
    with Book.open(one_book(tmp_path), read_only=True) as opened:
        there["Sentences"]().events(Selection(opened, locate=locate), out)
    assert out.getvalue() == b"The army of Mali killed twelve herders near Gao in May. (Gao, city)\n"


def test_every_export_is_in_the_docs(root: Path) -> None:
    page = (root / "docs" / "formats.md").read_text(encoding="utf-8")
    for name in export_names():
        assert f"| `{name}` |" in page


def test_formats_lists_every_source_and_export() -> None:
    listed = json.loads(run(formats, "--json").stdout)
    assert [e["name"] for e in listed["exports"]] == export_names()
    assert all(e["about"] for kind in listed.values() for e in kind)
    assert {"text", "jsonl", "folder"} <= {s["name"] for s in listed["sources"]}
    plain = run(formats).stdout
    assert all(name in plain for name in export_names())


def test_cite(book: Path) -> None:
    text = run(cite, "--book", book, "--type", "assault").stdout
    for said in ("samples.book (", "events from", "codebook ", "Sources: ", "Query: type=assault", "Digest sha256:"):
        assert said in text
    assert run(cite, "--book", book, "--type", "assault").stdout == text
    assert run(cite, "--book", book).stdout.split()[-1] != text.split()[-1]
    assert run(cite, "--book", book, "--bibtex").stdout.startswith("@misc{dateline-")
    (item,) = json.loads(run(cite, "--book", book, "--json").stdout)
    assert item["type"] == "dataset"
    assert item["custom"]["digest"] in run(cite, "--book", book).stdout


def test_places_are_looked_up(tmp_path: Path) -> None:
    (spot, unknown) = look_up("In Gao and in Zzyzxgrad.", [Named(3, 6, "Gao"), Named(14, 23, "Zzyzxgrad")])
    assert spot is not None
    assert (spot.precision, spot.country, round(spot.lat), round(spot.lon)) == ("city", "MLI", 16, 0)
    assert unknown is None
    row = next(csv.DictReader(io.StringIO(run(export, "csv", "--book", one_book(tmp_path, gao())).stdout)))
    assert (row["place"], row["place_country"]) == ("Gao", "MLI")


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+491", "'+491"),
        ("@cmd", "'@cmd"),
        ("-2+3|cmd", "'-2+3|cmd"),
        ("\t=1", "'\t=1"),
        ("-9.5", "-9.5"),
        ("-1e-05", "-1e-05"),
        ("---REB", "---REB"),
        ("---", "---"),
        ("a=b", "a=b"),
    ],
)
def test_no_cell_is_a_formula(cell: str, written: str) -> None:
    assert safe(cell) == written
