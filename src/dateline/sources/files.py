"""Bytes of files and streams: opened (`.gz` unpacked), read within bounds, decoded; faults become `InputError`s."""

from __future__ import annotations

import codecs
import gzip
import io
import sys
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import IO, NamedTuple, cast

from dateline.errors import InputError

STANDARD_INPUT = "-"


class Line(NamedTuple):
    """A line of bytes with its break; `whole` is false where it was longer than allowed and `data` is its beginning."""

    number: int
    data: bytes
    whole: bool


def opened(where: str) -> AbstractContextManager[IO[bytes]]:
    """The bytes of a file or of standard input ("-", which is left open); raises InputError if it can't be opened."""
    if where == STANDARD_INPUT:
        return nullcontext(sys.stdin.buffer)
    with _told(where):
        if where.lower().endswith(".gz"):
            return cast("IO[bytes]", gzip.open(where, "rb"))
        return open(where, "rb")


def read_bytes(stream: IO[bytes], where: str, limit: int) -> bytes:
    """All of a stream; raises InputError if it is longer than `limit` bytes or breaks off."""
    with _told(where):
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise too_long(where, None)
    return data


def lines(stream: IO[bytes], where: str, limit: int) -> Iterator[Line]:
    """The lines of a stream, split at "\\n" alone, each cut at `limit` bytes; raises InputError if it breaks off."""
    number = 0
    while True:
        with _told(where):
            data = stream.readline(limit)
            rest = data
            while len(rest) == limit and not rest.endswith(b"\n"):
                rest = stream.readline(limit)
        if not data:
            return
        number += 1
        yield Line(number, data, rest is data)


def looked_into(stream: IO[bytes], where: str) -> tuple[bytes, IO[bytes]]:
    """The first bytes of a stream up to something that is no blank, and the stream as if nothing had been read."""
    head = b""
    with _told(where):
        while not head.removeprefix(codecs.BOM_UTF8).strip():
            more = stream.readline(4096)
            if not more:
                break
            head += more
    return head, cast("IO[bytes]", io.BufferedReader(_Rejoined(head, stream)))


def decode(data: bytes, where: str, line: int | None) -> str:
    """The characters of UTF-8 bytes; a byte order mark at the start is dropped, line breaks stay as they are.

    Raises InputError with the line (counted from `line`, where given, or within `data`) of the first wrong byte.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise InputError(where, line, "is UTF-16, not UTF-8", "convert it (iconv -f UTF-16 -t UTF-8 OLD > NEW)")
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        at = line if line is not None else data.count(b"\n", 0, error.start) + 1
        raise InputError(
            where,
            at,
            f"is not UTF-8 (byte 0x{data[error.start]:02x})",
            "convert it (for a Western European file: iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW)",
        ) from None


def too_long(where: str, line: int | None) -> InputError:
    """The error for a text beyond the limit."""
    return InputError(where, line, "the text is longer than allowed", "split it into reports, or raise the limit")


class _Rejoined(io.RawIOBase):
    """A stream from which `head` has been read, whole again."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        size = len(buffer)
        data, self._head = self._head[:size], self._head[size:]
        data = data or self._rest.read(size)
        buffer[: len(data)] = data
        return len(data)


@contextmanager
def _told(where: str) -> Iterator[None]:
    """Turn what the system says of a file into an InputError."""
    try:
        yield
    except FileNotFoundError:
        raise InputError(where, None, "no such file or folder", "check the path") from None
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise InputError(where, None, f"is no sound gzip file ({error})", "pack it again") from None
    except OSError as error:
        raise InputError(where, None, f"can't be read ({error.strerror or error})", "check the file") from None
