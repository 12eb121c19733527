"""Fitting: batches of prepared readings, the loss, and the loop."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import jax
import jax.numpy as jnp
import msgspec
import numpy as np
import optax

from dateline.coding.learned.dates import DATE_FEATURES
from dateline.coding.learned.pieces import Chunk
from dateline.coding.learned.sample import PAIR_FEATURES, WORD_FEATURES, Sample, Vocabulary
from dateline.training.network import Params, Sizes, dates_of, encode, links_of, parts_of, words_of
from dateline.training.targets import Target

#: Features that come from the frames; hidden in a part of the batches, so that the model learns to do without.
_OF_FRAMES = (WORD_FEATURES.index("type"), WORD_FEATURES.index("status"))
_PAIR_OF_FRAMES = (PAIR_FEATURES.index("frame"),)
_RAREST = 3


class Prepared(msgspec.Struct, frozen=True):
    """One reading, ready to learn from."""

    id: str
    sample: Sample
    targets: tuple[Target, ...]
    unsure: tuple[int, ...]
    chunks: tuple[Chunk, ...] = ()


class Labels(msgspec.Struct, frozen=True):
    """What the heads tell, by number; type 0 is "no event"."""

    types: tuple[str, ...]
    modes: tuple[str, ...]
    statuses: tuple[str, ...] = ("actual", "future", "hypothetical", "negated")


class Shape(msgspec.Struct, frozen=True):
    """Sizes of a batch: texts, chunks, pieces in a chunk, words, triggers, candidates of a trigger."""

    texts: int
    chunks: int
    pieces: int
    words: int
    triggers: int
    candidates: int
    dates: int = 26


#: Short items go many to a batch, long reports alone.
SHAPES = (Shape(16, 16, 64, 900, 48, 24), Shape(8, 8, 160, 900, 48, 32), Shape(1, 6, 160, 720, 56, 64))


def vocabulary_of(readings: Sequence[Prepared]) -> Vocabulary:
    """Feature values that the readings have at least three times, by frequency."""
    words = [Counter[str]() for _ in WORD_FEATURES]
    pairs = [Counter[str]() for _ in PAIR_FEATURES]
    dates = [Counter[str]() for _ in DATE_FEATURES]
    for reading in readings:
        for features in reading.sample.features:
            for table, value in zip(words, features, strict=True):
                table[value] += 1
        for target in reading.targets:
            for features in target.features:
                for table, value in zip(pairs, features, strict=True):
                    table[value] += 1
            for features in target.dates:
                for table, value in zip(dates, features, strict=True):
                    table[value] += 1

    def number(table: Counter[str]) -> dict[str, int]:
        kept = sorted((v for v, n in table.items() if n >= _RAREST), key=lambda v: (-table[v], v))
        return {v: n for n, v in enumerate(kept, 1)}

    return Vocabulary(tuple(map(number, words)), tuple(map(number, pairs)), tuple(map(number, dates)))


def shape_of(reading: Prepared) -> Shape:
    """The shape whose batches a reading goes into."""
    if len(reading.chunks) > 1:
        return SHAPES[2]
    small = len(reading.chunks[0].pieces) <= SHAPES[0].pieces and len(reading.sample.words) * 16 <= SHAPES[0].words
    return SHAPES[0] if small else SHAPES[1]


def batch_of(readings: Sequence[Prepared], shape: Shape, vocabulary: Vocabulary, labels: Labels) -> dict[str, Any]:
    """Arrays of a shape; what does not fit any more (a trigger too many) is left out."""
    b: dict[str, Any] = {
        "pieces": np.zeros((shape.chunks, shape.pieces), np.int32),
        "mask": np.zeros((shape.chunks, shape.pieces), np.float32),
        "where": np.zeros(shape.words, np.int32),
        "features": np.zeros((shape.words, len(WORD_FEATURES)), np.int32),
        "type": np.full(shape.words, -1, np.int32),
        "triggers": np.zeros(shape.triggers, np.int32),
        "kinds": np.zeros(shape.triggers, np.int32),
        "mode": np.full(shape.triggers, -1, np.int32),
        "status": np.full(shape.triggers, -1, np.int32),
        "event": np.full(shape.triggers, -1, np.int32),
        "mentions": np.zeros((shape.triggers, shape.candidates), np.int32),
        "entities": np.full((shape.triggers, shape.candidates), -1, np.int32),
        "pairs": np.zeros((shape.triggers, shape.candidates, len(PAIR_FEATURES)), np.int32),
        "parts": np.zeros((shape.triggers, shape.candidates, 2), np.float32),
        "dates": np.zeros((shape.triggers, shape.dates, len(DATE_FEATURES)), np.int32),
        "offered": np.zeros((shape.triggers, shape.dates), np.float32),
        "dated": np.zeros((shape.triggers, shape.dates), np.float32),
    }
    chunk = word = trigger = 0
    for text, reading in enumerate(readings):
        place: dict[int, int] = {}
        unsure = frozenset(reading.unsure)
        for piece in reading.chunks:
            if chunk >= shape.chunks:
                break
            ids = piece.pieces[: shape.pieces]
            b["pieces"][chunk, : len(ids)] = ids
            b["mask"][chunk, : len(ids)] = 1
            for index, position in piece.words:
                if word >= shape.words or position >= shape.pieces:
                    continue
                place[index] = word
                b["where"][word] = chunk * shape.pieces + position
                b["features"][word] = vocabulary.word_ids(reading.sample.features[index])
                b["type"][word] = -1 if index in unsure else 0
                word += 1
            chunk += 1
        for target in reading.targets:
            if target.word not in place or trigger >= shape.triggers:
                continue
            kind = labels.types.index(target.type)
            b["type"][place[target.word]] = kind
            b["triggers"][trigger], b["kinds"][trigger] = place[target.word], kind
            b["mode"][trigger] = labels.modes.index(f"{target.type}:{target.mode}")
            b["status"][trigger] = labels.statuses.index(target.status)
            b["event"][trigger] = text * 1000 + target.event
            for n, features in enumerate(target.dates[: shape.dates]):
                b["dates"][trigger, n] = vocabulary.date_ids(features)
                b["offered"][trigger, n] = 1
                b["dated"][trigger, n] = n in target.dated
            known = [(c, f) for c, f in zip(target.candidates, target.features, strict=True) if c.head in place]
            for n, (candidate, features) in enumerate(known[: shape.candidates]):
                b["mentions"][trigger, n] = place[candidate.head]
                b["entities"][trigger, n] = candidate.entity
                b["pairs"][trigger, n] = vocabulary.pair_ids(features)
                b["parts"][trigger, n] = candidate.entity in target.actor, candidate.entity in target.recipient
            trigger += 1
    return b


def batches(
    readings: Sequence[Prepared], vocabulary: Vocabulary, labels: Labels, seed: int
) -> Iterator[tuple[Shape, dict[str, Any]]]:
    """One pass over the readings in the order that `seed` gives."""
    rng = np.random.default_rng(seed)
    queue: list[tuple[Shape, list[Prepared]]] = []
    for shape in SHAPES:
        own = [r for r in readings if shape_of(r) is shape]
        order = rng.permutation(len(own))
        starts = range(0, len(own), shape.texts)
        queue.extend((shape, [own[i] for i in order[start : start + shape.texts]]) for start in starts)
    for index in rng.permutation(len(queue)):
        shape, some = queue[index]
        batch = batch_of(some, shape, vocabulary, labels)
        if rng.random() < 0.3:
            batch["features"][:, list(_OF_FRAMES)] = 0
            batch["pairs"][:, :, list(_PAIR_OF_FRAMES)] = 0
        yield shape, batch


def _cross(logits: Any, gold: Any, weight: Any = 1.0) -> Any:
    """Mean cross entropy where `gold` is not -1."""
    known = (gold >= 0) * weight
    losses = optax.softmax_cross_entropy_with_integer_labels(logits, jnp.maximum(gold, 0))
    return (losses * known).sum() / jnp.maximum(known.sum(), 1)


def pooled(logits: Any, entities: Any) -> Any:
    """Each candidate's logits as the highest that its entity has, (T, C, 2)."""
    same = (entities[:, :, None] == entities[:, None, :]) & (entities[:, None, :] >= 0)
    return jnp.where(same[..., None], logits[:, None], -1e9).max(2)


