"""Which predicted event is which gold event: one to one, the most alike first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dateline.evaluation.gold import GoldEvent
from dateline.evaluation.names import Actors
from dateline.evaluation.prediction import PredictedEvent


class Pair(NamedTuple):
    """A gold event and the predicted event that tells it."""

    gold: GoldEvent
    predicted: PredictedEvent


def overlap(one: tuple[int, int], other: tuple[int, int]) -> int:
    """The number of characters that two spans share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def likeness(gold: GoldEvent, predicted: PredictedEvent, actors: Actors) -> float:
    """0 for events that can't be the same (another type, no anchor that overlaps); else 1 and more, up to 3.75.

    Actors and recipients add the share that the two have in common, each up to 1; the same time adds 0.5, the same
    status 0.25. These only choose between several that could be meant.
    """
    if gold.type != predicted.type:
        return 0.0
    if not any(overlap(one, other) for one in gold.anchors for other in predicted.anchors):
        return 0.0
    return (
        1.0
        + _common(frozenset(gold.actor), actors.keys(predicted.actor))
        + _common(frozenset(gold.recipient), actors.keys(predicted.recipient))
        + 0.5 * (gold.when == predicted.when)
        + 0.25 * (gold.status == predicted.status)
    )


def pairs(gold: Sequence[GoldEvent], predicted: Sequence[PredictedEvent], actors: Actors) -> Iterator[Pair]:
    """The pairs, the most alike first; of pairs that are equally alike the one that stands later in the lists."""
    candidates = [
        (alike, i, j)
        for i, one in enumerate(gold)
        for j, other in enumerate(predicted)
        if (alike := likeness(one, other, actors))
    ]
    free_gold, free_predicted = set(range(len(gold))), set(range(len(predicted)))
    for _, i, j in sorted(candidates, reverse=True):
        if i in free_gold and j in free_predicted:
            free_gold.remove(i)
            free_predicted.remove(j)
            yield Pair(gold[i], predicted[j])


def _common(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, len(one | other))
