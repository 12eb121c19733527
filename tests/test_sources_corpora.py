"""Each collection beside the checkout is coded by one command; some lines of each here, where they are there."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from dateline.cli import main
from dateline.coder import Coder

#: Those that hold no reports: what their lines lack is said.
_NO_REPORTS = ("semeval2015t4-timelines-dev",)
_LINES = 2


@pytest.fixture(autouse=True)
def _loaded_once(coder: Coder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands code with the session's coder: loading one takes longer than these few lines."""
    monkeypatch.setattr("dateline.cli.code.coder_of", lambda *_: coder)


def corpora() -> list[Path]:
    return sorted((Path(__file__).resolve().parents[2] / "shared" / "corpora").glob("*.jsonl.gz"))


def lines(path: Path) -> list[bytes]:
    with gzip.open(path) as packed:
        return [line for line, _ in zip(packed, range(_LINES), strict=False)]


def run(*args: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, [str(arg) for arg in args])
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.skipif(not corpora(), reason="the data folder ../shared/corpora is not there")
@pytest.mark.parametrize("path", corpora(), ids=lambda path: path.name.partition(".")[0])
def test_a_collection_is_coded_by_one_command(path: Path, tmp_path: Path) -> None:
    some = tmp_path / path.name
    some.write_bytes(gzip.compress(b"".join(lines(path))))
    status, out, err = run("code", some, "--to", "jsonl")
    if path.name.partition(".")[0] in _NO_REPORTS:
        assert (status, out) == (1, "")
        assert "has no 'text'; name the key that holds it with --map text=KEY (the line has corpus, entity" in err
        return
    assert status == 0, err
    coded, given = ([json.loads(line) for line in part] for part in (out.splitlines(), lines(path)))
    assert [c["id"] for c in coded] == [g["id"] for g in given]
    for c, g in zip(coded, given, strict=True):
        assert c["published"] == (g["published"] or "")[:10] or g["published"] is None
    foreign = [g for g in given if g.get("lang", "en") != "en"]
    assert ("languages without a reader kept, not coded" in err) == bool(foreign)
    assert [c["events"] for c, g in zip(coded, given, strict=True) if g in foreign] == [[]] * len(foreign)


def test_reports_in_languages_without_a_reader_are_kept_in_their_places(tmp_path: Path) -> None:
    spanish = "El presidente dijo que los ministros se reunieron en la capital para hablar de la paz con sus vecinos."
    french = "Le président a dit que les ministres se sont rencontrés dans la capitale pour parler de la paix."
    texts = [
        spanish,
        "The president met the minister.",
        spanish.replace("paz", "guerra"),
        "The president visited the minister.",
        french,
    ]
    path = tmp_path / "in.jsonl"
    path.write_text("".join(json.dumps({"id": i, "text": text}) + "\n" for i, text in enumerate(texts)))
    status, out, err = run("code", path, "--to", "jsonl")
    assert status == 0
    coded = [json.loads(line) for line in out.splitlines()]
    assert [(c["id"], bool(c["events"])) for c in coded] == [
        ("0", False),
        ("1", True),
        ("2", False),
        ("3", True),
        ("4", False),
    ]
    assert err.splitlines() == [
        "0: is in a language without a reader (es); kept, not coded",
        "4: is in a language without a reader (fr); kept, not coded",
        "5 reports read", err.splitlines()[3],
        "3 reports in languages without a reader kept, not coded: es 2, fr 1",
    ]  # fmt: skip
    book = tmp_path / "b.book"
    assert run("code", path, "--book", book)[0] == 0
    status, out, _ = run("show", "0", "--book", book)
    assert (status, "El presidente dijo" in out) == (0, True)
    assert "5 of them known already" in run("code", path, "--book", book)[1]
