"""A book among processes: readers beside a writer, two writers, and what a kill leaves."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import msgspec
import pytest

from dateline.book import Book
from dateline.errors import BookError
from helpers_book import samples

TESTS = str(Path(__file__).parent)
#: How often a writer is killed; `make kills` sets 200.
KILLS = int(os.environ.get("DATELINE_KILLS", "10"))

WRITER = """
import sys, time
sys.path.insert(0, {tests!r})
from helpers_book import samples
from dateline.book import Book, book as module
module.BATCH = 1
def pairs():
    for pair in samples():
        print(pair[0].id, flush=True)
        time.sleep({pause})
        yield pair
Book.open(sys.argv[1]).add(pairs())
print("done", flush=True)
"""


CODE = """
import sys, types
sys.path.insert(0, {tests!r})
from helpers_book import samples
from dateline.book import book as module
module.BATCH = 1
class Coder:
    model = "gold"
    def code_all(self, reports, *, on_error=None, **more):
        known = {{report.text: coded for report, coded in samples()}}
        for report in reports:
            print(report.id, flush=True)
            yield report, known[report.text]
coder = types.ModuleType("dateline.coder")
coder.Coder = Coder
sys.modules["dateline.coder"] = coder
from dateline.cli import main
main(["code", sys.argv[2], "--book", sys.argv[1]])
"""


def coding(where: Path, reports: Path) -> subprocess.Popen[str]:
    """`dateline code`, with a coder that knows the answers and says which report it is at."""
    command = [sys.executable, "-c", CODE.format(tests=TESTS), str(where), str(reports)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def writer(where: Path, pause: float = 0.0) -> subprocess.Popen[str]:
    code = WRITER.format(tests=TESTS, pause=pause)
    return subprocess.Popen([sys.executable, "-c", code, str(where)], stdout=subprocess.PIPE, text=True)


def said(where: Path) -> bytes:
    with Book.open(where, read_only=True) as book:
        return msgspec.json.encode((list(book.timeline()), [r.id for r, _ in book.reports()]))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """What a book of the samples says."""
    where = tmp_path_factory.mktemp("whole") / "b"
    with Book.open(where) as book:
        book.add(samples())
    return said(where)


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_a_kill_at_any_moment_loses_at_most_the_batch_in_flight(tmp_path: Path) -> None:
    chance, where, kills, number = random.Random(7), tmp_path / "b", 0, 0
    pairs = [(r, c) for r, c in samples() if r.source and r.published]
    reports = tmp_path / "reports.jsonl"
    lines = ({"id": r.id, "published": str(r.published), "source": r.source, "text": r.text} for r, _ in pairs)
    reports.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    with Book.open(tmp_path / "whole") as book:
        book.add(pairs)
    whole = said(tmp_path / "whole")
    while kills < KILLS:
        process = coding(where, reports)
        assert process.stdout is not None
        started = [process.stdout.readline().strip() for _ in range(chance.randint(1, 3))]
        time.sleep(chance.random() * 0.4)
        process.send_signal(signal.SIGKILL)
        started += [line.strip() for line in process.stdout]
        process.wait()
        if process.returncode == -signal.SIGKILL:
            kills += 1
        if not where.exists():
            continue
        with Book.open(where, read_only=True) as book:
            there = {r.id for r, _ in book.reports()}
            events = [t.report for e in book.timeline() for t in e.tellings]
        handed = [i for i in started if i in {r.id for r, _ in pairs}]
        assert set(handed[:-1]) <= there
        assert len(events) == sum(len(c.events) for r, c in pairs if r.id in there)
        if len(there) == len(pairs):
            assert said(where) == whole
            number += 1
            where = tmp_path / f"b{number}"
    process = coding(where, reports)
    process.communicate()
    assert (process.returncode, said(where)) == (0, whole)


def test_readers_read_while_a_writer_writes(tmp_path: Path, whole: bytes) -> None:
    where = tmp_path / "b"
    Book.open(where).close()
    process = writer(where, pause=0.15)
    seen: list[int] = []
    while process.poll() is None:
        with Book.open(where, read_only=True) as book:
            reports = {r.id: len(c.events) for r, c in book.reports()}
            assert sum(len(e.tellings) for e in book.timeline()) == sum(reports.values())
            seen.append(len(reports))
        time.sleep(0.05)
    assert process.returncode == 0
    assert seen == sorted(seen)
    assert len(set(seen)) > 2
    assert said(where) == whole
    assert sorted(p.name for p in tmp_path.iterdir()) == ["b"]


def test_a_reader_and_a_writer_in_one_process(tmp_path: Path, whole: bytes) -> None:
    where = tmp_path / "b"
    Book.open(where).close()
    done = threading.Event()
    seen: list[int] = []

    def read() -> None:
        while not done.is_set():
            with Book.open(where, read_only=True) as book:
                seen.append(len(list(book.timeline())))
            time.sleep(0.05)

    thread = threading.Thread(target=read)
    thread.start()
    try:
        with Book.open(where) as book:
            book.add(samples())
    finally:
        done.set()
        thread.join()
    assert seen
    assert said(where) == whole


def test_two_writers_take_turns(tmp_path: Path, whole: bytes) -> None:
    where = tmp_path / "b"
    Book.open(where).close()
    both = [writer(where, pause=0.05) for _ in range(2)]
    for process in both:
        process.communicate()
    assert [p.returncode for p in both] == [0, 0]
    assert said(where) == whole


def test_a_review_can_be_made_while_reports_come_in(tmp_path: Path) -> None:
    where = tmp_path / "b"
    with Book.open(where) as book:
        book.add(samples()[:1])
        key = next(t.key for e in book.timeline() for t in e.tellings)
    process = writer(where, pause=0.1)
    with Book.open(where) as book:
        book.review.accept(key, by="Ana")
    process.communicate()
    assert process.returncode == 0
    with Book.open(where, read_only=True) as book:
        assert book.review.standing(key) == "accepted"
        assert len(list(book.reports())) == len(samples())


def test_waiting_for_a_book_has_an_end(tmp_path: Path) -> None:
    where = tmp_path / "b"
    with Book.open(where):
        code = "import sys\nfrom dateline.book import Book\nBook.open(sys.argv[1], read_only=True, patience=0.2)"
        done = subprocess.run([sys.executable, "-c", code, str(where)], capture_output=True, text=True, check=False)
    assert "another process has this book open" in done.stderr


def test_a_mark_of_a_killed_writer_keeps_nobody_out(tmp_path: Path) -> None:
    where = tmp_path / "b"
    Book.open(where).close()
    mark = tmp_path / "b.waiting"
    mark.touch()
    os.utime(mark, (1, 1))
    Book.open(where, read_only=True).close()
    mark.touch()
    started = time.monotonic()
    Book.open(where, read_only=True, patience=0.3).close()
    assert time.monotonic() - started > 0.2


def test_a_book_that_is_being_added_to_says_so(tmp_path: Path) -> None:
    with Book.open(tmp_path / "b") as book:

        def asking() -> object:
            yield samples()[0]
            list(book.timeline())

        with pytest.raises(BookError, match="adding to it is under way"):
            book.add(asking())  # type: ignore[arg-type]
        assert len(list(book.reports())) == 1
