"""`dateline case`: everything a book knows of one person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dateline.cli.common import book_option, json_option, on_terminal, plain_errors, print_json, show_table

if TYPE_CHECKING:
    from dateline.book import Case
    from dateline.book.views import Spell


@click.command("case")
@click.argument("name")
@book_option
@json_option
def command(name: str, book: str, as_json: bool) -> None:
    """Show everything a book knows of one person: offices, kin, events in order, quotes, spells of captivity.

    NAME is the whole name, a surname that only one person bears, or an id.
    """
    from dateline.book import Book

    with plain_errors(), Book.open(book, read_only=True) as opened:
        found = opened.case(name)
    if as_json:
        print_json(found)
    else:
        _show(found)


def _show(case: Case) -> None:
    from dateline.cli.common import console
    from dateline.cli.timeline import show_events

    also = [name for name in case.names if name != case.actor.name]
    head = f"{case.actor.name} ({case.actor.kind}, {case.actor.id})"
    if on_terminal():
        from rich.text import Text

        console().rule(Text(head, "bold"), align="left")
    else:
        click.echo(head)
    if also:
        click.echo(f"also {', '.join(also)}")
    for line in case.because:
        click.echo(f"one by {line}")
    if len(case.parts) > 1:
        click.echo(f"made of {', '.join(f'{name} ({part})' for part, name in case.parts)}")
    offices = [[o.role, o.of or "", _span(o.first, o.last), str(len(o.reports))] for o in case.offices]
    show_table("Offices", ["role", "of", "reported", "reports"], offices)
    kin = [[k.person, k.relation, k.of, str(len(k.reports))] for k in case.kin]
    show_table("Kin", ["person", "is the", "of", "reports"], kin)
    show_table("Captivity", ["taken", "freed", "days"], [_spell(s, case) for s in case.spells])
    click.echo()
    show_events(part.event for part in case.events)
    quotes = [[s.published or "", " ".join(s.text.split()), s.report] for s in case.quotes]
    show_table("Quotes", ["day", "words", "report"], quotes)


def _span(first: str | None, last: str | None) -> str:
    return (first or "") if first == last else f"{first} to {last}"


def _spell(spell: Spell, case: Case) -> list[str]:
    from dateline.book.days import show

    whens = {part.event.id: show(part.event.when) for part in case.events}
    least, most = spell.days
    days = "?" if least is None and most is None else f"{least or '?'} to {most or '?'}"
    days = str(least) if least is not None and least == most else days
    taken, freed = ((whens[e] if e else "not told") for e in (spell.taken, spell.freed))
    return [taken, freed, days]
