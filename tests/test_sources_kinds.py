"""Every kind of source with an input of its kind: what comes out, and what is said of what does not."""

from __future__ import annotations

import bz2
import datetime as dt
import gzip
import importlib.util
import io
import json
import lzma
from pathlib import Path
from typing import Any

import pytest

from dateline.errors import InputError
from dateline.report import Report
from dateline.sources import optional, read_reports

DAY = dt.date(2024, 3, 12)


def read(*sources: Path | str, **options: Any) -> tuple[list[Report], list[str]]:
    """All reports, and what was said of faults, paths cut to names."""
    errors: list[InputError] = []
    reports = list(read_reports(sources, on_error=errors.append, **options))
    return reports, [str(error).replace(f"{Path(error.where).parent}/", "", 1) for error in errors]


def file(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def needs(*names: str) -> pytest.MarkDecorator:
    missing = [name for name in names if importlib.util.find_spec(name) is None]
    return pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)} (dateline[sources])")


# JSON


@pytest.mark.parametrize("name", ["in.json", "in.jsonl", "in"])
@pytest.mark.parametrize(
    "content",
    [
        '[{"id": 1, "text": "One {[\\"."},{"id": 2, "text": "Two."}]',
        '[\n  {\n    "id": 1,\n    "text": "One {[\\"."\n  },\n  {"id": 2, "text": "Two."}\n]\n',
        '{\n "id": 1, "text": "One {[\\"."\n}\n{\n "id": 2, "text": "Two."\n}\n',
        '{"id": 1, "text": "One {[\\"."}\n{"id": 2, "text": "Two."}\n',
        '{\n "status": "ok", "articles": [{"id": 1, "text": "One {[\\"."}, {"id": 2, "text": "Two."}]}',
    ],
)
def test_json_in_any_order_of_lines(tmp_path: Path, name: str, content: str) -> None:
    reports, errors = read(file(tmp_path, name, content))
    assert ([(r.id, r.text) for r in reports], errors) == ([("1", 'One {[".'), ("2", "Two.")], [])


def test_long_lists_of_json_come_through_whatever_their_pieces(tmp_path: Path) -> None:
    rows = [{"id": str(i), "text": '\\"{}[]é\n' * i + "x"} for i in range(400)]
    reports, errors = read(file(tmp_path, "in.json", json.dumps(rows, indent=1, ensure_ascii=False)))
    assert not errors
    assert [(r.id, r.text) for r in reports] == [(row["id"], row["text"]) for row in rows]


def test_a_fault_in_a_list_of_json_names_its_line(tmp_path: Path) -> None:
    content = '[\n{"id": 1, "text": "One."},\n{"id": 2},\n{"id": 3, "text": }\n, {"id": 4, "text": "Four."}]'
    reports, errors = read(file(tmp_path, "in.json", content))
    assert [r.id for r in reports] == ["1", "4"]
    assert [error.partition("; ")[0][:30] for error in errors] == [
        "in.json:3: has no 'text'",
        "in.json:4: is no JSON (invalid",
    ]


def test_a_text_in_paragraphs_is_put_together(tmp_path: Path) -> None:
    reports, _ = read(file(tmp_path, "in.jsonl", '{"id": 1, "text": ["One.", "Two."], "language": "en-GB"}'))
    assert [(r.text, r.language) for r in reports] == [("One.\nTwo.", "en")]


# packed files


