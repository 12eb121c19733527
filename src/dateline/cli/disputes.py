"""`dateline disputes`: the events on which reports differ."""

from __future__ import annotations

import click

from dateline.cli.common import book_option, json_option, plain_errors, print_json, show_table


@click.command("disputes")
@book_option
@json_option
def command(book: str, as_json: bool) -> None:
    """Show the events on which reports differ: each field, every value with its reports, and why one is shown first.

    With --json each such event is one line of JSON, its `disputes` in it.
    """
    from dateline.book import Book
    from dateline.cli.wording import value, what, who

    rows: list[list[str]] = []
    with plain_errors(), Book.open(book, read_only=True) as opened:
        for event in opened.disputes():
            if as_json:
                print_json(event)
                continue
            head = [event.id, what(event.type, event.mode), who(event)]
            for dispute in event.disputes:
                for version in dispute.versions:
                    why = event.because.get(dispute.field, "") if version.best else ""
                    rows.append([*head, dispute.field, value(version), ", ".join(version.reports), why])
                    head = ["", "", ""]
    if not as_json and not rows:
        click.echo("No disputes.", err=True)
    show_table(None, ["event", "what", "who → whom", "field", "value", "reports", "chosen because"], rows)
