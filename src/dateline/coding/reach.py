"""Which events a time expression dates: how far it is from a trigger in the tree, and where clauses end its reach."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import msgspec
from spacy.tokens import Doc, Token

from dateline.coding.timewords import days_in, only_happens
from dateline.reading.annotations import Timex
from dateline.record import Interval

_CLAUSE_EDGE = frozenset({"relcl", "acl", "advcl", "ccomp", "parataxis", "csubj", "pcomp"})
_MAX_STEPS = 12
#: How an expression stands before the noun that it qualifies ("the 2011 revolution", "last week's election").
OF_NOUN = frozenset({"nummod", "compound", "poss", "amod"})
#: Where an event noun stands when its verb's time is its own ("the talks began on Monday").
_SHARING_NOUNS = frozenset({"nsubj", "nsubjpass", "attr", "ROOT", "appos"})
#: Prepositions whose noun shares the time of the verb ("closed today with the signing of a convention").
_SHARING_PREPOSITIONS = frozenset({"in", "during", "with", "amid"})
_ORDERING = frozenset({"after", "before", "since", "following", "of"})


class Dater(msgspec.Struct, frozen=True):
    """A time expression in a Doc: the token that heads it and the one that it hangs on."""

    head: Token
    above: Token
    timex: Timex

    @property
    def is_day(self) -> bool:
        """Whether it tells one day."""
        interval = self.timex.interval
        return interval is not None and interval.earliest is not None and interval.earliest == interval.latest


def daters(doc: Doc) -> list[Dater]:
    """The expressions that date events, in text order."""
    found = []
    for timex in map(_past_stretch(doc), doc._.times):
        if timex.interval is None or timex.type in ("DURATION", "SET"):
            continue
        span = doc.char_span(timex.start, timex.end, alignment_mode="expand")
        if span is not None and len(span) and not _opens_a_clause(span[-1]):
            found.append(Dater(span.root, _above(doc, span.start, span.end, span.root), timex))
    return found


def _opens_a_clause(word: Token) -> bool:
    """Whether "the day before" goes on to what it is before: then that dates the event (`ordering`)."""
    after = word.dep_ == "mark" or any(c.dep_ in ("pobj", "pcomp") for c in word.children)
    return after and word.lower_ in ("before", "after")


def _past_stretch(doc: Doc) -> Callable[[Timex], Timex]:
    """Makes of "in the past 96 hours" the days that it takes in, up to publication; leaves other expressions alone."""
    published: dt.date | None = doc._.published
    text = doc.text

    def stretch(timex: Timex) -> Timex:
        words = text[timex.start : timex.end].lower().removeprefix("the ").split(" ", 1)[0]
        if timex.type != "DURATION" or words not in ("past", "last", "previous") or published is None:
            return timex
        days = days_in(timex.value)
        if days is None:
            return timex
        first = Interval(published - dt.timedelta(days), published)
        return msgspec.structs.replace(timex, type="DATE", interval=first, anchor="published")

    return stretch


def _above(doc: Doc, start: int, end: int, root: Token) -> Token:
    """What an expression hangs on; the noun before it where an "of" goes on ("the release last week of 84 boys")."""
    before = doc[start - 1] if start else root
    before = before.nbor(-1) if before.i and before.dep_ == "prep" else before
    if end < len(doc) and doc[end].lower_ == "of" and before.pos_ in ("NOUN", "PROPN") and root.dep_ != "nsubj":
        return before
    return root.head


def reach(
    dater: Dater, trigger: Token, clause: Token, triggers: frozenset[int], published: dt.date | None, about: bool
) -> int | None:
    """Steps in the tree from an expression to a trigger that it dates; None where it dates something else.

    `triggers` are all words that tell events; `about` says that the trigger is an act on something else, as of speech:
    its time stands outside of what it is about ("welcomed the truce of last spring").
    """
    head, above = dater.head, dater.above
    of_noun = (
        head.dep_ in OF_NOUN
        and not _led_by_preposition(dater)
        and above.pos_ in ("NOUN", "PROPN")
        and above not in (trigger, clause)
    )
    if of_noun and not (above.head == trigger and only_happens(trigger)):
        return None
    if head.i in (trigger.i, clause.i):
        return 0
    of_something = head.dep_ == "pobj" and head.head.lower_ == "of"
    steps = 1
    while steps < _MAX_STEPS:
        if above.i == trigger.i:
            return steps
        if above.i == clause.i:
            return steps + 1
        if above.i in triggers and not _under(trigger, above):
            return None  # it dates the event that this word tells
        if above.pos_ in ("VERB", "AUX") and above.dep_ in _CLAUSE_EDGE and not _misplaced(above, dater, published):
            # an expression inside another clause dates that clause, unless the trigger stands in it too
            inside = above.dep_ != "ccomp" and _under(trigger, above)
            return steps + 2 if inside and _shares_clause(trigger, clause, above) else None
        if about and above.pos_ == "NOUN" and _under(above, clause) and not (dater.is_day and not of_something):
            return None
        if above.head == above:
            break
        above, steps = above.head, steps + 1
    # the expression hangs on the sentence's main verb; the trigger inherits it through verbs that share the clause
    return steps + 4 if _shares_clause(trigger, clause, above) else None


def _led_by_preposition(dater: Dater) -> bool:
    """Whether a day that the parser hung on a noun has a preposition of its own: "On 12 March police opened fire"."""
    before = dater.head.doc[: dater.head.i]
    lead = next((t for t in reversed(before) if t.idx < dater.timex.start), None)
    return dater.is_day and lead is not None and lead.dep_ == "prep"


def _misplaced(verb: Token, dater: Dater, published: dt.date | None) -> bool:
    """Whether days gone by hang on an infinitive: in "gave them two days to leave on Tuesday" they date the giving."""
    direct = dater.above == verb or (dater.above.dep_ == "prep" and dater.above.head == verb)
    latest = dater.timex.interval.latest if dater.timex.interval is not None else None
    infinitive = any(c.tag_ == "TO" for c in verb.children)
    return direct and infinitive and published is not None and latest is not None and latest <= published


def _under(token: Token, ancestor: Token) -> bool:
    return token == ancestor or ancestor in token.ancestors


def _shares_clause(trigger: Token, clause: Token, top: Token) -> bool:
    if trigger == clause and trigger.pos_ in ("NOUN", "PROPN") and trigger.dep_ not in _SHARING_NOUNS:
        # "condemned on Friday the killing of …": Friday is the day of the words
        return trigger.dep_ == "pobj" and trigger.head.lower_ in _SHARING_PREPOSITIONS and trigger.head.head == top
    token = clause
    while token != top:
        if token.dep_ in ("relcl", "acl", "parataxis"):
            return False
        if token.dep_ == "advcl" and any(
            c.lower_ in ("after", "before", "since") and c.dep_ == "mark" for c in token.children
        ):
            return False
        if token.pos_ in ("NOUN", "PROPN") and token != trigger:
            return False
        if token.dep_ in ("pobj", "pcomp") and token.head.lower_ in _ORDERING:
            return False
        if token.dep_ == "ccomp" and token.head.pos_ in ("VERB", "AUX"):
            return False
        if token.head == token:
            return False
        token = token.head
    return True
