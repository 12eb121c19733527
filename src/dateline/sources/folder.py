"""Folders: every file beneath that some kind reads, by suffix, in the order of their paths."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from dateline.errors import InputError
from dateline.sources.files import has_suffix
from dateline.sources.kinds import Found, Kind, Options, installed, known_suffixes


class Folder:
    """A folder, read recursively; hidden files and folders are left out, links to folders not followed."""

    suffixes: tuple[str, ...] = ()

    def claims(self, where: str) -> bool:
        """Whether it is a folder."""
        return Path(where).is_dir()

    def read(self, where: str, options: Options) -> Iterator[Found | InputError]:
        """What the files hold; a file or folder beneath that can't be read is one error among the rest."""
        met = False
        for path in _files(where):
            met = True
            if isinstance(path, InputError):
                yield path
                continue
            try:
                yield from _kind(path).read(path, options)
            except InputError as error:
                yield error
        if not met:
            known = ", ".join(known_suffixes())
            raise InputError(where, None, "holds no file that dateline reads", f"name the files ({known})")


def _files(folder: str) -> Iterator[str | InputError]:
    """The paths of files that a kind reads, and an error for each folder that can't be listed."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield InputError(folder, None, f"can't be read ({error.strerror})", "check the folder")
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path)
        elif has_suffix(entry.path, known_suffixes()):
            yield entry.path


def _kind(path: str) -> Kind:
    """The first kind that has the file's suffix and claims it; one that looks inside may leave it to the next."""
    fitting = [kind for kind in installed().values() if kind.suffixes and has_suffix(path, kind.suffixes)]
    return next((kind for kind in fitting if kind.claims(path)), fitting[-1])