@pytest.mark.parametrize(("end", "pack"), [(".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress)])
@pytest.mark.parametrize(
    ("name", "content"),
    [("in.txt", "One."), ("in.json", '[{"id": "in", "text": "One."}]'), ("in.csv", "id,text\nin,One.\n")],
)
def test_packed_files(tmp_path: Path, name: str, content: str, end: str, pack: Any) -> None:
    path = file(tmp_path, name + end, pack(content.encode()))
    assert read(path) == read(tmp_path)
    assert [(r.id, r.text) for r in read(path)[0]] == [("in", "One.")]


@needs("zstandard")
def test_files_packed_with_zstd_in_one_frame_or_two(tmp_path: Path) -> None:
    import zstandard

    packed = [zstandard.compress(b'{"id": %d, "text": "x"}\n' % i) for i in range(2)]
    assert [r.id for r in read(file(tmp_path, "in.jsonl.zst", b"".join(packed)))[0]] == ["0", "1"]
    for bad in (packed[0][:-9], packed[0] + packed[1][:5], b"plain", packed[0] + b"more"):
        _, errors = read(file(tmp_path, "bad.jsonl.zst", bad))
        assert errors[-1].startswith("bad.jsonl.zst: is no sound zstd file")


@pytest.mark.parametrize(
    ("end", "data", "said"),
    [
        (".bz2", b"plain", "is no sound bzip2 file"),
        (".bz2", bz2.compress(b"text" * 100)[:-12], "is no sound bzip2 file"),
        (".xz", b"plain", "is no sound xz file"),
        (".xz", lzma.compress(b"text" * 100)[:-12], "is no sound xz file"),
    ],
)
def test_damaged_packing_is_said(tmp_path: Path, end: str, data: bytes, said: str) -> None:
    _, errors = read(file(tmp_path, "in.txt" + end, data))
    assert len(errors) == 1
    assert said in errors[0]


def test_a_library_that_is_missing_is_named_with_its_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr(optional, "import_module", absent)
    for name in ("a.parquet", "b.html", "c.pdf", "d.warc", "e.txt.zst"):
        file(tmp_path, name, "x")
    reports, errors = read(tmp_path, file(tmp_path, "z.txt", "After."))
    assert [r.id for r in reports] == ["z"]
    libraries = ["pyarrow", "trafilatura", "pypdf", "warcio", "zstandard"]
    assert [e.partition(": ")[2] for e in errors] == [
        f"needs the library {name}, which is not installed; install what it is part of: pip install 'dateline[sources]'"
        for name in libraries
    ]


# tables


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("in.csv", 'key,date,body\n7,2024-03-12,"Talks, in ""Oslo"",\nended."\n8,,Two.\n'),
        ("in.csv", '\ufeffkey;date;body\r\n7;2024-03-12;"Talks, in ""Oslo"",\nended."\r\n8;;Two.\r\n'),
        ("in.tsv", 'key\tdate\tbody\n7\t2024-03-12\t"Talks, in ""Oslo"",\nended."\n8\t\tTwo.\n'),
    ],
)
def test_tables(tmp_path: Path, name: str, content: str) -> None:
    mapping = {"id": "key", "text": "body", "published": "date"}
    reports, errors = read(file(tmp_path, name, content), fields=mapping)
    assert [(r.id, r.published, r.published_from, r.text) for r in reports] == [
        ("7", DAY, "field", 'Talks, in "Oslo",\nended.'),
        ("8", None, None, "Two."),
    ]
    assert not errors


def test_faults_of_rows_name_the_line_at_which_the_row_begins(tmp_path: Path) -> None:
    rows = [b"id,text", b'1,"One', b'line."', b"2", b"3,caf\xe9", b"4,", b'5,"F"ive', b"6,Six."]
    reports, errors = read(file(tmp_path, "in.csv", b"\n".join(rows)))
    assert [r.id for r in reports] == ["1", "6"]
    assert [error.split(": ")[0] for error in errors] == ["in.csv:4", "in.csv:5", "in.csv:6", "in.csv:7"]
    assert "has 1 columns, not the 2 of the first line; put values" in errors[0]


def test_a_table_without_a_column_of_text(tmp_path: Path) -> None:
    _, errors = read(file(tmp_path, "in.csv", "id,body\n1,x\n2,y\n"))
    assert errors == ["in.csv:1: has no 'text'; name the key that holds it with --map text=KEY (the line has body, id)"]


@needs("pyarrow")
def test_parquet(tmp_path: Path) -> None:
    import pyarrow
    import pyarrow.parquet

    moment = dt.datetime(2024, 3, 12, 23, 30)
    table = {"body": ["One.", None, "Three."], "when": [moment, moment, None], "n": [1, 2, 3], "other": [[1], [2], [3]]}
    path = tmp_path / "in.parquet"
    pyarrow.parquet.write_table(pyarrow.table(table), path)
    reports, errors = read(path, fields={"text": "body", "published": "when", "id": "n"})
    assert [(r.id, r.text, r.published) for r in reports] == [("1", "One.", DAY), ("3", "Three.", None)]
    assert errors == ["in.parquet:2: has an empty 'body'; fill it, or leave the line out"]
    assert "has no 'text'" in read(path)[1][0]
    assert "is no sound Parquet file" in read(file(tmp_path, "bad.parquet", path.read_bytes()[:200]))[1][0]


# pages

ARTICLE = """<!DOCTYPE html><html lang="en"><head><title>Talks end | The Harbour Post</title>
<meta property="og:site_name" content="The Harbour Post"><meta property="og:title" content="Talks end in Oslo">
%s</head><body><nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>Talks end in Oslo</h1>
<p>President Ana Silva met Foreign Minister Per Dahl in Oslo on Monday, officials said after two days of talks.</p>
<p>The two sides agreed to open the border crossing at Fjellby, which had been closed since last autumn.</p>
<p>Opposition leaders rejected the agreement and called for protests in the capital at the end of the week.</p>
</article><footer>Subscribe to our newsletter! All rights reserved.</footer></body></html>"""


@needs("trafilatura")
@pytest.mark.parametrize(
    "meta",
    [
        '<meta property="article:published_time" content="2024-03-12T23:15:00-05:00">',
        '<meta name="DC.date.issued" content="2024-03-12">',
        '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "T", '
        '"datePublished": "2024-03-12T08:00:00.000Z", "dateModified": "2024-04-01"}]}</script>',
        '<meta name="pubdate" content="Tue, 12 Mar 2024 08:00:00 GMT"><meta name="last-modified" content="2024-05-05">',
    ],
)
def test_pages(tmp_path: Path, meta: str) -> None:
    reports, errors = read(file(tmp_path, "talks.html", ARTICLE % meta))
    assert not errors
    (report,) = reports
    assert (report.id, report.source, report.title, report.language) == (
        "talks",
        "The Harbour Post",
        "Talks end in Oslo",
        "en",
    )
    assert (report.published, report.published_from) == (DAY, "page metadata")
    assert report.text.splitlines()[-1].startswith("Opposition leaders rejected the agreement")
    assert "Subscribe" not in report.text


@needs("trafilatura")
def test_a_page_that_tells_no_day_has_none_but_that_of_its_dateline(tmp_path: Path) -> None:
    changed = ARTICLE % '<meta property="article:modified_time" content="2024-03-12">'
    told = changed.replace("<p>President", "<p>OSLO, March 12, 2024 (AP) — President")
    reports, _ = read(file(tmp_path, "a.html", changed), file(tmp_path, "b.html", told))
    assert [(r.published, r.published_from) for r in reports] == [(None, None), (DAY, "dateline")]


@needs("trafilatura")
def test_a_page_without_an_article_is_an_error(tmp_path: Path) -> None:
    _, errors = read(file(tmp_path, "empty.html", "<html><body><div id=app></div><script>go()</script></body></html>"))
    assert errors == [
        "empty.html: no text of an article was found in the page; save its text as .txt, or leave the page out "
        "(what scripts fetch later is not in the page)"
    ]


# web archives


@needs("warcio", "trafilatura")
@pytest.mark.parametrize("packed", [True, False])
def test_web_archives(tmp_path: Path, packed: bool) -> None:
    data = warc(packed)
    name = "news.warc.gz" if packed else "news.warc"
    reports, errors = read(file(tmp_path, name, data))
    assert [(r.url, r.published) for r in reports] == [("https://post.example/talks", DAY)]
    assert "café" in reports[0].text
    assert [error.partition(";")[0] for error in errors] == [
        f"{name}: https://post.example/empty: no text of an article was found in the page"
    ]


@needs("warcio", "trafilatura")
@pytest.mark.parametrize("packed", [True, False])
def test_a_web_archive_cut_short_is_said_wherever_it_was_cut(tmp_path: Path, packed: bool) -> None:
    data = warc(packed)
    for cut in range(40, len(data) - 10, 181):
        reports, errors = read(file(tmp_path, "cut.warc.gz" if packed else "cut.warc", data[:cut]))
        assert len(reports) <= 1
        assert "is no sound" in errors[-1], cut
    assert "is no sound web archive" in read(file(tmp_path, "none.warc", "not an archive\n"))[1][0]


def warc(packed: bool) -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    page = (ARTICLE % '<meta name="date" content="2024-03-12">').replace("officials", "officials of the café")
    for url, status, kind, body in (
        ("https://post.example/talks", "200 OK", "text/html; charset=ISO-8859-1", page.encode("latin-1")),
        ("https://post.example/moved", "301 Moved", "text/html", b""),
        ("https://post.example/logo", "200 OK", "image/png", b"\x89PNG"),
        ("https://post.example/empty", "200 OK", "text/html", b"<html><body></body></html>"),
    ):
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        payload = io.BytesIO(body)
        writer.write_record(writer.create_warc_record(url, "response", payload=payload, http_headers=headers))
    return out.getvalue()


# feeds

RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Harbour Post</title><atom:link href="https://p.example/rss"/>
<item><title>Talks end</title><link>https://p.example/1</link><guid>p-1</guid>
<pubDate>Tue, 12 Mar 2024 08:15:00 +0100</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>Silva met Dahl &amp; left.</p><p>They <b>talked</b>.</p>]]></content:encoded></item>
<item><title>Only a title</title><link>https://p.example/2</link></item>
<item><link>https://p.example/3</link></item>
<item><title>When?</title><pubDate>soon</pubDate></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour Post</title><entry><id>urn:1</id>
<title type="html">Talks &amp;amp; more</title><link rel="self" href="x"/><link href="https://p.example/1"/>
<published>2024-03-12T23:00:00-05:00</published><updated>2024-03-14T01:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Silva met <i>Dahl</i>.</p></div></content></entry>
<entry><id>urn:2</id><title>Two</title><updated>2024-03-12T01:00:00Z</updated><summary>Two.</summary></entry></feed>"""


def test_feeds_of_rss(tmp_path: Path) -> None:
    reports, errors = read(file(tmp_path, "feed.rss", RSS))
    assert [(r.text, r.published, r.source, r.url, r.title) for r in reports] == [
        ("Silva met Dahl & left.\n\nThey talked.", DAY, "Harbour Post", "https://p.example/1", "Talks end"),
        ("Only a title", None, "Harbour Post", "https://p.example/2", "Only a title"),
    ]
    assert errors == [
        "feed.rss: entry 3 has no text; leave it out",
        "feed.rss: entry 4 has a date that is no day: 'soon' is no day that has one reading; "
        "mend the date, or take it out",
    ]


def test_feeds_of_atom(tmp_path: Path) -> None:
    reports, errors = read(file(tmp_path, "feed", ATOM))
    assert not errors
    assert [(r.text, r.published, r.published_from, r.url, r.title) for r in reports] == [
        ("Silva met Dahl.", DAY, "field", "https://p.example/1", "Talks & more"),
        ("Two.", DAY, "field updated", None, "Two"),
    ]


def test_what_comes_before_a_fault_in_a_feed_is_read(tmp_path: Path) -> None:
    reports, errors = read(file(tmp_path, "feed.xml", RSS[: RSS.index("<item><link>")]))
    assert [r.title for r in reports] == ["Talks end", "Only a title"]
    assert "is no sound XML" in errors[0]
    swelling = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + RSS[21:]
    assert "declares entities of its own" in read(file(tmp_path, "bomb.rss", swelling))[1][0]
    assert "neither RSS nor Atom" in read(file(tmp_path, "map.xml", "<urlset><url/></urlset>"))[1][0]


# mail

MAIL = b"""From: "The Harbour Post" <news@post.example>\r
To: you@reader.example\r
Subject: =?utf-8?q?Talks_end_in_Oslo_=E2=80=93_today?=\r
Date: Tue, 12 Mar 2024 23:15:00 -0500\r
Message-ID: <a1@post.example>\r
MIME-Version: 1.0\r
"""


def test_newsletters(tmp_path: Path) -> None:
    html = b"<html><head><title>x</title></head><body><p>Silva met Dahl.</p><p>They talked.</p></body></html>"
    both = (
        b'Content-Type: multipart/alternative; boundary="b"\r\n\r\n'
        b"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        b"Silva met Dahl.\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n" + html + b"\r\n--b--\r\n"
    )
    plain = file(tmp_path, "plain.eml", MAIL + both)
    only_html = file(tmp_path, "html.eml", MAIL.replace(b"a1@", b"a2@") + b"Content-Type: text/html\r\n\r\n" + html)
    reports, errors = read(plain, only_html)
    assert not errors
    assert [(r.id, r.source, r.title, r.published, r.published_from) for r in reports] == [
        (i, "The Harbour Post", "Talks end in Oslo – today", DAY, "field")
        for i in ("a1@post.example", "a2@post.example")
    ]
    assert [r.text.split() for r in reports] == ["Silva met Dahl.".split(), "Silva met Dahl. They talked.".split()]


def test_faults_of_mails(tmp_path: Path) -> None:
    bad_day = MAIL.replace(b"Tue, 12 Mar 2024 23:15:00 -0500", b"yesterday") + b"\r\nText."
    cases = {"empty.eml": MAIL + b"\r\n", "day.eml": bad_day, "none.eml": b"\r\nJust a text.\r\n"}
    errors = [read(file(tmp_path, name, data))[1][0] for name, data in cases.items()]
    assert [error.partition(";")[0] for error in errors] == [
        "empty.eml: the message has no text",
        "day.eml: the Date line 'yesterday' is no day",
        "none.eml:1: has no head of a mail",
    ]


# PDF


@needs("pypdf")
def test_pdf(tmp_path: Path) -> None:
    reports, errors = read(file(tmp_path, "talks.pdf", pdf(["Published: 12 March 2024", "Silva met Dahl in Oslo."])))
    assert not errors
    (report,) = reports
    assert (report.id, report.title, report.published, report.published_from) == (
        "talks",
        "Talks end",
        DAY,
        "header line",
    )
    assert "Silva met Dahl in Oslo." in report.text
    (undated,), _ = read(file(tmp_path, "undated.pdf", pdf(["Silva met Dahl."])))
    assert (undated.published, undated.published_from) == (None, None)
    assert "holds no text" in read(file(tmp_path, "scan.pdf", pdf([])))[1][0]
    assert "is no sound PDF" in read(file(tmp_path, "cut.pdf", b"%PDF-1.4\n1 0 obj"))[1][0]


def pdf(lines: list[str]) -> bytes:
    """A PDF of one page, whose own dates must not be taken for the day of publication."""
    shown = "BT /F1 12 Tf 72 720 Td 16 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Title (Talks end) /CreationDate (D:20251111080000Z) >>",
    ]
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info 6 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return (out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{end}").encode("latin-1")
