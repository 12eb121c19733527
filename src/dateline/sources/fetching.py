"""One document of the web, fetched with bounds: http and https only, no private addresses, so large, so long.

Each address of a host is checked before the connection is made, and the connection goes to the very address that was
checked; a redirect is a new address, checked like the first. No proxy of the environment is used.
"""

from __future__ import annotations

import datetime as dt
import http.client
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from contextlib import closing, suppress
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from urllib.parse import quote, urljoin, urlsplit

import msgspec

from dateline.errors import InputError

MAX_BYTES = 16 * 2**20
MAX_SECONDS = 30.0
_REDIRECTS = 5
_CHUNK = 65536
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """How large an answer may be, unpacked; how long all of it may take; whether hosts may be in private networks."""

    bytes: int = MAX_BYTES
    seconds: float = MAX_SECONDS
    allow_private: bool = False


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """What a server gave; `data` is None where it said that nothing has changed (304).

    `url` is the address after redirects; `etag` and `modified` are to be sent with the next request.
    """

    url: str
    data: bytes | None
    type: str = ""
    charset: str | None = None
    etag: str | None = None
    modified: str | None = None


class FetchError(InputError):
    """A document that could not be fetched; `retry_after` are the seconds for which the server wants to be left alone,
    `lasting` says that another try won't help.
    """

    def __init__(
        self, where: str, wrong: str, mend: str, *, retry_after: float | None = None, lasting: bool = False
    ) -> None:
        self.retry_after, self.lasting = retry_after, lasting
        super().__init__(where, None, wrong, mend)


def fetch(url: str, limits: Limits, *, etag: str | None = None, modified: str | None = None) -> Document:
    """Fetch a document; raises FetchError. With `etag` or `modified` the server may say that nothing has changed."""
    end = time.monotonic() + limits.seconds
    where, at = url, url
    headers = {
        "User-Agent": f"dateline/{version('dateline')}",
        "Accept": "application/rss+xml, application/atom+xml, text/html, application/xml;q=0.9, */*;q=0.5",
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }
    headers |= {"If-None-Match": etag} if etag else {}
    headers |= {"If-Modified-Since": modified} if modified else {}
    for _ in range(_REDIRECTS + 1):
        answer = _ask(at, where, headers, limits, end)
        if isinstance(answer, Document):
            return answer
        if at.lower().startswith("https:") and answer.lower().startswith("http:"):
            wrong = f"leads from https to http ({answer})"
            raise FetchError(where, wrong, "name that address itself if you trust it", lasting=True)
        at = answer
    raise FetchError(where, f"leads on more than {_REDIRECTS} times", "name the address it ends at", lasting=True)


def _ask(url: str, where: str, headers: dict[str, str], limits: Limits, end: float) -> Document | str:
    """One request: the document, or the address that the server points to."""
    connection, path = _connected(url, where, limits, end)
    late = threading.Timer(max(0.0, end - time.monotonic()), _cut, [connection.sock])
    late.daemon = True
    late.start()
    try:
        with closing(connection):
            connection.request("GET", path, headers=headers)
            with closing(connection.getresponse()) as answer:
                if answer.status in (301, 302, 303, 307, 308) and answer.headers.get("Location"):
                    return urljoin(url, str(answer.headers["Location"]))
                if answer.status == 304:
                    return Document(
                        url=url, data=None, etag=headers.get("If-None-Match"), modified=headers.get("If-Modified-Since")
                    )
                if answer.status != 200:
                    raise _refused(where, answer)
                data = _body(answer, where, limits, end)
                return Document(
                    url=url,
                    data=data,
                    type=answer.headers.get_content_type(),
                    charset=answer.headers.get_content_charset(),
                    etag=answer.headers.get("ETag"),
                    modified=answer.headers.get("Last-Modified"),
                )
    except (OSError, http.client.HTTPException, zlib.error) as error:
        raise _broken(where, error, limits, end) from None
    finally:
        late.cancel()


