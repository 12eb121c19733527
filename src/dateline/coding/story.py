"""The day that a report's story has reached, for tellings that have no time of their own.

"Some 500 people marched through Nukus on Tuesday. Police broke up the crowd": the second sentence goes on from the
first. What is said in answer to the news was said between the news and its publication. Only main clauses go on: what
relative and subordinate clauses tell may be of any day.
"""

from __future__ import annotations

import datetime as dt

import msgspec
from spacy.tokens import Doc, Token

from dateline.coding.draft import Dated, Draft
from dateline.coding.voice import SPEECH_ACTS
from dateline.record import Interval

#: Sentences (from 0) in which the lead of a report stands.
_LEAD = 1
#: Days from the lead's day to publication within which answers to it are news too.
_FRESH = 3


def follow_story(doc: Doc, drafts: list[Draft]) -> list[Draft]:
    """The drafts in text order, the undated ones with the days that the story gives them."""
    lead: Draft | None = None
    reached: Draft | None = None
    dated: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: d.trigger):
        if draft.status != "actual" or draft.noun or not _main_clause(doc[draft.trigger]):
            dated.append(draft)
            continue
        if reached is not None and not _goes_on(doc, reached, draft):
            reached = None
        when = draft.when
        if not when.told:
            answer = _answer(doc, lead, when) if lead is not None and draft.type in SPEECH_ACTS else None
            when = answer or (_next(doc, reached, draft) if reached is not None else None) or when
        draft = msgspec.structs.replace(draft, when=when)
        dated.append(draft)
        if when.told and _day(when) is not None:
            reached = draft
            lead = draft if lead is None and draft.sentence <= _LEAD else lead
    return dated


def _answer(doc: Doc, lead: Draft, when: Dated) -> Dated | None:
    """Days of an undated act of speech: from the news that it answers to publication."""
    start, end = _day(lead.when), when.interval.latest if when.interval else None
    if start is None or end is None or not 0 <= (end - start).days <= _FRESH:
        return None
    words = f"said after {doc[lead.trigger].text!r} ({lead.when.reason}), told on {end}"
    return Dated(Interval(start, end), words, lead.when.evidence)


def _next(doc: Doc, reached: Draft, draft: Draft) -> Dated | None:
    """The day of the sentence before, which an undated sentence goes on from."""
    if draft.sentence == reached.sentence:
        return None
    words = f"the story goes on from {doc[reached.trigger].text!r}: {reached.when.reason}"
    return Dated(reached.when.interval, words, reached.when.evidence, told=True)


def _goes_on(doc: Doc, reached: Draft, draft: Draft) -> bool:
    """Whether a telling stands in the same or the next sentence of the same paragraph."""
    between = doc[reached.trigger : draft.trigger]
    return draft.sentence - reached.sentence <= 1 and not any("\n" in t.text for t in between)


def _main_clause(verb: Token) -> bool:
    """Whether a verb tells its sentence's news as a simple past."""
    while verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        verb = verb.head
    perfect = any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)
    return bool(verb.dep_ == "ROOT" and verb.tag_ in ("VBD", "VBN") and not perfect)


def _day(when: Dated) -> dt.date | None:
    """The one day that an interval is; None for a longer or an open one."""
    interval = when.interval
    return interval.earliest if interval is not None and interval.earliest == interval.latest else None
