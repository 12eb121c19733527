"""`dateline cite`: how to refer to a book, or to what a query finds in it."""

from __future__ import annotations

import click

from dateline.cli.common import book_option, json_option, plain_errors, print_json


@click.command("cite")
@book_option
@json_option
@click.option("--bibtex", is_flag=True, help="Print an entry for BibTeX.")
@click.option("--actor", metavar="NAME", help="Only events with this person or body on either side.")
@click.option("--type", "type_", metavar="TYPE[.mode],…", help="Only events of these types, as in assault.abduct.")
@click.option("--since", metavar="DAY", help="Only events that reach into or past this day, month or year.")
@click.option("--until", metavar="DAY", help="Only events that begin by this day, month or year.")
def command(
    book: str,
    as_json: bool,
    bibtex: bool,
    actor: str | None,
    type_: str | None,
    since: str | None,
    until: str | None,
) -> None:
    """Print a reference for a book: what made it, of which sources, and a digest that tells it from any other.

    With a query, the reference is for the events that it finds. --json prints CSL-JSON, which reference managers read.
    """
    from dateline.book import Book
    from dateline.exports.citation import as_bibtex, as_csl, as_text, cite
    from dateline.exports.selection import Selection

    with plain_errors(), Book.open(book, read_only=True) as opened:
        found = cite(Selection(opened, actor=actor, type=type_, since=since, until=until))
    if as_json:
        print_json([as_csl(found)])
    else:
        click.echo(as_bibtex(found) if bibtex else as_text(found))
