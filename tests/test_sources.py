"""Reading reports: what comes in, and what is said of what does not."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.errors import InputError
from dateline.report import Report
from dateline.sources import read_reports

DAY = dt.date(2025, 4, 17)


def read(*sources: Path | str, **options: Any) -> tuple[list[Report], list[InputError]]:
    """All reports and all errors."""
    errors: list[InputError] = []
    return list(read_reports(sources, on_error=errors.append, **options)), errors


def file(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def stdin(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), encoding="utf-8"))


@pytest.mark.parametrize(
    ("content", "text", "published"),
    [
        ("Talks ended.", "Talks ended.", None),
        (" date 2025-04-17 Talks ended.\nMore.\n", "Talks ended.\nMore.\n", DAY),
        ("date 2025-04-17\nTalks ended.", "Talks ended.", DAY),
        ("Date: 2025-04-17\r\nTalks\r\nended.\r\n", "Talks\r\nended.\r\n", DAY),
        ("date 2025-04-17\n\n  Talks", "\n  Talks", DAY),
        ("\ufeff date 2025-04-17 Talks", "Talks", DAY),
        ("\ufeffTalks", "Talks", None),
        ("date palms grow here", "date palms grow here", None),
        ("Date 2025 was a year", "Date 2025 was a year", None),
        ("On date 2025-04-17 talks", "On date 2025-04-17 talks", None),
        ("a\rb\u2028c\x0bd", "a\rb\u2028c\x0bd", None),
        ("Café, 東京, 🕊", "Café, 東京, 🕊", None),
    ],
)
def test_a_text_is_kept_as_it_is_but_for_its_header(
    tmp_path: Path, content: str, text: str, published: dt.date | None
) -> None:
    reports, errors = read(file(tmp_path, "wire.txt", content))
    assert (reports, errors) == (
        [Report(id="wire", text=text, published=published, published_from="header line" if published else None)],
        [],
    )


def test_json_lines_have_fields_and_what_is_unknown_is_left_out(tmp_path: Path) -> None:
    lines = (
        '{"id": "a", "text": "One.", "published": "2025-04-17", "source": "Wire", "url": "u", "title": "T", "x": []}\n'
    )
    reports, errors = read(file(tmp_path, "in.jsonl", lines))
    assert not errors
    assert reports == [
        Report(id="a", text="One.", published=DAY, published_from="field", source="Wire", url="u", title="T")
    ]


def test_fields_can_be_mapped(tmp_path: Path) -> None:
    line = '{"id": 1, "key": 12, "body": "One.", "date": "2025-04-17", "source": {"name": "Wire"}, "headline": "T"}'
    mapping = {"id": "key", "text": "body", "published": "date", "source": "outlet", "title": "headline"}
    reports, errors = read(file(tmp_path, "in.jsonl", line), fields=mapping)
    assert not errors
    assert reports == [Report(id="12", text="One.", published=DAY, published_from="field", title="T")]


def test_a_mapping_of_an_unknown_field_is_refused_at_once() -> None:
    with pytest.raises(InputError, match=r"'txt' is no field of a report; map one of id, text"):
        read_reports([], fields={"txt": "body"})


@pytest.mark.parametrize(
    "written",
    [
        '"2025-04-17"',
        '"2025-04-17T23:59:00-11:00"',
        '"2025-04-17T00:10:00+14:00"',
        '"2025-04-17T08:00:00Z"',
        '"2025-04-17 08:00"',
    ],
)
def test_the_day_is_that_of_the_clock_it_was_written_by(tmp_path: Path, written: str) -> None:
    reports, errors = read(file(tmp_path, "in.jsonl", f'{{"id": 1, "text": "x", "published": {written}}}'))
    assert (errors, reports[0].published) == ([], DAY)


@pytest.mark.parametrize(
    ("written", "given"), [('"0012"', "0012"), ("12", "12"), ("12345678901234567890123", "12345678901234567890123")]
)
def test_ids_are_as_given(tmp_path: Path, written: str, given: str) -> None:
    reports, _ = read(file(tmp_path, "in.jsonl", f'{{"id": {written}, "text": "x"}}'))
    assert reports[0].id == given


@pytest.mark.parametrize("published", ["null", '""'])
def test_a_report_without_date_is_fine_and_an_option_gives_one(tmp_path: Path, published: str) -> None:
    path = file(
        tmp_path,
        "in.jsonl",
        f'{{"id": 1, "text": "x", "published": {published}}}\n{{"id": 2, "text": "y", "published": "2024-01-01"}}',
    )
    assert [r.published for r in read(path)[0]] == [None, dt.date(2024, 1, 1)]
    reports, _ = read(path, published=DAY)
    assert [(r.published, r.published_from) for r in reports] == [(DAY, "option"), (dt.date(2024, 1, 1), "field")]


def test_an_id_that_is_not_given_comes_from_the_content(tmp_path: Path) -> None:
    one, other = (read(file(tmp_path, name, '{"text": "x"}\n{"text": "y"}'))[0] for name in ("a.jsonl", "b.jsonl"))
    assert [r.id for r in one] == [r.id for r in other]
    assert one[0].id != one[1].id
    assert len(one[0].id) == 12


@pytest.mark.parametrize("name", ["in.jsonl.gz", "in.ndjson.gz"])
def test_packed_json_lines(tmp_path: Path, name: str) -> None:
    path = file(tmp_path, name, gzip.compress(b'{"id": 1, "text": "One."}\n{"id": 2, "text": "Two."}\n'))
    assert [r.text for r in read(path)[0]] == ["One.", "Two."]


def test_packed_text(tmp_path: Path) -> None:
    reports, _ = read(file(tmp_path, "wire.txt.gz", gzip.compress(b"date 2025-04-17 One.")))
    assert reports == [Report(id="wire", text="One.", published=DAY, published_from="header line")]


def test_a_folder_is_read_in_order_of_paths_by_suffix(tmp_path: Path) -> None:
    for name in ("b.txt", "a/2.txt", "a/1.TXT", "c/in.jsonl", ".hidden/x.txt", ".x.txt", "notes.docx"):
        file(tmp_path, name, '{"id": "j", "text": "x"}' if name.endswith("jsonl") else f"text of {name}")
    reports, errors = read(tmp_path)
    assert ([r.id for r in reports], errors) == (["1", "2", "b", "j"], [])


def test_files_of_one_name_get_ids_of_their_own_and_the_same_text_comes_once(tmp_path: Path) -> None:
    for folder, text in (("a", "One."), ("b", "Two."), ("c", "One."), ("d", "Two.")):
        file(tmp_path, f"{folder}/wire.txt", text)
    reports, errors = read(tmp_path)
    assert ([(r.id, r.text) for r in reports], errors) == ([("wire", "One."), ("wire-1eb32d1e", "Two.")], [])


def test_standard_input_tells_json_lines_by_the_first_character(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin(monkeypatch, b'\n  {"id": 1, "text": "x"}\n{"id": 2}\n')
    reports, errors = read("-")
    assert [r.id for r in reports] == ["1"]
    assert [(e.where, e.line) for e in errors] == [("-", 3)]


def test_standard_input_is_one_text_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin(monkeypatch, b" date 2025-04-17 One.\n{\n")
    reports, errors = read("-")
    assert ([(r.text, r.published, len(r.id)) for r in reports], errors) == ([("One.\n{\n", DAY, 12)], [])


def test_a_file_without_known_suffix_is_told_by_content(tmp_path: Path) -> None:
    reports, errors = read(file(tmp_path, "dump", '{"id": 1, "text": "x"}'), file(tmp_path, "story.md", "A story."))
    assert ([(r.id, r.text) for r in reports], errors) == ([("1", "x"), ("story.md", "A story.")], [])


@given(text=st.text().filter(lambda text: text.strip() != ""))
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_comes_through_json_lines_unchanged(tmp_path: Path, text: str) -> None:
    path = file(tmp_path, "in.jsonl", json.dumps({"id": 1, "text": text}, ensure_ascii=False))
    assert read(path) == ([Report(id="1", text=text)], [])


@given(text=st.text(st.characters(exclude_characters="\0\ufeff")).filter(lambda text: text.strip() != ""))
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_comes_through_a_file_with_a_header_unchanged(tmp_path: Path, text: str) -> None:
    path = file(tmp_path, "wire.txt", "date 2025-04-17\n" + text)
    assert read(path) == ([Report(id="wire", text=text, published=DAY, published_from="header line")], [])


def test_reading_streams(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Endless(io.RawIOBase):
        """Lines without end."""

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            line = b'{"text": "%d"}\n' % id(object())
            buffer[: len(line)] = line
            return len(line)

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(Endless(), 64)))
    reports: Iterator[Report] = read_reports(["-"])
    assert next(reports).text


BAD = [
    # name, content, line of the error, what is said
    ("empty.txt", b"", None, "holds no text; fill the file"),
    ("blank.txt", b" \n\n", None, "holds no text"),
    ("header.txt", b"date 2025-04-17\n", None, "holds no text"),
    ("date.txt", b"date 2025-02-30 Text.", 1, "the header's date '2025-02-30' is no day; write it as YYYY-MM-DD"),
    ("other-date.txt", b"date 17.4.2025 Text.", 1, "the header's date '17.4.2025' is no day"),
    ("latin.txt", "one\ntwo caf\u00e9".encode("latin-1"), 2, "is not UTF-8 (byte 0xe9); convert it"),
    ("utf16.txt", "one".encode("utf-16"), None, "is UTF-16, not UTF-8; convert it (iconv"),
    ("binary.txt", b"one\0two", None, "is no text"),
    ("long.txt", b"x" * 101, None, "more than the 100 allowed"),
    ("longer.txt", b"x" * 5000, None, "longer than allowed; split it"),
    ("empty.jsonl", b"\n\n", None, "is empty"),
    ("broken.jsonl", b'{"text": "x"}\n{"text": "y"\n', 2, "is no JSON"),
    ("deep.jsonl", b'{"x": ' + b"[" * 100_000, 1, "is no JSON"),
    ("surrogate.jsonl", b'{"text": "\\ud83d"}', 1, "is no JSON"),
    ("latin.jsonl", '\n{"text": "caf\u00e9"}'.encode("latin-1"), 2, "is not UTF-8"),
    ("list.jsonl", b'{"text": "x"}\n["x"]', 2, "is a list, not an object"),
    ("array.json", b'[{"text": "x"},\n 7]', 2, "is no JSON"),
    ("cut.json", b'[{"text": "x"},\n\n {"text": "y', 3, "is no JSON"),
    ("notext.jsonl", b'{"body": "x", "id": 1}', 1, "with --map text=KEY (the line has body, id)"),
    ("blank.jsonl", b'{"text": " "}', 1, "has an empty 'text'"),
    ("number.jsonl", b'{"text": 7}', 1, "'text' is a number, not a string"),
    ("id.jsonl", b'{"text": "x", "id": [1]}', 1, "'id' is a list; write the id as a string or a number"),
    ("source.jsonl", b'{"text": "x", "source": {}}', 1, "'source' is an object, not a string; write"),
    ("day.jsonl", b'{"text": "x", "published": "04/05/2025"}', 1, "is no day: '04/05/2025'; write an ISO"),
    ("month.jsonl", b'{"text": "x", "published": "2025-04"}', 1, "'published' is no day"),
    ("hour.jsonl", b'{"text": "x", "published": "2025-04-17T25:00"}', 1, "'published' is no day"),
    ("epoch.jsonl", b'{"text": "x", "published": 1744848000}', 1, "'published' is no day: a number"),
    ("long.jsonl", b'{"text": "%s"}' % (b"x" * 101), 1, "the text has 101 characters, more than the 100 allowed"),
    ("twice.jsonl", b'{"id": 1, "text": "x"}\n{"id": "1", "text": "y"}', 2, "the id '1' has come before with another"),
    ("plain.jsonl.gz", b'{"text": "x"}', None, "is no sound gzip file"),
    ("half.txt.gz", gzip.compress(b"text")[:-9], None, "is no sound gzip file"),
    ("book.xlsx", b"PK\x03\x04", None, "is of a format that dateline does not read by this name; unpack it"),
    ("letter.doc", b"Dear", None, "is of a format that dateline does not read by this name; convert it"),
    ("scan", b"%PDF-1.4", None, "is of a format that dateline does not read by this name; name the file .pdf"),
    ("tree", b"<?xml version='1.0'?><tree/>", None, "is XML, but neither a feed nor a page"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "line", "said"), BAD, ids=[case[0] for case in BAD])
def test_what_is_wrong_is_one_error_and_the_rest_goes_on(
    tmp_path: Path, name: str, content: bytes, line: int | None, said: str
) -> None:
    bad = file(tmp_path, name, content)
    good = file(tmp_path, "after.txt", "After.")
    reports, errors = read(bad, good, max_characters=100)
    assert reports[-1].id == "after"
    assert [(error.where, error.line) for error in errors] == [(str(bad), line)]
    assert said in str(errors[0])


def test_a_line_beyond_all_bounds_is_skipped_unread(tmp_path: Path) -> None:
    line = b'{"text": "x", "raw": "%s"}\n' % (b"x" * (3 * 2**20))
    path = file(tmp_path, "in.jsonl", line + b'{"id": "next", "text": "y"}')
    reports, errors = read(path, max_characters=10)
    assert [r.id for r in reports] == ["next"]
    assert [(e.line, e.wrong) for e in errors] == [(1, "the text is longer than allowed")]


def test_broken_lines_are_errors_of_their_own(tmp_path: Path) -> None:
    path = file(
        tmp_path,
        "in.jsonl",
        '{"id": 1, "text": "x"}\nnonsense\n\n{"id": 2, "text": "y"}\n{"id": 3}\n{"id": 4, "text": "z"}',
    )
    reports, errors = read(path)
    assert [r.id for r in reports] == ["1", "2", "4"]
    assert [e.line for e in errors] == [2, 5]


def test_no_such_file(tmp_path: Path) -> None:
    reports, errors = read(tmp_path / "nowhere.txt", tmp_path / "nowhere", file(tmp_path, "after.txt", "After."))
    assert [r.id for r in reports] == ["after"]
    assert [e.wrong for e in errors] == ["no such file or folder"] * 2


def test_a_folder_without_reports(tmp_path: Path) -> None:
    file(tmp_path, "picture.png", b"\x89PNG")
    reports, errors = read(tmp_path)
    assert (reports, [e.wrong for e in errors]) == ([], ["holds no file that dateline reads"])


def test_without_a_handler_the_first_error_is_raised(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file or folder; check the path"):
        list(read_reports([tmp_path / "nowhere.txt"]))
