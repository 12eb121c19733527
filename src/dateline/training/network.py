"""The network: a BERT encoder with heads for triggers and participants, in JAX.

Shapes: B chunks of L word pieces; N words; T triggers with C candidates each. Parameters are nested dicts of arrays,
the encoder's named as in BERT's own files, so that weights go in and out by name.
"""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import msgspec
import numpy as np

Params = dict[str, Any]
_EPS = 1e-12
#: Width of the embedding of one word feature, of the heads' hidden layers and of a pair feature.
FEATURE, HIDDEN, PAIR = 24, 256, 192


class Sizes(msgspec.Struct, frozen=True):
    """How many values each vocabulary has (0 included), and how many types, modes and statuses there are.

    The embeddings and the lowest `frozen` layers keep the weights that they came with: a third less to compute.
    """

    words: tuple[int, ...]
    pairs: tuple[int, ...]
    dates: tuple[int, ...]
    types: int
    modes: int
    statuses: int
    width: int = 384
    layers: int = 6
    heads: int = 12
    frozen: int = 2


def new_heads(sizes: Sizes, seed: int) -> Params:
    """Heads with random weights."""
    rng = np.random.default_rng(seed)

    def dense(rows: int, columns: int) -> Params:
        scale = np.sqrt(2.0 / (rows + columns))
        return {"w": jnp.asarray(rng.normal(0, scale, (rows, columns)), jnp.float32), "b": jnp.zeros(columns)}

    def table(rows: int, columns: int) -> Any:
        return jnp.asarray(rng.normal(0, 0.1, (rows, columns)), jnp.float32)

    wide = sizes.width + FEATURE * len(sizes.words)
    return {
        "words": [table(n, FEATURE) for n in sizes.words],
        "token": dense(wide, HIDDEN),
        "type": dense(HIDDEN, sizes.types),
        "mode": dense(HIDDEN, sizes.modes),
        "status": dense(HIDDEN, sizes.statuses),
        "trigger": dense(HIDDEN, PAIR),
        "mention": dense(wide, PAIR),
        "both": dense(PAIR, PAIR),
        "kind": table(sizes.types, PAIR),
        "pairs": [table(n, PAIR) for n in sizes.pairs],
        "deep": dense(PAIR, PAIR),
        "part": dense(PAIR, 2),
        "link": dense(2 * PAIR, PAIR),
        "same": dense(PAIR, 1),
        "dating": dense(HIDDEN, PAIR),
        "dates": [table(n, PAIR) for n in sizes.dates],
        "date": dense(PAIR, 1),
    }


def _dense(p: Params, x: Any) -> Any:
    return x @ p["w"] + p["b"]


def _norm(x: Any, scale: Any, shift: Any) -> Any:
    mean = x.mean(-1, keepdims=True)
    spread = ((x - mean) ** 2).mean(-1, keepdims=True)
    return (x - mean) / jnp.sqrt(spread + _EPS) * scale + shift


def _drop(x: Any, rate: float, key: Any) -> Any:
    if key is None or rate == 0:
        return x
    return jnp.where(jax.random.bernoulli(key, 1 - rate, x.shape), x / (1 - rate), 0)


