"""The whole way from reading files to a model folder: `learn` is what `dateline train` calls."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import jax.numpy as jnp
import numpy as np
from safetensors.numpy import load_file

from dateline.coding.learned.model import Card
from dateline.coding.learned.pieces import Pieces
from dateline.coding.learned.sample import Vocabulary
from dateline.errors import DatelineError
from dateline.reading.pipeline import load_pipeline
from dateline.training.calibrate import calibrated
from dateline.training.export import export
from dateline.training.fit import Labels, Prepared, fit, vocabulary_of
from dateline.training.network import Params, Sizes, new_heads
from dateline.training.prepare import prepare
from dateline.training.readings import Reading

#: Files of the base model's folder.
WEIGHTS, VOCABULARY = "model.safetensors", "vocab.txt"
#: One reading in so many is kept apart, to set bars and calibrate by.
_APART = 12


def learn(
    readings: Sequence[Reading],
    base: Path,
    out: Path,
    *,
    epochs: int = 7,
    seed: int = 0,
    keep_apart: bool = True,
    tell: Callable[[str], None] = print,
) -> Card:
    """Train on readings from the encoder in `base`, and write a model folder to `out`.

    Readings whose id's hash falls on it are kept apart for the bars and for calibration, unless all are to teach. Same
    readings, seed and versions on one kind of processor: same bytes. Raises DatelineError where `base` lacks a file or
    no reading is left.
    """
    for name in (WEIGHTS, VOCABULARY):
        if not (base / name).is_file():
            raise DatelineError(f"{base}: {name} is missing; `python tools/base_model.py {base}` fetches it")
    tell(f"reading {len(readings)} texts …")
    data = list(prepare(load_pipeline(), Pieces(base / VOCABULARY), readings))
    taught = [r for r in data if not (keep_apart and _apart(r.id))]
    if not taught:
        raise DatelineError("no reading has a text to learn from")
    labels = labels_of(data)
    vocabulary = vocabulary_of(taught)
    sizes = sizes_of(vocabulary, labels)
    params: Params = {"encoder": encoder_weights(base), "heads": new_heads(sizes, seed)}

    def after(epoch: int, loss: float, _: Params) -> None:
        tell(f"epoch {epoch + 1} of {epochs}: loss {loss:.3f}")

    tell(f"learning from {len(taught)} texts with {sum(len(r.targets) for r in taught)} tellings …")
    params = fit(params, sizes, taught, vocabulary, labels, epochs=epochs, seed=seed, after_epoch=after)
    card = Card(
        vocabulary=vocabulary,
        types=labels.types,
        modes=labels.modes,
        statuses=labels.statuses,
        readings=len(taught),
        readings_sha256=_digest(readings),
        seed=seed,
    )
    if keep_apart:
        card = calibrated(card, params, sizes, [r for r in data if _apart(r.id)], labels)
    export(params, sizes, card, base / VOCABULARY, out)
    return card


def labels_of(data: Sequence[Prepared]) -> Labels:
    """Types and modes that the readings have; "-" is no event, and no mode."""
    told = [t for r in data for t in r.targets]
    types = ("-", *sorted({t.type for t in told}))
    return Labels(types, tuple(sorted({f"{t.type}:{t.mode}" for t in told} | {f"{k}:-" for k in types[1:]})))


def sizes_of(vocabulary: Vocabulary, labels: Labels) -> Sizes:
    """The network's sizes for vocabularies and labels."""
    words, pairs, dates = (
        tuple(max(table.values(), default=0) + 1 for table in tables)
        for tables in (vocabulary.words, vocabulary.pairs, vocabulary.dates)
    )
    return Sizes(words, pairs, dates, len(labels.types), len(labels.modes), len(labels.statuses))


def encoder_weights(base: Path) -> Params:
    """The encoder's weights out of a BERT file, without what is not used (the pooler, position numbers)."""
    stored: dict[str, Any] = load_file(base / WEIGHTS)
    return {k: jnp.asarray(v) for k, v in stored.items() if v.dtype == np.float32 and "pooler" not in k}


def _apart(identity: str) -> bool:
    return int.from_bytes(hashlib.sha256(identity.encode("utf-8")).digest()[:4], "big") % _APART == 0


def _digest(readings: Sequence[Reading]) -> str:
    lines = sorted(json.dumps(r, sort_keys=True, ensure_ascii=False) for r in readings)
    return hashlib.sha256("\n".join(lines).encode("utf-8")).hexdigest()
