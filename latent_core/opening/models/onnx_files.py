"""ONNX files of strangers: checked before anything runs them, external data folded in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from latent_core.errors import InvalidInputError
from latent_core.installation import requires_extra
from latent_core.io.limits import MB, safe_display_name, sniff_type
from latent_core.untrusted import reading

if TYPE_CHECKING:
    import onnx

MAX_BYTES = 512 * MB
MAX_NODES = 50_000
MAX_DEPTH = 8
"""Levels of graphs inside nodes, such as the branches of an If."""
STANDARD_DOMAINS = ("", "ai.onnx", "ai.onnx.ml")


def read_onnx(name: str, content: bytes, beside: Mapping[str, bytes]) -> bytes:
    """The content of an ONNX file of one piece, that uses standard operators only.

    Parameters
    ----------
    name
        Its name, for messages.
    content
        Its content.
    beside
        The contents of the other files by name, one of which may have its external data.

    Raises
    ------
    InvalidInputError
        It is damaged or too large, uses operators of another domain, or lacks its external data.
    """
    shown = safe_display_name(name)
    if len(content) + sum(map(len, beside.values())) > MAX_BYTES:
        raise InvalidInputError(
            f"{shown} and the files beside it have more than {MAX_BYTES / MB:g} MB; export a "
            "smaller model."
        )
    if sniff_type(content) == "a text file":
        raise InvalidInputError(f"{shown} is a text file and no ONNX file; export the model again.")
    with requires_extra("onnx"):
        import onnx
    with reading(f"{shown} cannot be read", "export it again", InvalidInputError):
        model = onnx.load_model_from_string(content)
        if not model.graph.node:
            raise InvalidInputError(f"{shown} is no ONNX file with a graph; export it again.")
        _check_operators(model, shown)
        is_split = _fold_in(model, beside, shown)
        onnx.checker.check_model(model, full_check=False)
        whole: bytes = model.SerializeToString() if is_split else content
    return whole


def _check_operators(model: onnx.ModelProto, name: str) -> None:
    """Refuse operators that are not part of ONNX, and graphs that are too large."""
    nodes = list(_nodes([model.graph.node, *(function.node for function in model.functions)], 0))
    if len(nodes) > MAX_NODES:
        raise InvalidInputError(
            f"{name} has {len(nodes):,} nodes, more than {MAX_NODES:,}; export a smaller model."
        )
    local = {function.domain for function in model.functions}
    foreign = sorted({n.domain for n in nodes} - set(STANDARD_DOMAINS) - local)
    if foreign:
        operators = sorted({n.op_type for n in nodes if n.domain == foreign[0]})
        raise InvalidInputError(
            f"{name} uses the operator {operators[0][:40]!r} of the domain {foreign[0][:40]!r}, "
            "which needs a library that is not loaded here; export it with standard operators."
        )


def _nodes(lists: Iterable[Any], depth: int) -> Iterable[Any]:
    if depth > MAX_DEPTH:
        raise InvalidInputError(f"its graphs are nested more than {MAX_DEPTH} levels deep")
    for nodes in lists:
        for node in nodes:
            yield node
            inner = [a.g.node for a in node.attribute if a.HasField("g")]
            inner += [graph.node for a in node.attribute for graph in a.graphs]
            yield from _nodes(inner, depth + 1)


def _fold_in(model: onnx.ModelProto, beside: Mapping[str, bytes], name: str) -> bool:
    """Put external data into the model; whether there was any.

    It is read from the files beside it only, whatever path the model names.
    """
    from onnx import TensorProto

    is_split = False
    for tensor in _tensors(model.graph):
        if tensor.data_location != TensorProto.EXTERNAL:
            continue
        is_split = True
        fields = {entry.key: entry.value for entry in tensor.external_data}
        location = fields.get("location", "")
        data = beside.get(location) if PurePosixPath(location).name == location else None
        if data is None:
            raise InvalidInputError(
                f"{name} keeps its weights in {safe_display_name(location)!r}, which is not beside "
                "it; add that file, or export with external_data=False."
            )
        start = int(fields.get("offset", 0))
        length = int(fields.get("length", len(data) - start))
        if not 0 <= start <= start + length <= len(data):
            raise InvalidInputError(
                f"{safe_display_name(location)} is shorter than {name} says; copy both again."
            )
        tensor.raw_data = data[start : start + length]
        tensor.ClearField("data_location")
        del tensor.external_data[:]
    return is_split


def _tensors(graph: Any) -> Iterable[Any]:
    yield from graph.initializer
    for node in graph.node:
        for attribute in node.attribute:
            if attribute.HasField("t"):
                yield attribute.t
            yield from attribute.tensors
            if attribute.HasField("g"):
                yield from _tensors(attribute.g)
            for inner in attribute.graphs:
                yield from _tensors(inner)


def with_free_batch(content: bytes) -> bytes:
    """The graph with its first axis of any size, where it was exported with a fixed one.

    Whether it then gives the same must be tried; see `probe`.
    """
    import onnx
    from onnx import numpy_helper

    model = onnx.load_model_from_string(content)
    batch = fixed_batch(model.graph.input)
    if batch is None:
        return content
    for value in (*model.graph.input, *model.graph.output):
        dims = value.type.tensor_type.shape.dim
        if dims and dims[0].dim_value == batch:
            dims[0].dim_param = "N"
    del model.graph.value_info[:]
    for tensor in _reshape_targets(model.graph):
        shape = numpy_helper.to_array(tensor).copy()
        if shape.ndim == 1 and shape.size and shape[0] == batch:
            shape[0] = 0  # as in the input
            tensor.CopyFrom(numpy_helper.from_array(shape, tensor.name))
    freed: bytes = model.SerializeToString()
    return freed


def _reshape_targets(graph: Any) -> Iterable[Any]:
    """The constant shapes that Reshape nodes take."""
    shapes = {node.input[1] for node in graph.node if node.op_type == "Reshape"}
    yield from (tensor for tensor in graph.initializer if tensor.name in shapes)
    for node in graph.node:
        if node.op_type == "Constant" and node.output[0] in shapes:
            yield from (a.t for a in node.attribute if a.HasField("t"))


def fixed_batch(inputs: Any) -> int | None:
    """The size of the first axis of the first input; None where it is of any size."""
    dims = inputs[0].type.tensor_type.shape.dim if inputs else ()
    return int(dims[0].dim_value) or None if dims else None
