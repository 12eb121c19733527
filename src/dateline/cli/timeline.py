"""`dateline timeline`: the events of a book in order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from dateline.cli.common import aligned, book_option, console, json_option, on_terminal, plain_errors, print_json

if TYPE_CHECKING:
    from rich.table import Table

    from dateline.merging.event import Event

#: Characters of an id shown where space is dear; any command takes so much of it while it is the only one.
SHORT = 9
#: Characters of a terminal that has room for every column, and those of the widest type and mode.
WIDE, WORDS = 140, 22


@click.command("timeline")
@book_option
@click.option("--actor", metavar="NAME", help="Only events with this person or body on either side.")
@click.option("--between", nargs=2, metavar="A B", help="Only events in which both take part.")
@click.option("--place", metavar="NAME", help="Only events there: words of a place as reports write it.")
@click.option("--type", "type_", metavar="TYPE[.mode],…", help="Only events of these types, as in assault.abduct.")
@click.option("--status", metavar="STATUS,…", help="Only actual, future, hypothetical or negated events.")
@click.option("--context", metavar="CONTEXT,…", help="Only events in these contexts, as in military, legal.")
@click.option("--sector", metavar="CODE,…", help="Only events with somebody of these sectors, as in GOV.")
@click.option("--country", metavar="NAME,…", help="Only events with somebody of these countries.")
@click.option("--outlet", metavar="NAME,…", help="Only events that these outlets tell.")
@click.option("--search", metavar="WORDS", help='Only events of reports with these words; word*, "a phrase", -without.')
@click.option("--since", metavar="DAY", help="Only events that reach into or past this day, month or year.")
@click.option("--until", metavar="DAY", help="Only events that begin by this day, month or year.")
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help="The first N events only.")
@click.option("--top", type=click.IntRange(min=0), metavar="N", help="The N most important events, in order of when.")
@json_option
def command(
    book: str,
    type_: str | None,
    as_json: bool,
    **asked: Any,
) -> None:
    """Show the events of a book in order of when they happened: those that fit everything asked for.

    With --json each event is one line of JSON, all its accounts in it.
    """
    from dateline.book import Book

    with plain_errors(), Book.open(book, read_only=True) as opened:
        events = opened.timeline(type=type_, **asked)
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
    elif on_terminal():
        out = console()
        out.print(events_table(rows, out.width))
    else:
        click.echo(aligned([HEADS, *rows]))


def events_table(rows: list[list[str]], width: int) -> Table:
    """The columns of a timeline for a terminal `width` characters wide.

    Type and mode stand beneath the words, ids are as long as they must be to find the event; on a narrow terminal
    what is rare stands in a line of its own.
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("when", style="bold", min_width=10, max_width=17)
    table.add_column("event", min_width=WORDS if width >= WIDE else None)
    table.add_column("who → whom")
    if width >= WIDE:
        table.add_column("where", style="blue")
        table.add_column("status", style="yellow", min_width=8)
        table.add_column("word of", style="cyan")
        table.add_column("voices", justify="right", style="dim", no_wrap=True)
        table.add_column("id", style="dim", no_wrap=True, min_width=SHORT)
    for when, what, words, who, where, status, word_of, voices, key in rows:
        event = Text.assemble((words, "italic"), "\n", (what, "magenta"))
        if width >= WIDE:
            table.add_row(when, event, *map(Text, (who, where, status, word_of, voices, key[:SHORT])))
            continue
        told = Text(who + "\n")
        rest = [(where, "blue"), (status, "yellow"), (word_of and f"word of {word_of}", "cyan")]
        rest += [(f"{voices} voices" if voices != "1" else "", ""), (key[:SHORT], "dim")]
        told.append_text(Text(" · ").join(Text(text, style) for text, style in rest if text))
        table.add_row(when, event, told)
    return table
