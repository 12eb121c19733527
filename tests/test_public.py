"""What is public, and what a wheel must hold."""

from __future__ import annotations

import ast
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import dateline

PUBLIC = """
Account ActorRecord Book BookError CodebookError CodedReport Coder Count DatelineError InputError Interval Kinship
ModelError Quote Report Role Span code read_reports schema
"""


def test_the_public_names_are_these() -> None:
    assert sorted(dateline.__all__) == sorted(PUBLIC.split())


@pytest.mark.parametrize("name", PUBLIC.split())
def test_every_public_name_is_there_and_says_what_it_is(name: str) -> None:
    assert getattr(dateline, name).__doc__


def test_no_module_is_without_a_word_of_what_it_is(root: Path) -> None:
    for path in sorted((root / "src" / "dateline").rglob("*.py")):
        said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        assert said, path
        assert len(said) > 3, path


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The project's wheel, built as it is installed."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*pip, "--no-build-isolation", "--wheel-dir", folder, root], check=True, stdin=subprocess.DEVNULL)
    return zipfile.ZipFile(next(folder.glob("dateline-*.whl")))


def test_the_wheel_holds_all_that_the_package_reads(root: Path, wheel: zipfile.ZipFile) -> None:
    source = root / "src"
    there = {
        str(path.relative_to(source))
        for path in source.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
    }
    held = set(wheel.namelist())
    assert {"dateline/py.typed", "dateline/coded-report.schema.json"} <= held
    assert any(name.startswith("dateline/codebook/") and name.endswith(".toml") for name in held)
    assert there <= held


def test_the_wheel_names_its_licence_and_doors(wheel: zipfile.ZipFile) -> None:
    (metadata,) = (name for name in wheel.namelist() if name.endswith("dist-info/METADATA"))
    (doors,) = (name for name in wheel.namelist() if name.endswith("dist-info/entry_points.txt"))
    assert b"License-Expression: Apache-2.0" in wheel.read(metadata)
    assert any(name.endswith("licenses/LICENSE") for name in wheel.namelist())
    assert b"[dateline.sources]" in wheel.read(doors)


def test_no_lock_names_a_host_or_a_machine(root: Path) -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (root / name).read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert "://" not in text
        assert "index-url" not in text
        assert "/home/" not in text


def test_the_locks_agree(root: Path) -> None:
    def pins(name: str) -> set[str]:
        lines = (root / name).read_text(encoding="utf-8").splitlines()
        return {line.removesuffix("\\").strip() for line in lines if "==" in line}

    assert pins("requirements.txt") <= pins("requirements-dev.txt")
