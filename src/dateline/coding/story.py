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
from spacy.tokens import Doc, Span, Token

from dateline.coding.arguments import conjuncts
from dateline.coding.draft import Dated, Draft, party
from dateline.coding.timewords import days_in
from dateline.coding.voice import SPEECH_ACTS
from dateline.reading.cues import cues
from dateline.reading.layout import dateline_end
from dateline.record import Interval
from dateline.record import Span as Characters

#: Sentences that the lead of a report has.
_LEAD = 2
#: Days from the news to publication within which answers to it are news too.
_FRESH = 14


class _Reached(msgspec.Struct, frozen=True):
    """The day that a paragraph has come to: the sentence that told it, its word, and who met or spoke in it, if any."""

    sentence: int
    when: Dated
    word: str
    speakers: tuple[int, ...] = ()
    meeting: bool = False


class Placed(msgspec.Struct, frozen=True):
    """A telling in its story: with the days that its paragraph had come to, and those of the news."""

    draft: Draft
    reached: Dated | None
    news: Dated | None


def follow_story(doc: Doc, drafts: list[Draft], date: Callable[[Token], Dated | None]) -> list[Placed]:
    """The drafts in text order, the undated ones with the days that the story gives them.

    `date` tells a clause's own days: the story goes on from clauses that tell no event, too.
    """
    news = _news(doc, date)
    reached: _Reached | None = None
    waiting = sorted(drafts, key=lambda d: d.trigger)
    placed: list[Placed] = []
    for number, sentence in enumerate(doc.sents):
        if any("\n" in t.text for t in doc[max(sentence.start - 1, 0) : sentence.start]):
            reached = None
        own: _Reached | None = None
        while waiting and waiting[0].trigger < sentence.end:
            draft = waiting.pop(0)
            verb = doc[draft.clauses[0]]
            if draft.status == "actual" and not draft.when.told:
                when = _from_story(news, reached, draft, verb)
                draft = draft if when is None else msgspec.structs.replace(draft, when=when)
            if draft.status == "actual" and _main_clause(verb) and draft.when.told and _day(draft.when) is not None:
                own = _of_telling(number, draft, doc)
            placed.append(Placed(draft, reached.when if reached is not None else None, news))
        reached = own or _of_sentence(number, sentence, date, doc._.published) or reached
    return placed


def _of_sentence(
    number: int, sentence: Span, date: Callable[[Token], Dated | None], published: dt.date | None
) -> _Reached | None:
    """The day that a sentence without a dated telling is told of, or a heading names ("MONDAY")."""
    when = date(sentence.root)
    day = _day(when) if when is not None and when.told else None
    if when is None or day is None or (published is not None and day > published):
        return None
    subjects = tuple(c for c in sentence.root.children if c.dep_ == "nsubj")
    speakers = party(sentence.doc, subjects).entities if sentence.root.lemma_ in cues().verbs else ()
    return _Reached(number, when, sentence.root.text, speakers)


def _of_telling(number: int, draft: Draft, doc: Doc) -> _Reached:
    speaks = draft.type in SPEECH_ACTS or draft.type == "CONSULT"
    speakers = (*draft.actor.entities, *draft.recipient.entities) if speaks else ()
    return _Reached(number, draft.when, doc[draft.trigger].text, speakers, draft.type == "CONSULT")


def _from_story(news: Dated | None, reached: _Reached | None, draft: Draft, verb: Token) -> Dated | None:
    """The days of an undated telling: of what it goes on from, or from what it answers to publication."""
    answered = reached.when if reached is not None else news
    if _has_since(verb):
        return _answer(answered, draft.when)
    speaks = draft.type in SPEECH_ACTS
    if not (_main_clause(verb) or (_said(verb) and not speaks)):
        return None
    near = reached is not None and draft.sentence - reached.sentence == 1
    if reached is not None and (_same_occasion(reached, draft) if speaks else near):
        return _next(reached, verb)
    return _answer(answered, draft.when) if speaks else None


def _same_occasion(reached: _Reached, draft: Draft) -> bool:
    """Whether somebody speaks who was just told to have met or spoken: "She met him on Friday. She asked …"."""
    return (reached.meeting and draft.type == "AGREE") or bool(set(reached.speakers) & set(draft.actor.entities))


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


def _next(reached: _Reached, verb: Token) -> Dated:
    """The day of the sentence before, which an undated one goes on from; with "within a week" the week from it."""
    interval, evidence = reached.when.interval, reached.when.evidence
    words = f"the story goes on from {reached.word!r}: {reached.when.reason}"
    start, text = _day(reached.when), verb.doc.text
    for timex in verb.doc._.times:
        inside = timex.type == "DURATION" and verb.sent.start_char < timex.start < verb.sent.end_char
        length = days_in(timex.value) if inside else None
        if start is not None and length is not None and text[: timex.start].endswith("within "):
            interval = Interval(start, start + dt.timedelta(length))
            evidence = (*evidence, Characters(timex.start, timex.end))
            words = f"within {text[timex.start : timex.end]!r}; {words}"
    return Dated(interval, words, evidence, told=True)


def _main_clause(verb: Token) -> bool:
    """Whether a verb tells its sentence's news as a simple past, or as just over ("had just fired")."""
    while verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        verb = verb.head
    perfect = any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)
    perfect = perfect and not {"had", "just"} <= {c.lower_ for c in verb.children}
    return bool(verb.dep_ == "ROOT" and verb.tag_ in ("VBD", "VBN") and not perfect)


def _has_since(verb: Token) -> bool:
    """Whether a verb tells what came of the news: "the army has since expressed regret"."""
    words = {c.lower_ for c in verb.children}
    return bool(words & {"since", "meanwhile", "now"}) and bool(words & {"has", "have"})


def _said(verb: Token) -> bool:
    """Whether a verb tells what somebody says of the past: "villagers said two women had been raped"."""
    past = verb.tag_ in ("VBD", "VBN") and not any(c.tag_ in ("VBZ", "VBP", "MD") for c in verb.children)
    return past and verb.dep_ == "ccomp" and verb.head.lemma_ in cues().verbs and verb.head.dep_ in ("ROOT", "conj")


def _day(when: Dated) -> dt.date | None:
    """The one day that an interval is; None for a longer or an open one."""
    interval = when.interval
    return interval.earliest if interval is not None and interval.earliest == interval.latest else None
