"""Sets up `.venv` in the checkout: what the lock file names, then the project itself, editable.

Needs nothing but Python. An environment that is up to date is left alone (a stamp in it says what it was made from);
one that is not, or that somebody else began, is completed. Run by the Makefile: `python3 tools/environment.py`.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "dateline-stamp"
LOCK = ROOT / "requirements-dev.txt"
VERSIONS = ((3, 11), (3, 14))


class SetupError(Exception):
    """Why the environment can't be set up, and what to do."""


def main() -> int:
    """Complete the environment if it needs it; the exit status."""
    try:
        wanted = stamp()
        if STAMP.is_file() and STAMP.read_text(encoding="utf-8") == wanted and python_in_venv():
            return 0
        print("Setting up .venv (once; a minute or two) …", flush=True)
        make_venv()
        STAMP.unlink(missing_ok=True)
        pip("install", "--require-hashes", "--only-binary", ":all:", "--requirement", str(LOCK))
        pip("install", "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
        STAMP.write_text(wanted, encoding="utf-8")
    except SetupError as error:
        print(f"make: {error}", file=sys.stderr)
        return 1
    return 0


def stamp() -> str:
    """What the environment depends on, in one line: the lock, the project's metadata, where it lies."""
    digest = hashlib.sha256()
    for part in (LOCK.read_bytes(), (ROOT / "pyproject.toml").read_bytes(), os.fsencode(ROOT)):
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest() + "\n"


def python_in_venv() -> Path | None:
    """The environment's interpreter if it runs and is of a version that the project supports."""
    python = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    question = f"import sys; sys.exit(not {VERSIONS[0]} <= sys.version_info[:2] < {VERSIONS[1]})"
    try:
        ran = subprocess.run([python, "-c", question], capture_output=True, check=False)
    except OSError:
        return None
    return python if ran.returncode == 0 else None


def make_venv() -> None:
    """An environment with a working interpreter and pip, made or completed."""
    low, high = (".".join(map(str, version)) for version in VERSIONS)
    if not python_in_venv():
        if not VERSIONS[0] <= sys.version_info[:2] < VERSIONS[1]:
            version = ".".join(map(str, sys.version_info[:2]))
            raise SetupError(
                f"dateline needs Python {low} up to but not {high}, this is {version}; try make PYTHON=python3.12"
            )
        ran = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True, check=False)
        if ran.returncode:
            raise SetupError(no_venv(ran.stdout + ran.stderr))
    python = python_in_venv()
    if not python:
        raise SetupError(".venv holds a Python that does not run or is of another version; remove it (rm -r .venv)")
    if not has_pip(python):
        ran = subprocess.run([python, "-m", "ensurepip"], capture_output=True, text=True, check=False)
        if ran.returncode:
            raise SetupError(no_venv(ran.stdout + ran.stderr))


def has_pip(python: Path) -> bool:
    """Whether pip runs in the environment (other makers of environments leave it out)."""
    return subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0


def no_venv(told: str) -> str:
    """The message for a Python that can't make environments (Debian keeps that in a package of its own)."""
    return (
        f"this Python can't make a virtual environment; on Debian or Ubuntu: apt install python3-venv\n{told.strip()}"
    )


def pip(*arguments: str) -> None:
    """Run pip in the environment; raises SetupError if it fails (what pip said has been shown)."""
    python = python_in_venv()
    quiet = ["--quiet", "--no-input", "--disable-pip-version-check"]
    ran = subprocess.run([str(python), "-m", "pip", *arguments, *quiet], check=False)
    if ran.returncode:
        raise SetupError("pip could not install what dateline needs (see above); run make again once that is mended")


if __name__ == "__main__":
    sys.exit(main())
