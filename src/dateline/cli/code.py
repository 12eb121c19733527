"""`dateline code`: reports in, coded records out, into a book or onto standard output."""

from __future__ import annotations

import datetime as dt
import sys
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING

import click

from dateline.cli.common import DEFAULT_BOOK, plain_errors
from dateline.cli.progress import Progress
from dateline.errors import InputError

if TYPE_CHECKING:
    from dateline.book import Added, Book
    from dateline.coder import Coder
    from dateline.exports import Export
    from dateline.record import CodedReport
    from dateline.report import Report


def _fields(_ctx: click.Context, _param: click.Parameter, value: str | None) -> dict[str, str] | None:
    """ "text=body,published=date" as a mapping of a report's fields to the input's."""
    if value is None:
        return None
    pairs = [part.partition("=") for part in value.split(",")]
    if any(not (field.strip() and equals and key.strip()) for field, equals, key in pairs):
        raise click.BadParameter("write it as field=key,field=key, as in text=body,published=date")
    return {field.strip(): key.strip() for field, _, key in pairs}


@click.command("code")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")
@click.option(
    "--book", type=click.Path(dir_okay=False), envvar="DATELINE_BOOK", help=f"Keep in this book [{DEFAULT_BOOK}]."
)
@click.option(
    "--to", metavar="FORMAT", help="Write to standard output, as jsonl or csv; no book unless --book is given."
)
@click.option("--model", metavar="NAME", help="The spaCy pipeline to read with.")
@click.option("--coder", metavar="NAME", help="The coder: hybrid (the default), frames, learned, or a plug-in.")
@click.option("--map", "fields", metavar="A=B,…", callback=_fields, help="Which keys or columns hold which fields.")
@click.option(
    "--published", metavar="DAY", type=click.DateTime(["%Y-%m-%d"]), help="The day of reports that tell none."
)
@click.option("--allow-private", is_flag=True, help="Fetch from addresses in private networks, too.")
@click.option("--strict", is_flag=True, help="Exit with status 1 if anything went wrong, not only if nothing was read.")
def command(
    sources: tuple[str, ...],
    book: str | None,
    to: str | None,
    model: str | None,
    coder: str | None,
    fields: dict[str, str] | None,
    published: dt.datetime | None,
    allow_private: bool,
    strict: bool,
) -> None:
    """Read reports, code what they tell, keep it in a book.

    SOURCE is a file, a folder, an http(s) address or "-" for standard input. Each fault in the input is one line on
    standard error, and the rest goes on. A report that the book has is not coded again; one in a language that dateline
    can't read is kept without being coded.
    """
    with plain_errors():
        faults = _run(sources, book, to, model, coder, fields, published.date() if published else None, allow_private)
    nothing = faults.reports == 0 and faults.count > 0
    if nothing or (strict and faults.count):
        sys.exit(1)


