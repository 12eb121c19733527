"""What commands share: options, one line for an error, where to print, JSON."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click
import msgspec

from dateline.errors import DatelineError

if TYPE_CHECKING:
    from rich.console import Console

#: Where a book is looked for when none is named.
DEFAULT_BOOK = "dateline.book"

book_option = click.option(
    "--book",
    type=click.Path(dir_okay=False),
    default=DEFAULT_BOOK,
    show_default=True,
    envvar="DATELINE_BOOK",
    help="The book to ask.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn dateline's exceptions into one line on standard error and exit status 1."""
    try:
        yield
    except DatelineError as error:
        raise click.ClickException(str(error)) from None


def on_terminal() -> bool:
    """Whether standard output is a terminal, so that styles and tables make sense."""
    return sys.stdout.isatty()


def console() -> Console:
    """Standard output through rich, nothing highlighted on its own."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=False)


def print_json(value: Any) -> None:
    """One JSON document on a line of its own, UTF-8."""
    click.echo(msgspec.json.encode(value).decode())


def aligned(rows: list[list[str]]) -> str:
    """Rows in columns two spaces apart, for what is piped; trailing space is left out."""
    if not rows:
        return ""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def show_table(title: str | None, heads: list[str], rows: list[list[str]]) -> None:
    """A titled table; nothing at all where there are no rows."""
    if not rows:
        return
    if on_terminal():
        from rich import box
        from rich.table import Table
        from rich.text import Text

        table = Table(
            *heads, title=title, title_justify="left", title_style="bold", box=box.SIMPLE, show_header=any(heads)
        )
        for cells in rows:
            table.add_row(*map(Text, cells))
        console().print(table)
    else:
        if title:
            click.echo(f"\n{title}")
        click.echo(aligned([heads, *rows] if any(heads) else rows))
