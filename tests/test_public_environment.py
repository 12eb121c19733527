"""How the checkout sets itself up: an environment that is current is left alone, one that is not is completed."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def tool(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The tool, for a checkout in a folder of its own; pip only writes down what it was asked."""
    spec = importlib.util.spec_from_file_location("environment", root / "tools" / "environment.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    venv = tmp_path / ".venv"
    for name in ("requirements-dev.txt", "pyproject.toml"):
        (tmp_path / name).write_text(name)
    for name, value in (
        ("ROOT", tmp_path),
        ("VENV", venv),
        ("STAMP", venv / "stamp"),
        ("LOCK", tmp_path / "requirements-dev.txt"),
    ):
        monkeypatch.setattr(module, name, value)
    monkeypatch.setattr(module, "has_pip", lambda python: True)
    module.asked = []
    monkeypatch.setattr(module, "pip", lambda *arguments: module.asked.append(arguments))
    return module


@pytest.fixture
def venv(tool: ModuleType) -> Path:
    """An environment that somebody made: a Python that runs, and a note."""
    (tool.VENV / "bin").mkdir(parents=True)
    (tool.VENV / "bin" / "python").symlink_to(sys.executable)
    (tool.VENV / "note").touch()
    return Path(tool.VENV)


def test_what_somebody_began_is_completed_and_then_left_alone(tool: ModuleType, venv: Path) -> None:
    assert tool.main() == 0
    assert [arguments[0] for arguments in tool.asked] == ["install", "install"]
    assert "--require-hashes" in tool.asked[0]
    assert (venv / "note").exists()
    tool.asked.clear()
    assert tool.main() == 0
    assert tool.asked == []


@pytest.mark.parametrize("name", ["requirements-dev.txt", "pyproject.toml"])
def test_a_change_of_lock_or_metadata_completes_it_again(tool: ModuleType, venv: Path, name: str) -> None:
    tool.main()
    tool.asked.clear()
    (tool.ROOT / name).write_text("changed")
    assert tool.main() == 0
    assert tool.asked


def test_what_was_not_completed_is_not_taken_for_complete(
    tool: ModuleType, venv: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(*arguments: str) -> None:
        raise tool.SetupError("pip could not")

    tool.main()
    (tool.ROOT / "pyproject.toml").write_text("changed")
    monkeypatch.setattr(tool, "pip", fails)
    assert tool.main() == 1
    assert "make: pip could not" in capsys.readouterr().err
    assert not tool.STAMP.exists()


def test_a_python_of_another_version_is_refused(
    tool: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tool, "VERSIONS", ((3, 98), (3, 99)))
    assert tool.main() == 1
    assert "dateline needs Python 3.98 up to but not 3.99, this is 3." in capsys.readouterr().err


def test_a_python_without_venv_says_what_to_install(root: Path, tmp_path: Path) -> None:
    (tmp_path / "tools").mkdir()
    for name in ("tools/environment.py", "requirements-dev.txt", "pyproject.toml"):
        (tmp_path / name).write_bytes((root / name).read_bytes())
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "venv.py").write_text("import sys; sys.exit('ensurepip is not available')")
    ran = subprocess.run(
        [sys.executable, tmp_path / "tools" / "environment.py"],
        env=os.environ | {"PYTHONPATH": str(broken)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1
    assert "apt install python3-venv" in ran.stderr
    assert "ensurepip is not available" in ran.stderr
