"""What the accounts of one event agree on, field by field.

Accounts agree on a field where their values can be true together: days and counts that overlap, participants that
share an identity, places that share a word. Values that can't are a dispute, with the reports for each. The best value
is the one with most outlets behind it; then one that a report tells in its own voice; then, for counts (tolls rise),
the latest, and else the first. Descriptions ("bandits") dispute no name and go behind one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar, get_args

from dateline.merging import names
from dateline.merging.copies import copies
from dateline.merging.event import Actor, Dispute, Event, Telling, Version
from dateline.record import Context, Count, CountName, Interval, Status

V = TypeVar("V")
CONTEXTS: tuple[Context, ...] = get_args(Context)


@dataclass
class _Side(Generic[V]):
    """Accounts whose values of a field can be true together; `value` is what they come to."""

    value: V
    tellings: list[Telling]
    named: bool = True

    @property
    def reports(self) -> tuple[str, ...]:
        return tuple(sorted({t.report for t in self.tellings}))

    def rank(self, latest: bool, voices: Mapping[str, str]) -> tuple[bool, int, bool, int, str]:
        """Sorts sides, the best last: named, outlets (`voices` by report), own voice, day, id."""
        days = [t.published.toordinal() for t in self.tellings if t.published]
        day = (max(days) if latest else -min(days)) if days else -(10**7)
        own_voice = any(t.said_by is None for t in self.tellings)
        outlets = len({voices[t.report] for t in self.tellings})
        return self.named, outlets, own_voice, day, min(t.report for t in self.tellings)


def resolve(tellings: Sequence[Telling], texts: Mapping[str, str] | None = None) -> Event:
    """The event that these accounts, in their order, tell of; there must be one at least.

    `texts` has the texts of their reports by id: two places are no dispute where a report knows both, and outlets that
    ran one text are one voice.
    """
    first = tellings[0]
    voices = _voices(tellings, texts or {})
    weigh = _Scales(voices)
    actor = weigh.people("actor", tellings)
    recipient = weigh.people("recipient", tellings)
    when = weigh.choose("when", _times(tellings), lambda side: side.value)
    where = weigh.choose("where", _places(tellings, texts or {}), _fullest)
    status = weigh.choose("status", _statuses(tellings), lambda side: side.value)
    mode = weigh.choose("mode", _equal(tellings, lambda t: t.account.mode), lambda side: side.value)
    counts: dict[CountName, Count] = {}
    for name in sorted({n for t in tellings for n in t.account.counts}):
        sides = _counts([(t.account.counts[name], t) for t in tellings if name in t.account.counts])
        if side := weigh.choose(name, sides, lambda side: side.value, latest=True):
            counts[name] = side.value
    own_voice = any(t.said_by is None for t in tellings)
    chosen = (mode.value if mode else None, status.value if status else "actual")
    coded = next((t.account for t in tellings if (t.account.mode, t.account.status) == chosen), None)
    told = {context for t in tellings for context in t.account.contexts}
    sayers = {t.said_by.id: t.said_by for t in tellings if t.said_by}
    return Event(
        id=first.key,
        type=first.account.type,
        mode=chosen[0],
        actor=actor,
        recipient=recipient,
        when=when.value if when else None,
        where=_fullest(where) if where else (),
        status=chosen[1],
        said_by=() if own_voice else tuple(sayers[i] for i in sorted(sayers)),
        counts=counts,
        words=_words(tellings),
        voices=len({voices[t.report] for t in tellings}),
        disputes=tuple(weigh.disputes),
        because=weigh.because,
        tellings=tuple(tellings),
        quad=first.account.quad,
        cameo=coded.cameo if coded else None,
        intensity=coded.intensity if coded else None,
        contexts=tuple(context for context in CONTEXTS if context in told),
    )


class _Scales:
    """Chooses among the sides of one field after the other, and keeps what was in dispute and why one won."""

    def __init__(self, voices: Mapping[str, str]) -> None:
        self.voices = voices
        self.disputes: list[Dispute] = []
        self.because: dict[str, str] = {}

    def choose(
        self,
        field: str,
        sides: Iterable[_Side[V]],
        show: Callable[[_Side[V]], Interval | Count | tuple[str, ...] | str],
        *,
        latest: bool = False,
    ) -> _Side[V] | None:
        """The best side; several make a dispute."""
        ranked = sorted(sides, key=lambda s: s.rank(latest, self.voices), reverse=True)
        if len(ranked) > 1:
            versions = (Version(value=show(s), reports=s.reports, best=s is ranked[0]) for s in ranked)
            self.disputes.append(Dispute(field=field, versions=tuple(versions)))
            best, second = (side.rank(latest, self.voices) for side in ranked[:2])
            self.because[field] = _reason(best, second, latest)
        return ranked[0] if ranked else None

    def people(self, field: str, tellings: Sequence[Telling]) -> tuple[Actor, ...]:
        """The participants of a field, in dispute only where names differ."""
        named: list[_Side[set[str]]] = []
        described: list[_Side[set[str]]] = []
        for telling in tellings:
            ids = {a.id for a in _side(telling, field) if a.named}
            if not ids:
                if _side(telling, field):
                    described.append(_Side(set(), [telling], named=False))
                continue
            joined = _Side(ids, [telling])
            for side in [s for s in named if ids & s.value]:
                named.remove(side)
                joined = _Side(joined.value | side.value, side.tellings + joined.tellings)
            named.append(joined)
        best = next(iter([*named, *described]), None)
        if len(named) > 1:
            best = self.choose(field, [*named, *described], lambda s: tuple(a.name for a in _most(field, s)))
        return _most(field, best) if best else ()


def _voices(tellings: Sequence[Telling], texts: Mapping[str, str]) -> dict[str, str]:
    """The voice that each report speaks with: its outlet, or the outlet whose text it repeats almost word by word."""
    outlet = {t.report: t.source or t.report for t in tellings}
    voices = {name: name for name in outlet.values()}
    for report, first in sorted(copies({r: texts[r] for r in outlet if r in texts}).items()):
        ours, theirs = voices[outlet[report]], voices[outlet[first]]
        voices = {name: min(ours, theirs) if voice in (ours, theirs) else voice for name, voice in voices.items()}
    return {report: voices[name] for report, name in outlet.items()}


def _reason(best: tuple[bool, int, bool, int, str], second: tuple[bool, int, bool, int, str], latest: bool) -> str:
    if best[0] > second[0]:
        return "a name goes before a description"
    if best[1] > second[1]:
        return f"{best[1]} outlets have it, {second[1]} the next version"
    if best[2] > second[2]:
        return "a report tells it in its own voice, others on somebody's word"
    if best[3] > second[3]:
        return "the latest report has it" if latest else "the first report has it"
    return "nothing decides; the last in order of ids"


def _times(tellings: Iterable[Telling]) -> list[_Side[Interval]]:
    """Sides whose days overlap, the tightest whens first, so that a vague one joins and never starts a quarrel."""
    sides: list[_Side[Interval]] = []
    timed = [(t.account.when, t) for t in tellings if t.account.when]
    for when, telling in sorted(timed, key=lambda x: _width(x[0])):
        for side in sides:
            low = max((d for d in (side.value.earliest, when.earliest) if d), default=None)
            high = min((d for d in (side.value.latest, when.latest) if d), default=None)
            if not (low and high and low > high):
                side.value = Interval(low, high)
                side.tellings.append(telling)
                break
        else:
            sides.append(_Side(when, [telling]))
    return sides


def _width(when: Interval) -> tuple[int, dt.date, dt.date]:
    low, high = when
    return (high - low).days if low and high else 10**6, low or dt.date.min, high or dt.date.max


def _counts(ranges: Iterable[tuple[Count, Telling]]) -> list[_Side[Count]]:
    """Sides whose numbers overlap, exact ones first."""
    sides: list[_Side[Count]] = []
    for count, telling in sorted(ranges, key=lambda r: (r[0].high is None, r[0].low)):
        for side in sides:
            low = max(side.value.low, count.low)
            high = min((n for n in (side.value.high, count.high) if n is not None), default=None)
            if high is None or low <= high:
                side.value = Count(low, high)
                side.tellings.append(telling)
                break
        else:
            sides.append(_Side(count, [telling]))
    return sides


def _equal(tellings: Iterable[Telling], value: Callable[[Telling], V | None]) -> list[_Side[V]]:
    sides: dict[V, _Side[V]] = {}
    for telling in tellings:
        if (told := value(telling)) is not None:
            sides.setdefault(told, _Side(told, [])).tellings.append(telling)
    return list(sides.values())


def _statuses(tellings: Sequence[Telling]) -> list[_Side[Status]]:
    """What was planned or feared and then told as done is done; only a denial disputes that."""
    sides: list[_Side[Status]] = _equal(tellings, lambda t: t.account.status)
    if any(side.value == "actual" for side in sides):
        return [side for side in sides if side.value in ("actual", "negated")]
    return sides


def _places(tellings: Iterable[Telling], texts: Mapping[str, str]) -> list[_Side[set[str]]]:
    """Sides whose places share a word, or stand in one report of either side (a village and its region)."""
    sides: list[_Side[set[str]]] = []
    for telling in tellings:
        places = [{*names.words(place)} - {"the"} for place in telling.account.where]
        if not places:
            continue
        joined = _Side(set().union(*places), [telling])
        for side in [s for s in sides if joined.value & s.value or _know_both(joined, s, texts)]:
            sides.remove(side)
            joined = _Side(joined.value | side.value, side.tellings + joined.tellings)
        sides.append(joined)
    return sides


def _know_both(a: _Side[set[str]], b: _Side[set[str]], texts: Mapping[str, str]) -> bool:
    for one, two in ((a, b), (b, a)):
        known = {w for t in one.tellings for w in names.words(texts.get(t.report, ""))}
        if any({*names.words(place)} - {"the"} <= known for t in two.tellings for place in t.account.where):
            return True
    return False


def _fullest(side: _Side[set[str]]) -> tuple[str, ...]:
    return max((t.account.where for t in side.tellings), key=lambda w: (sum(map(len, w)), w))


def _side(telling: Telling, field: str) -> tuple[Actor, ...]:
    return telling.actor if field == "actor" else telling.recipient


def _most(field: str, side: _Side[set[str]]) -> tuple[Actor, ...]:
    """The participants that most of these accounts give together; the longer list among equals."""
    lists: dict[tuple[str, ...], list[Telling]] = {}
    for telling in side.tellings:
        lists.setdefault(tuple(sorted(a.id for a in _side(telling, field))), []).append(telling)
    ids = max(lists, key=lambda i: (len(lists[i]), len(i), i))
    return _side(lists[ids][0], field)


def _words(tellings: Sequence[Telling]) -> str:
    """An anchor's own words: a verb in the past tells best, by its look; else the first."""
    said = [t.words for t in tellings if t.words]
    return next((w for w in said if w.endswith("ed")), said[0] if said else "")
