"""Web archives (WARC, as CC-NEWS and others publish them): a page that was archived is a report.

The time at which a page was archived is no day of publication and is never taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Any

from dateline.errors import InputError
from dateline.sources.files import has_suffix, opened, told
from dateline.sources.kinds import Found, Options
from dateline.sources.optional import library
from dateline.sources.pages import MAX_PAGE, page_of

_CHARSET = re.compile(r"charset=[\"']?([\w.:-]+)", re.I)


class Warc:
    """Files of web archives (`.warc`, `.arc`, packed or not)."""

    suffixes: tuple[str, ...] = (".warc", ".arc")

    def claims(self, where: str) -> bool:
        """By suffix."""
        return has_suffix(where, self.suffixes)

    def read(self, where: str, options: Options) -> Iterator[Found | InputError]:
        """The report of each page that came with status 200; what is no page (pictures, requests) is passed over."""
        warcio = library("warcio", where)
        library("trafilatura", where)
        # a head that was cut short has the library stumble in ways of its own
        wrong = (
            library("warcio.exceptions", where).ArchiveLoadFailed,
            AttributeError,
            LookupError,
            TypeError,
            ValueError,
        )
        met = False
        with opened(where) as opened_stream:
            stream = _Noting(opened_stream, where)
            records = iter(warcio.ArchiveIterator(stream))
            while True:
                try:
                    record = next(records, None)
                    if record is None:
                        stream.check_end()
                        break
                    met = True
                    page = _page(record)
                    while record.raw_stream.read(65536):
                        pass
                    if record.raw_stream.limit > 0:
                        raise ValueError(f"it breaks off {record.raw_stream.limit:,} bytes before the end of a record")
                except wrong as error:
                    if stream.fault:
                        raise stream.fault from None
                    said = str(error).strip().partition("\n")[0]
                    mend = "fetch the file again; what came before is read"
                    raise InputError(where, None, f"is no sound web archive ({said})", mend) from None
                if page is not None:
                    yield _report(record, page, where)
        if not met:
            raise InputError(where, None, "holds no record of a web archive", "fetch the file again")


class _Noting:
    """A stream that remembers how it ended: the library takes an archive that was cut short, packed or not, for one
    that has ended.
    """

    def __init__(self, stream: IO[bytes], where: str) -> None:
        self._stream, self._where = stream, where
        self._tail = b""
        self.fault: InputError | None = None

    def read(self, size: int = -1) -> bytes:
        """Some bytes; none at the end, or where the stream is damaged."""
        try:
            with told(self._where):
                data: bytes = self._stream.read1(size)  # type: ignore[attr-defined]  # every opened stream has it
        except InputError as error:
            self.fault = error
            return b""
        self._tail = (self._tail + data[-4:])[-4:]
        return data

    def check_end(self) -> None:
        """Raises the stream's fault, or ValueError if it did not end as the last record of an archive does."""
        if self.fault:
            raise self.fault
        if not self._tail.endswith(b"\n"):
            raise ValueError("it breaks off within the head of a record")


def _page(record: Any) -> bytes | None:
    """The bytes of an archived page, unpacked; None for what is none. One byte more than allowed tells a longer one."""
    if record.rec_type != "response" or record.http_headers is None:
        return None
    kind = record.http_headers.get_header("Content-Type") or ""
    if record.http_headers.get_statuscode() != "200" or "html" not in kind.lower():
        return None
    data: bytes = record.content_stream().read(MAX_PAGE + 1)
    return data


def _report(record: Any, page: bytes, where: str) -> Found | InputError:
    url: str | None = record.rec_headers.get_header("WARC-Target-URI")
    place = f"{url or 'a page without address'}: "
    if len(page) > MAX_PAGE:
        return InputError(where, None, f"{place}the page is longer than {MAX_PAGE:,} bytes", "leave it out")
    charset = _CHARSET.search(record.http_headers.get_header("Content-Type") or "")
    try:
        return page_of(page, where, url=url, charset=charset[1] if charset else None, place=place)
    except InputError as error:
        return error
