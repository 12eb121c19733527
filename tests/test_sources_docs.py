"""What docs/formats.md and docs/sources.md show is so."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import msgspec
import pytest

from dateline.evaluation import GoldReport
from dateline.record import CodedReport, schema
from dateline.sources import Options, kinds, read_reports


def blocks(root: Path, language: str) -> list[str]:
    page = (root / "docs" / "formats.md").read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", page, re.S)


def test_the_text_and_the_line_are_the_same_report(root: Path, tmp_path: Path) -> None:
    (tmp_path / "oslo.txt").write_text(blocks(root, "text")[0].removesuffix("\n"), encoding="utf-8")
    (tmp_path / "oslo.jsonl").write_text(blocks(root, "json")[0], encoding="utf-8")
    text, line = (next(read_reports([tmp_path / name])) for name in ("oslo.txt", "oslo.jsonl"))
    assert (text.id, text.text, text.published) == (line.id, line.text, line.published)


def test_the_coded_report_fits_schema_and_text(root: Path) -> None:
    line, coded, _ = (json.loads(block) for block in blocks(root, "json"))
    jsonschema.Draft202012Validator(schema()).validate(coded)
    record = msgspec.convert(coded, CodedReport)
    shown = {field: [line["text"][slice(*s)] for s in spans] for field, spans in record.events[0].evidence.items()}
    assert shown == {"type": ["met"], "actor": ["Ana Silva", "Per Dahl"], "when": ["Monday"], "where": ["Oslo"]}


def test_the_gold_is_gold(root: Path) -> None:
    gold = msgspec.json.decode(blocks(root, "json")[2], type=GoldReport)
    assert [gold.text[slice(*anchor)] for anchor in gold.events[0].anchors] == ["met"]


def test_a_kind_of_source_can_be_added(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there: dict[str, type] = {}
    exec(blocks(root, "python")[0], there)
    bulletin = there["Bulletin"]()
    known = {"bulletin": bulletin, **kinds.installed()}
    monkeypatch.setattr(kinds, "installed", lambda: known)
    path = tmp_path / "a.bulletin"
    path.write_text("One.\n\nTwo.\n", encoding="utf-8")
    errors: list[Exception] = []
    assert [r.text for r in read_reports([path], on_error=errors.append)] == ["One.\n", "Two.\n"]
    assert [str(error) for error in errors] == [f"{path}:2: is blank; take it out"]
    assert list(bulletin.read(str(path), Options()))


def test_every_kind_and_suffix_is_in_the_table_of_sources(root: Path) -> None:
    page = (root / "docs" / "sources.md").read_text(encoding="utf-8")
    table = "\n".join(line for line in page.splitlines() if line.startswith("|") and "dateline code" in line)
    own = {name: kind for name, kind in kinds.installed().items() if type(kind).__module__.startswith("dateline.")}
    assert table.count("\n") + 1 == len(own)
    missing = [s for kind in own.values() for s in kind.suffixes if f"`{s.removesuffix('.gz')}`" not in table]
    assert missing == []


def test_the_bounds_in_the_docs_are_those_of_the_code(root: Path) -> None:
    from dateline.sources import databases, fetching, mail, pages, pdf, watching

    page = (root / "docs" / "sources.md").read_text(encoding="utf-8")
    said = {"page, feed": pages.MAX_PAGE, "mail": mail.MAX_MESSAGE, "PDF": pdf.MAX_FILE, "export": databases.MAX_MARKUP}
    for what, size in said.items():
        assert re.search(rf"^\| {what}[^|]*\| {size // 2**20} MiB", page, re.M), what
    assert f"{kinds.MAX_CHARACTERS:,} characters" in page
    assert fetching.MAX_BYTES == pages.MAX_PAGE
    assert f"take {fetching.MAX_SECONDS:.0f} seconds" in page
    assert watching.LONGEST_PAUSE == 86400
