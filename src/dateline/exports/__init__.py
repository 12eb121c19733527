"""What others can open: coded reports and events in formats of other tools.

An export is a plug-in of the entry point group `dateline.exports`: a class without arguments that has what `Export`
asks for, or, where a format is a folder of files, `FolderExport`. In go coded reports or a book's events, out come
bytes; nothing here opens a book or looks a place up (`selection.Selection` is handed both).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

from dateline.errors import DatelineError
from dateline.record import CodedReport
from dateline.report import Report

if TYPE_CHECKING:
    from dateline.exports.selection import Selection

GROUP = "dateline.exports"
#: Listed before all others: what most ask for first.
_FIRST = ("csv", "jsonl")


class Export(Protocol):
    """What a class behind an entry point of `dateline.exports` does; a line of `about` and a `suffix` are welcome."""

    def coded(self, pairs: Iterable[tuple[Report, CodedReport]], out: BinaryIO) -> Iterator[tuple[Report, CodedReport]]:
        """Write each coded report as it passes, and hand it on."""

    def events(self, events: Selection, out: BinaryIO) -> None:
        """Write the events of a book; `events` can be iterated over as plain events."""


class FolderExport(Protocol):
    """What an export does whose format is a folder of files."""

    def pages(self, events: Selection) -> Iterator[tuple[str, bytes]]:
        """The files, each as a path relative to the folder, with "/", and its bytes."""


class BookExport:
    """The base of exports that are made of a book's events alone."""

    #: One line for `dateline formats`.
    about = ""
    #: What a file of this format ends in; empty for a folder.
    suffix = ""

    def coded(self, pairs: Iterable[tuple[Report, CodedReport]], out: BinaryIO) -> Iterator[tuple[Report, CodedReport]]:
        """No such form: raises DatelineError, which says what to do instead."""
        name = type(self).__name__
        raise DatelineError(f"{name} is made of events, not of single reports; code into a book, then: dateline export")


def export_names() -> list[str]:
    """The names of all exports that are installed, the common ones first."""
    return sorted({e.name for e in entry_points(group=GROUP)}, key=lambda name: (name not in _FIRST, name))


def find_export(name: str) -> Any:
    """The export of that name, an `Export` or a `FolderExport`; DatelineError lists those there are."""
    found = {e.name: e for e in entry_points(group=GROUP)}
    if name not in found:
        raise DatelineError(f"no export {name!r}; there are: {', '.join(export_names())}")
    return found[name].load()()


def write(name: str, events: Selection, out: BinaryIO | None = None, path: Path | None = None) -> None:
    """Write events by the export of that name into `path`, or to `out` if there is none.

    A file appears whole or not at all; a folder must be new or empty. Raises DatelineError for what can't be written.
    """
    export = find_export(name)
    if hasattr(export, "pages"):
        if path is None:
            raise DatelineError(f"{name} is a folder of files; say where with --out FOLDER")
        _write_folder(export, events, path)
    elif path is not None:
        _write_file(export, events, path)
    elif out is not None:
        export.events(events, out)


def _write_file(export: Export, events: Selection, path: Path) -> None:
    if not path.parent.is_dir():
        raise DatelineError(f"{path}: no folder {path.parent}; make it first")
    if path.is_dir():
        raise DatelineError(f"{path}: a folder; name a file")
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as out:
            export.events(events, out)
        part.replace(path)
    except OSError as error:
        raise DatelineError(f"{path}: can't be written: {error.strerror}") from error
    finally:
        part.unlink(missing_ok=True)


def _write_folder(export: FolderExport, events: Selection, path: Path) -> None:
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise DatelineError(f"{path}: there is something already; name a new or an empty folder")
    try:
        for name, page in export.pages(events):
            file = path.joinpath(*name.split("/"))
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(page)
    except OSError as error:
        raise DatelineError(f"{path}: can't be written: {error.strerror}") from error
