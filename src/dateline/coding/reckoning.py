"""Dates that are worked out, from what events tell of each other.

Captivity of a told length ("after 498 days in captivity", "whom gunmen had held for 71 days"), the order of taking and
release, and what happened in an attack give days that no sentence names.
"""

from __future__ import annotations

import datetime as dt

import msgspec
from spacy.tokens import Doc, Token

from dateline.coding.draft import Dated, Draft
from dateline.coding.timewords import LENGTH
from dateline.coding.uniting import intersect
from dateline.reading.annotations import Timex
from dateline.reading.times.propagation import Contradiction, Fact, Gap, Order, Within, propagate
from dateline.record import Interval, Span

#: Days in a unit and the slack that a rounded length has. "N days" counts the first day and the last (the annotation
#: guide's convention), so N days lie N - 1 apart.
_UNITS = {"D": (1.0, 0), "W": (7.0, 3), "M": (30.44, 15), "Y": (365.25, 182)}
_STEPS = 6
#: Lengths shorter than this (days) fit by chance too easily to link two events.
_LONG = 14
_ANY = Interval(None, None)


def reckon(doc: Doc, events: list[Draft]) -> list[Draft]:
    """The events with the days that lengths of captivity and the order of things give them.

    Facts that contradict each other change nothing; the contradiction is told in the event's derivation.
    """
    events = _set_in_attacks(doc, events)
    lengths = _lengths(doc, events)
    for taken in (i for i, e in enumerate(events) if _takes(e)):
        for freed in (i for i, e in enumerate(events) if _frees(e)):
            if _same_people(doc, events[taken], events[freed]) or _fits_a_length(events, taken, freed, lengths):
                events = _meet(doc, events, taken, freed, lengths)
    return events


def _fits_a_length(events: list[Draft], taken: int, freed: int, lengths: list[tuple[Timex, frozenset[int]]]) -> bool:
    """Whether a length told of one of them leads from the day of the other into the days told of it.

    Such a fit of days is no chance: it links "the three were abducted on 3 September" to one of them who "walked free
    after 212 days".
    """
    for timex, hangs in lengths:
        first, last = events[taken].when.interval, events[freed].when.interval
        days, slack = _days(timex)
        if not hangs & {taken, freed} or slack or days < _LONG or first is None or last is None or None in last:
            continue
        begun, sure = first
        if begun is None or sure is None or (sure - begun).days > 7:
            continue
        reach = Interval(begun + dt.timedelta(days), sure + dt.timedelta(days))
        if intersect(reach, last) is not None:
            return True
    return False


def _days(timex: Timex) -> tuple[int, int]:
    """Days from one end of a told length to the other, and the slack that a rounded one has."""
    length = LENGTH.fullmatch(timex.value)
    assert length is not None
    per, slack = _UNITS[length[2]]
    return round(int(length[1]) * per) - (1 if length[2] == "D" else 0), slack


def _set_in_attacks(doc: Doc, events: list[Draft]) -> list[Draft]:
    """An attack and what befell people in it share their days and, where one has none, the place."""
    mended = list(events)
    for inner, outer in _inside(doc, events):
        one, other = mended[inner], mended[outer]
        both = intersect(one.when.interval or _ANY, other.when.interval or _ANY)
        if both is None:
            continue
        word = doc[other.trigger].text
        for index, mine, theirs in ((inner, one, other), (outer, other, one)):
            when = mine.when
            if both not in (mine.when.interval, _ANY):
                evidence = tuple(dict.fromkeys((*mine.when.evidence, *theirs.when.evidence)))
                when = Dated(
                    both, f"in the {word}: {theirs.when.reason}", evidence, told=mine.when.told or theirs.when.told
                )
            mended[index] = msgspec.structs.replace(
                mine,
                when=when,
                where=mine.where or theirs.where,
                where_evidence=mine.where_evidence or theirs.where_evidence,
            )
    return mended


def _inside(doc: Doc, events: list[Draft]) -> list[tuple[int, int]]:
    """Pairs of an event and the attack that its words set it in ("killed in the attack", "taken during the raid")."""
    attacks = {
        t: i
        for i, e in enumerate(events)
        if e.type == "ASSAULT" and e.mode != "abduct"  # nobody is freed in his captivity
        for t in e.triggers
        if doc[t].pos_ == "NOUN"
    }
    return [
        (i, attacks[noun.i])
        for i, event in enumerate(events)
        for t in event.triggers
        for child in doc[t].subtree
        if child.dep_ == "prep" and child.lower_ in ("in", "during") and doc[t] in (child.head, child.head.head.head)
        for noun in child.children
        if noun.i in attacks and attacks[noun.i] != i
    ]


def _takes(event: Draft) -> bool:
    return (event.type, event.mode) in (("ASSAULT", "abduct"), ("COERCE", "arrest")) and event.status == "actual"


def _frees(event: Draft) -> bool:
    return (event.type, event.mode) == ("RETREAT", "release") and event.status == "actual"


def _same_people(doc: Doc, one: Draft, other: Draft) -> bool:
    """Whether two events befell the same: by their recipients, or as one is told of the other's ("whom they held")."""
    if set(one.recipient.entities) & set(other.recipient.entities):
        return True
    above = {doc[c].head.head.i for c in one.clauses if doc[c].dep_ == "relcl"}
    return bool(above & set(other.clauses))


def _lengths(doc: Doc, events: list[Draft]) -> list[tuple[Timex, frozenset[int]]]:
    """Told lengths of time, each with the events on whose words it hangs."""
    found = []
    for timex in doc._.times:
        if timex.type != "DURATION" or not LENGTH.fullmatch(timex.value):
            continue
        span = doc.char_span(timex.start, timex.end, alignment_mode="expand")
        if span is None or not len(span):
            continue
        above = _upwards(span.root)
        # "71 days in captivity": the length may stand above the word it measures
        around = {*above, *(t.i for t in span.root.head.subtree if span.root.head.pos_ != "VERB")}
        hangs = frozenset(i for i, e in enumerate(events) if around & set(e.triggers))
        if hangs:
            found.append((timex, hangs))
    return found


def _upwards(token: Token) -> list[int]:
    chain = [token.i]
    for _ in range(_STEPS):
        if token.head == token:
            break
        token = token.head
        chain.append(token.i)
        if token.pos_ in ("VERB", "AUX"):
            break
    return chain


def _meet(
    doc: Doc, events: list[Draft], taken: int, freed: int, lengths: list[tuple[Timex, frozenset[int]]]
) -> list[Draft]:
    """Both events with the days that their own times, their order and a told length give."""
    names = {taken: "taken", freed: "freed"}
    facts: list[Fact] = [Order("taken", "freed", "taken before freed")]
    for index, name in names.items():
        interval = events[index].when.interval
        if interval is not None:
            facts.append(Within(name, interval, events[index].when.reason))
    evidence: list[Span] = []
    for timex, hangs in lengths:
        if hangs & {taken, freed}:
            days, slack = _days(timex)
            words = doc.text[timex.start : timex.end]
            facts.append(Gap("taken", "freed", days, f"{words!r} from taking to release, both days counted", slack))
            evidence.append(Span(timex.start, timex.end))
    result = propagate(facts)
    if isinstance(result, Contradiction):
        return events
    mended = list(events)
    for index, name in names.items():
        old, new = events[index].when, result[name]
        if new.interval != old.interval and new.interval != Interval(None, None):
            dated = Dated(new.interval, new.why, tuple(dict.fromkeys((*old.evidence, *evidence))), told=True)
            mended[index] = msgspec.structs.replace(events[index], when=dated)
    return mended
