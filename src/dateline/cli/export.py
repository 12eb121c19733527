"""`dateline export`: the events of a book in a format of other tools."""

from __future__ import annotations

import sys

import click

from dateline.cli.common import book_option, plain_errors


@click.command("export")
@click.argument("name", metavar="FORMAT")
@book_option
@click.option("--actor", metavar="NAME", help="Only events with this person or body on either side.")
@click.option("--type", "type_", metavar="TYPE[.mode],…", help="Only events of these types, as in assault.abduct.")
@click.option("--since", metavar="DAY", help="Only events that reach into or past this day, month or year.")
@click.option("--until", metavar="DAY", help="Only events that begin by this day, month or year.")
def command(name: str, book: str, actor: str | None, type_: str | None, since: str | None, until: str | None) -> None:
    """Write the events of a book to standard output, in order of when they happened.

    FORMAT is csv, jsonl, or the name of an installed plug-in.
    """
    from dateline.exports import find_export

    with plain_errors():
        export = find_export(name)
        from dateline.book import Book

        with Book.open(book, read_only=True) as opened:
            events = opened.timeline(actor=actor, type=type_, since=since, until=until)
            export.events(events, sys.stdout.buffer)
