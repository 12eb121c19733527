"""What others can open: coded reports and events in formats of other tools.

An export is a plug-in of the entry point group `dateline.exports`: a class without arguments that has what `Export`
asks for. In go coded reports or a book's events, out come bytes; nothing here opens a book.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, BinaryIO, Protocol

from dateline.errors import DatelineError
from dateline.record import CodedReport
from dateline.report import Report

if TYPE_CHECKING:
    from dateline.merging.event import Event

GROUP = "dateline.exports"


class Export(Protocol):
    """What a class behind an entry point of `dateline.exports` does."""

    def coded(self, pairs: Iterable[tuple[Report, CodedReport]], out: BinaryIO) -> Iterator[tuple[Report, CodedReport]]:
        """Write each coded report as it passes, and hand it on."""

    def events(self, events: Iterable[Event], out: BinaryIO) -> None:
        """Write the events of a book."""


def export_names() -> list[str]:
    """The names of all exports that are installed."""
    return sorted({e.name for e in entry_points(group=GROUP)})


def find_export(name: str) -> Export:
    """The export of that name; DatelineError lists those there are."""
    found = {e.name: e for e in entry_points(group=GROUP)}
    if name not in found:
        raise DatelineError(f"no export {name!r}; there are: {', '.join(sorted(found))}")
    export: Export = found[name].load()()
    return export
