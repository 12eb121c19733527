"""The knowledge of dateline as data: TOML files with examples beside each rule, and the functions that open them.

In comes a file's name, out come plain values; what they mean is known by the room that asks. No rules in code here.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from dateline.errors import CodebookError


def load(name: str) -> dict[str, Any]:
    """The parsed TOML file `name` ("speech.toml", "frames/assault.toml"); CodebookError names what is wrong with it."""
    try:
        return tomllib.loads(resources.files(__name__).joinpath(name).read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise CodebookError(f"codebook/{name}: {error}") from error


def names(folder: str) -> Iterator[str]:
    """The names of the TOML files in a folder of the codebook, sorted, fit for `load`."""
    found = (entry.name for entry in resources.files(__name__).joinpath(folder).iterdir())
    return (f"{folder}/{name}" for name in sorted(found) if name.endswith(".toml"))


@cache
def digest() -> str:
    """Twelve digits that stand for the whole codebook: a hash of its files, their names included."""
    found = hashlib.sha256()
    for path, data in sorted(_files(resources.files(__name__), "")):
        found.update(f"{path}\0{len(data)}\0".encode() + data)
    return found.hexdigest()[:12]


def _files(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            if not entry.name.startswith("_"):
                yield from _files(entry, f"{path}{entry.name}/")
        elif not entry.name.endswith((".py", ".pyc")):
            yield path + entry.name, entry.read_bytes()
