"""Folders: every file beneath that some kind reads, by suffix, in the order of their paths."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from dateline.errors import InputError
from dateline.sources.kinds import Found, Options, installed, known_suffixes


class Folder:
    """A folder, read recursively; hidden files and folders are left out, links to folders not followed."""

    suffixes: tuple[str, ...] = ()

    def claims(self, where: str) -> bool:
        """Whether it is a folder."""
        return Path(where).is_dir()

    def read(self, where: str, options: Options) -> Iterator[Found | InputError]:
        """What the files hold; a file that can't be read is one error among the rest."""
        met = False
        for path in _files(Path(where)):
            name = path.name.lower()
            kind = next((k for k in installed().values() if k.suffixes and name.endswith(k.suffixes)), None)
            if kind is None:
                continue
            met = True
            try:
                yield from kind.read(str(path), options)
            except InputError as error:
                yield error
        if not met:
            known = ", ".join(known_suffixes())
            raise InputError(where, None, "holds no file that dateline reads", f"name the files ({known})")


def _files(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        # os.walk goes where the list says, in its order.
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(parent, name) for name in sorted(names) if not name.startswith("."))
