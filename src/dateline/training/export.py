"""From trained weights to the files that ship: the encoder as ONNX in int8, the heads as half-precision arrays."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from dateline.coding.learned.model import CARD, ENCODER, HEADS, VOCABULARY, Card
from dateline.training.network import Params, Sizes

_OPSET = 17


def export(params: Params, sizes: Sizes, card: Card, vocabulary: Path, folder: Path) -> None:
    """Write the model's four files into `folder`, making it if need be; same weights, same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "encoder.onnx"
        onnx.save(encoder_graph({k: np.asarray(v) for k, v in params["encoder"].items()}, sizes), plain)
        quantize_dynamic(plain, folder / ENCODER, weight_type=QuantType.QInt8, per_channel=True)
    arrays = {name: value.astype(np.float16) for name, value in _flat("", params["heads"])}
    np.savez_compressed(folder / HEADS, allow_pickle=False, **arrays)
    (folder / CARD).write_bytes(msgspec.json.format(msgspec.json.encode(card), indent=1) + b"\n")
    shutil.copyfile(vocabulary, folder / VOCABULARY)


def _flat(prefix: str, tree: Any) -> list[tuple[str, Any]]:
    """Arrays of nested dicts and lists, by their path ("words.0", "token.w")."""
    if isinstance(tree, dict):
        return [pair for k in sorted(tree) for pair in _flat(f"{prefix}{k}.", tree[k])]
    if isinstance(tree, list):
        return [pair for n, v in enumerate(tree) for pair in _flat(f"{prefix}{n}.", v)]
    return [(prefix[:-1], np.asarray(tree))]


class _Graph:
    """Nodes and constants of an ONNX graph, growing."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self._number = 0

    def constant(self, value: Any) -> str:
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def add(self, kind: str, *inputs: str, **attributes: Any) -> str:
        self._number += 1
        name = f"n{self._number}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], name=f"{kind}{self._number}", **attributes))
        return name


def encoder_graph(w: dict[str, Any], sizes: Sizes) -> onnx.ModelProto:
    """BERT's encoder: `pieces` and `mask`, both (B, L) int64, to `hidden`, (B, L, width) float32."""
    g = _Graph()
    size = sizes.width // sizes.heads

    def linear(x: str, name: str) -> str:
        product = g.add("MatMul", x, g.constant(np.ascontiguousarray(w[f"{name}.weight"].T)))
        return g.add("Add", product, g.constant(w[f"{name}.bias"]))

    def norm(x: str, name: str) -> str:
        scale, shift = g.constant(w[f"{name}.weight"]), g.constant(w[f"{name}.bias"])
        return g.add("LayerNormalization", x, scale, shift, axis=-1, epsilon=1e-12)

    def heads(x: str, order: list[int]) -> str:
        shaped = g.add("Reshape", x, g.constant(np.array([0, 0, sizes.heads, size], np.int64)))
        return g.add("Transpose", shaped, perm=order)

    words = g.add("Gather", g.constant(w["embeddings.word_embeddings.weight"]), "pieces")
    length = g.add("Gather", g.add("Shape", "pieces"), g.constant(np.array([1], np.int64)))
    places = g.add(
        "Slice", g.constant(w["embeddings.position_embeddings.weight"]), g.constant(np.array([0], np.int64)), length
    )
    x = g.add("Add", g.add("Add", words, places), g.constant(w["embeddings.token_type_embeddings.weight"][0]))
    x = norm(x, "embeddings.LayerNorm")
    hidden = g.add("Sub", g.constant(np.float32(1)), g.add("Cast", "mask", to=TensorProto.FLOAT))
    bias = g.add("Mul", hidden, g.constant(np.float32(-1e9)))
    bias = g.add("Unsqueeze", bias, g.constant(np.array([1, 2], np.int64)))
    for layer in range(sizes.layers):
        name = f"encoder.layer.{layer}"
        q = heads(linear(x, f"{name}.attention.self.query"), [0, 2, 1, 3])
        k = heads(linear(x, f"{name}.attention.self.key"), [0, 2, 3, 1])
        v = heads(linear(x, f"{name}.attention.self.value"), [0, 2, 1, 3])
        scores = g.add("Mul", g.add("MatMul", q, k), g.constant(np.float32(1 / np.sqrt(size))))
        mixed = g.add("MatMul", g.add("Softmax", g.add("Add", scores, bias), axis=-1), v)
        mixed = g.add("Transpose", mixed, perm=[0, 2, 1, 3])
        mixed = g.add("Reshape", mixed, g.constant(np.array([0, 0, sizes.width], np.int64)))
        mixed = linear(mixed, f"{name}.attention.output.dense")
        x = norm(g.add("Add", x, mixed), f"{name}.attention.output.LayerNorm")
        inner = linear(x, f"{name}.intermediate.dense")
        scaled = g.add("Erf", g.add("Mul", inner, g.constant(np.float32(1 / np.sqrt(2)))))
        inner = g.add(
            "Mul", g.add("Mul", inner, g.add("Add", scaled, g.constant(np.float32(1)))), g.constant(np.float32(0.5))
        )
        x = norm(g.add("Add", x, linear(inner, f"{name}.output.dense")), f"{name}.output.LayerNorm")
    g.nodes.append(helper.make_node("Identity", [x], ["hidden"]))
    graph = helper.make_graph(
        g.nodes,
        "encoder",
        [helper.make_tensor_value_info(n, TensorProto.INT64, ["B", "L"]) for n in ("pieces", "mask")],
        [helper.make_tensor_value_info("hidden", TensorProto.FLOAT, ["B", "L", sizes.width])],
        g.constants,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)], producer_name="dateline")
    model.ir_version = 9
    onnx.checker.check_model(model)
    return model
