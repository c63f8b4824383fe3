"""ONNX graphs that reference the tensors of a safetensors file, so that weights are stored once."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from latent_core.files import read_regular_file
from latent_core.installation import requires_extra
from latent_core.types import Floats

if TYPE_CHECKING:
    import onnx
    import torch

EXTERNAL_DATA_THRESHOLD = 128
"""Size in bytes from which a tensor is stored as external data."""


def trace(
    module: torch.nn.Module, example: torch.Tensor, names: tuple[str, str]
) -> onnx.ModelProto:
    """A module as an ONNX graph with a dynamic batch dimension.

    Parameters
    ----------
    module
        Of one argument, in evaluation mode.
    example
        An argument, of two or more rows.
    names
        Of input and output.
    """
    import torch

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the exporter about its own internals
        program = torch.onnx.export(
            module,
            (example,),
            input_names=[names[0]],
            output_names=[names[1]],
            dynamic_shapes=({0: torch.export.Dim("N")},),
            external_data=False,
            verbose=False,
        )
    assert program is not None
    graph: onnx.ModelProto = program.model_proto
    return graph


def embed_external_data(graph: bytes, weights: Path) -> bytes:
    """The bytes of an ONNX file with the external data, from `weights`, embedded.

    onnx's own loader refuses files that are links or have several names, as in backups and
    caches of models; here the weights are read by their path, and only they.

    Parameters
    ----------
    graph
        Content of the ONNX file.
    weights
        The safetensors file whose bytes its tensors reference.

    Raises
    ------
    ValueError
        A tensor references another file, or bytes beyond the end of `weights`.
    Exception
        Of onnx, where the graph is damaged; see `latent_core.untrusted.reading`.
    """
    with requires_extra("onnx"):
        import onnx

    model = onnx.load_model_from_string(graph)
    data = read_regular_file(weights)
    for tensor in model.graph.initializer:
        if tensor.data_location == onnx.TensorProto.EXTERNAL:
            _embed(tensor, data, weights.name)
    onnx.checker.check_model(model)
    embedded: bytes = model.SerializeToString()
    return embedded


def _embed(tensor: onnx.TensorProto, data: bytes, name: str) -> None:
    fields = {entry.key: entry.value for entry in tensor.external_data}
    start, length = int(fields.get("offset", 0)), int(fields.get("length", -1))
    if fields.get("location") != name or not 0 <= start <= start + length <= len(data):
        raise ValueError(f"tensor {tensor.name[:40]!r} references bytes that are not in {name}")
    tensor.raw_data = data[start : start + length]
    tensor.ClearField("data_location")
    del tensor.external_data[:]


def run_graph(onnx_bytes: bytes, inputs: dict[str, Floats], output: str) -> Floats:
    """An output of a graph for float32 inputs, computed by ONNX Runtime on the CPU."""
    with requires_extra("onnx"):
        import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(onnx_bytes, options, ["CPUExecutionProvider"])
    values: Floats = session.run([output], inputs)[0]
    return values


def compact(model: onnx.ModelProto) -> onnx.ModelProto:
    """The graph without metadata, its weights in float16 where that is exact."""
    from onnx import TensorProto, helper, numpy_helper

    graph = model.graph
    for part in (model, graph, *graph.node, *graph.input, *graph.output, *graph.initializer):
        del part.metadata_props[:]
        part.doc_string = ""
    del graph.value_info[:]
    casts = []
    for tensor in graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.dtype != np.float32 or values.size < 64 or not _is_exact_in_float16(values):
            continue
        name, half = tensor.name, f"{tensor.name}.half"
        tensor.CopyFrom(numpy_helper.from_array(values.astype(np.float16), half))
        casts.append(helper.make_node("Cast", [half], [name], to=TensorProto.FLOAT))
    nodes = [*casts, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
    return model


def use_external_data(model: onnx.ModelProto, weights: Path) -> None:
    """Reference each tensor of the graph whose bytes are in `weights` as external data."""
    from onnx import TensorProto, external_data_helper

    offsets = _offsets(weights)
    for tensor in model.graph.initializer:
        if (offset := offsets.get(tensor.raw_data)) is None:
            continue
        size = len(tensor.raw_data)
        external_data_helper.set_external_data(tensor, weights.name, offset, size)
        tensor.ClearField("raw_data")
        tensor.data_location = TensorProto.EXTERNAL


def _offsets(weights: Path) -> dict[bytes, int]:
    """The offset of each tensor of `EXTERNAL_DATA_THRESHOLD` bytes or more, by its bytes."""
    data = weights.read_bytes()
    start = 8 + int.from_bytes(data[:8], "little")
    header = json.loads(data[8:start])
    header.pop("__metadata__", None)
    spans = [tuple(entry["data_offsets"]) for entry in header.values()]
    return {
        data[start + a : start + b]: start + a for a, b in spans if b - a >= EXTERNAL_DATA_THRESHOLD
    }


def _is_exact_in_float16(values: Floats) -> bool:
    with np.errstate(over="ignore"):
        return bool((values.astype(np.float16).astype(np.float32) == values).all())
