"""The accuracy gate refuses figures below a floor, and floors that sank."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from dateline.evaluation import Figures, Share
from dateline.evaluation.figures import Traps


@pytest.fixture
def gate(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The tool, in a checkout of its own with one gold file whose figures are made up."""
    spec = importlib.util.spec_from_file_location("accuracy", root / "tools" / "accuracy.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    gold = tmp_path / "tests" / "gold"
    gold.mkdir(parents=True)
    (gold / "wire.jsonl").touch()
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "FLOORS", gold / "floors.toml")
    monkeypatch.setattr(module, "BESIDE", ())
    monkeypatch.setattr(module, "measure", lambda path: measured())
    monkeypatch.setattr(sys, "argv", ["accuracy.py"])
    monkeypatch.delenv("ACCEPT_LOWER_FLOOR", raising=False)
    git(tmp_path, "init", "--quiet")
    return module


def measured() -> Figures:
    """Two thirds of everything, three of four traps avoided."""
    some = Share(right=2, predicted=3, gold=3)
    return Figures(
        event=some, dyad=some, record=some, quotes=some, quotes_with_speaker=some, roles=some, kin=some,
        accuracy={"when": 0.29},
        traps=Traps(gold=4, reported_as_real=1, seen_for_what_they_are=2),
        by_type={"ASSAULT": some},
    )  # fmt: skip


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def floors(gate: ModuleType, text: str, *, commit: bool = False) -> None:
    gate.FLOORS.write_text(text, encoding="utf-8")
    if commit:
        git(gate.ROOT, "add", ".")
        git(gate.ROOT, "commit", "--quiet", "-m", "floors")


@pytest.mark.parametrize(
    ("figure", "floor", "status"),
    [
        ("event.f1", 0.66, 0),
        ("event.f1", 0.67, 1),
        ("by_type.ASSAULT.p", 0.66, 0),
        ("by_type.AID.f1", 0.1, 1),
        ("accuracy.when", 0.29, 0),
        ("accuracy.when", 0.3, 1),
        ("traps.avoided", 0.75, 0),
        ("traps.avoided", 0.8, 1),
        ("nonsense", 0.1, 1),
    ],
)
def test_a_figure_below_its_floor_fails(gate: ModuleType, figure: str, floor: float, status: int) -> None:
    floors(gate, f'[wire]\n"{figure}" = {floor}\n')
    assert gate.main() == status


@pytest.mark.parametrize("after", ['[wire]\n"event.f1" = 0.4\n', "[wire]\n", ""])
def test_a_floor_can_not_sink_silently(
    gate: ModuleType, after: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    floors(gate, '[wire]\n"event.f1" = 0.5\n', commit=True)
    assert gate.main() == 0
    floors(gate, after)
    assert gate.main() == 1
    assert "floor lowered: wire: event.f1 from 0.5 to" in capsys.readouterr().err
    monkeypatch.setenv("ACCEPT_LOWER_FLOOR", "1")
    assert gate.main() == (0 if after.startswith("[wire]") else 1)


def test_gold_without_floors_and_floors_without_gold_fail(gate: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    floors(gate, '[gone]\n"event.f1" = 0.5\n')
    assert gate.main() == 1
    out = capsys.readouterr().out
    assert "wire: has no floors" in out
    assert "gone: has floors but no gold" in out


def test_raising_lifts_and_never_lowers(gate: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    floors(gate, '[wire]\n"event.f1" = 0.123\n"event.p" = 0.905\n')
    monkeypatch.setattr(sys, "argv", ["accuracy.py", "--raise"])
    assert gate.main() == 0
    assert tomllib.loads(gate.FLOORS.read_text()) == {"wire": {"event.f1": 0.66, "event.p": 0.905}}
    gate.FLOORS.unlink()
    assert gate.main() == 0
    lifted = tomllib.loads(gate.FLOORS.read_text())["wire"]
    assert lifted["dyad.f1"] == 0.66
    assert lifted["traps.avoided"] == 0.75
    floors(gate, '[wire]\n"accuracy.when" = 0.1\n')
    assert gate.main() == 0
    assert tomllib.loads(gate.FLOORS.read_text()) == {"wire": {"accuracy.when": 0.29}}
