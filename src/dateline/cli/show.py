"""`dateline show`: a report with its spans marked, or an event with all its accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dateline.cli.common import book_option, console, json_option, on_terminal, plain_errors, print_json, show_table

if TYPE_CHECKING:
    from dateline.book import Book
    from dateline.book.views import ReportView
    from dateline.merging.event import Event, Telling


@click.command("show")
@click.argument("what", metavar="REPORT|EVENT")
@book_option
@json_option
def command(what: str, book: str, as_json: bool) -> None:
    """Show a report with its spans marked, or an event with all its accounts.

    REPORT is a report's id; EVENT is an event's id, or enough of its beginning ("ev-ax").
    """
    from dateline.book import Book

    with plain_errors(), Book.open(book, read_only=True) as opened:
        if what.startswith("ev-") and what not in opened:
            event = opened.event(what)
            if as_json:
                print_json(event)
            else:
                _event(event, opened)
        else:
            view = opened.report(what)
            if as_json:
                print_json(view)
            else:
                _report(view)


def _report(view: ReportView) -> None:
    from dateline.cli.marks import bracketed, legend, marks, styled

    report, coded = view.report, view.coded
    found = marks(coded)
    head = [str(report.published or "no day"), report.source or "", report.title or "", report.id]
    if on_terminal():
        from rich.panel import Panel

        out = console()
        out.print(Panel(styled(report.text, found), title=" · ".join(filter(None, head)), subtitle=legend()))
    else:
        click.echo(" · ".join(filter(None, head)))
        click.echo(bracketed(report.text, found))
    show_table(
        "Events",
        ["no", "when", "what", "who → whom", "where", "status", "word of", "counts", "account", "event", "review"],
        _accounts(view),
    )
    show_table("Contexts", ["context", "by the words"], _contexts(view))
    show_table("Actors", ["actor", "country", "sectors", "by a table, not the report"], _actors(view))
    show_table("Roles", ["person", "role", "of"], [[r.person, r.role, r.of or ""] for r in coded.roles])
    show_table("Kin", ["person", "is the", "of"], [[k.person, k.relation, k.of] for k in coded.kin])
    quotes = [[q.speaker or "?", " ".join(report.text[q.span.start : q.span.end].split())] for q in coded.quotes]
    show_table("Quotes", ["who", "said"], quotes)
    codings = [[str(c.ordinal), c.version or "?", c.model or "?", c.codebook or "?"] for c in view.codings]
    show_table("Codings", ["no", "dateline", "model", "codebook"], codings)


def _contexts(view: ReportView) -> list[list[str]]:
    text = view.report.text
    return [[c, ", ".join(" ".join(text[s:e].split()) for s, e in spans)] for c, spans in view.coded.contexts.items()]


def _actors(view: ReportView) -> list[list[str]]:
    """The actors with a country or a sector, and what a table knows of them on the report's day."""
    rows = []
    for name, actor in view.coded.actors.items():
        known = "; ".join(f"{k.name}, {k.role} of {k.country} since {k.since}" for k in actor.known)
        if known or actor.sectors or (actor.country and actor.kind != "country"):
            rows.append([name, actor.country or "", " ".join(actor.sectors), known])
    return rows


def _accounts(view: ReportView) -> list[list[str]]:
    from dateline.book.days import show
    from dateline.cli.wording import counts, people, what

    rows = []
    for number, a in enumerate(view.coded.events, 1):
        sides = f"{people(a.actor)} → {people(a.recipient)}" if a.recipient else people(a.actor)
        status = "" if a.status == "actual" else a.status
        told = [what(a.type, a.mode), sides, ", ".join(a.where), status, a.said_by or "", counts(a.counts)]
        ids = [view.accounts[a.id], view.events[a.id], view.standings.get(a.id, "")]
        rows.append([str(number), show(a.when), *told, *ids])
    return rows


def _event(event: Event, book: Book) -> None:
    from dateline.cli.wording import HEADS, codes, row, value

    fields = [[head, cell] for head, cell in zip(HEADS, row(event), strict=True) if cell]
    if event.counts:
        from dateline.cli.wording import counts

        fields.append(["counts", counts(event.counts)])
    fields += [[name, cell] for name, cell in codes(event).items()]
    show_table(None, ["", ""], fields)
    disputes = [
        [d.field, value(v), ", ".join(v.reports), event.because.get(d.field, "") if v.best else ""]
        for d in event.disputes
        for v in d.versions
    ]
    show_table("In dispute", ["field", "value", "reports", "chosen because"], disputes)
    for telling in event.tellings:
        _telling(telling, book.review.standing(telling.key))
    joints = [
        [f"{j.weight:.1f}", j.a, j.b, ", ".join(f"{name} {weight:+.1f}" for name, weight, _ in j.features)]
        for j in book.joints(event.id)
    ]
    show_table("Why these accounts are one event", ["weight", "account", "and", "by"], joints)


def _telling(telling: Telling, standing: str | None) -> None:
    from dateline.book.days import show
    from dateline.cli.wording import codes, counts, named

    head = " · ".join(
        filter(None, [telling.report, str(telling.published or ""), telling.source or "", telling.key, standing])
    )
    a = telling.account
    fields = {
        "who": named(telling.actor),
        "whom": named(telling.recipient) if telling.recipient else "",
        "when": show(a.when) if a.when else "",
        "where": ", ".join(a.where),
        "status": a.status,
        "word of": telling.said_by.name if telling.said_by else "",
        "counts": counts(a.counts),
        **codes(a),
    }
    line = "  ".join(f"{name}: {cell}" for name, cell in fields.items() if cell)
    if on_terminal():
        from rich.text import Text

        sentence = Text(telling.sentence, "italic")
        sentence.highlight_words([telling.words] if telling.words else [], "bold white on dark_red")
        out = console()
        out.print()
        out.print(Text(head, "bold"))
        out.print(sentence)
        out.print(Text(line, "dim"))
    else:
        click.echo(f"\n{head}\n{telling.sentence}\n{line}")
