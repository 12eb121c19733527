"""Bars and calibration, by readings that training has not seen."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

import jax
import msgspec
import numpy as np

from dateline.coding.learned.model import Card
from dateline.training.fit import Labels, Prepared, batch_of, pooled, shape_of
from dateline.training.network import Params, Sizes, encode, parts_of, words_of

_BARS = tuple(n / 20 for n in range(5, 16))
_ROUNDS, _STEP = 400, 0.3


def calibrated(card: Card, params: Params, sizes: Sizes, apart: Sequence[Prepared], labels: Labels) -> Card:
    """The card with the bars that give the best F1 on the readings kept apart, and with Platt's two numbers."""
    if not apart:
        return card
    chances, right, missed, parts, taking = _judged(card, params, sizes, apart, labels)
    trigger = max(_BARS, key=lambda bar: (_f1(chances, right, missed, bar), -abs(bar - 0.5)))
    part = max(_BARS, key=lambda bar: (_f1(parts, taking, 0, bar, wanted=int(taking.sum())), -abs(bar - 0.5)))
    return msgspec.structs.replace(card, trigger_bar=trigger, part_bar=part, calibration=platt(chances, right))


def _judged(
    card: Card, params: Params, sizes: Sizes, apart: Sequence[Prepared], labels: Labels
) -> tuple[Any, Any, int, Any, Any]:
    """Chances of all words and whether their best type is right, triggers that no type fits; the same of parts."""

    @functools.partial(jax.jit)
    def forward(batch: dict[str, Any]) -> tuple[Any, Any]:
        hidden = encode(params["encoder"], sizes, batch["pieces"], batch["mask"])
        heads = params["heads"]
        wide, token = words_of(heads, hidden, batch["where"], batch["features"])
        logits = parts_of(heads, wide, token, batch["triggers"], batch["kinds"], batch["mentions"], batch["pairs"])
        kinds = jax.nn.softmax(token @ heads["type"]["w"] + heads["type"]["b"], -1)
        return kinds, jax.nn.sigmoid(pooled(logits, batch["entities"]))

    chances, right, parts, taking = [], [], [], []
    missed = 0
    for reading in apart:
        batch = batch_of([reading], shape_of(reading), card.vocabulary, labels)
        kinds, taken = (np.asarray(x) for x in forward(batch))
        judged = batch["type"] >= 0
        best = kinds[judged, 1:].argmax(-1) + 1
        gold = batch["type"][judged]
        chances.append(1 - kinds[judged, 0])
        right.append(best == gold)
        missed += int(((gold > 0) & (best != gold)).sum())
        real = (batch["entities"] >= 0) & (batch["event"] >= 0)[:, None]
        parts.append(taken[real].ravel())
        taking.append(batch["parts"][real].ravel() > 0)
    return np.concatenate(chances), np.concatenate(right), missed, np.concatenate(parts), np.concatenate(taking)


def _f1(chances: Any, right: Any, missed: int, bar: float, wanted: int | None = None) -> float:
    taken = chances >= bar
    hits = float((taken & right).sum())
    total = float(right.sum() + missed if wanted is None else wanted)
    return 2 * hits / max(1.0, float(taken.sum()) + total)


def platt(chances: Any, right: Any) -> tuple[float, float]:
    """Slope and shift (J. Platt, 1999) that turn the model's log odds into the odds of being right."""
    taken = chances >= _BARS[0]
    odds = np.log(np.clip(chances[taken], 1e-4, 1 - 1e-4) / np.clip(1 - chances[taken], 1e-4, 1))
    gold = right[taken].astype(float)
    slope, shift = 1.0, 0.0
    for _ in range(_ROUNDS):
        off = 1 / (1 + np.exp(-(slope * odds + shift))) - gold
        slope -= _STEP * float((off * odds).mean())
        shift -= _STEP * float(off.mean())
    return round(slope, 4), round(shift, 4)