class Tally:
    """What passed: reports, accounts by type, faults; and reports that no reader can code, kept in their places."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.reports = self.known = self.count = 0
        self.types: Counter[str] = Counter()
        self.foreign: Counter[str] = Counter()
        self._coming: deque[tuple[Report, bool]] = deque()

    def fault(self, error: InputError) -> None:
        """Say what is wrong with the input, and count it."""
        self.say(str(error))

    def say(self, line: str) -> None:
        """One line for one fault."""
        self.count += 1
        self.progress.line(line)

    def read(self, reports: Iterable[Report], book: Book | None) -> Iterator[Report]:
        """The reports that are to be coded: without those that the book has, or has under another text, and those in
        languages without a reader.
        """
        from dateline.sources.languages import has_reader

        for report in reports:
            self.reports += 1
            standing = book.standing(report) if book else "new"
            if standing == "new":
                coded = has_reader(report.language)
                self._coming.append((report, coded))
                if coded:
                    yield report
                continue
            self.progress.step()
            self.known += standing == "known"
            if standing == "clash":
                self.say(f"{report.id}: the book has another text under this id; give the report an id of its own")

    def coded(self, pairs: Iterable[tuple[Report, CodedReport]]) -> Iterator[tuple[Report, CodedReport]]:
        """The pairs as they pass, with the reports that were not to be coded where they came."""
        for report, coded in pairs:
            yield from self._kept(report.id)
            self.types.update(account.type for account in coded.events)
            self.progress.step()
            yield report, coded
        yield from self._kept(None)

    def _kept(self, until: str | None) -> Iterator[tuple[Report, CodedReport]]:
        from dateline.record import CodedReport

        while self._coming:
            report, coded = self._coming.popleft()
            if report.id == until:
                return
            if not coded:
                language = str(report.language)
                if language not in self.foreign:
                    self.progress.line(f"{report.id}: is in a language without a reader ({language}); kept, not coded")
                self.foreign[language] += 1
                self.progress.step()
                yield (
                    report,
                    CodedReport(id=report.id, published=report.published, source=report.source, title=report.title),
                )


def _run(
    sources: tuple[str, ...],
    book: str | None,
    to: str | None,
    model: str | None,
    coder: str | None,
    fields: dict[str, str] | None,
    published: dt.date | None,
    allow_private: bool,
) -> Tally:
    from dateline.exports import find_export
    from dateline.sources import read_reports

    export = find_export(to) if to else None
    path = book or (None if to else DEFAULT_BOOK)

    def reports(on_error: Callable[[InputError], None]) -> Iterator[Report]:
        return read_reports(sources, fields=fields, published=published, allow_private=allow_private, on_error=on_error)

    with Progress() as progress:
        tally = Tally(progress)
        added = take(reports, tally, lambda: coder_of(model, coder), export, path)
    for line in summary(tally, added, path):
        click.echo(line, err=to is not None)
    return tally


def coder_of(model: str | None, coder: str | None = None) -> Coder:
    """A coder of that name that reads with that spaCy pipeline, or the usual ones."""
    from dateline.coder import Coder

    return Coder(**{key: value for key, value in (("model", model), ("engine", coder)) if value})


def take(
    reports: Callable[[Callable[[InputError], None]], Iterator[Report]],
    tally: Tally,
    make_coder: Callable[[], Coder],
    export: Export | None,
    path: str | None,
) -> Added | None:
    """Code reports, write them to standard output if there is an export, keep them in the book at `path` if any.

    `reports` is given what to call for each fault.
    """
    out = sys.stdout.buffer
    added = None
    with ExitStack() as stack:
        opened = stack.enter_context(_open(path)) if path else None
        coder = make_coder()
        pairs = tally.coded(
            coder.code_all(
                tally.read(reports(tally.fault), None if export else opened),
                on_error=lambda _, error: tally.say(str(error)),
            )
        )
        if export:
            pairs = export.coded(pairs, out)
        if opened:
            added = opened.add(pairs, model=coder.model)
            for clash in added.clashes:
                tally.say(clash)
        else:
            deque(pairs, maxlen=0)
        out.flush()
    return added


def _open(path: str) -> Book:
    from dateline.book import Book

    return Book.open(path)


def summary(tally: Tally, added: Added | None, path: str | None) -> Iterator[str]:
    """What was done, in a few lines."""
    accounts = sum(tally.types.values())
    kept = f" into {path}" if path else ""
    known = (added.known if added else 0) + tally.known
    yield f"{_number(tally.reports, 'report')} read{kept}" + (f", {known} of them known already" if known else "")
    by_type = ", ".join(f"{name} {count}" for name, count in sorted(tally.types.items(), key=lambda x: (-x[1], x[0])))
    yield f"{_number(accounts, 'account')} coded" + (f": {by_type}" if by_type else "")
    if added:
        yield f"{_number(max(0, added.events), 'new event')}, {_number(added.joined, 'account')} of events told before"
    if tally.foreign:
        by_language = ", ".join(f"{language} {count}" for language, count in sorted(tally.foreign.items()))
        yield f"{_number(tally.foreign.total(), 'report')} in languages without a reader kept, not coded: {by_language}"
    if tally.count:
        yield f"{_number(tally.count, 'fault')}, listed above"


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
