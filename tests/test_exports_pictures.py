"""Exports that are looked at: maps, timelines, networks, calendars, briefs, sites."""

from __future__ import annotations

import io
import json
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest

from dateline.book import Book
from dateline.errors import DatelineError
from dateline.exports import find_export, write
from dateline.exports.selection import Selection
from helpers_book import Pair, told
from helpers_exports import exported, gao, locate, one_book, sample_book

GEXF = "{http://www.gexf.net/1.2draft}"
NASTY = '<b>&"Wire"'


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample reports."""
    return sample_book(tmp_path_factory.mktemp("samples"))


def planned(when: str | None = "2024-07-01/2024-07-03") -> Pair:
    """A report of talks that are planned."""
    given = {"when": when} if when else {}
    pair = told("p", "2024-06-02", "Mali and Chad will meet; in Gao, perhaps.", type="CONSULT", anchor="meet",
                actor=("Mali", "Chad"), where=("Gao",), source=NASTY, **given)  # type: ignore[arg-type]  # fmt: skip
    event = msgspec.structs.replace(pair[1].events[0], status="future")
    return pair[0], msgspec.structs.replace(pair[1], events=(event,))


def test_geojson(tmp_path: Path) -> None:
    (feature,) = json.loads(exported("geojson", one_book(tmp_path)))["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [-0.04, 16.27]}
    assert feature["properties"]["precision"] == "city"
    assert feature["properties"]["edtf"] == "2024-05"


def test_a_country_is_no_point(tmp_path: Path) -> None:
    (feature,) = json.loads(exported("geojson", one_book(tmp_path, gao(where=("Mali",)))))["features"]
    assert feature["geometry"] is None
    assert feature["properties"]["country"] == "MLI"


def test_geojson_is_valid(book: Path) -> None:
    geojson = pytest.importorskip("geojson", reason="geojson is not installed")
    found = geojson.loads(exported("geojson", book))
    assert found.is_valid
    assert len({f["id"] for f in found.features}) == len(found.features) > 20


@pytest.mark.parametrize(
    ("when", "start", "end", "words"),
    [
        ("2024-05-13", {"year": 2024, "month": 5, "day": 13}, None, "13 May 2024"),
        ("2024-05-01/2024-05-31", {"year": 2024, "month": 5}, None, "May 2024"),
        ("2024-01-01/2024-12-31", {"year": 2024}, None, "2024"),
        (
            "2023-12-01/2024-01-31",
            {"year": 2023, "month": 12},
            {"year": 2024, "month": 1},
            "December 2023 to January 2024",
        ),
        (
            "2024-05-13/2024-05-20",
            {"year": 2024, "month": 5, "day": 13},
            {"year": 2024, "month": 5, "day": 20},
            "between 13 May 2024 and 20 May 2024",
        ),
        ("/2024-05-13", {"year": 2024, "month": 5, "day": 13}, None, "by 13 May 2024"),
        ("2024-05-13/", {"year": 2024, "month": 5, "day": 13}, None, "from 13 May 2024 on"),
    ],
)  # fmt: skip
def test_slides_are_as_fuzzy_as_what_is_known(
    tmp_path: Path, when: str, start: object, end: object, words: str
) -> None:
    (slide,) = json.loads(exported("timelinejs", one_book(tmp_path, gao(when=when))))["events"]
    assert (slide["start_date"], slide.get("end_date"), slide["display_date"]) == (start, end, words)


def test_slides_are_escaped_and_have_a_day(tmp_path: Path) -> None:
    text = exported("timelinejs", one_book(tmp_path, planned())).decode()
    assert "<b>" not in text
    assert "planned" in text
    (tmp_path / "none").mkdir()
    assert json.loads(exported("timelinejs", one_book(tmp_path / "none", gao(when=None))))["events"] == []


def test_gexf_is_built_as_its_schema_asks(book: Path) -> None:
    root = ET.fromstring(exported("gexf", book))
    graph = root.find(f"{GEXF}graph")
    assert (root.tag, root.get("version")) == (f"{GEXF}gexf", "1.2")
    assert graph is not None
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")
    assert [child.tag.removeprefix(GEXF) for child in graph] == ["attributes", "attributes", "nodes", "edges"]
    declared = {a.get("class"): {x.get("id"): x.get("type") for x in a} for a in graph.iter(f"{GEXF}attributes")}
    assert {t for of in declared.values() for t in of.values()} <= {"string", "integer", "double", "boolean"}
    nodes = {n.get("id") for n in graph.iter(f"{GEXF}node")}
    edges = list(graph.iter(f"{GEXF}edge"))
    assert len({e.get("id") for e in edges}) == len(edges) > 10
    for kind in ("node", "edge"):
        for item in graph.iter(f"{GEXF}{kind}"):
            assert {v.get("for") for v in item.iter(f"{GEXF}attvalue")} <= set(declared[kind])
            start, end = item.get("start"), item.get("end")
            assert start is None or end is None or start <= end
    assert {e.get(x) for e in edges for x in ("source", "target")} <= nodes
    assert any(e.get("start") for e in edges)


def test_networks_are_read_by_networkx(book: Path) -> None:
    networkx = pytest.importorskip("networkx", reason="networkx is not installed")
    gexf = networkx.read_gexf(io.BytesIO(exported("gexf", book)))
    graphml = networkx.read_graphml(io.BytesIO(exported("graphml", book)))
    assert set(gexf) == set(graphml)
    assert gexf.number_of_edges() == graphml.number_of_edges() > 10
    assert sorted(d["start"] for *_, d in gexf.edges(data=True) if "start" in d) == sorted(
        d["start"] for *_, d in graphml.edges(data=True) if "start" in d
    )


def test_who_meets_is_bound_both_ways(tmp_path: Path) -> None:
    text = exported("graphml", one_book(tmp_path, planned())).decode()
    assert text.count("<edge ") == 1
    assert '<data key="e-mutual">true</data>' in text


def test_a_calendar_of_what_is_planned(tmp_path: Path) -> None:
    text = exported("icalendar", one_book(tmp_path, planned(), gao()))
    assert text.count(b"BEGIN:VEVENT") == 1
    assert b"DTSTART;VALUE=DATE:20240701\r\nDTEND;VALUE=DATE:20240704\r\n" in text
    assert b"DTSTAMP:20240602T000000Z" in text
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))


@pytest.mark.parametrize(("when", "kind"), [("/2024-07-03", "VTODO"), (None, None), ("2024-07-01/", "VEVENT")])
def test_a_deadline_is_a_to_do(tmp_path: Path, when: str | None, kind: str | None) -> None:
    text = exported("icalendar", one_book(tmp_path, planned(when))).decode()
    assert [k for k in ("VEVENT", "VTODO") if f"BEGIN:{k}" in text] == ([kind] if kind else [])


def test_a_calendar_is_read_by_icalendar(tmp_path: Path) -> None:
    icalendar = pytest.importorskip("icalendar", reason="icalendar is not installed")
    calendar = icalendar.Calendar.from_ical(exported("icalendar", one_book(tmp_path, planned())))
    (event,) = calendar.walk("VEVENT")
    assert str(event["DESCRIPTION"]) == f'planned\n"Mali and Chad will meet; in Gao, perhaps." ({NASTY}, 2024-06-02)'
    assert event.decoded("DTEND").isoformat() == "2024-07-04"


def test_a_brief_quotes_for_every_line(book: Path) -> None:
    text = exported("brief", book, actor="Casimir Zongo").decode()
    assert text.startswith("# Casimir Zongo\n")
    called = {x.split("]")[0] for line in text.splitlines() if line.startswith("- ") for x in line.split("[^")[1:]}
    noted = [line.split("]")[0][2:] for line in text.splitlines() if line.startswith("[^")]
    assert noted == [str(n + 1) for n in range(len(noted))]
    assert called == set(noted)
    for line in text.splitlines():
        if line.startswith("- **"):
            assert "[^" in line


def test_a_brief_needs_somebody(book: Path) -> None:
    with pytest.raises(DatelineError, match="--actor"):
        exported("brief", book)


def test_words_of_reports_are_no_markdown(tmp_path: Path) -> None:
    pair = told("a", "2024-05-01", "The *[Front](x)* met <i>Chad</i>.", type="CONSULT", anchor="met", actor=("Chad",))
    text = exported("brief", one_book(tmp_path, pair), actor="Chad").decode()
    assert r"\*\[Front\](x)\* met \<i\>Chad\</i\>." in text


class _Links(HTMLParser):
    """The links of a page, and whether every element is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.open: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value for name, value in attrs if name in ("href", "src") and value]
        if tag not in ("meta", "link", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_a_site_has_no_loose_end_and_runs_nothing(book: Path, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    with Book.open(book, read_only=True) as opened:
        write("site", Selection(opened, locate=locate), path=folder)
        count = sum(1 for _ in opened.timeline())
    assert len(list(folder.glob("event/*.html"))) == count
    for page in folder.rglob("*.html"):
        parsed = _Links()
        parsed.feed(page.read_text(encoding="utf-8"))
        assert parsed.open == []
        assert not parsed.tags & {"script", "iframe", "img", "form"}
        for link in parsed.links:
            assert (page.parent / link).resolve().is_file(), (page, link)


def test_a_site_shows_markup_as_text(tmp_path: Path) -> None:
    book = one_book(
        tmp_path, told("A/../b", "2024-05-01", "<script>x</script> Mali met.", anchor="met", actor=("Mali",))
    )
    with Book.open(book, read_only=True) as opened:
        pages = dict(find_export("site").pages(Selection(opened)))
    assert all(b"<script" not in page for page in pages.values())
    assert all(".." not in name for name in pages)
    (report,) = (page for name, page in pages.items() if name.startswith("report/"))
    assert b"&lt;script&gt;x&lt;/script&gt; Mali <a href=" in report


def test_a_folder_is_not_written_over(book: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("x")
    with Book.open(book, read_only=True) as opened:
        with pytest.raises(DatelineError, match="new or an empty folder"):
            write("site", Selection(opened), path=tmp_path)
        with pytest.raises(DatelineError, match="--out FOLDER"):
            write("site", Selection(opened), io.BytesIO())
