"""`dateline why`: how the values of an event were reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dateline.cli.common import book_option, console, json_option, on_terminal, plain_errors, print_json

if TYPE_CHECKING:
    from rich.text import Text

    from dateline.book.views import Coding, Derivation, Ground, Passage


@click.command("why")
@click.argument("event")
@click.argument("field", required=False)
@book_option
@json_option
def command(event: str, field: str | None, book: str, as_json: bool) -> None:
    """Show how the values of an event were reached, down to characters.

    EVENT is an event's id or enough of its beginning; FIELD one of type, mode, actor, recipient, when, where, status,
    said_by, counts, quad, cameo, intensity, contexts, or all that have a value.
    """
    from dateline.book import Book

    with plain_errors(), Book.open(book, read_only=True) as opened:
        found = opened.why(event, field)
    if as_json:
        print_json(found)
        return
    for derivation in found:
        _show(derivation)


def _show(derivation: Derivation) -> None:
    """A field, its value, and for each account the reason and the quoted passages."""
    from rich.text import Text

    lines = [Text.assemble((derivation.field, "bold magenta"), ": ", (derivation.value or "unknown", "bold"))]
    if derivation.because:
        lines.append(Text(f"  chosen because {derivation.because}", "yellow"))
    for ground in derivation.grounds:
        if ground.value is None and not ground.because:
            continue
        lines.append(Text.assemble(f"  {ground.report}: ", ground.value or "unknown"))
        if ground.because:
            lines.append(Text(f"    by {ground.because}", "green"))
        lines += [_passage(p) for p in ground.passages]
        lines += [Text(line, "dim") for line in _history(ground)]
    for line in lines:
        if on_terminal():
            console().print(line)
        else:
            click.echo(line.plain)


def _history(ground: Ground) -> list[str]:
    """What coded the account, what a review made of it, and what other codings had."""
    lines = []
    if ground.coding and ground.coding.version:
        lines.append(f"    coded by {_coding(ground.coding)}" + (f"; {ground.standing}" if ground.standing else ""))
    elif ground.standing:
        lines.append(f"    {ground.standing}")
    for past in ground.earlier:
        if past.value == ground.value:
            continue
        when = "before the review" if past.reviewed else f"coding {past.coding.ordinal}, by {_coding(past.coding)}"
        lines.append(f"    was {past.value or 'unknown'} {when}")
    return lines


def _coding(coding: Coding) -> str:
    if coding.version is None:
        return "a version that the book does not know"
    return f"dateline {coding.version}, model {coding.model or 'unknown'}, codebook {coding.codebook}"


def _passage(passage: Passage) -> Text:
    from rich.text import Text

    start, end = passage.span
    before, quoted, after = (" ".join(part.split()) for part in (passage.before, passage.quoted, passage.after))
    spaces = [" " if passage.before[-1:].isspace() else "", " " if passage.after[:1].isspace() else ""]
    return Text.assemble(
        (f"    {start}–{end}  ", "dim"),
        (f"…{before}{spaces[0]}", "dim"),
        (f"[{quoted}]" if not on_terminal() else quoted, "bold underline"),
        (f"{spaces[1]}{after}…", "dim"),
    )
