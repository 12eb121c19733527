"""The day that a report's story has reached, for tellings that have no time of their own.

"Some 500 people marched through Nukus on Tuesday. Police broke up the crowd": the second sentence goes on from the
first. What is said in answer to the news was said between the news and its publication. Only main clauses go on: what
relative and subordinate clauses tell may be of any day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import islice

import msgspec
from spacy.tokens import Doc, Token

from dateline.coding.arguments import conjuncts
from dateline.coding.draft import Dated, Draft
from dateline.coding.voice import SPEECH_ACTS
from dateline.reading.layout import dateline_end
from dateline.record import Interval

#: Sentences that the lead of a report has.
_LEAD = 2
#: Days from the news to publication within which answers to it are news too.
_FRESH = 14


def follow_story(doc: Doc, drafts: list[Draft], date: Callable[[Token], Dated | None]) -> list[Draft]:
    """The drafts in text order, the undated ones with the days that the story gives them.

    `date` tells a clause's own days: the news may be dated by a clause that tells no event.
    """
    news = _news(doc, date)
    reached: Draft | None = None
    dated: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: d.trigger):
        if draft.status != "actual" or draft.noun or not _main_clause(doc[draft.trigger]):
            dated.append(draft)
            continue
        if reached is not None and _paragraph_between(doc, reached, draft):
            reached = None
        if not draft.when.told:
            draft = msgspec.structs.replace(draft, when=_from_story(doc, news, reached, draft) or draft.when)
        dated.append(draft)
        if draft.when.told and _day(draft.when) is not None:
            reached = draft
    return dated


def _from_story(doc: Doc, news: Dated | None, reached: Draft | None, draft: Draft) -> Dated | None:
    """The days of an undated telling: of what it goes on from, or from what it answers to publication."""
    if reached is not None and reached.sentence == draft.sentence:
        reached = None
    if draft.type not in SPEECH_ACTS:
        return _next(doc, reached, draft) if reached is not None and draft.sentence - reached.sentence == 1 else None
    if reached is not None and _same_occasion(reached, draft):
        return _next(doc, reached, draft)
    return _answer(reached.when if reached is not None else news, draft.when)


def _same_occasion(reached: Draft, draft: Draft) -> bool:
    """Whether somebody speaks who was just told to have met or spoken: "She met the minister on Tuesday. She asked …"."""
    if reached.type == "CONSULT" and draft.type == "AGREE":
        return True
    speaks = reached.type in SPEECH_ACTS or reached.type == "CONSULT"
    return speaks and bool({*reached.actor.entities, *reached.recipient.entities} & set(draft.actor.entities))


def _news(doc: Doc, date: Callable[[Token], Dated | None]) -> Dated | None:
    """The days of the news: the first that a main clause of the lead is told of, or what is said in it."""
    begins = dateline_end(doc.text)
    lead = (s.root for s in doc.sents if s.start_char >= begins and s.root.pos_ in ("VERB", "AUX"))
    for root in islice(lead, _LEAD):
        said = [c for c in root.children if c.dep_ == "ccomp"]
        for verb in (*said, *conjuncts(root)):
            dated = date(verb)
            if dated is not None and dated.told and _day(dated) is not None:
                return dated
    return None


def _answer(news: Dated | None, when: Dated) -> Dated | None:
    """Days of an undated act of speech: from the news that it answers to publication."""
    start, end = _day(news) if news is not None else None, when.interval.latest if when.interval else None
    if news is None or start is None or end is None or not 0 <= (end - start).days <= _FRESH:
        return None
    return Dated(Interval(start, end), f"said after the news ({news.reason}), told on {end}", news.evidence)


def _next(doc: Doc, reached: Draft, draft: Draft) -> Dated:
    """The day of the sentence before, which an undated sentence goes on from."""
    words = f"the story goes on from {doc[reached.trigger].text!r}: {reached.when.reason}"
    return Dated(reached.when.interval, words, reached.when.evidence, told=True)


def _paragraph_between(doc: Doc, reached: Draft, draft: Draft) -> bool:
    return any("\n" in t.text for t in doc[reached.trigger : draft.trigger])


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
