"""`dateline times`: the time expressions of a text, or of a file of texts."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import click

from dateline.errors import InputError

if TYPE_CHECKING:
    from dateline.reading.annotations import Timex

_ENCODING_MEND = "save it as UTF-8"


def _day(text: str | None, where: str, line: int | None) -> dt.date | None:
    if not text:
        return None
    try:
        return dt.datetime.fromisoformat(text).date()
    except (ValueError, TypeError):
        try:
            return dt.date.fromisoformat(str(text)[:10])
        except ValueError:
            raise InputError(where, line, f"{text!r} is no day", "write it as 2025-04-17") from None


def _open(path: str) -> BinaryIO:
    if path == "-":
        return sys.stdin.buffer
    try:
        with open(path, "rb") as start:
            packed = start.read(2) == b"\x1f\x8b"
        return cast("BinaryIO", gzip.open(path, "rb")) if packed else open(path, "rb")
    except OSError as error:
        raise InputError(path, None, f"can't be read ({error.strerror})", "give the path of a JSONL file") from error


def _records(path: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a JSONL file with their line numbers; raises InputError for a line that is none."""
    number = 0
    try:
        with _open(path) as lines:
            for number, raw in enumerate(lines, 1):
                if not raw.strip():
                    continue
                yield number, _record(path, number, raw)
    except (EOFError, gzip.BadGzipFile) as error:
        raise InputError(path, number + 1, f"the gzip file is damaged ({error})", "pack it again") from error


def _record(path: str, number: int, raw: bytes) -> dict[str, Any]:
    try:
        record = json.loads(raw.decode("utf-8-sig" if number == 1 else "utf-8"))
    except UnicodeDecodeError as error:
        raise InputError(path, number, "the line is not UTF-8", _ENCODING_MEND) from error
    except json.JSONDecodeError as error:
        raise InputError(path, number, f"the line is no JSON ({error.msg})", "write one object a line") from error
    if not isinstance(record, dict):
        raise InputError(path, number, "the line is no JSON object", 'write {"doc": …, "dct": …, "text": …}')
    for name in ("doc", "text"):
        if not isinstance(record.get(name), str):
            raise InputError(path, number, f'"{name}" is missing or no string', 'write {"doc": …, "dct": …, "text": …}')
    return record


def _plain(times: tuple[Timex, ...]) -> list[dict[str, object]]:
    return [
        {"start": time.start, "end": time.end, "type": time.type, "value": time.value, "mod": time.mod}
        for time in times
    ]


def _days(time: Timex) -> str:
    from dateline.reading.times import edtf_interval

    return "" if time.interval is None else edtf_interval(time.interval)


@click.command("times")
@click.argument("text", required=False)
@click.option("--published", metavar="DAY", help="The day of publication (2025-04-17), which relative times lean on.")
@click.option(
    "--jsonl", "path", metavar="FILE", help='Tag a file of {"doc", "dct", "text"} lines ("-": standard input).'
)
@click.option(
    "--narrative", is_flag=True, help="The text is a history: lean on what it named last, not on publication."
)
@click.option("--day-first/--month-first", default=None, help="How to read 3/4/2024; by default as the text shows.")
@click.option("--json", "as_json", is_flag=True, help="Print TEXT's expressions as JSON, one a line.")
def command(
    text: str | None, published: str | None, path: str | None, narrative: bool, day_first: bool | None, as_json: bool
) -> None:
    """Print the time expressions of TEXT: words, TIMEX3 type and value, days, rule.

    \b
    dateline times "He was freed on Wednesday." --published 2025-04-17
    dateline times --jsonl reports.jsonl.gz > times.jsonl
    """
    if (text is None) == (path is None):
        raise click.UsageError("Give either TEXT or --jsonl FILE.")
    from dateline.reading.times import tag

    if path is not None:
        for number, record in _records(path):
            day = _day(record.get("dct") or published, path, number)
            times = tag(record["text"], day, narrative=narrative, day_first=day_first)
            click.echo(json.dumps({"doc": record["doc"], "timexes": _plain(times)}, ensure_ascii=False))
        return
    assert text is not None
    for time in tag(text, _day(published, "--published", None), narrative=narrative, day_first=day_first):
        words = text[time.start : time.end]
        if as_json:
            line = {"text": words, **_plain((time,))[0], "days": _days(time) or None, "rule": time.rule}
            click.echo(json.dumps(line, ensure_ascii=False))
        else:
            cells = (words, time.type, time.value, time.mod or "", _days(time), time.rule)
            click.echo("\t".join(cells))
