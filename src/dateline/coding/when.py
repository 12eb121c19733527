"""When an event took place, by its own sentence: the time expression that its clause carries, else what tense allows.

What other sentences, durations and orderings add is worked out in `reckoning`, over all tellings of the report.
"""

from __future__ import annotations

import datetime as dt
import re

from spacy.tokens import Doc, Token

from dateline.coding.draft import Dated
from dateline.coding.reach import OF_NOUN, Dater, daters, reach
from dateline.coding.tense import is_brief, tense_of
from dateline.coding.timewords import dates_its_noun, days_in, lasts, nth_day
from dateline.coding.voice import SPEECH_ACTS
from dateline.reading.annotations import Timex
from dateline.record import Interval, PloverType, Span, Status

_AFTER = frozenset({"after", "following"})
# What makes a "fourth day" one of days without a break.
_IN_A_ROW = frozenset({"running", "row", "straight", "consecutive", "successive"})
# Steps up from a word to the clause that it is told in ("when she filmed police beating pickers").
_CARRIED = frozenset({"xcomp", "ccomp", "conj", "dobj", "nsubj", "nsubjpass"})
_CLOCK = re.compile(r"T\d\d")


class Clock:
    """The time expressions of one Doc, by the token that heads each; `triggers` are the words that tell events."""

    def __init__(self, doc: Doc, triggers: frozenset[int]) -> None:
        self.doc = doc
        self.text: str = doc.text  # spaCy puts it together anew at every call
        self.triggers = triggers
        self.brief = is_brief(doc)
        self.published: dt.date | None = doc._.published
        found = daters(doc)
        self.dayless = [d for d in found if _dayless(d.timex)]
        self.daters = [d for d in found if d not in self.dayless]
        self.within = {t.i: d for d in self.daters for t in d.head.subtree if d.timex.start <= t.idx < d.timex.end}

    def date(self, trigger: Token, clause: Token, status: Status, kind: PloverType) -> Dated:
        """The event's days as its own sentence tells them."""
        found = (
            self._own(trigger, clause, kind in SPEECH_ACTS or kind == "SANCTION")
            or self._of_day(clause)
            or self._of_clause_about(trigger)
            or self._of_counted_days(trigger)
            or self._frame_event(trigger, clause)
        )
        if found is not None:
            found = self._since_first_day(found, clause)
        if found is not None and not (status == "actual" and self._to_come(found)):
            return found
        return self._by_tense(clause, status)

    def is_to_come(self, noun: Token) -> bool:
        """Whether an event noun is told of a day after publication: "tomorrow's march", "a second march for Monday"."""
        if noun.pos_ != "NOUN" or self.published is None:
            return False
        for dater in self.daters:
            head, interval = dater.head, dater.timex.interval
            if interval is None or interval.earliest is None or interval.earliest <= self.published:
                continue
            by_preposition = head.dep_ == "pobj" and head.head.lower_ in ("for", "on", "in") and head.head.head == noun
            if by_preposition or (head.head == noun and head.dep_ in OF_NOUN):
                return True
        return False

    def own(self, verb: Token) -> Dated | None:
        """The days that a clause's own words give it; None where there are none."""
        return self._own(verb, verb) or self._of_day(verb)

    def _own(self, trigger: Token, clause: Token, speech: bool = False) -> Dated | None:
        sentence = clause.sent
        best: tuple[int, int, Dated] | None = None
        for dater in self.daters:
            if not sentence.start <= dater.head.i < sentence.end:
                continue
            steps = reach(dater, trigger, clause, self.triggers, self.published, speech)
            if steps is None:
                continue
            dated = self._apply(dater, trigger, clause)
            if dated is None:
                continue
            key = (steps, abs(dater.head.i - trigger.i))
            if best is None or key < best[:2]:
                best = (*key, dated)
        return best[2] if best else None

    def _of_day(self, clause: Token) -> Dated | None:
        """The day that a clause is told of: "on Nov. 9, when some 300 guerrillas overran a post"."""
        token = clause
        while token.dep_ in _CARRIED and token.head != token and token.head.i not in self.triggers:
            token = token.head
        if token.dep_ != "relcl" or token.head.i not in self.within:
            return None
        if not any(c.lower_ == "when" for c in token.children):
            return None
        dater = self.within[token.head.i]
        evidence = (Span(dater.timex.start, dater.timex.end),)
        return Dated(dater.timex.interval, f"when told of {self._shown(dater.timex)}", evidence, told=True)

    def _of_clause_about(self, noun: Token) -> Dated | None:
        """The days that a clause about an event noun tells: "the attack that killed six on Monday"."""
        for verb in noun.children:
            if noun.pos_ == "NOUN" and dates_its_noun(verb) and (found := self._own(verb, verb)) is not None:
                return found
        return None

    def _of_counted_days(self, noun: Token) -> Dated | None:
        """The stretch that ends with a clause: "four days of talks broke up on Friday"."""
        days = noun.head.head
        if noun.dep_ != "pobj" or noun.head.lower_ != "of" or days.lower_ not in ("days", "weeks", "nights"):
            return None
        verbs = (*(c for n in (noun, days) for c in n.children if c.dep_ == "relcl"), *days.ancestors)
        verb = next((t for t in verbs if t.pos_ in ("VERB", "AUX")), None)
        end = self.own(verb) if verb is not None else None
        if end is None or end.interval is None or end.interval.latest is None:
            return None
        for timex in self.doc._.times:
            length = days_in(timex.value) if timex.end == days.idx + len(days) else None
            if length is not None:
                first = end.interval.latest - dt.timedelta(length - 1)
                words = f"{self.text[timex.start : timex.end]!r} up to {end.reason}"
                evidence = (Span(timex.start, timex.end), *end.evidence)
                return Dated(Interval(first, end.interval.latest), words, evidence, told=True)
        return None

    def _since_first_day(self, dated: Dated, clause: Token) -> Dated:
        """The first day of what is told to go on: "blocked the road yesterday for the fourth day running"."""
        interval = dated.interval
        if interval is None or interval.earliest is None or interval.earliest != interval.latest:
            return dated
        for day in clause.subtree:
            number = nth_day(day) if day.i + 1 < len(self.doc) else None
            if number is None or not {t.lower_ for t in self.doc[day.i - 1 : day.i + 4]} & _IN_A_ROW:
                continue
            first = interval.earliest - dt.timedelta(number - 1)
            span = Span(day.left_edge.idx, day.idx + len(day))
            words = f"{dated.reason}, {self.text[span.start : span.end]!r}"
            return Dated(Interval(first, first), words, (*dated.evidence, span), told=dated.told)
        return dated

    def _frame_event(self, trigger: Token, clause: Token) -> Dated | None:
        """The days of the event that a telling is set in: "killed in the attack of 7 October"."""
        for child in (*trigger.children, *clause.children):
            if child.dep_ == "prep" and child.lower_ in ("in", "during", "amid"):
                for noun in child.children:
                    if noun.i in self.triggers and noun.i != trigger.i and (found := self._own(noun, noun)) is not None:
                        return found
        return None

    def _apply(self, dater: Dater, trigger: Token, clause: Token) -> Dated | None:
        head, timex, interval = dater.head, dater.timex, dater.timex.interval
        if interval is None:
            return None
        evidence: tuple[Span, ...] = (Span(timex.start, timex.end),)
        shown = self._shown(timex)
        if timex.rule == "clock.overnight" and interval.earliest is not None:
            interval = Interval(interval.earliest - dt.timedelta(1), interval.latest)
        for other in (self.within[c.i] for c in head.children if c.dep_ == "conj" and c.i in self.within):
            interval = _hull(interval, other.timex.interval)
            evidence = (*evidence, Span(other.timex.start, other.timex.end))
        preposition = head.head.lower_ if head.dep_ in ("pobj", "pcomp") else ""
        if preposition in _AFTER and head.head.head == trigger:
            return Dated(
                Interval(interval.earliest, self._not_after_publication(None)), f"after {shown}", evidence, told=True
            )
        if preposition == "since":
            return self._since(head.head, interval, shown, evidence, trigger, clause)
        if preposition in ("until", "till", "before"):
            return Dated(Interval(None, interval.latest), f"{preposition} {shown}", evidence)
        return Dated(interval, shown, evidence, told=True)

    def _shown(self, timex: Timex) -> str:
        """An expression with its rule, value and anchor, for the derivation."""
        shown = f"{self.text[timex.start : timex.end]!r}: {timex.rule or timex.type} {timex.value}"
        if timex.anchor == "published":
            return f"{shown}, from publication on {self.published}"
        return f"{shown}, from the day that the story had reached" if timex.anchor == "story" else shown

    def _since(
        self, since: Token, interval: Interval, shown: str, evidence: tuple[Span, ...], trigger: Token, clause: Token
    ) -> Dated | None:
        """What began then, or filled the time from then; None where "since" only says how long ("the worst since")."""
        perfect = clause.tag_ == "VBN" and any(c.dep_ == "aux" for c in clause.children)
        perfect = perfect or any(c.dep_ == "aux" and c.lemma_ == "have" for c in clause.children)
        if lasts(trigger) or since.head not in (trigger, clause):
            return Dated(interval, f"since {shown}", evidence, told=True) if perfect or trigger.tag_ == "VBN" else None
        if not perfect:
            return None
        stretch = Interval(interval.earliest, self._not_after_publication(None))
        return Dated(stretch, f"since {shown}", evidence, told=True)

    def _not_after_publication(self, day: dt.date | None) -> dt.date | None:
        if self.published is None:
            return day
        return self.published if day is None else min(day, self.published)

    def _to_come(self, dated: Dated) -> bool:
        """Whether days lie behind publication: then they date what is promised or feared, not the telling's event."""
        start = dated.interval.earliest if dated.interval else None
        return self.published is not None and start is not None and start > self.published

    def _by_tense(self, clause: Token, status: Status) -> Dated:
        if self.published is None:
            return Dated(None, "")
        if status in ("negated", "hypothetical"):
            return Dated(None, "")
        if status == "future":
            return Dated(Interval(self.published, None), f"to come, told on {self.published}")
        tense = tense_of(clause)
        if tense == "present" or (tense == "perfect" and self.brief and clause.dep_ in ("ROOT", "conj")):
            today = Interval(self.published, self.published)
            return Dated(today, f"told in the {tense} on {self.published}", told=True)
        return Dated(Interval(None, self.published), f"told as past on {self.published}")


def _dayless(timex: Timex) -> bool:
    """Whether an expression tells the time of day but not the day ("at noon"): the day it is given is only assumed."""
    return timex.type == "TIME" and timex.anchor == "published" and bool(_CLOCK.search(timex.value))


def _hull(one: Interval, other: Interval | None) -> Interval:
    """The stretch from the first day of two to the last: "in the 1990s and 2000s"."""
    ends = (*one, *(other or ()))
    days = [d for d in ends if d is not None]
    return Interval(min(days), max(days)) if len(days) == len(ends) else one