def encode(weights: Params, sizes: Sizes, pieces: Any, mask: Any, key: Any = None, rate: float = 0.1) -> Any:
    """The encoder's last layer, (B, L, width), for `pieces` (B, L) with `mask` (1 for a piece, 0 for padding)."""
    keys = (
        iter(jax.random.split(key, 2 * sizes.layers + 1)) if key is not None else iter([None] * (2 * sizes.layers + 1))
    )
    length = pieces.shape[1]
    x = (
        weights["embeddings.word_embeddings.weight"][pieces]
        + weights["embeddings.position_embeddings.weight"][:length][None]
        + weights["embeddings.token_type_embeddings.weight"][0]
    )
    x = _norm(x, weights["embeddings.LayerNorm.weight"], weights["embeddings.LayerNorm.bias"])
    x = _drop(x, rate, next(keys))
    bias = (1.0 - mask[:, None, None, :]) * -1e9
    for layer in range(sizes.layers):
        name = f"encoder.layer.{layer}."
        if layer == sizes.frozen:
            x = jax.lax.stop_gradient(x)

        def linear(part: str, y: Any, name: str = name) -> Any:
            return y @ weights[f"{name}{part}.weight"].T + weights[f"{name}{part}.bias"]

        def heads(y: Any) -> Any:
            return y.reshape(*y.shape[:2], sizes.heads, -1).transpose(0, 2, 1, 3)

        q, k, v = (heads(linear(f"attention.self.{part}", x)) for part in ("query", "key", "value"))
        scores = q @ k.transpose(0, 1, 3, 2) / np.sqrt(q.shape[-1]) + bias
        mixed = jax.nn.softmax(scores, -1) @ v
        mixed = mixed.transpose(0, 2, 1, 3).reshape(x.shape)
        mixed = _drop(linear("attention.output.dense", mixed), rate, next(keys))
        x = _norm(
            x + mixed,
            weights[f"{name}attention.output.LayerNorm.weight"],
            weights[f"{name}attention.output.LayerNorm.bias"],
        )
        inner = jax.nn.gelu(linear("intermediate.dense", x), approximate=False)
        inner = _drop(linear("output.dense", inner), rate, next(keys))
        x = _norm(x + inner, weights[f"{name}output.LayerNorm.weight"], weights[f"{name}output.LayerNorm.bias"])
    return x


def words_of(
    heads: Params, hidden: Any, where: Any, features: Any, key: Any = None, rate: float = 0.2
) -> tuple[Any, Any]:
    """Words as the heads see them: raw (N, wide) and through the first layer (N, HIDDEN).

    `where` (N,) points to a word's first piece in the flattened (B · L) pieces, `features` (N, F) are numbers.
    """
    own = hidden.reshape(-1, hidden.shape[-1])[where]
    told = [table[features[:, n]] for n, table in enumerate(heads["words"])]
    wide = jnp.concatenate([own, *told], -1)
    a, b = jax.random.split(key) if key is not None else (None, None)
    wide = _drop(wide, rate, a)
    return wide, _drop(jax.nn.gelu(_dense(heads["token"], wide)), rate, b)


def parts_of(
    heads: Params, wide: Any, token: Any, triggers: Any, kinds: Any, mentions: Any, pairs: Any, key: Any = None
) -> Any:
    """Logits (T, C, 2) that a candidate is actor and recipient of a trigger of a type.

    `triggers` (T,) and `mentions` (T, C) point to words, `kinds` (T,) are types, `pairs` (T, C, F) numbers of features.
    """
    t = _dense(heads["trigger"], token[triggers])[:, None]
    m = _dense(heads["mention"], wide[mentions])
    x = t + m + _dense(heads["both"], t * m) + heads["kind"][kinds][:, None]
    for n, table in enumerate(heads["pairs"]):
        x = x + table[pairs[..., n]]
    x = _drop(jax.nn.gelu(x), 0.2, key)
    x = x + jax.nn.gelu(_dense(heads["deep"], x))
    return _dense(heads["part"], x)


def links_of(heads: Params, token: Any, triggers: Any) -> Any:
    """Logits (T, T) that two triggers tell of one event."""
    t = _dense(heads["trigger"], token[triggers])
    one, other = t[:, None], t[None]
    both = jnp.concatenate([one * other, jnp.abs(one - other)], -1)
    return _dense(heads["same"], jax.nn.gelu(_dense(heads["link"], both)))[..., 0]


def dates_of(heads: Params, token: Any, triggers: Any, dates: Any, key: Any = None) -> Any:
    """Logits (T, D) of the candidate dates of triggers; `dates` (T, D, F) are numbers of features."""
    x = _dense(heads["dating"], token[triggers])[:, None]
    for n, table in enumerate(heads["dates"]):
        x = x + table[dates[..., n]]
    return _dense(heads["date"], _drop(jax.nn.gelu(x), 0.2, key))[..., 0]
