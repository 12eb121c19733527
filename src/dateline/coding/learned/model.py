"""The learned model at work: an ONNX encoder (int8) and heads in numpy; no training library is needed.

Everything is computed text by text, so that a report's result doesn't depend on what it came with.
"""

from __future__ import annotations

import os
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import onnxruntime

from dateline.coding.learned.pieces import Pieces
from dateline.coding.learned.sample import Sample, Vocabulary
from dateline.errors import ModelError

ENCODER, HEADS, CARD, VOCABULARY = "encoder.onnx", "heads.npz", "card.json", "vocabulary.txt"
Array = Any
_ROOT = np.float32(np.sqrt(2 / np.pi))


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """What travels with the weights: vocabulary, labels, thresholds, and where the model comes from."""

    vocabulary: Vocabulary
    types: tuple[str, ...]
    modes: tuple[str, ...]
    statuses: tuple[str, ...]
    trigger_bar: float = 0.5
    part_bar: float = 0.5
    calibration: tuple[float, float] = (1.0, 0.0)
    readings: int = 0
    readings_sha256: str = ""
    seed: int = 0


class Told(msgspec.Struct, frozen=True):
    """What the model says of a text's words: probabilities of types (N, types), and the inner states that go on."""

    types: Array
    wide: Array
    token: Array


class Model:
    """A model folder, loaded. Raises ModelError, naming the file, where one is missing or broken."""

    def __init__(self, folder: Path) -> None:
        try:
            self.card = msgspec.json.decode((folder / CARD).read_bytes(), type=Card)
            with np.load(folder / HEADS, allow_pickle=False) as stored:
                self._heads = {name: stored[name].astype(np.float32) for name in stored.files}
            self._pieces = Pieces(folder / VOCABULARY)
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = 1
            options.log_severity_level = 3
            self._encoder = onnxruntime.InferenceSession(
                str(folder / ENCODER), options, providers=["CPUExecutionProvider"]
            )
        except (
            OSError,
            ValueError,
            KeyError,
            msgspec.MsgspecError,
            onnxruntime.capi.onnxruntime_pybind11_state.Fail,
        ) as e:
            raise ModelError(f"{folder}: not a model of the learned coder ({type(e).__name__}: {e})") from e

    def read(self, sample: Sample) -> Told:
        """What the words of a text are."""
        wide = np.zeros((len(sample.words), self._heads["token.w"].shape[0]), np.float32)
        width = wide.shape[1] - sum(self._heads[f"words.{n}"].shape[1] for n in range(len(self.card.vocabulary.words)))
        for chunk in self._pieces.chunks(sample.words, sample.sentences):
            pieces = np.array([chunk.pieces], np.int64)
            hidden = self._encoder.run(None, {"pieces": pieces, "mask": np.ones_like(pieces)})[0][0]
            words, places = zip(*chunk.words, strict=True)
            wide[list(words), :width] = hidden[list(places)]
        numbers = np.array([self.card.vocabulary.word_ids(f) for f in sample.features], np.int64).reshape(len(wide), -1)
        told = [self._heads[f"words.{n}"][numbers[:, n]] for n in range(numbers.shape[1])]
        wide[:, width:] = np.concatenate(told, -1) if told else 0
        token = _gelu(self._dense("token", wide))
        return Told(_softmax(self._dense("type", token)), wide, token)

    def chance(self, sure: float) -> float:
        """The chance that an event found with `sure` is one, by the readings that the bars were set on (Platt)."""
        slope, shift = self.card.calibration
        odds = np.log(max(sure, 1e-4) / max(1 - sure, 1e-4))
        return float(1 / (1 + np.exp(-(slope * odds + shift))))

    def modes(self, told: Told, words: Array) -> Array:
        """Probabilities (T, modes) of "TYPE:mode" at words."""
        return _softmax(self._dense("mode", told.token[words]))

    def statuses(self, told: Told, words: Array) -> Array:
        """Probabilities (T, statuses) at words."""
        return _softmax(self._dense("status", told.token[words]))

    def parts(self, told: Told, word: int, kind: int, mentions: list[int], pairs: list[list[int]]) -> Array:
        """Probabilities (C, 2) that candidates are actor and recipient of the event at a word."""
        t = self._dense("trigger", told.token[word])
        m = self._dense("mention", told.wide[mentions])
        x = t + m + self._dense("both", t * m) + self._heads["kind"][kind]
        numbers = np.array(pairs, np.int64)
        for n in range(numbers.shape[1]):
            x = x + self._heads[f"pairs.{n}"][numbers[:, n]]
        x = _gelu(x)
        x = x + _gelu(self._dense("deep", x))
        return 1 / (1 + np.exp(-self._dense("part", x)))

    def dates(self, told: Told, word: int, dates: list[list[int]]) -> Array:
        """Probabilities (D,) of the candidate dates of the event at a word."""
        numbers = np.array(dates, np.int64)
        x = self._dense("dating", told.token[word])[None]
        for n in range(numbers.shape[1]):
            x = x + self._heads[f"dates.{n}"][numbers[:, n]]
        return _softmax(self._dense("date", _gelu(x))[:, 0])

    def links(self, told: Told, words: Array) -> Array:
        """Probabilities (T, T) that two words tell of one event."""
        t = self._dense("trigger", told.token[words])
        both = np.concatenate([t[:, None] * t[None], np.abs(t[:, None] - t[None])], -1)
        return 1 / (1 + np.exp(-self._dense("same", _gelu(self._dense("link", both)))[..., 0]))

    def _dense(self, name: str, x: Array) -> Array:
        return x @ self._heads[f"{name}.w"] + self._heads[f"{name}.b"]


def _softmax(x: Array) -> Array:
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def _gelu(x: Array) -> Array:
    """The tanh form, as JAX's default."""
    return 0.5 * x * (1 + np.tanh(_ROOT * (x + np.float32(0.044715) * x * x * x)))


@cache
def shipped() -> Model:
    """The model that comes with dateline, or the one in the folder that DATELINE_MODEL names."""
    own = os.environ.get("DATELINE_MODEL")
    return Model(Path(own) if own else Path(str(files("dateline.coding.learned") / "model")))
