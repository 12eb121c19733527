"""Teaching the learned coder: readings in, a model folder out that codes. Needs the extra `train`."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from dateline.errors import DatelineError
from dateline.training.readings import read_readings

GOLD = Path(__file__).resolve().parent / "gold" / "samples.jsonl"
READINGS = Path(__file__).resolve().parents[1] / "training"
VOCABULARY = Path(__file__).resolve().parents[1] / "src/dateline/coding/learned/model/vocabulary.txt"


def test_readings_without_texts_are_joined_by_id_and_hash(tmp_path: Path) -> None:
    text = "Rebels freed a judge."
    digest = hashlib.sha256(text.encode()).hexdigest()
    lines = [{"id": "a", "sha256": digest, "events": []}, {"id": "b", "sha256": digest, "events": []}]
    path = tmp_path / "r.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert [r["text"] for r in read_readings([path], {"a": text})] == [text]
    with pytest.raises(DatelineError, match=r"r.jsonl:2: the text of b is not the one that was read"):
        list(read_readings([path], {"a": text, "b": "Rebels freed a judge!"}))


@pytest.mark.parametrize("line", ["{", "[]", '{"id": "a"}'])
def test_a_line_that_is_no_reading_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text(line + "\n")
    with pytest.raises(DatelineError, match=r"r.jsonl:1: not a reading"):
        list(read_readings([path], {}))


def test_the_shipped_readings_are_sound() -> None:
    for path in sorted(READINGS.glob("*.jsonl")):
        ids = set()
        for line in path.read_text(encoding="utf-8").splitlines():
            reading = json.loads(line)
            assert reading["id"] not in ids
            ids.add(reading["id"])
            assert ("text" in reading) != ("sha256" in reading)
            for event in reading["events"]:
                assert event["anchors"]
                assert {*event["actor"], *event["recipient"]} <= set(reading["actors"])
                if "text" in reading:
                    assert all(reading["text"][a:b].strip() for a, b in event["anchors"])


def test_a_model_learns_is_written_and_codes(tmp_path: Path) -> None:
    pytest.importorskip("jax", reason="the extra 'train' is not installed")
    import numpy as np
    from safetensors.numpy import save_file

    from dateline import Coder, Report
    from dateline.coding.learned.engine import HybridEngine
    from dateline.coding.learned.model import Model
    from dateline.training import learn as learning

    base = tmp_path / "base"
    base.mkdir()
    (base / learning.VOCABULARY).write_bytes(VOCABULARY.read_bytes())
    rng = np.random.default_rng(0)
    size = len(VOCABULARY.read_text(encoding="utf-8").split("\n"))
    save_file(
        {name: rng.normal(0, 0.02, shape).astype(np.float32) for name, shape in _shapes(size)}, base / learning.WEIGHTS
    )
    readings = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()][:6]
    told: list[str] = []
    for folder in ("one", "two"):
        card = learning.learn(readings, base, tmp_path / folder, epochs=1, tell=told.append)
    assert card.readings_sha256
    assert any(line.startswith("epoch 1 of 1: loss") for line in told)
    for name in ("encoder.onnx", "heads.npz", "card.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    coder = Coder()
    coder._engine = HybridEngine(Model(tmp_path / "one"))
    assert coder.code(Report(id="r", text="Gunmen kidnapped two engineers in Goma.")).id == "r"


def _shapes(size: int) -> list[tuple[str, tuple[int, ...]]]:
    """A BERT of the real shape in small: names and shapes of its weights."""
    wide, inner = 384, 1536
    found: list[tuple[str, tuple[int, ...]]] = [
        ("embeddings.word_embeddings.weight", (size, wide)),
        ("embeddings.position_embeddings.weight", (512, wide)),
        ("embeddings.token_type_embeddings.weight", (2, wide)),
        ("embeddings.LayerNorm.weight", (wide,)),
        ("embeddings.LayerNorm.bias", (wide,)),
    ]
    for layer in range(6):
        name = f"encoder.layer.{layer}"
        for part in ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense"):
            found += [(f"{name}.{part}.weight", (wide, wide)), (f"{name}.{part}.bias", (wide,))]
        found += [(f"{name}.intermediate.dense.weight", (inner, wide)), (f"{name}.intermediate.dense.bias", (inner,))]
        found += [(f"{name}.output.dense.weight", (wide, inner)), (f"{name}.output.dense.bias", (wide,))]
        for part in ("attention.output", "output"):
            found += [(f"{name}.{part}.LayerNorm.{end}", (wide,)) for end in ("weight", "bias")]
    return found
