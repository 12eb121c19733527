"""The days that a telling may be of, and the features by which the model chooses among them.

The rules' own result is the first candidate; then publication, its past, the expressions around, and what the story has
reached, each alone and as the beginning of a stretch up to publication.
"""

from __future__ import annotations

import datetime as dt

import msgspec
from spacy.tokens import Doc

from dateline.coding.draft import Dated, Draft
from dateline.coding.learned.sample import path_between
from dateline.coding.reach import Dater
from dateline.coding.story import Placed
from dateline.coding.tense import tense_of
from dateline.reading.annotations import Timex
from dateline.record import Interval, Span

#: Features of a candidate, in the order of `Choice.features`.
DATE_FEATURES = ("name", "agrees", "reason", "rule", "grain", "path", "distance", "tense", "type", "lag", "noun")
_EXPRESSIONS, _EARLIER, _SENTENCES_BACK = 3, 2, 3
_LAGS = (0, 1, 3, 7, 31, 366)


class Choice(msgspec.Struct, frozen=True):
    """Days that a telling may be of, with the features of taking them."""

    when: Dated
    features: tuple[str, ...]


def choices(doc: Doc, placed: Placed, expressions: list[Dater]) -> list[Choice]:
    """Candidates for the days of a telling; the first is what the rules say. `expressions` are the Doc's `daters`."""
    draft, published, text = placed.draft, doc._.published, doc.text
    found: list[tuple[str, Dated, str, str, str]] = [("rule", draft.when, "-", "-", "-")]
    found.append(("none", Dated(None, ""), "-", "-", "-"))
    if published is not None:
        today = Interval(published, published)
        found.append(("published", Dated(today, f"told as of {published}", told=True), "-", "-", "-"))
        found.append(("past", Dated(Interval(None, published), f"told as past on {published}"), "-", "-", "-"))
    sentence = doc[draft.trigger].sent
    inside, before = [], []
    back = _start_back(doc, sentence.start)
    for dater in expressions:
        if sentence.start <= dater.head.i < sentence.end:
            inside.append(dater)
        elif sentence.start > dater.head.i >= back:
            before.append(dater)
    inside.sort(key=lambda d: (abs(d.head.i - draft.trigger), d.head.i))
    for number, dater in enumerate(inside[:_EXPRESSIONS]):
        near = (
            dater.timex.rule,
            path_between(doc[draft.trigger], dater.head),
            f"{'+' if dater.head.i > draft.trigger else '-'}{min(9, abs(dater.head.i - draft.trigger) // 3)}",
        )
        found += _of_expression(published, text, f"here {number}", dater.timex, near)
    for number, dater in enumerate(reversed(before[-_EARLIER:])):
        near = (dater.timex.rule, "-", str(doc[dater.head.i].sent == doc[max(sentence.start - 1, 0)].sent))
        found += _of_expression(published, text, f"before {number}", dater.timex, near)
    for name, when in (("reached", placed.reached), ("news", placed.news)):
        if when is not None and when.interval is not None:
            found.append((name, when, "-", "-", "-"))
            if published is not None and when.interval.earliest is not None and when.interval.earliest <= published:
                stretch = Interval(when.interval.earliest, published)
                found.append((f"since {name}", Dated(stretch, f"since {when.reason}", when.evidence), "-", "-", "-"))
    return [Choice(when, _features(doc, draft, name, when, *near)) for name, when, *near in found]


def _start_back(doc: Doc, start: int) -> int:
    for _ in range(_SENTENCES_BACK):
        start = doc[start - 1].sent.start if start else 0
    return start


def _of_expression(
    published: dt.date | None, text: str, name: str, timex: Timex, near: tuple[str, str, str]
) -> list[tuple[str, Dated, str, str, str]]:
    """An expression's days; and the stretch from them to publication, or up to them."""
    interval = timex.interval
    words = repr(text[timex.start : timex.end])
    evidence = (Span(timex.start, timex.end),)
    found = [(name, Dated(interval, f"by {words}", evidence, told=True), *near)]
    if interval is not None and published is not None and interval.earliest is not None and interval.latest is not None:
        if interval.earliest <= published:
            found.append(
                (f"since {name}", Dated(Interval(interval.earliest, published), f"since {words}", evidence), *near)
            )
        found.append((f"until {name}", Dated(Interval(None, interval.latest), f"before {words}", evidence), *near))
    return found


def _features(doc: Doc, draft: Draft, name: str, when: Dated, rule: str, path: str, distance: str) -> tuple[str, ...]:
    interval, published = when.interval, doc._.published
    first = interval.earliest if interval is not None else None
    grain = "none" if interval is None else "open" if None in interval else _grain(interval)
    lag = "-" if first is None or published is None else str(sum((published - first).days > n for n in _LAGS))
    reason = " ".join(w for w in draft.when.reason.split()[:3] if w.isalpha()) or "expression"
    same = "rule" if name == "rule" else "same" if interval == draft.when.interval else "other"
    told = f"{reason} {'told' if draft.when.told else 'untold'}"
    clause = doc[draft.clauses[0]]
    return (
        name, same, told if name == "rule" else f"{name.split()[0]}/{told}", rule or "-", grain, path, distance,
        f"{tense_of(clause)} {clause.dep_}", f"{draft.type} {draft.status}", lag, "noun" if draft.noun else "verb",
    )  # fmt: skip


def _grain(interval: Interval) -> str:
    assert interval.earliest is not None
    assert interval.latest is not None
    days = (interval.latest - interval.earliest).days
    return "day" if days == 0 else "week" if days < 15 else "month" if days < 32 else "year" if days < 367 else "years"
