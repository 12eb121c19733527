"""`dateline review`: what people decide about a book's accounts, events and identities."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from dateline.cli.common import book_option, json_option, plain_errors, print_json, show_table

if TYPE_CHECKING:
    from dateline.book.reviewing import Entry
    from dateline.book.reviews import Item, Reviews

Command = Callable[..., Any]


@click.group("review")
def command() -> None:
    """Accept, correct, reject, merge and split what a book has.

    Each act is an entry in a log that is only added to: who, when, why. What was reviewed wins over what was coded, and
    stays when reports are coded or merged again. Accounts and events are named by the ids (ev-…, or enough of the
    beginning) that timeline, show and why print, identities by those of case (id-…).
    """


def _author(given: str | None) -> str:
    if given:
        return given
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        raise click.UsageError("Who reviews? Give --by NAME.") from None


def _signed(function: Command) -> Command:
    """The options of every act: the book, who, and why."""
    function = click.option("--because", metavar="WHY", help="The reason, for log and `dateline why`.")(function)
    return click.option(
        "--by", metavar="NAME", envvar="DATELINE_REVIEWER", help="Who reviews [the name you are logged in with]."
    )(book_option(function))


def _act(book: str, act: Callable[[Reviews], Entry | Sequence[Entry]]) -> None:
    from dateline.book import Book

    with plain_errors(), Book.open(book, create=False) as opened:
        made = act(opened.review)
    for entry in [made] if not isinstance(made, Sequence) else made:
        click.echo(_line(entry))


@command.command("list")
@click.option("--standing", default="open", show_default=True, help="open, accepted, corrected, rejected or all.")
@click.option("--actor", metavar="NAME", help="Only events with this person or body.")
@click.option("--type", "type_", metavar="TYPE[.mode],…", help="Only events of these types.")
@click.option("--since", metavar="DAY", help="Only events that reach into or past this day, month or year.")
@click.option("--until", metavar="DAY", help="Only events that begin by this day, month or year.")
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help="The first N accounts only.")
@book_option
@json_option
def list_(
    book: str,
    standing: str,
    actor: str | None,
    type_: str | None,
    since: str | None,
    until: str | None,
    limit: int | None,
    as_json: bool,
) -> None:
    """List the accounts that nobody has reviewed, and what makes each worth a look."""
    from itertools import islice

    from dateline.book import Book

    with plain_errors(), Book.open(book, read_only=True) as opened:
        if standing == "rejected":
            rejected = opened.review.rejected()[:limit]
            for entry in rejected if as_json else ():
                print_json(entry)
            if not as_json:
                show_table(None, ["account", "report", "rejected by"], [_rejected(e) for e in rejected])
            return
        events = opened.timeline(actor=actor, type=type_, since=since, until=until)
        found = list(islice(opened.review.items(standing, events), limit))
    if as_json:
        for item in found:
            print_json({"account": item.telling.key, "event": item.event.id, **_told(item)})
        return
    if not found:
        click.echo("Nothing.", err=True)
    show_table(None, ["account", "report", "when", "what", "who → whom", "standing", "worth a look"], _rows(found))


def _told(item: Item) -> dict[str, Any]:
    return {"standing": item.standing, "signs": item.signs, "telling": item.telling}


def _rows(found: Sequence[Item]) -> list[list[str]]:
    from dateline.book.days import show
    from dateline.cli.wording import named, what

    rows = []
    for item in found:
        t = item.telling
        sides = f"{named(t.actor)} → {named(t.recipient)}" if t.recipient else named(t.actor)
        told = [show(t.account.when), what(t.account.type, t.account.mode), sides]
        rows.append([t.key, t.report, *told, item.standing, ", ".join(item.signs)])
    return rows


def _rejected(entry: Entry) -> list[str]:
    return [entry.target, entry.report or "", entry.signed()]


@command.command("accept")
@click.argument("accounts", nargs=-1, required=True, metavar="ACCOUNT…")
@click.option("--event", "whole", is_flag=True, help="Every account of the events named, not the named ones alone.")
@_signed
def accept(accounts: tuple[str, ...], whole: bool, book: str, by: str | None, because: str | None) -> None:
    """Vouch for accounts as they are: their values win over those of others, and no coding changes them."""

    def act(reviews: Reviews) -> list[Entry]:
        named = [key for a in accounts for key in (reviews.accounts(a) if whole else [a])]
        return [reviews.accept(a, by=_author(by), because=because) for a in named]

    _act(book, act)


@command.command("reject")
@click.argument("accounts", nargs=-1, required=True, metavar="ACCOUNT…")
@click.option("--event", "whole", is_flag=True, help="Every account of the events named, not the named ones alone.")
@_signed
def reject(accounts: tuple[str, ...], whole: bool, book: str, by: str | None, because: str | None) -> None:
    """Take accounts out of the book's events: what they tell is wrong, or no event."""

    def act(reviews: Reviews) -> list[Entry]:
        named = [key for a in accounts for key in (reviews.accounts(a) if whole else [a])]
        return [reviews.reject(a, by=_author(by), because=because) for a in named]

    _act(book, act)


