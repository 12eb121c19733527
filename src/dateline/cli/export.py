"""`dateline export`: the events of a book in a format of other tools."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dateline.cli.common import book_option, plain_errors

if TYPE_CHECKING:
    from dateline.exports.selection import Named, Spot


@click.command("export")
@click.argument("name", metavar="[FORMAT]", required=False)
@book_option
@click.option("--to", metavar="FORMAT", help="The format; the same as FORMAT.")
@click.option("--out", type=click.Path(path_type=Path), metavar="PATH", help="Write here, not to standard output.")
@click.option("--describe", is_flag=True, help="Beside --out, write a datapackage.json that describes the columns.")
@click.option("--actor", metavar="NAME", help="Only events with this person or body on either side.")
@click.option("--type", "type_", metavar="TYPE[.mode],…", help="Only events of these types, as in assault.abduct.")
@click.option("--since", metavar="DAY", help="Only events that reach into or past this day, month or year.")
@click.option("--until", metavar="DAY", help="Only events that begin by this day, month or year.")
def command(
    name: str | None,
    book: str,
    to: str | None,
    out: Path | None,
    describe: bool,
    actor: str | None,
    type_: str | None,
    since: str | None,
    until: str | None,
) -> None:
    """Write the events of a book, in order of when they happened.

    FORMAT is csv, jsonl or another that `dateline formats` lists. A folder of files needs --out.
    """
    wanted = to or name
    if wanted is None or (to and name and to != name):
        raise click.UsageError("say which format, once: dateline export --to FORMAT; dateline formats lists them")
    if describe and out is None:
        raise click.UsageError("--describe goes with --out")
    from dateline.exports import find_export, write

    with plain_errors():
        if find_export(wanted) and out is None and _is_binary(wanted) and sys.stdout.isatty():
            raise click.UsageError(f"{wanted} is nothing for a terminal; say where with --out PATH")
        from dateline.book import Book
        from dateline.exports.selection import Selection

        with Book.open(book, read_only=True) as opened:
            events = Selection(opened, actor=actor, type=type_, since=since, until=until, locate=locate)
            write(wanted, events, sys.stdout.buffer, out)
        if describe and out is not None:
            from dateline.exports.datapackage import describe_file

            describe_file(wanted, out)


def locate(text: str, places: Sequence[Named]) -> list[Spot | None]:
    """Where the places that a text names lie, by the gazetteer that ships with dateline."""
    from dateline.exports.selection import Spot
    from dateline.reading.gazetteer import Toponym, resolve

    found = resolve(text, [Toponym(p.start, p.end, p.name) for p in places])
    return [
        Spot(
            asked=place.name,
            name=spot.name,
            precision=spot.precision,
            country=spot.country,
            lat=round(spot.lat, 5),
            lon=round(spot.lon, 5),
            within=spot.within,
        )
        if (spot := located.chosen)
        else None
        for place, located in zip(places, found, strict=True)
    ]


def _is_binary(name: str) -> bool:
    from dateline.exports import find_export

    return getattr(find_export(name), "suffix", "") in (".parquet", ".xlsx")
