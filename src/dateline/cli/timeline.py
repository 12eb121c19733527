"""`dateline timeline`: the events of a book in order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from dateline.cli.common import aligned, book_option, console, json_option, on_terminal, plain_errors, print_json

if TYPE_CHECKING:
    from dateline.merging.event import Event


@click.command("timeline")
@book_option
@click.option("--actor", metavar="NAME", help="Only events with this person or body on either side.")
@click.option("--type", "type_", metavar="TYPE[.mode],…", help="Only events of these types, as in assault.abduct.")
@click.option("--since", metavar="DAY", help="Only events that reach into or past this day, month or year.")
@click.option("--until", metavar="DAY", help="Only events that begin by this day, month or year.")
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help="The first N events only.")
@json_option
def command(
    book: str,
    actor: str | None,
    type_: str | None,
    since: str | None,
    until: str | None,
    limit: int | None,
    as_json: bool,
) -> None:
    """Show the events of a book in order of when they happened.

    With --json each event is one line of JSON, all its accounts in it.
    """
    from dateline.book import Book

    with plain_errors(), Book.open(book, read_only=True) as opened:
        events = opened.timeline(actor=actor, type=type_, since=since, until=until, limit=limit)
        if as_json:
            for event in events:
                print_json(event)
        else:
            show_events(events)


def show_events(events: Iterable[Event]) -> None:
    """A table on a terminal, aligned lines elsewhere; a line that says so where there are none."""
    from dateline.cli.wording import HEADS, row

    rows = [row(event) for event in events]
    if not rows:
        click.echo("No events.", err=True)
    elif not on_terminal():
        click.echo(aligned([HEADS, *rows]))
    else:
        from rich import box
        from rich.table import Table
        from rich.text import Text

        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, row_styles=["", "on grey7"])
        styles = ["bold", "magenta", "italic", "", "blue", "yellow", "cyan", "dim", "dim"]
        for head, style in zip(HEADS, styles, strict=True):
            right = head == "voices"
            table.add_column(
                head, style=style, justify="right" if right else "left", no_wrap=head in ("when", "id"), overflow="fold"
            )
        for cells in rows:
            table.add_row(*map(Text, cells))
        console().print(table)