@command.command("correct")
@click.argument("account")
@click.argument("fields", nargs=-1, required=True, metavar="FIELD=VALUE…")
@_signed
def correct(account: str, fields: tuple[str, ...], book: str, by: str | None, because: str | None) -> None:
    """Give fields of an account other values.

    \b
    FIELD is one of             VALUE is
    type, mode                  assault.abduct, abduct
    actor, recipient, said_by   names, ";" between them; "Ana Silva (person)"
    where                       places, ";" between them
    when                        2024-05-01, 2024-05, or two days: 2024-05-01/2024-05-03
    status                      actual, future, hypothetical, negated
    killed, injured, …          11, 9-14, 23+

    Nothing after "=" takes the value away.
    """
    pairs = [field.partition("=") for field in fields]
    if any(not (field.strip() and equals) for field, equals, _ in pairs):
        raise click.UsageError("Write corrections as FIELD=VALUE, as in when=2024-05-01.")

    def act(reviews: Reviews) -> list[Entry]:
        told = {field.strip(): value.strip() or None for field, _, value in pairs}
        return reviews.correct_all(account, told, by=_author(by), because=because)

    _act(book, act)


@command.command("merge")
@click.argument("one")
@click.argument("two")
@_signed
def merge(one: str, two: str, book: str, by: str | None, because: str | None) -> None:
    """Bring together two events, or two identities."""
    _act(book, lambda reviews: reviews.merge(one, two, by=_author(by), because=because))


@command.command("split")
@click.argument("whole")
@click.argument("parts", nargs=-1, metavar="PART…")
@click.option("--report", "reports", multiple=True, help="In this report, the identity is somebody else (repeatable).")
@_signed
def split(
    whole: str, parts: tuple[str, ...], reports: tuple[str, ...], book: str, by: str | None, because: str | None
) -> None:
    """Set accounts of an event, or parts of an identity, apart from the rest.

    PART is an account of the event (`show` lists them), or an id that became part of the identity (`case` lists them).
    """
    if not parts and not reports:
        raise click.UsageError("Name the parts to set apart, or --report for an identity.")
    _act(book, lambda reviews: reviews.split(whole, parts, reports=reports, by=_author(by), because=because))


@command.command("undo")
@click.argument("number", type=int)
@_signed
def undo(number: int, book: str, by: str | None, because: str | None) -> None:
    """Take back a review by its number in the log; the undo is an entry, too, and can be undone."""
    _act(book, lambda reviews: reviews.undo(number, by=_author(by), because=because))


@command.command("log")
@click.argument("target", required=False, metavar="[ID]")
@book_option
@json_option
def log(target: str | None, book: str, as_json: bool) -> None:
    """Show all reviews in order, or those about an account, an event or an identity."""
    from dateline.book import Book

    with plain_errors(), Book.open(book, read_only=True) as opened:
        found = opened.review.log(target)
        undone = opened.review.undone()
    if as_json:
        for entry in found:
            print_json(entry)
        return
    if not found:
        click.echo("No reviews.", err=True)
    rows = [
        [str(e.number), e.at, e.author, _deed(e), e.because or "", "undone" if e.number in undone else ""]
        for e in found
    ]
    show_table(None, ["no", "when (UTC)", "who", "what", "because", ""], rows)


@command.command("export")
@click.option("--out", type=click.File("wb"), default="-", help="Write to this file [standard output].")
@click.option("--partial", is_flag=True, help="Also reports of which some accounts are not reviewed, without those.")
@click.option("--no-texts", is_flag=True, help="A SHA-256 of each text in its place, where it can't be passed on.")
@book_option
def export(out: BinaryIO, partial: bool, no_texts: bool, book: str) -> None:
    """Write reviewed reports as gold readings, one JSON object a line, as `dateline evaluate` reads them.

    A reading holds what was accepted or corrected; what coding overlooked is not in it.
    """
    from dateline.book import Book

    with plain_errors(), Book.open(book, read_only=True) as opened:
        number = sum(1 for r in opened.review.gold(partial=partial) if out.write(r.to_json(texts=not no_texts) + b"\n"))
        left = opened.review.partly() if not partial else 0
    out.flush()
    print(f"{number} readings" + (f"; {left} reports reviewed in part left out" if left else ""), file=sys.stderr)


def _deed(entry: Entry) -> str:
    if entry.action == "undo":
        return f"undo {entry.undoes}"
    if entry.action == "correct":
        return f"correct {entry.target} {entry.field}={entry.value or ''}"
    if entry.action in ("merge", "split"):
        one, two = entry.sides
        return f"merge {one[0]} and {two[0]}" if entry.action == "merge" else f"split {entry.target}: {', '.join(one)}"
    return f"{entry.action} {entry.target}"


def _line(entry: Entry) -> str:
    return f"review {entry.number} by {entry.author}: {_deed(entry)}" + (f" ({entry.because})" if entry.because else "")
