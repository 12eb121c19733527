"""A reference for a book, or for what a query finds in it: what made it, of which sources, under which digest.

The digest is of the selected events (their ids, values and evidence), so two references with one digest mean the same
data. The day of a reference is the last day on which a report of it was published: it does not depend on when one asks.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from dateline.exports.selection import Selection

#: Outlets that a reference names before "and N more".
_NAMED = 5


class Citation(msgspec.Struct, frozen=True, kw_only=True):
    """What a reference has: `coders`, what coded the reports (version, codebook, model), and what was coded.

    `sources` are outlets with the number of their reports, the most frequent first; `digest` is of the events.
    """

    title: str
    coders: tuple[str, ...]
    events: int
    reports: int
    reviewed: int
    sources: tuple[tuple[str, int], ...]
    first: dt.date | None
    last: dt.date | None
    query: dict[str, str]
    digest: str


def cite(events: Selection) -> Citation:
    """The reference for a selection."""
    digest, count = hashlib.sha256(), 0
    found: dict[str, tuple[str | None, dt.date | None]] = {}
    for event in events:
        line = msgspec.json.encode(event)
        digest.update(len(line).to_bytes(8, "big") + line)
        count += 1
        found |= {t.report: (t.source, t.published) for t in event.tellings}
    outlets = Counter(source for source, _ in found.values() if source)
    days = sorted(day for _, day in found.values() if day)
    return Citation(
        title=events.book.path.name,
        coders=tuple(_coders(events, sorted(found))),
        events=count,
        reports=len(found),
        reviewed=sum(map(events.reviewed, sorted(found))),
        sources=tuple(sorted(outlets.items(), key=lambda pair: (-pair[1], pair[0]))),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        query=events.query,
        digest=digest.hexdigest(),
    )


def _coders(events: Selection, reports: Iterable[str]) -> Iterator[str]:
    """What coded the reports, each once, in words."""
    found = set()
    for report in reports:
        coding = events.coding(report)
        version, model, codebook = (coding.version, coding.model, coding.codebook) if coding else (None, None, None)
        told = [f"dateline {version or 'of a version unknown'}"]
        told += [f"codebook {codebook}"] if codebook else []
        told += [f"model {model}"] if model else []
        found.add(", ".join(told))
    yield from sorted(found)


def as_text(found: Citation) -> str:
    """A reference to read."""
    year = f" ({found.last.year})" if found.last else ""
    days = f", published {found.first} to {found.last}" if found.first else ""
    parts = [
        f"{found.title}{year}: {found.events:,} events from {found.reports:,} reports{days}",
        f"Coded with {' and with '.join(found.coders)}" if found.coders else "Nothing coded",
    ]
    if found.reviewed:
        parts.append(f"{found.reviewed:,} accounts reviewed")
    if found.sources:
        named = ", ".join(f"{name} ({count})" for name, count in found.sources[:_NAMED])
        more = len(found.sources) - _NAMED
        parts.append("Sources: " + named + (f" and {more} more" if more > 0 else ""))
    if found.query:
        parts.append("Query: " + _query(found))
    return ". ".join([*parts, f"Digest sha256:{found.digest}"]) + "."


def as_bibtex(found: Citation) -> str:
    """An entry for BibTeX."""
    fields = {
        "title": f"{{{_tex(found.title)}}}: {found.events} events from {found.reports} dated reports",
        "year": str(found.last.year) if found.last else "",
        "version": _tex("; ".join(found.coders)),
        "note": _tex("; ".join(filter(None, (_query(found), f"sha256:{found.digest}")))),
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{dateline-{found.digest[:12]},\n{lines}\n}}"


def as_csl(found: Citation) -> dict[str, Any]:
    """An item of CSL-JSON; what CSL has no name for stands under `custom`."""
    item: dict[str, Any] = {
        "id": f"dateline-{found.digest[:12]}",
        "type": "dataset",
        "title": f"{found.title}: {found.events} events from {found.reports} dated reports",
        "version": "; ".join(found.coders),
        "note": "; ".join(filter(None, (_query(found), f"sha256:{found.digest}"))),
    }
    if found.last:
        item["issued"] = {"date-parts": [[found.last.year, found.last.month, found.last.day]]}
    return item | {"custom": msgspec.to_builtins(found)}


def _query(found: Citation) -> str:
    return ", ".join(f"{name}={value}" for name, value in sorted(found.query.items()))


def _tex(words: str) -> str:
    return re.sub(r"([&%$#_{}])", r"\\\1", words.replace("\\", "/"))
