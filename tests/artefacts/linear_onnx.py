"""ONNX pairs as strangers export them, whose right answers are known: a PCA in many guises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from onnx import TensorProto, helper, numpy_helper

OPSET, IR = 17, 8


@dataclass
class Pca:
    """Principal components of images ``(N, C, H, W)``: what every pair below computes."""

    mean: Any
    components: Any
    shape: tuple[int, int, int]

    @classmethod
    def fit(cls, images: Any, dims: int) -> Pca:
        flat = images.reshape(len(images), -1)
        mean = flat.mean(axis=0)
        _, _, rows = np.linalg.svd(flat - mean, full_matrices=False)
        return cls(mean.astype("f4"), rows[:dims].astype("f4"), images.shape[1:])

    @property
    def dims(self) -> int:
        return len(self.components)

    def encode(self, images: Any) -> Any:
        return (images.reshape(len(images), -1) - self.mean) @ self.components.T

    def decode(self, codes: Any) -> Any:
        return np.clip(codes @ self.components + self.mean, 0, 1).reshape(-1, *self.shape)


@dataclass
class Guise:
    """How a pair takes and gives its pixels."""

    layout: str = "NCHW"
    scale: float = 1.0
    offset: float = 0.0
    out_scale: float | None = None
    out_offset: float | None = None
    is_logit: bool = False
    is_bgr: bool = False
    batch: int | None = None
    input_type: int = TensorProto.FLOAT
    extra: str = ""
    latent_shape: tuple[int, ...] = ()


class Net:
    """Collects nodes and constants."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def const(self, value: Any) -> str:
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def add(self, op: str, *inputs: str, out: str = "", **attributes: Any) -> str:
        out = out or f"v{len(self.nodes)}"
        self.nodes.append(helper.make_node(op, list(inputs), [out], **attributes))
        return out

    def model(self, inputs: list[Any], outputs: list[Any]) -> bytes:
        graph = helper.make_graph(self.nodes, "g", inputs, outputs, self.constants)
        made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)])
        made.ir_version = IR
        return made.SerializeToString()


def _axes(layout: str, shape: tuple[int, int, int]) -> list[int]:
    channels, height, width = shape
    return {
        "NCHW": [channels, height, width],
        "NHWC": [height, width, channels],
        "NHW": [height, width],
        "flat": [channels * height * width],
    }[layout]


def encoder(pca: Pca, how: Guise) -> bytes:
    """The encoder of a pair."""
    net, batch = Net(), how.batch or "N"
    x = net.add("Cast", "x", to=TensorProto.FLOAT)
    if how.layout == "NHWC":
        x = net.add("Transpose", x, perm=[0, 3, 1, 2])
    x = net.add("Reshape", x, net.const(np.array([how.batch or -1, *pca.shape])))
    if how.is_bgr:
        x = net.add("Gather", x, net.const(np.array([2, 1, 0])), axis=1)
    x = net.add("Reshape", x, net.const(np.array([how.batch or -1, pca.mean.size])))
    x = net.add(
        "Div",
        net.add("Sub", x, net.const(np.float32(how.offset))),
        net.const(np.float32(how.scale)),
    )
    x = net.add("Clip", x, net.const(np.float32(0)), net.const(np.float32(1)))
    x = net.add("Sub", x, net.const(pca.mean))
    latent = how.latent_shape or (pca.dims,)
    z = net.add("MatMul", x, net.const(np.ascontiguousarray(pca.components.T)))
    z = net.add("Reshape", z, net.const(np.array([how.batch or -1, *latent])), out="z_mean")
    info = helper.make_tensor_value_info
    outputs = [info("z_mean", TensorProto.FLOAT, [batch, *latent])]
    if how.extra:
        zeros = net.add("Mul", z, net.const(np.float32(0)))
        log_var = net.add("Sub", zeros, net.const(np.float32(2)), out="z_log_var")
        if how.extra == "moments":
            net.add("Concat", "z_mean", "z_log_var", out="moments", axis=1)
            outputs = [info("moments", TensorProto.FLOAT, [batch, 2 * latent[0], *latent[1:]])]
        else:
            noise = net.add("RandomNormalLike", log_var)
            net.add("Add", "z_mean", noise, out="z")
            names = ["z"] if how.extra == "sample" else ["z", "z_log_var", "z_mean"]
            outputs = [info(name, TensorProto.FLOAT, [batch, *latent]) for name in names]
    return net.model([info("x", how.input_type, [batch, *_axes(how.layout, pca.shape)])], outputs)


def decoder(pca: Pca, how: Guise) -> bytes:
    """The decoder of a pair."""
    net, batch = Net(), how.batch or "N"
    latent = how.latent_shape or (pca.dims,)
    z = net.add("Reshape", "z", net.const(np.array([how.batch or -1, pca.dims])))
    x = net.add("MatMul", z, net.const(pca.components))
    x = net.add("Add", x, net.const(pca.mean))
    x = net.add("Clip", x, net.const(np.float32(0)), net.const(np.float32(1)))
    if how.is_logit:
        x = net.add("Clip", x, net.const(np.float32(1e-4)), net.const(np.float32(1 - 1e-4)))
        x = net.add("Log", net.add("Div", x, net.add("Sub", net.const(np.float32(1)), x)))
    else:
        scale = how.scale if how.out_scale is None else how.out_scale
        offset = how.offset if how.out_offset is None else how.out_offset
        x = net.add("Mul", x, net.const(np.float32(scale)))
        x = net.add("Add", x, net.const(np.float32(offset)))
    x = net.add("Reshape", x, net.const(np.array([how.batch or -1, *pca.shape])))
    if how.is_bgr:
        x = net.add("Gather", x, net.const(np.array([2, 1, 0])), axis=1)
    if how.layout == "NHWC":
        x = net.add("Transpose", x, perm=[0, 2, 3, 1])
    axes = _axes(how.layout, pca.shape)
    net.add("Reshape", x, net.const(np.array([how.batch or -1, *axes])), out="y")
    info = helper.make_tensor_value_info
    return net.model(
        [info("z", TensorProto.FLOAT, [batch, *latent])],
        [info("y", TensorProto.FLOAT, [batch, *axes])],
    )


def pair(pca: Pca, how: Guise) -> dict[str, bytes]:
    return {"encoder.onnx": encoder(pca, how), "decoder.onnx": decoder(pca, how)}
