"""When an event took place, by its own sentence: the time expression that its clause carries, else what tense allows.

What other sentences, durations and orderings add is worked out in `reckoning`, over all tellings of the report.
"""

from __future__ import annotations

import datetime as dt
import re

from spacy.tokens import Doc, Token

from dateline.coding.draft import Dated
from dateline.coding.ordering import lasting
from dateline.coding.tense import is_brief, tense_of
from dateline.reading.annotations import Timex
from dateline.record import Interval, Span, Status

# Words after which a time expression dates another event or bounds this one from one side.
_FROM = frozenset({"since", "from"})
_UNTIL = frozenset({"until", "till", "by", "before"})
_AFTER = frozenset({"after", "following"})
_CLAUSE_EDGE = frozenset({"relcl", "acl", "advcl", "ccomp", "parataxis", "csubj"})
# Verbs of saying carry the day of the saying, not of what is said.
_MAX_STEPS = 12
_OF_NOUN = frozenset({"nummod", "compound", "poss", "amod"})
# Steps up from a word to the clause that it is told in ("when she filmed police beating pickers").
_CARRIED = frozenset({"xcomp", "ccomp", "conj", "dobj", "nsubj", "nsubjpass"})
_CLOCK = re.compile(r"T\d\d")
# Where an event noun stands when its verb's time is its own ("the talks began on Monday").
_SHARING_NOUNS = frozenset({"nsubj", "nsubjpass", "attr", "ROOT", "appos"})


class Clock:
    """The time expressions of one Doc, by the token that heads each; `triggers` are the words that tell events."""

    def __init__(self, doc: Doc, triggers: frozenset[int]) -> None:
        self.doc = doc
        self.triggers = triggers
        self.brief = is_brief(doc)
        self.published: dt.date | None = doc._.published
        self.by_head: list[tuple[Token, Timex]] = []
        self.within: dict[int, tuple[Token, Timex]] = {}
        for timex in doc._.times:
            if timex.interval is None or timex.type in ("DURATION", "SET") or _dayless(timex):
                continue
            span = doc.char_span(timex.start, timex.end, alignment_mode="expand")
            if span is not None and len(span):
                self.by_head.append((span.root, timex))
                self.within.update((t.i, (span.root, timex)) for t in span)

    def date(self, trigger: Token, clause: Token, status: Status) -> Dated:
        """The event's days as its own sentence tells them."""
        found = self._own(trigger, clause) or self._of_day(clause) or self._frame_event(trigger, clause)
        if found is not None and not (status == "actual" and self._to_come(found)):
            return found
        return self._by_tense(clause, status)

    def own(self, verb: Token) -> Dated | None:
        """The days that a clause's own words give it; None where there are none."""
        return self._own(verb, verb) or self._of_day(verb)

    def _own(self, trigger: Token, clause: Token) -> Dated | None:
        sentence = clause.sent
        best: tuple[int, int, Dated] | None = None
        for head, timex in self.by_head:
            if not sentence.start <= head.i < sentence.end:
                continue
            reach = self._reach(head, trigger, clause)
            if reach is None:
                continue
            dated = self._apply(head, timex, trigger)
            if dated is None:
                continue
            key = (reach, abs(head.i - trigger.i))
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
        head, timex = self.within[token.head.i]
        return self._apply(head, timex, token)

    def _frame_event(self, trigger: Token, clause: Token) -> Dated | None:
        """The days of the event that a telling is set in: "killed in the attack of 7 October"."""
        for child in (*trigger.children, *clause.children):
            if child.dep_ == "prep" and child.lower_ in ("in", "during", "amid"):
                for noun in child.children:
                    if noun.i in self.triggers and noun.i != trigger.i and (found := self._own(noun, noun)) is not None:
                        return found
        return None

    def _reach(self, head: Token, trigger: Token, clause: Token) -> int | None:
        """How far an expression is from the trigger in the tree; None where it belongs to another clause."""
        above = head
        steps = 0
        path = [head]
        if head.dep_ in _OF_NOUN and head.head.pos_ in ("NOUN", "PROPN") and head.head not in (trigger, clause):
            return None  # "the 2011 revolution", "last week's election": the day of that noun alone
        while above.head != above and steps < _MAX_STEPS:
            if above.i == trigger.i:
                return steps
            if above.i == clause.i:
                return steps + 1
            if above.i in self.triggers and not self._under(trigger, above):
                return None  # it dates the event that this word tells
            if steps and above.pos_ in ("VERB", "AUX") and above.dep_ in _CLAUSE_EDGE and not self._misplaced(above, path[0]):
                # an expression inside another clause dates that clause, unless the trigger stands in it too
                inside = above.dep_ != "ccomp" and self._under(trigger, above)
                return steps + 2 if inside and self._shares_clause(trigger, clause, above) else None
            above, steps = above.head, steps + 1
            path.append(above)
        if above.i in (trigger.i, clause.i):
            return steps
        # the expression hangs on the sentence's main verb; the trigger inherits it through verbs that share the clause
        return steps + 4 if self._shares_clause(trigger, clause, above) else None

    def _misplaced(self, verb: Token, head: Token) -> bool:
        """Whether days gone by hang on an infinitive: in "gave them two days to leave on Tuesday" they date the giving."""
        timex = self.within[head.i][1]
        latest = timex.interval.latest if timex.interval is not None else None
        infinitive = any(c.tag_ == "TO" for c in verb.children)
        return infinitive and self.published is not None and latest is not None and latest <= self.published

    @staticmethod
    def _under(token: Token, ancestor: Token) -> bool:
        return token == ancestor or ancestor in token.ancestors

    def _shares_clause(self, trigger: Token, clause: Token, top: Token) -> bool:
        if trigger == clause and trigger.pos_ in ("NOUN", "PROPN") and trigger.dep_ not in _SHARING_NOUNS:
            return False  # "condemned on Friday the killing of …": Friday is the day of the words
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
            if token.dep_ in ("pobj", "pcomp") and token.head.lower_ in ("after", "before", "since", "following", "of"):
                return False
            if token.dep_ == "ccomp" and token.head.pos_ in ("VERB", "AUX"):
                return False
            if token.head == token:
                return False
            token = token.head
        return True

    def _apply(self, head: Token, timex: Timex, trigger: Token) -> Dated | None:
        interval = timex.interval
        if interval is None:
            return None
        evidence = (Span(timex.start, timex.end),)
        words = self.doc.text[timex.start : timex.end]
        shown = f"{words!r}: {timex.rule or timex.type} {timex.value}"
        if timex.anchor == "published":
            shown += f", from publication on {self.published}"
        elif timex.anchor == "story":
            shown += ", from the day that the story had reached"
        if timex.rule == "clock.overnight" and interval.earliest is not None:
            interval = Interval(interval.earliest - dt.timedelta(1), interval.latest)
        preposition = head.head.lower_ if head.dep_ in ("pobj", "pcomp") else ""
        if preposition in _AFTER and head.head.head == trigger:
            return Dated(
                Interval(interval.earliest, self._not_after_publication(None)), f"after {shown}", evidence, told=True
            )
        perfect = preposition == "since" and any(c.lemma_ == "have" for c in trigger.children)
        if perfect and head.head.head == trigger and trigger.lemma_ not in lasting():
            stretch = Interval(interval.earliest, self._not_after_publication(None))
            return Dated(stretch, f"since {shown}", evidence, told=True)
        if preposition in ("until", "till", "before"):
            return Dated(Interval(None, interval.latest), f"{preposition} {shown}", evidence)
        return Dated(interval, shown, evidence, told=True)

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