def loss_of(params: Params, sizes: Sizes, b: dict[str, Any], key: Any) -> Any:
    """The loss of a batch: types of words; modes, statuses, participants and links of triggers."""
    a, c, d, e = jax.random.split(key, 4)
    hidden = encode(params["encoder"], sizes, b["pieces"], b["mask"], a)
    heads = params["heads"]
    wide, token = words_of(heads, hidden, b["where"], b["features"], c)
    kinds = token @ heads["type"]["w"] + heads["type"]["b"]
    told = token[b["triggers"]]
    loss = _cross(kinds, b["type"], jnp.where(b["type"] > 0, 2.0, 1.0)) * 4
    loss += _cross(told @ heads["mode"]["w"] + heads["mode"]["b"], b["mode"]) * 0.3
    loss += _cross(told @ heads["status"]["w"] + heads["status"]["b"], b["status"]) * 0.3
    parts = pooled(parts_of(heads, wide, token, b["triggers"], b["kinds"], b["mentions"], b["pairs"], d), b["entities"])
    real = (b["entities"] >= 0)[..., None]
    cost = optax.sigmoid_binary_cross_entropy(parts, b["parts"])
    loss += (cost * real).sum() / jnp.maximum((b["event"] >= 0).sum(), 1) * 0.2
    offered = jnp.where(b["offered"] > 0, dates_of(heads, token, b["triggers"], b["dates"], e), -1e9)
    chance = (jax.nn.softmax(offered, -1) * b["dated"]).sum(-1)
    taught = b["dated"].sum(-1) > 0
    loss -= (jnp.log(chance + 1e-6) * taught).sum() / jnp.maximum(taught.sum(), 1) * 0.5
    links = links_of(heads, token, b["triggers"])
    one, other = b["event"][:, None], b["event"][None]
    pairs = (one >= 0) & (other >= 0) & (one // 1000 == other // 1000) & (b["kinds"][:, None] == b["kinds"][None])
    pairs = pairs & ~jnp.eye(len(b["event"]), dtype=bool)
    cost = optax.sigmoid_binary_cross_entropy(links, (one == other).astype(jnp.float32))
    return loss + (cost * pairs).sum() / jnp.maximum(pairs.sum(), 1) * 0.3


def fit(
    params: Params,
    sizes: Sizes,
    readings: Sequence[Prepared],
    vocabulary: Vocabulary,
    labels: Labels,
    *,
    epochs: int,
    seed: int = 0,
    rate: float = 2.5e-4,
    after_epoch: Callable[[int, float, Params], None] | None = None,
) -> Params:
    """Train all weights; `after_epoch` is told the epoch, its mean loss and the weights. Same seed, same weights."""
    steps = epochs * sum(1 for _ in batches(readings, vocabulary, labels, seed))
    schedule = optax.warmup_cosine_decay_schedule(0.0, 1.0, max(1, steps // 10), steps, 0.02)
    optimizer = optax.multi_transform(
        {
            "encoder": optax.chain(
                optax.clip_by_global_norm(1.0), optax.adamw(lambda n: rate * schedule(n), weight_decay=0.01)
            ),
            "heads": optax.chain(
                optax.clip_by_global_norm(1.0), optax.adamw(lambda n: 5 * rate * schedule(n), weight_decay=0.01)
            ),
        },
        {"encoder": "encoder", "heads": "heads"},
    )
    state = optimizer.init(params)

    @functools.partial(jax.jit, donate_argnums=(0, 1))
    def step(params: Params, state: Any, batch: dict[str, Any], key: Any) -> tuple[Params, Any, Any]:
        loss, slopes = jax.value_and_grad(loss_of)(params, sizes, batch, key)
        updates, state = optimizer.update(slopes, state, params)
        return optax.apply_updates(params, updates), state, loss

    key = jax.random.PRNGKey(seed)
    for epoch in range(epochs):
        losses = []
        for _, batch in batches(readings, vocabulary, labels, seed * 1000 + epoch):
            key, own = jax.random.split(key)
            params, state, loss = step(params, state, batch, own)
            losses.append(loss)
        if after_epoch is not None:
            after_epoch(epoch, float(np.mean([float(x) for x in losses])), params)
    return params
