"""Fetching, and watching feeds, against a server on the loopback that misbehaves as servers do."""

from __future__ import annotations

import contextlib
import gzip
import importlib.util
import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from dateline.errors import InputError
from dateline.report import Report
from dateline.sources import Options, read_reports
from dateline.sources.fetching import FetchError, Limits, fetch, is_public
from dateline.sources.watching import Mark, Watched, load_marks, save_marks

FEED = (
    b'<rss version="2.0"><channel><title>Post</title><item><title>One</title><guid>1</guid>'
    b"<pubDate>Tue, 12 Mar 2024 08:00:00 GMT</pubDate><description>Silva met Dahl in Oslo.</description></item>"
    b"</channel></rss>"
)
PAGE = (
    b"<!DOCTYPE html><html><head><title>Talks</title><meta name='date' content='2024-03-12'></head><body><article>"
    b"<p>President Ana Silva met Foreign Minister Per Dahl in Oslo on Monday, officials said after the talks.</p>"
    b"<p>The two sides agreed to open the border crossing at Fjellby, which had been closed since autumn.</p>"
    b"<p>Opposition leaders rejected the agreement and called for protests in the capital this week.</p>"
    b"</article></body></html>"
)
Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers each path as the test has set it; keeps what was asked."""

    answers: dict[str, Answer]
    asked: list[tuple[str, dict[str, str]]]

    def do_GET(self) -> None:
        self.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.answers[self.path.partition("?")[0]](self)

    def log_message(self, *_: Any) -> None:
        pass

    def give(self, status: int, body: bytes = b"", length: int | None = None, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)


class Server:
    """A server on the loopback."""

    def __init__(self) -> None:
        self.handler = type("Own", (Handler,), {"answers": {}, "asked": []})
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), self.handler)
        self.http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.http.server_port}"
        threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def on(self, path: str, answer: Answer) -> str:
        self.handler.answers[path] = answer
        return self.url + path

    @property
    def asked(self) -> list[tuple[str, dict[str, str]]]:
        return self.handler.asked


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.http.shutdown()
    server.http.server_close()


OWN = Limits(allow_private=True, bytes=100_000, seconds=20)
HASTY = Limits(allow_private=True, seconds=0.6)


def read(url: str) -> tuple[list[Report], list[str]]:
    errors: list[InputError] = []
    reports = list(read_reports([url], allow_private=True, on_error=errors.append))
    return reports, [str(error) for error in errors]


def test_a_feed_from_an_address(server: Server) -> None:
    reports, errors = read(server.on("/rss", lambda h: h.give(200, FEED, Content_Type="text/xml")))
    assert ([(r.text, str(r.published), r.source) for r in reports], errors) == (
        [("Silva met Dahl in Oslo.", "2024-03-12", "Post")],
        [],
    )
    assert server.asked[0][1]["user-agent"].startswith("dateline/")


@pytest.mark.skipif(importlib.util.find_spec("trafilatura") is None, reason="not installed: trafilatura")
def test_a_page_from_an_address_knows_where_it_came_from(server: Server) -> None:
    moved = server.on("/old", lambda h: h.give(301, Location="/talks?id=1"))
    server.on("/talks", lambda h: h.give(200, PAGE, Content_Type="text/html; charset=utf-8"))
    reports, errors = read(moved)
    assert not errors
    assert [(r.url, r.published_from) for r in reports] == [(f"{server.url}/talks?id=1", "page metadata")]


@pytest.mark.parametrize(
    ("body", "kind", "text"),
    [
        (b'[{"text": "One."}]', "application/json", "One."),
        (b'{"text": "One."}\n{"text": "Two."}\n', "application/json", "One."),
        (b"id,text\n1,One.\n", "text/csv", "One."),
        (b"date 2024-03-12\nOne.", "text/plain; charset=utf-8", "One."),
    ],
)
def test_other_things_from_an_address(server: Server, body: bytes, kind: str, text: str) -> None:
    reports, errors = read(server.on("/x", lambda h: h.give(200, body, Content_Type=kind)))
    assert (reports[0].text, errors) == (text, [])


def test_what_is_none_of_these_is_refused(server: Server) -> None:
    _, errors = read(server.on("/x", lambda h: h.give(200, b"\x89PNG", Content_Type="image/png")))
    assert errors[0].endswith(
        "is of a type that is not read from the web (image/png); save it as a file, and name the file"
    )


@pytest.mark.parametrize("path", ["/gone", "/busy"])
def test_a_refusal_says_its_number(server: Server, path: str) -> None:
    server.on("/gone", lambda h: h.give(404))
    server.on("/busy", lambda h: h.give(429, Retry_After="120"))
    with pytest.raises(FetchError) as caught:
        fetch(server.url + path, OWN)
    assert ("404" if path == "/gone" else "429") in caught.value.wrong
    assert caught.value.retry_after == (None if path == "/gone" else 120.0)


def test_private_addresses_are_refused_unless_allowed(server: Server) -> None:
    url = server.on("/rss", lambda h: h.give(200, FEED))
    for address in (url, url.replace("127.0.0.1", "localhost"), url.replace("127.0.0.1", "0x7f.1")):
        with pytest.raises(FetchError, match="is no public address; allow it with --allow-private"):
            fetch(address, Limits())
    assert server.asked == []
    assert fetch(url, OWN).data == FEED


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True), ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True), ("127.0.0.1", False),
        ("10.1.2.3", False), ("172.16.0.1", False), ("192.168.1.1", False), ("169.254.169.254", False),
        ("0.0.0.0", False), ("100.64.0.1", False), ("224.0.0.1", False), ("::1", False), ("fe80::1%eth0", False),
        ("fd00::1", False), ("::ffff:127.0.0.1", False), ("::ffff:93.184.215.14", True), ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
    ],
)  # fmt: skip
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_a_redirect_is_checked_like_the_first_address(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    # the server's own address passes for public here; the one it points to does not
    monkeypatch.setattr("dateline.sources.fetching.is_public", lambda address: address == "127.0.0.1")
    url = server.on("/a", lambda h: h.give(302, Location="http://169.254.169.254/latest"))
    with pytest.raises(FetchError, match=r"leads to 169\.254\.169\.254 \(169\.254\.169\.254\), which is no public"):
        fetch(url, Limits())
    for target, said in (("file:///etc/hosts", "has the scheme 'file'"), ("ftp://127.0.0.1/x", "has the scheme 'ftp'")):
        url = server.on("/b", lambda h, target=target: h.give(302, Location=target))  # type: ignore[misc]
        with pytest.raises(FetchError, match=said):
            fetch(url, Limits())
    url = server.on("/round", lambda h: h.give(302, Location="/round"))
    with pytest.raises(FetchError, match="leads on more than 5 times"):
        fetch(url, Limits())


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("ftp://example.org/x", "only http and https are fetched"),
        ("http://", "names no host"),
        ("http://me:secret@example.org/", "has a user's name in it"),
        ("http://example.org:99999/", "is no address"),
        ("http://[::1/", "is no address"),
    ],
)
def test_addresses_that_are_none(url: str, said: str) -> None:
    errors: list[InputError] = []
    assert list(read_reports([url], on_error=errors.append)) == []
    assert said in str(errors[0])


def test_what_is_too_large_is_cut_off(server: Server) -> None:
    url = server.on("/big", lambda h: h.give(200, b"x" * 200_000))
    bomb = server.on("/bomb", lambda h: h.give(200, gzip.compress(b"x" * 50_000_000), Content_Encoding="gzip"))
    for address in (url, bomb):
        with pytest.raises(FetchError, match="is longer than 100,000 bytes"):
            fetch(address, OWN)


def test_packed_answers_are_unpacked(server: Server) -> None:
    url = server.on("/z", lambda h: h.give(200, gzip.compress(FEED), Content_Encoding="gzip"))
    assert fetch(url, OWN).data == FEED
    assert server.asked[0][1]["accept-encoding"] == "gzip"


@pytest.mark.parametrize("where", ["head", "body", "silence"])
def test_a_server_that_dribbles_is_left_in_time(server: Server, where: str) -> None:
    def slow(h: Handler) -> None:
        if where != "silence":
            h.wfile.write(b"HTTP/1.1 200 OK\r\n" + (b"Content-Length: 9999\r\n\r\n" if where == "body" else b""))
        for _ in range(80):
            if where != "silence":
                h.wfile.write(b"X" if where == "body" else b"X-Y: z\r\n")
                h.wfile.flush()
            time.sleep(0.1)

    url = server.on("/slow", slow)
    began = time.monotonic()
    with pytest.raises(FetchError, match=r"took longer than 0\.6 seconds; try again later"):
        fetch(url, HASTY)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("way", ["length", "chunks", "gzip"])
def test_an_answer_that_breaks_off_is_no_answer(server: Server, way: str) -> None:
    def cut(h: Handler) -> None:
        if way == "length":
            h.give(200, FEED[:50], length=len(FEED))
        elif way == "gzip":
            h.give(200, gzip.compress(FEED)[:-12], Content_Encoding="gzip")
        else:
            h.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n" + FEED[:20])

    with pytest.raises(FetchError, match="broke off"):
        fetch(server.on("/cut", cut), OWN)


def test_no_server_at_all(server: Server) -> None:
    server.http.shutdown()
    server.http.server_close()
    with pytest.raises(FetchError, match=r"can't be fetched .*; check the address and the network"):
        fetch(server.url, OWN)


def conditional(h: Handler) -> None:
    asked = h.headers.get("If-None-Match"), h.headers.get("If-Modified-Since")
    if asked == ('"v1"', "Tue, 12 Mar 2024 09:00:00 GMT"):
        h.give(304)
    else:
        h.give(200, FEED, ETag='"v1"', Last_Modified="Tue, 12 Mar 2024 09:00:00 GMT")


def test_a_watched_feed_is_asked_only_for_what_has_changed(server: Server, tmp_path: Path) -> None:
    feed = Watched(server.on("/rss", conditional), 900)
    options = Options(allow_private=True)
    assert len(list(feed.look(options, 0.0))) == 1
    assert (feed.mark, feed.due) == (Mark('"v1"', "Tue, 12 Mar 2024 09:00:00 GMT"), 900)
    assert list(feed.look(options, 900.0)) == []
    save_marks(tmp_path / "state", {feed.where: feed.mark})
    assert load_marks(tmp_path / "state") == {feed.where: feed.mark}
    assert load_marks(tmp_path / "none") == {}
    again = Watched(feed.where, 900, feed.mark)
    assert list(again.look(options, 0.0)) == []
    assert [len(headers.get("if-none-match", "")) for _, headers in server.asked] == [0, 4, 4]


def test_a_state_that_is_none_is_said(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("[1]", encoding="utf-8")
    with pytest.raises(InputError, match="holds no state of a watch"):
        load_marks(tmp_path / "state")


def test_what_was_not_taken_whole_is_asked_for_again(server: Server) -> None:
    feed = Watched(server.on("/rss", conditional), 900)
    for _ in feed.look(Options(allow_private=True), 0.0):
        break
    assert feed.mark == Mark()


def test_pauses_grow_while_a_server_is_in_trouble(server: Server) -> None:
    url = server.on("/rss", lambda h: h.give(503))
    feed, options = Watched(url, 60), Options(allow_private=True)
    dues = []
    for _ in range(3):
        (error,) = feed.look(options, 0.0)
        assert "the server answered 503" in str(error)
        dues.append(feed.due)
    server.on("/rss", lambda h: h.give(429, Retry_After="4000"))
    list(feed.look(options, 0.0))
    dues.append(feed.due)
    server.on("/rss", lambda h: h.give(429, Retry_After="99999999"))
    list(feed.look(options, 0.0))
    dues.append(feed.due)
    server.on("/rss", lambda h: h.give(200, FEED))
    list(feed.look(options, 0.0))
    dues.append(feed.due)
    assert dues == [120, 240, 480, 4000, 86400, 60]


def test_watch_codes_what_is_new(server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from dateline import Book
    from dateline.cli.watch import watch

    two = FEED.replace(
        b"</channel>", b"<item><title>Two</title><description>They met again.</description></item></channel>"
    )
    bodies = iter([FEED, None, two])

    def next_body(h: Handler) -> None:
        body = next(bodies)
        h.give(503) if body is None else h.give(200, body, ETag=f'"{len(body)}"')

    url = server.on("/rss", next_body)
    slept: list[float] = []
    where, state = tmp_path / "b.book", tmp_path / "state.json"
    watch((url,), 60, str(where), rounds=3, state=state, model=None, allow_private=True, sleep=slept.append)
    with Book.open(where) as book:
        assert book.standing(next(iter(read_reports([save(tmp_path, two)])))) == "known"
    out, err = capsys.readouterr()
    assert [line for line in out.splitlines() if "read" in line] == [
        f"  1 report read into {where}", f"  0 reports read into {where}",
        f"  2 reports read into {where}, 1 of them known already",
    ]  # fmt: skip
    assert "the server answered 503" in err
    assert [round(pause / 60) for pause in slept] == [1, 2]
    assert json.loads(state.read_text()) == {url: {"etag": f'"{len(two)}"', "modified": None}}


def save(folder: Path, data: bytes) -> Path:
    path = folder / "feed.rss"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("pause", "said"), [("soon", "write it as a number with s, m, h or d"), ("5s", "between 1m and 30d")]
)
def test_pauses_that_are_none(pause: str, said: str) -> None:
    from click.testing import CliRunner

    from dateline.cli.watch import command

    result = CliRunner().invoke(command, ["https://example.org/rss", "--every", pause])
    assert result.exit_code == 2
    assert said in result.output
