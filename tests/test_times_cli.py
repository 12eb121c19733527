"""`dateline times` on a text and on files."""

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from dateline.cli.times import command
from dateline.errors import InputError


def run(*args: str, stdin: str | None = None) -> str:
    result = CliRunner().invoke(command, list(args), input=stdin, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_text() -> None:
    out = run("He was freed on Wednesday after 498 days.", "--published", "2025-04-17")
    assert out.splitlines() == [
        "Wednesday\tDATE\t2025-04-16\t\t2025-04-16\trelative.weekday",
        "498 days\tDURATION\tP498D\t\t\tduration.counted",
    ]


def test_a_text_as_json() -> None:
    (line,) = run("in early May 2024", "--json").splitlines()
    assert json.loads(line) == {
        "text": "early May 2024", "start": 3, "end": 17, "type": "DATE", "value": "2024-05", "mod": "START",
        "days": "2024-05-01/2024-05-10", "rule": "date.month-year",
    }  # fmt: skip


RECORD = {"doc": "a", "dct": "2025-04-17T10:30:00", "text": "He left on Wednesday."}
TAGGED = {"doc": "a", "timexes": [{"start": 11, "end": 20, "type": "DATE", "value": "2025-04-16", "mod": None}]}


@pytest.mark.parametrize("packed", [False, True])
def test_a_file(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / "reports.jsonl"
    data = (json.dumps(RECORD) + "\n\n" + json.dumps(RECORD | {"doc": "b", "dct": None}) + "\n").encode()
    path.write_bytes(gzip.compress(data) if packed else data)
    lines = [json.loads(line) for line in run("--jsonl", str(path)).splitlines()]
    assert lines[0] == TAGGED
    assert lines[1]["timexes"][0]["value"] == "XXXX-WXX-3"


def test_standard_input() -> None:
    assert json.loads(run("--jsonl", "-", stdin=json.dumps(RECORD))) == TAGGED


def test_narrative(tmp_path: Path) -> None:
    path = tmp_path / "history.jsonl"
    path.write_text(json.dumps({"doc": "a", "dct": "2009-12-19", "text": "In March 1940 it ended. In June he fled."}))
    line = json.loads(run("--jsonl", str(path), "--narrative"))
    assert [timex["value"] for timex in line["timexes"]] == ["1940-03", "1940-06"]


@pytest.mark.parametrize(
    ("content", "line", "wrong"),
    [
        (b"{}\n", 1, '"doc" is missing'),
        (b'{"doc": "a", "text": "x"}\n[1]\n', 2, "no JSON object"),
        (b'{"doc": "a"', 1, "no JSON"),
        (b'\xff\xfe{"doc": "a"}', 1, "not UTF-8"),
        (b'{"doc": "a", "text": "x", "dct": "soon"}', 1, "'soon' is no day"),
        (b'{"doc": "a", "text": "x", "dct": 5}', 1, "5 is no day"),
        (gzip.compress(b'{"doc": "a", "text": "x"}' * 50)[:40], 1, "damaged"),
    ],
)
def test_input_that_can_not_be_read(tmp_path: Path, content: bytes, line: int, wrong: str) -> None:
    path = tmp_path / "reports.jsonl"
    path.write_bytes(content)
    result = CliRunner().invoke(command, ["--jsonl", str(path)])
    assert isinstance(result.exception, InputError)
    assert (result.exception.where, result.exception.line) == (str(path), line)
    assert wrong in result.exception.wrong
    assert result.exception.mend


def test_a_missing_file() -> None:
    result = CliRunner().invoke(command, ["--jsonl", "/no/such/file"])
    assert isinstance(result.exception, InputError)


def test_a_bad_day() -> None:
    result = CliRunner().invoke(command, ["today", "--published", "someday"])
    assert isinstance(result.exception, InputError)


@pytest.mark.parametrize("args", [[], ["a text", "--jsonl", "-"]])
def test_text_or_file(args: list[str]) -> None:
    result = CliRunner().invoke(command, args)
    assert result.exit_code == 2
