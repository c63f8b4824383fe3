"""Adds nodes before and after the nodes of an ONNX graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.types import Array

if TYPE_CHECKING:
    import onnx

MIN_OPSET = 8
"""Since then Min and Max broadcast."""
MIN_IR_VERSION = 4
"""Since then initializers need not be inputs."""
PREFIX = "model/"
"""Of all names in the model, so that they differ from those of the added nodes."""
_TYPES = {
    "tensor(float)": "FLOAT",
    "tensor(float16)": "FLOAT16",
    "tensor(double)": "DOUBLE",
    "tensor(uint8)": "UINT8",
    "tensor(bfloat16)": "BFLOAT16",
}


def onnx_type(name: str) -> int:
    from onnx import TensorProto

    if name not in _TYPES:
        raise InvalidInputError(
            f"The graph takes {name}, but images and codes are floating-point numbers; export it "
            "with a float input."
        )
    return int(getattr(TensorProto, _TYPES[name]))


class GraphBuilder:
    """Adds nodes before and after the nodes of a model."""

    def __init__(self, content: bytes) -> None:
        import onnx
        from onnx import compose

        model = onnx.load_model_from_string(content)
        opset = max(
            (o.version for o in model.opset_import if o.domain in ("", "ai.onnx")), default=0
        )
        if opset < MIN_OPSET:
            raise InvalidInputError(
                f"The graph has operator set {opset}; export it with opset_version={MIN_OPSET} or "
                "later."
            )
        self._model: onnx.ModelProto = compose.add_prefix(model, PREFIX)
        self._model.ir_version = max(self._model.ir_version, MIN_IR_VERSION)
        self._before: list[Any] = []
        self._after: list[Any] = []
        self._inputs: list[Any] = []
        self._outputs: list[Any] = []
        self._count = 0
        self._target = self._before

    def input(self, name: str, shape: list[int]) -> str:
        self._inputs.append(_value_info(name, shape))
        return name

    def output(self, value: str, name: str, shape: list[int]) -> None:
        self._node("Identity", [value], name)
        self._outputs.append(_value_info(name, shape))

    def connect(self, value: str, name: str) -> None:
        """Feed `value` to the model's input `name`; what is added next comes after the model."""
        self._node("Identity", [value], PREFIX + name)
        self._target = self._after

    def constant(self, value: Any) -> str:
        from onnx import numpy_helper

        name = self._new_name()
        self._model.graph.initializer.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def add(self, operator: str, *inputs: str, **attributes: Any) -> str:
        return self._node(operator, inputs, self._new_name(), **attributes)

    def cast(self, value: str) -> str:
        return self.add("Cast", value, to=onnx_type("tensor(float)"))

    def reshape(self, value: str, shape: tuple[int, ...]) -> str:
        return self.add("Reshape", value, self.constant(np.array(shape, np.int64)))

    def gather(self, value: str, indices: Array) -> str:
        return self.add("Gather", value, self.constant(indices.astype(np.int64)), axis=1)

    def build(self) -> bytes:
        graph = self._model.graph
        nodes = [*self._before, *graph.node, *self._after]
        for field, values in (
            (graph.node, nodes),
            (graph.input, self._inputs),
            (graph.output, self._outputs),
            (graph.value_info, []),
        ):
            del field[:]
            field.extend(values)
        content: bytes = self._model.SerializeToString()
        return content

    def _new_name(self) -> str:
        self._count += 1
        return f"adapter/{self._count}"

    def _node(self, operator: str, inputs: Any, output: str, **attributes: Any) -> str:
        from onnx import helper

        self._target.append(helper.make_node(operator, list(inputs), [output], **attributes))
        return output


def _value_info(name: str, shape: list[int]) -> Any:
    from onnx import TensorProto, helper

    return helper.make_tensor_value_info(name, TensorProto.FLOAT, ["N", *shape])
