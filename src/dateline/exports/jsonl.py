"""JSON lines: a coded report a line as `CodedReport.to_json` has it, an event a line with all its accounts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from dateline.record import CodedReport
from dateline.report import Report

if TYPE_CHECKING:
    from dateline.merging.event import Event


class JsonLines:
    """One JSON document a line, UTF-8, keys in a fixed order."""

    about = "an event a line with all its accounts (or a coded report a line), everything that dateline knows"
    suffix = ".jsonl"

    def coded(self, pairs: Iterable[tuple[Report, CodedReport]], out: BinaryIO) -> Iterator[tuple[Report, CodedReport]]:
        """Write each coded report as it passes, and hand it on."""
        for report, coded in pairs:
            out.write(coded.to_json() + b"\n")
            yield report, coded

    def events(self, events: Iterable[Event], out: BinaryIO) -> None:
        """Write the events of a book."""
        for event in events:
            out.write(msgspec.json.encode(event) + b"\n")
