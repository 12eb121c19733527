"""A report's text with the spans of what was coded: styles on a terminal, brackets where it is piped."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dateline.cli.wording import what
from dateline.record import CodedReport, Span

if TYPE_CHECKING:
    from rich.text import Text

#: The style of each kind of span, in the order in which brackets go before one another.
STYLES = {
    "event": "bold white on dark_red",
    "when": "green",
    "where": "blue",
    "counts": "yellow",
    "actor": "cyan",
    "quote": "italic",
}


class Mark(NamedTuple):
    """A span of a kind with a label for the brackets ("ASSAULT·abduct 1")."""

    span: Span
    kind: str
    label: str


def marks(coded: CodedReport) -> list[Mark]:
    """All spans of a coded report worth showing, in text order; events are numbered as they are listed."""
    found: list[Mark] = []
    for number, account in enumerate(coded.events, 1):
        label = f"{what(account.type, account.mode)} {number}"
        found += [Mark(span, "event", label) for span in account.anchors]
        for field, spans in sorted(account.evidence.items()):
            if field in ("when", "where", "counts"):
                found += [Mark(span, field, field) for span in spans]
    for name, actor in sorted(coded.actors.items()):
        found += [Mark(span, "actor", name) for span in actor.mentions]
    found += [Mark(quote.span, "quote", quote.speaker or "?") for quote in coded.quotes]
    order = list(STYLES)
    return sorted(set(found), key=lambda m: (m.span, order.index(m.kind), m.label))


def bracketed(text: str, found: list[Mark]) -> str:
    """The text with events and times in brackets, "[abducted|ASSAULT·abduct 1]"; where two overlap, events go first."""
    taken: dict[Span, list[str]] = {}
    for kind in ("event", "when"):
        for span in sorted({m.span for m in found if m.kind == kind}):
            if all(span.end <= t.start or t.end <= span.start for t in taken):
                taken[span] = sorted({m.label for m in found if m.kind == kind and m.span == span})
    made, last = "", 0
    for span in sorted(taken):
        made += f"{text[last : span.start]}[{text[span.start : span.end]}|{', '.join(taken[span])}]"
        last = span.end
    return made + text[last:]


def styled(text: str, found: list[Mark]) -> Text:
    """The text with a style for each kind of span; the rarer kinds lie over the commoner."""
    from rich.text import Text

    made = Text(text)
    for kind in reversed(STYLES):
        for span, _, _ in (m for m in found if m.kind == kind):
            made.stylize(STYLES[kind], span.start, span.end)
    return made


def legend() -> Text:
    """Which style is what."""
    from rich.text import Text

    return Text("  ").join(Text(kind, style) for kind, style in STYLES.items())
