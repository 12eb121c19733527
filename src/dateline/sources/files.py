"""Bytes of files and streams: opened and unpacked, read within bounds, decoded; faults become `InputError`s."""

from __future__ import annotations

import bz2
import codecs
import gzip
import io
import lzma
import sys
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import IO, Any, NamedTuple, cast

from dateline.errors import InputError
from dateline.sources.optional import library

STANDARD_INPUT = "-"

#: Ends of the names of packed files.
PACKED = (".gz", ".bz2", ".xz", ".zst")


class Line(NamedTuple):
    """A line of bytes with its break; `whole` is false where it was longer than allowed and `data` is its beginning."""

    number: int
    data: bytes
    whole: bool


def opened(where: str) -> AbstractContextManager[IO[bytes]]:
    """The bytes of a file or of standard input ("-", which is left open); raises InputError if it can't be opened."""
    if where == STANDARD_INPUT:
        return nullcontext(sys.stdin.buffer)
    packing = next((end for end in PACKED if where.lower().endswith(end)), None)
    zstandard = library("zstandard", where) if packing == ".zst" else None
    with told(where):
        if packing == ".gz":
            return cast("IO[bytes]", gzip.open(where, "rb"))
        if packing == ".bz2":
            return cast("IO[bytes]", bz2.open(where, "rb"))
        if packing == ".xz":
            return cast("IO[bytes]", lzma.open(where, "rb"))
        if zstandard:
            return cast("IO[bytes]", io.BufferedReader(_Zstandard(zstandard, open(where, "rb"))))
        return open(where, "rb")


def unpacked_name(where: str) -> str:
    """The name without the end that says how the file is packed."""
    end = next((end for end in PACKED if where.lower().endswith(end)), "")
    return where[: len(where) - len(end)]


def has_suffix(where: str, suffixes: tuple[str, ...]) -> bool:
    """Whether a name ends in one of the suffixes (lower case), packed or not."""
    return where.lower().endswith(suffixes) or unpacked_name(where).lower().endswith(suffixes)


def without_suffix(where: str, suffixes: tuple[str, ...]) -> str:
    """The name of a file without folder, packing and the longest suffix that it has."""
    name = unpacked_name(Path(where).name)
    end = max((s for s in suffixes if name.lower().endswith(s)), key=len, default="")
    return name[: len(name) - len(end)] or name


def read_bytes(stream: IO[bytes], where: str, limit: int) -> bytes:
    """All of a stream; raises InputError if it is longer than `limit` bytes or breaks off."""
    with told(where):
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise too_long(where, None)
    return data


def lines(stream: IO[bytes], where: str, limit: int) -> Iterator[Line]:
    """The lines of a stream, split at "\\n" alone, each cut at `limit` bytes; raises InputError if it breaks off."""
    number = 0
    while True:
        with told(where):
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
    with told(where):
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


def _damaged(where: str, error: Exception) -> InputError:
    names = {".gz": "gzip", ".bz2": "bzip2", ".xz": "xz", ".zst": "zstd"}
    packing = next((name for end, name in names.items() if where.lower().endswith(end)), "packed")
    return InputError(where, None, f"is no sound {packing} file ({error})", "pack it again, or fetch it again")


class _Zstandard(io.RawIOBase):
    """A zstd file of one frame or several; where it is damaged or cut short, reading raises EOFError.

    The library's own reader takes a file that was cut short for one that has ended.
    """

    def __init__(self, zstandard: Any, raw: IO[bytes]) -> None:
        self._zstandard, self._raw = zstandard, raw
        self._frame: Any = None
        self._rest = self._data = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        while not self._data:
            # little at a time: a few bytes of a frame can stand for megabytes
            packed = self._rest or self._raw.read(2048)
            if not packed:
                if self._frame is not None:
                    raise EOFError("it breaks off within a frame")
                return 0
            self._frame = self._frame or self._zstandard.ZstdDecompressor().decompressobj()
            try:
                self._data = self._frame.decompress(packed)
            except self._zstandard.ZstdError as error:
                raise EOFError(str(error)) from None
            self._rest = self._frame.unused_data
            if self._frame.eof:
                self._frame = None
        size = len(buffer)
        given, self._data = self._data[:size], self._data[size:]
        buffer[: len(given)] = given
        return len(given)

    def close(self) -> None:
        self._raw.close()
        super().close()


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
def told(where: str) -> Iterator[None]:
    """Turn what the system and the unpackers say of a file into an InputError."""
    try:
        yield
    except FileNotFoundError:
        raise InputError(where, None, "no such file or folder", "check the path") from None
    except (gzip.BadGzipFile, EOFError, zlib.error, lzma.LZMAError) as error:
        raise _damaged(where, error) from None
    except OSError as error:
        if error.errno is None and where.lower().endswith(
            PACKED
        ):  # what bz2 says of damage is an OSError without number
            raise _damaged(where, error) from None
        raise InputError(where, None, f"can't be read ({error.strerror or error})", "check the file") from None