def _connected(url: str, where: str, limits: Limits, end: float) -> tuple[http.client.HTTPConnection, str]:
    """A connection to a checked address of the host, and the path to ask for."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
        name = host.encode("idna").decode("ascii") if host else ""
    except (UnicodeError, ValueError) as error:
        raise FetchError(where, f"is no address ({error})", "check it", lasting=True) from None
    if parts.scheme.lower() not in ("http", "https"):
        wrong = f"has the scheme {parts.scheme!r}" + (f" ({url})" if url != where else "")
        raise FetchError(where, wrong, "only http and https are fetched", lasting=True)
    if not name or parts.username is not None:
        wrong = "has a user's name in it" if name else "names no host"
        raise FetchError(where, wrong, "write it as https://host/path", lasting=True)
    secure = parts.scheme.lower() == "https"
    port = port or (443 if secure else 80)
    left = max(0.1, end - time.monotonic())
    try:
        sock = socket.create_connection((_address(name, port, where, limits), port), timeout=left)
        connection: http.client.HTTPConnection
        if secure:
            context = ssl.create_default_context()
            sock = context.wrap_socket(sock, server_hostname=name)
            connection = http.client.HTTPSConnection(name, port, context=context)
        else:
            connection = http.client.HTTPConnection(name, port)
    except OSError as error:
        raise _broken(where, error, limits, end) from None
    connection.sock = sock
    path = quote(parts.path or "/", safe="/%:=&~+!$,;'@()*") + (
        "?" + quote(parts.query, safe="/%:=&~+!$,;'@()*?[]") if parts.query else ""
    )
    return connection, path


def _address(host: str, port: int, where: str, limits: Limits) -> str:
    """The first address of a host; raises FetchError if any of them is private and that is not allowed."""
    found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    private = next((a for a in found if not is_public(a)), None)
    if private is not None and not limits.allow_private:
        wrong = f"leads to {host} ({private}), which is no public address"
        raise FetchError(where, wrong, "allow it with --allow-private if it is yours", lasting=True)
    return found[0]


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet, also where it is wrapped in another."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


def _body(answer: http.client.HTTPResponse, where: str, limits: Limits, end: float) -> bytes:
    packed = answer.headers.get("Content-Encoding", "").strip().lower()
    if packed not in ("", "identity", "gzip", "x-gzip"):
        raise FetchError(where, f"came packed as {packed}, which was not asked for", "fetch it by other means")
    unpack = zlib.decompressobj(wbits=31) if "gzip" in packed else None
    length = answer.headers.get("Content-Length", "")
    expected = int(length) if length.isascii() and length.isdigit() and not answer.chunked else None
    got, size = bytearray(), 0
    while expected is None or size < expected:
        chunk = answer.read1(_CHUNK)
        if time.monotonic() > end:
            raise TimeoutError
        if not chunk:
            break
        size += len(chunk)
        got += unpack.decompress(chunk, limits.bytes + 1 - len(got)) if unpack else chunk
        if len(got) > limits.bytes:
            mend = "fetch it by other means, and name the file"
            raise FetchError(where, f"is longer than {limits.bytes:,} bytes", mend)
    if (expected is not None and size < expected) or (unpack and not unpack.eof):
        raise FetchError(where, f"broke off after {size:,} bytes", "try again")
    return bytes(got)


def _refused(where: str, answer: http.client.HTTPResponse) -> FetchError:
    wrong = f"the server answered {answer.status} {answer.reason}".rstrip()
    gone = answer.status in (401, 403, 404, 410, 451)
    mend = "check the address" if gone else "try again later"
    return FetchError(
        where, wrong, mend, retry_after=_seconds(answer.headers.get("Retry-After")), lasting=answer.status == 410
    )


def _broken(where: str, error: Exception, limits: Limits, end: float) -> FetchError:
    if isinstance(error, TimeoutError) or time.monotonic() >= end:
        return FetchError(where, f"took longer than {limits.seconds:g} seconds", "try again later")
    if isinstance(error, http.client.IncompleteRead):
        return FetchError(where, "broke off before its end", "try again")
    said = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return FetchError(where, f"can't be fetched ({said})", "check the address and the network")


def _seconds(said: str | None) -> float | None:
    """The seconds that a Retry-After means: a number, or a moment."""
    if said is None:
        return None
    if said.strip().isdigit():
        return float(said)
    try:
        moment = parsedate_to_datetime(said)
    except ValueError:
        return None
    return max(0.0, (moment - dt.datetime.now(moment.tzinfo)).total_seconds())


def _cut(sock: socket.socket) -> None:
    """End a conversation that takes too long, whatever it waits for."""
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)
