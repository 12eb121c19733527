"""A brief of a case in Markdown: what a book knows of one person or body, each line with a footnote that quotes.

Footnotes give the sentence, its outlet and day, the report's id and the characters, so that every line can be checked.
What only one side tells, what is planned and what reports differ on is said in the line itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from dateline.errors import DatelineError
from dateline.exports import BookExport
from dateline.exports.citation import as_text, cite
from dateline.exports.days import words
from dateline.exports.phrases import counts, people, reserve, what, who
from dateline.exports.selection import Selection
from dateline.merging.words import sentence_at
from dateline.record import Count, Interval, Span

if TYPE_CHECKING:
    from dateline.book import Case
    from dateline.merging.event import Event, Telling

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")


class Brief(BookExport):
    """Markdown with footnotes (as pandoc, GitHub and many others read them) about the query's actor."""

    about = "a brief of one person or body in Markdown, each line with a footnote that quotes; needs --actor"
    suffix = ".md"

    def events(self, events: Selection, out: BinaryIO) -> None:
        """Write the brief."""
        case = events.case()
        if case is None:
            raise DatelineError("a brief is of one person or body; say whose with --actor NAME")
        notes = _Notes(events)
        for line in (*_head(case, events), *_told(case, notes), *_events(events, notes), *notes.lines()):
            out.write((line + "\n").encode())


class _Notes:
    """Footnotes, numbered as they are first called for."""

    def __init__(self, events: Selection) -> None:
        self._events = events
        self._numbers: dict[str, int] = {}

    def account(self, telling: Telling) -> str:
        """The mark of a note that quotes the sentence of an account."""
        spans = telling.account.anchors
        return self._mark(telling.report, telling.sentence, spans[0] if spans else None)

    def passage(self, report_id: str, span: Span) -> str:
        """The mark of a note that quotes these characters of a report."""
        return self._mark(report_id, self._events.report(report_id).text[span.start : span.end], span)

    def claim(self, report_id: str, what: str) -> str:
        """The mark of a note for an office or a kinship of a report: it quotes the sentence, where evidence is kept."""
        coded = self._events.coded(report_id)
        claims = [(r.role, r.evidence) for r in coded.roles] + [(k.relation, k.evidence) for k in coded.kin]
        for told, evidence in claims:
            if told.casefold() == what.casefold() and evidence:
                text = self._events.report(report_id).text
                start, end = sentence_at(text, evidence[0])
                return self._mark(report_id, text[start:end], evidence[0])
        return self._mark(report_id, "", None)

    def _mark(self, report_id: str, quoted: str, span: Span | None) -> str:
        report = self._events.report(report_id)
        parts = [f"“{_plain(quoted)}”"] if quoted.strip() else []
        told = [
            _plain(report.source or ""),
            f"*{_plain(report.title)}*" if report.title else "",
            str(report.published or ""),
        ]
        parts.append(", ".join(filter(None, [*told, f"report {_plain(report.id)}"])))
        if span:
            parts.append(f"characters {span.start} to {span.end}")
        if report.url and re.fullmatch(r"https?://[^\s<>]+", report.url):
            parts.append(f"<{report.url}>")
        note = ", ".join(parts) + "."
        return f"[^{self._numbers.setdefault(note, len(self._numbers) + 1)}]"

    def lines(self) -> Iterator[str]:
        """The notes, at the end of the page."""
        for note, number in self._numbers.items():
            yield ""
            yield f"[^{number}]: {note}"


def _head(case: Case, events: Selection) -> Iterator[str]:
    yield f"# {_plain(case.actor.name)}"
    yield ""
    also = [name for name in case.names if name != case.actor.name]
    yield f"{case.actor.kind.capitalize()}" + (f", also {_plain(', '.join(also))}" if also else "") + "."
    yield ""
    yield f"Source: {_plain(as_text(cite(events)))}"


def _told(case: Case, notes: _Notes) -> Iterator[str]:
    if case.offices:
        yield from ("", "## Offices", "")
        for office in case.offices:
            marks = "".join(notes.claim(report, office.role) for report in office.reports)
            yield f"- {_plain(office.role)}" + (f" of {_plain(office.of)}" if office.of else "") + marks
    if case.kin:
        yield from ("", "## Kin", "")
        for kin in case.kin:
            marks = "".join(notes.claim(report, kin.relation) for report in kin.reports)
            yield f"- {_plain(kin.person)} is the {_plain(kin.relation)} of {_plain(kin.of)}{marks}"
    if case.spells:
        whens = {part.event.id: words(part.event.when) for part in case.events}
        yield from ("", "## Captivity", "")
        for spell in case.spells:
            least, most = spell.days
            days = f"{least or '?'} to {most or '?'}" if least != most else str(least)
            taken, freed = ((whens.get(e or "") or "not told") for e in (spell.taken, spell.freed))
            yield f"- taken: {taken}; freed: {freed}" + (f"; {days} days" if least or most else "")
    if case.quotes:
        yield from ("", "## Words", "")
        for said in case.quotes:
            yield f"- “{_plain(said.text)}”{notes.passage(said.report, said.span)}"


def _events(events: Selection, notes: _Notes) -> Iterator[str]:
    yield from ("", "## Events", "")
    none = True
    for event in events:
        none = False
        yield _line(event) + "".join(dict.fromkeys(map(notes.account, event.tellings)))
        for dispute in event.disputes:
            told = "; ".join(f"{_plain(_value(v.value))} ({_plain(', '.join(v.reports))})" for v in dispute.versions)
            yield f"    - {dispute.field}: {told}"
    if none:
        yield "None."


def _line(event: Event) -> str:
    sides = who(event)
    line = f"- **{words(event.when)}**: {what(event)}" + (f": {_plain(sides)}" if sides else "")
    line += f", in {_plain(people(event.where))}" if event.where else ""
    line += f"; {counts(event)}" if event.counts else ""
    kept = reserve(event)
    return line + (f" (*{_plain(kept)}*)" if kept else "")


def _value(value: Interval | Count | tuple[str, ...] | str) -> str:
    """A disputed value in words."""
    if isinstance(value, Interval):
        return words(value)
    if isinstance(value, Count):
        low, high = value
        return f"{low} or more" if high is None else str(low) if low == high else f"{low} to {high}"
    return value if isinstance(value, str) else ", ".join(value)


def _plain(text: str) -> str:
    """Text on one line that Markdown shows as it is."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
