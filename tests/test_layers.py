"""Imports follow the way of a report, and heavy libraries load only where they are needed."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest


def test_the_contracts_are_kept(root: Path) -> None:
    asked = "from importlinter.cli import lint_imports_command; lint_imports_command(['--no-cache'])"
    ran = subprocess.run([sys.executable, "-c", asked], cwd=root, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize(
    "module", ["dateline", "dateline.record", "dateline.sources", "dateline.evaluation", "dateline.cli"]
)
def test_light_modules_load_nothing_heavy(module: str) -> None:
    asked = f"import sys, {module}; print(sorted({{'spacy', 'duckdb', 'numpy', 'rich'}} & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


@pytest.mark.parametrize("group", ["dateline.sources", "dateline.coders", "dateline.exports", "spacy_factories"])
def test_every_door_of_the_package_opens(group: str) -> None:
    own = [door for door in entry_points(group=group) if door.dist and door.dist.name == "dateline"]
    for door in own:
        assert callable(door.load()), door


def test_dateline_comes_in_by_its_own_doors() -> None:
    assert {"text", "jsonl", "folder", "by-content"} <= {door.name for door in entry_points(group="dateline.sources")}
    assert "frames" in {door.name for door in entry_points(group="dateline.coders")}


def test_the_tagger_of_times_is_there_for_any_pipeline() -> None:
    asked = "import spacy; print(spacy.blank('en').add_pipe('dateline_times').name)"
    ran = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=False)
    assert ran.stdout.strip() == "dateline_times", ran.stderr
