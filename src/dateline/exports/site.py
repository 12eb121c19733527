"""A book as a folder of plain pages: nothing runs in them, nothing is fetched, any browser opens `index.html`.

Years list events; a page an event shows each value with the words that it rests on and what reports differ on; a page
an actor shows what it took part in; a page a report shows its text with the words that tell of events marked.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from html import escape
from importlib import resources
from typing import TYPE_CHECKING

from dateline.exports import BookExport
from dateline.exports.citation import as_text, cite
from dateline.exports.days import words
from dateline.exports.phrases import counts, headline, reserve
from dateline.exports.selection import Selection

if TYPE_CHECKING:
    from dateline.book import Derivation
    from dateline.merging.event import Actor, Event

_PLAIN = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")
#: Actors on the first page.
_FOREMOST = 30


class Site(BookExport):
    """Pages in HTML 5 with one style sheet; names of files are made of ids, links are relative."""

    about = "a folder of plain HTML pages of the book, which need no server and run nothing"

    def pages(self, events: Selection) -> Iterator[tuple[str, bytes]]:
        """The pages: events, years, actors, reports, the index, the style."""
        title = events.book.path.stem
        years: dict[str, list[str]] = {}
        actors: dict[str, Actor] = {}
        rows: dict[str, list[str]] = {}
        told: dict[str, list[tuple[int, int, str]]] = {}
        for event in events:
            years.setdefault(_year(event), []).append(_row(event, ""))
            for actor in {a.id: a for a in (*event.actor, *event.recipient, *event.said_by)}.values():
                actors[actor.id] = actor
                rows.setdefault(actor.id, []).append(_row(event, "../"))
            for telling in event.tellings:
                spans = ((s.start, s.end, event.id) for s in telling.account.anchors)
                told.setdefault(telling.report, []).extend(spans)
            yield f"event/{slug(event.id)}.html", _page(headline(event), _event(events, event), "../", title)
        for year in sorted(years):
            yield f"year-{year}.html", _page(year, _table(years[year]), "", title)
        for key in sorted(actors):
            actor = actors[key]
            body = f'<p class="soft">{escape(actor.kind)}</p>{_table(rows[key])}'
            yield f"actor/{slug(key)}.html", _page(actor.name, body, "../", title)
        for report in sorted(told):
            name, body = _report(events, report, told[report])
            yield f"report/{slug(report)}.html", _page(name, body, "../", title)
        listed = sorted(actors.values(), key=lambda a: (a.name.casefold(), a.id))
        links = "".join(f"<li>{_link(a.name, 'actor', a.id, '')} ({len(rows[a.id])})</li>" for a in listed)
        yield "actors.html", _page("Actors", f"<ul>{links}</ul>", "", title)
        yield "reports.html", _page("Reports", _reports(events, sorted(told)), "", title)
        yield "index.html", _page(title, _index(events, years, actors, rows), "", title)
        yield "style.css", resources.files("dateline.exports").joinpath("site.css").read_bytes()


def slug(name: str) -> str:
    """The name of a file for an id: the id itself where it is plain, else what is plain of it with a digest."""
    if _PLAIN.fullmatch(name):
        return name
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40]
    return f"{plain or 'x'}-{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:10]}"


def _page(name: str, body: str, up: str, title: str) -> bytes:
    links = f'<a href="{up}index.html">{escape(title)}</a><a href="{up}actors.html">Actors</a>'
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<title>{escape(name)}</title>\n<link rel="stylesheet" href="{up}style.css">\n</head>\n<body>\n'
        f'<nav>{links}<a href="{up}reports.html">Reports</a></nav>\n<main>\n<h1>{escape(name)}</h1>\n{body}\n'
        "</main>\n</body>\n</html>\n"
    ).encode("utf-8", "replace")


def _index(events: Selection, years: dict[str, list[str]], actors: dict[str, Actor], rows: dict[str, list[str]]) -> str:
    listed = "".join(f'<li><a href="year-{y}.html">{y}</a> ({len(years[y])})</li>' for y in sorted(years))
    most = Counter({key: len(found) for key, found in rows.items() if actors[key].named})
    first = sorted(most, key=lambda key: (-most[key], actors[key].name))[:_FOREMOST]
    foremost = "".join(f"<li>{_link(actors[k].name, 'actor', k, '')} ({most[k]})</li>" for k in first)
    return (
        f'<p class="soft">{escape(as_text(cite(events)))}</p>\n<h2>Years</h2>\n<ul>{listed}</ul>\n'
        f"<h2>Who takes part most</h2>\n<ul>{foremost}</ul>"
    )


def _year(event: Event) -> str:
    low, high = event.when or (None, None)
    day = low or high
    return f"{day.year:04d}" if day else "unknown"


def _link(name: str, folder: str, key: str, up: str) -> str:
    return f'<a href="{up}{folder}/{slug(key)}.html">{escape(name)}</a>'


def _row(event: Event, up: str) -> str:
    kept = reserve(event)
    soft = f' <span class="soft">{escape(kept)}</span>' if kept else ""
    facts = "; ".join(filter(None, [", ".join(event.where), counts(event)]))
    link = _link(headline(event), "event", event.id, up)
    return f'<tr><td class="when">{escape(words(event.when))}</td><td>{link}{soft}</td><td>{escape(facts)}</td></tr>'


def _table(rows: Iterable[str]) -> str:
    return "<table>\n<tr><th>When</th><th>What</th><th>Where, numbers</th></tr>\n" + "\n".join(rows) + "\n</table>"


def _event(events: Selection, event: Event) -> str:
    kept = reserve(event)
    parts = [f'<p class="soft">{escape(words(event.when))}{escape("; " + kept if kept else "")}</p>']
    people = {a.id: a for a in (*event.actor, *event.recipient, *event.said_by)}
    parts.append("<p>" + ", ".join(_link(a.name, "actor", a.id, "../") for a in people.values()) + "</p>")
    parts.append("<h2>Told by</h2>")
    for t in event.tellings:
        report = events.report(t.report)
        named = ", ".join(filter(None, [t.source, t.title, str(t.published or "")])) or report.id
        said = f" on the word of {escape(t.said_by.name)}" if t.said_by else ""
        link = _link(named, "report", t.report, "../")
        parts.append(f"<blockquote>{escape(t.sentence)}</blockquote><p>{link}{said}</p>")
    parts.append("<h2>Why</h2>\n<table>\n<tr><th>Field</th><th>Value</th><th>Words, and how it follows</th></tr>")
    parts += [_why(derivation) for derivation in events.book.why(event.id)]
    return "\n".join([*parts, "</table>"])


def _why(derivation: Derivation) -> str:
    told = []
    for ground in derivation.grounds:
        quoted = " … ".join(
            f'<span class="soft">{escape(p.before)}</span><mark>{escape(p.quoted)}</mark>'
            f'<span class="soft">{escape(p.after)}</span>'
            for p in ground.passages
        )
        value = f"{escape(ground.value)}" if ground.value else "not told"
        because = f' <span class="soft">{escape(ground.because)}</span>' if ground.because else ""
        told.append(f"<p>{_link(ground.report, 'report', ground.report, '../')}: {value}{because}<br>{quoted}</p>")
    chosen = f'<p class="soft">{escape(derivation.because)}</p>' if derivation.because else ""
    value = escape(derivation.value or "unknown")
    return f"<tr><td>{derivation.field}</td><td>{value}{chosen}</td><td>{''.join(told)}</td></tr>"


def _reports(events: Selection, ids: list[str]) -> str:
    rows = []
    for key in ids:
        report = events.report(key)
        link = _link(report.title or report.id, "report", key, "")
        day, outlet = escape(str(report.published or "")), escape(report.source or "")
        rows.append(f'<tr><td class="when">{day}</td><td>{link}</td><td>{outlet}</td></tr>')
    return "<table>\n<tr><th>Day</th><th>Report</th><th>Outlet</th></tr>\n" + "\n".join(rows) + "\n</table>"


def _report(events: Selection, key: str, spans: list[tuple[int, int, str]]) -> tuple[str, str]:
    """The name of a report's page and its text, the words that tell of events marked; where two overlap, the first."""
    report = events.report(key)
    parts, at = [], 0
    for start, end, event in sorted(spans):
        if start >= at:
            marked = f'<a href="../event/{slug(event)}.html"><mark>{escape(report.text[start:end])}</mark></a>'
            parts += [escape(report.text[at:start]), marked]
            at = end
    facts = ", ".join(filter(None, [report.source, str(report.published or ""), report.id]))
    url = report.url or ""
    link = f' <a href="{escape(url)}">{escape(url)}</a>' if url.startswith(("https://", "http://")) else ""
    text = "".join([*parts, escape(report.text[at:])])
    return report.title or report.id, f'<p class="soft">{escape(facts)}{link}</p>\n<div class="text">{text}</div>'
