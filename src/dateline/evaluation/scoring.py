"""Comparing predictions with gold, report by report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from dateline.evaluation.figures import Figures, Mistake, Share, Traps
from dateline.evaluation.gold import GoldEvent, GoldKinship, GoldReport, GoldRole
from dateline.evaluation.matching import Pair, likeness, overlap, pairs
from dateline.evaluation.names import Actors, same_name, words
from dateline.evaluation.prediction import PredictedEvent, PredictedKinship, PredictedRole, Prediction

#: Two people (or a person and what the role is of) and the words of what ties them.
_Tie = tuple[str, str | None, frozenset[str]]

_Event = TypeVar("_Event", GoldEvent, PredictedEvent)

#: The statuses of events that a reader may take for facts or plans; the others are traps.
REAL = ("actual", "future")

#: The share of the longer of two quoted stretches that they must have in common.
QUOTE_OVERLAP = 0.8


def evaluate(gold: Iterable[GoldReport], predictions: Mapping[str, Prediction]) -> tuple[Figures, tuple[Mistake, ...]]:
    """The figures over all gold reports, and every mistake in their order; what has no prediction has no events."""
    tally = _Tally()
    for report in gold:
        tally.add(report, predictions.get(report.id, Prediction(id=report.id)))
    return tally.figures(), tuple(tally.mistakes)


def right_fields(pair: Pair, actors: Actors) -> dict[str, bool]:
    """For each field of a matched event whether it is right; `where` only if gold has a place."""
    gold, predicted = pair
    said_by = actors.key(predicted.said_by) if predicted.said_by else None
    right = {
        "actor": frozenset(gold.actor) == actors.keys(predicted.actor),
        "recipient": frozenset(gold.recipient) == actors.keys(predicted.recipient),
        "when": gold.when == predicted.when,
        "status": gold.status == predicted.status,
        "said_by": said_by == (gold.said_by or None),
        "mode": gold.mode == predicted.mode,
    }
    if gold.where:
        right["where"] = any(same_name(place, gold.where) for place in predicted.where)
    return right


class _Tally:
    """Counts over reports."""

    def __init__(self) -> None:
        self.mistakes: list[Mistake] = []
        self._right: Counter[str] = Counter()
        self._predicted: Counter[str] = Counter()
        self._gold: Counter[str] = Counter()
        self._traps: Counter[str] = Counter()
        self._types = {name: Counter[str]() for name in ("right", "predicted", "gold")}
        self._fields: dict[str, list[bool]] = {}

    def add(self, gold: GoldReport, predicted: Prediction) -> None:
        actors = Actors(gold.actors)
        self._events(gold, predicted, actors)
        self._quotes(gold, predicted, actors)
        self._ties("roles", [_role(r) for r in gold.roles], [_role(r, actors) for r in predicted.roles])
        self._ties("kin", [_kinship(k) for k in gold.kin], [_kinship(k, actors) for k in predicted.kin])

    def figures(self) -> Figures:
        def share(name: str, of: str) -> Share:
            return Share(right=self._right[name], predicted=self._predicted[of], gold=self._gold[of])

        types = sorted(self._types["gold"].keys() | self._types["predicted"].keys())
        return Figures(
            event=share("event", "event"),
            dyad=share("dyad", "event"),
            record=share("record", "event"),
            quotes=share("quotes", "quotes"),
            quotes_with_speaker=share("quotes_with_speaker", "quotes"),
            roles=share("roles", "roles"),
            kin=share("kin", "kin"),
            accuracy={field: sum(right) / len(right) for field, right in sorted(self._fields.items())},
            traps=Traps(
                gold=self._traps["gold"],
                reported_as_real=self._traps["reported_as_real"],
                seen_for_what_they_are=self._traps["seen_for_what_they_are"],
            ),
            by_type={type: Share(**{name: count[type] for name, count in self._types.items()}) for type in types},
        )

    def _events(self, gold: GoldReport, predicted: Prediction, actors: Actors) -> None:
        gold_real, gold_unreal = _split(gold.events)
        real, unreal = _split(predicted.events)
        matched = tuple(pairs(gold_real, real, actors))
        self._gold["event"] += len(gold_real)
        self._predicted["event"] += len(real)
        self._right["event"] += len(matched)
        self._types["gold"].update(event.type for event in gold_real)
        self._types["predicted"].update(event.type for event in real)
        self._types["right"].update(pair.gold.type for pair in matched)
        self._traps["gold"] += len(gold_unreal)
        self._traps["reported_as_real"] += sum(
            any(likeness(trap, event, actors) for event in real) for trap in gold_unreal
        )
        self._traps["seen_for_what_they_are"] += sum(1 for _ in pairs(gold_unreal, unreal, actors))
        for pair in matched:
            self._matched(gold, pair, actors)
        self._unmatched(gold, matched, gold_real, real)

    def _matched(self, gold: GoldReport, pair: Pair, actors: Actors) -> None:
        right = right_fields(pair, actors)
        for field, good in right.items():
            self._fields.setdefault(field, []).append(good)
        self._right["record"] += all(right[f] for f in ("actor", "recipient", "when", "status", "said_by"))
        self._right["dyad"] += _share_a_member(pair.gold.actor, actors.keys(pair.predicted.actor)) and _share_a_member(
            pair.gold.recipient, actors.keys(pair.predicted.recipient)
        )
        wrong = [field for field, good in right.items() if not good]
        if wrong:
            self._mistake(gold, pair.gold.id, pair.gold.type, "wrong " + ", ".join(wrong))

    def _unmatched(
        self, gold: GoldReport, matched: Sequence[Pair], gold_real: list[GoldEvent], real: list[PredictedEvent]
    ) -> None:
        # By identity: two predicted events may be equal and only one of them matched.
        met = {id(event) for pair in matched for event in pair}
        for event in gold_real:
            if id(event) not in met:
                self._mistake(gold, event.id, event.type, "missed: " + _anchor(gold, event))
        for extra in real:
            if id(extra) not in met:
                self._mistake(gold, None, extra.type, "extra: " + _anchor(gold, extra))

    def _quotes(self, gold: GoldReport, predicted: Prediction, actors: Actors) -> None:
        self._gold["quotes"] += len(gold.quotes)
        self._predicted["quotes"] += len(predicted.quotes)
        left = list(predicted.quotes)
        for quote in gold.quotes:
            found = next((other for other in left if _same_stretch(quote.span, other.span)), None)
            if found:
                left.remove(found)
                self._right["quotes"] += 1
                speaker = actors.key(found.speaker) if found.speaker else None
                self._right["quotes_with_speaker"] += speaker == quote.speaker

    def _ties(self, kind: str, gold: list[_Tie], predicted: list[_Tie]) -> None:
        self._gold[kind] += len(gold)
        self._predicted[kind] += len(predicted)
        left = list(predicted)
        for tie in gold:
            found = next((other for other in left if tie[:2] == other[:2] and tie[2] & other[2]), None)
            if found:
                left.remove(found)
                self._right[kind] += 1

    def _mistake(self, gold: GoldReport, event: str | None, type: str, what: str) -> None:
        self.mistakes.append(Mistake(report=gold.id, event=event, type=type, what=what))


def _role(role: GoldRole | PredictedRole, actors: Actors | None = None) -> _Tie:
    return _tie(role.person, role.of, role.role, actors)


def _kinship(kinship: GoldKinship | PredictedKinship, actors: Actors | None = None) -> _Tie:
    return _tie(kinship.person, kinship.of, kinship.relation, actors)


def _tie(person: str, of: str | None, name: str, actors: Actors | None) -> _Tie:
    """Gold has keys already; names that were predicted need `actors`."""
    if actors:
        person, of = actors.key(person), actors.key(of) if of else None
    return person, of, frozenset(words(name))


def _split(events: Iterable[_Event]) -> tuple[list[_Event], list[_Event]]:
    real: list[_Event] = []
    unreal: list[_Event] = []
    for event in events:
        (real if event.status in REAL else unreal).append(event)
    return real, unreal


def _share_a_member(gold: Iterable[str], predicted: frozenset[str]) -> bool:
    return bool(predicted.intersection(gold)) if gold else not predicted


def _same_stretch(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return overlap(one, other) >= QUOTE_OVERLAP * max(one[1] - one[0], other[1] - other[0])


def _anchor(gold: GoldReport, event: GoldEvent | PredictedEvent) -> str:
    return gold.text[slice(*event.anchors[0])] if event.anchors else ""
