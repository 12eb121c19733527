"""Objects out of a stream of JSON, one at a time: the members of a list, or objects one after another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from dateline.sources.files import told

_CHUNK = 65536
#: What bears on where an object ends: brackets outside strings; inside them the closing mark and what is escaped.
_BRACKET = re.compile(rb'["{}\[\]]')
_IN_STRING = re.compile(rb'["\\]')


def values(stream: IO[bytes], where: str, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """The 1-based line at which each object begins, and its bytes; None for one of more than `limit` bytes.

    What stands between objects (the brackets of the list around them, commas, blanks) is passed over; what else stands
    there, and an object that does not end, comes as it is, for the parser to refuse.
    """
    scan = _Scan(limit)
    while True:
        with told(where):
            chunk = stream.read(_CHUNK)
        if not chunk:
            break
        yield from scan.feed(chunk)
    yield from scan.rest()


class _Scan:
    """Where the reading stands: the bytes of the object begun, its depth, whether inside a string."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._held: list[bytes] = []
        self._size = 0
        self._depth = 0
        self._string = self._escaped = False
        self._line, self._began = 1, 1

    def feed(self, chunk: bytes) -> Iterator[tuple[int, bytes | None]]:
        """The objects that end in a further chunk."""
        start = at = 0
        counted = 0
        if self._escaped:
            self._escaped, at = False, 1
        while at < len(chunk):
            found = (_IN_STRING if self._string else _BRACKET).search(chunk, at)
            if found is None:
                break
            at, mark = found.end(), found[0]
            if self._string:
                self._string = mark != b'"'
                if mark == b"\\":
                    self._escaped, at = at == len(chunk), at + 1
            elif mark == b'"':
                self._string = True
            elif mark == b"{":
                if self._depth == 0:
                    yield from self._between(chunk[start : found.start()])
                    start = found.start()
                    self._line += chunk.count(b"\n", counted, start)
                    counted = start
                    self._began = self._line
                self._depth += 1
            elif mark == b"}" and self._depth:
                self._depth -= 1
                if self._depth == 0:
                    self._hold(chunk[start:at])
                    start = at
                    yield self._taken()
        self._line += chunk.count(b"\n", counted)
        self._hold(chunk[start:])

    def rest(self) -> Iterator[tuple[int, bytes | None]]:
        """What is left at the end of the stream."""
        if self._depth:
            yield self._taken()
        else:
            yield from self._between(b"")

    def _between(self, more: bytes) -> Iterator[tuple[int, bytes | None]]:
        """What stood between objects, if it is no mere punctuation."""
        self._hold(more)
        _, data = self._taken()
        if data is None or data.removeprefix(b"\xef\xbb\xbf").strip(b" \t\r\n,[]"):
            yield self._line, data

    def _hold(self, data: bytes) -> None:
        self._size += len(data)
        if self._size <= self._limit:
            self._held.append(data)
        else:
            self._held.clear()

    def _taken(self) -> tuple[int, bytes | None]:
        data = b"".join(self._held) if self._size <= self._limit else None
        self._held.clear()
        self._size = 0
        return self._began, data
