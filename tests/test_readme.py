"""The README tells the truth: its Python runs, its commands exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from dateline.cli import main

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.search(r"```\n(dateline .*?)```", README, flags=re.DOTALL)
assert COMMANDS is not None


def test_the_python_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    [code] = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
    (tmp_path / "reports").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    exec(compile(code, "README.md", "exec"), names)
    promised = re.search(r"# Interval\(.*\)", code)
    assert promised is not None
    assert repr(names["coded"].events[0].when) == promised.group().removeprefix("# ")
    assert len(capsys.readouterr().out.splitlines()) > 10


@pytest.mark.parametrize("command", sorted(set(re.findall(r"^dateline ([a-z]+)", COMMANDS[1], flags=re.MULTILINE))))
def test_a_command_of_the_readme_exists(command: str) -> None:
    result = CliRunner().invoke(main, [command, "--help"])
    assert result.exit_code == 0
    assert "Usage" in result.output


def test_the_readme_opens_with_the_two_commands_that_set_everything_up() -> None:
    first = README.split("\n\n")[1]
    assert [line.split("#")[0].strip() for line in first.splitlines()] == ["make demo", "make test"]
