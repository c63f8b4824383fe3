"""Export of decoders to ``decoder.onnx``, checked against the model's own output.

The file holds the graph and references the tensors of ``weights.safetensors`` as external data,
so that weights are stored once.  A browser gets one file with both.
"""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from latent_core import card_files
from latent_core.errors import InvalidCardError
from latent_core.files import read_regular_file, write_file
from latent_core.installation import requires_extra
from latent_core.models.card import ModelCard
from latent_core.models.model import TorchModel
from latent_core.types import Floats
from latent_core.untrusted import reading

if TYPE_CHECKING:
    import onnx

TOLERANCE = 1e-4
"""Largest difference of a pixel in [0, 1] from the model's output."""
INPUT, OUTPUT = "codes", "images"
EXTERNAL_DATA_THRESHOLD = 128
"""Size in bytes from which a tensor is stored as external data."""


def export_decoder(model: TorchModel) -> Path:
    """Write ``decoder.onnx`` beside the weights, and its checksum to the card.

    The graph maps ``codes`` (N, D) float32 to ``images`` (N, C, H, W) float32 in [0, 1].  Weights
    that float16 represents exactly are stored as float16 and cast once, when the file is loaded.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    InvalidCardError
        The model has no decoder; or the exported decoder's images differ from the model's by more
        than `TOLERANCE`, and then nothing is written.
    """
    if not model.card.decodes:
        raise InvalidCardError(
            f"{model.card.id!r} has no decoder to export; choose a model that decodes."
        )
    with requires_extra("onnx"):
        graph = _compact(_trace(model))
    _use_external_data(graph, model.card.weights)
    folder = card_files.own_folder(model.card.folder)
    path, content = model.card.decoder, graph.SerializeToString()
    exported = embed_external_data(content, model.card.weights)
    codes = np.random.default_rng(0).normal(0, 2, (64, model.card.latent_dim)).astype(np.float32)
    difference = float(np.abs(run_decoder(exported, codes) - model.decode(codes)).max())
    if difference > TOLERANCE:
        raise InvalidCardError(
            f"Images of the exported decoder of {model.card.id!r} differ by {difference:.2g}, more "
            f"than {TOLERANCE:g}; its architecture cannot be exported as it is."
        )
    write_file(path, content)
    entry = {
        "file": path.name,
        "sha256": card_files.sha256_file(path),
        "weights_sha256": model.card.weights_sha256,
        "command": f"python -m latent_core export-onnx {model.card.id}",
    }
    card_files.update_card(folder, decoder=entry)
    return path


def decoder_with_weights(card: ModelCard) -> bytes | None:
    """The bytes of an ONNX file with graph and weights; None without an exported decoder.

    Raises
    ------
    InvalidCardError
        Graph or weights are missing, or their checksums are not those on the card.
    """
    if (graph := card.checked_decoder()) is None:
        return None
    with reading(
        f"The decoder.onnx of {card.id!r} cannot be read",
        f"export it again with `python -m latent_core export-onnx {card.id}`",
    ):
        return embed_external_data(graph, card.checked_weights())


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


def run_decoder(onnx_bytes: bytes, codes: Floats) -> Floats:
    """Images ``(N, C, H, W)`` of codes ``(N, D)`` float32, decoded by ONNX Runtime on the CPU."""
    with requires_extra("onnx"):
        import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(onnx_bytes, options, ["CPUExecutionProvider"])
    images: Floats = session.run([OUTPUT], {INPUT: codes})[0]
    return images


def _trace(model: TorchModel) -> onnx.ModelProto:
    """The decoder as an ONNX graph with a dynamic batch dimension."""
    import torch

    class Decoder(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.net = model.net

        def forward(self, codes: torch.Tensor) -> Any:
            return self.net.decode(codes)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the exporter about its own internals
        program = torch.onnx.export(
            Decoder().eval(),
            (torch.zeros(2, model.card.latent_dim),),
            input_names=[INPUT],
            output_names=[OUTPUT],
            dynamic_shapes={"codes": {0: torch.export.Dim("N")}},
            external_data=False,
            verbose=False,
        )
    assert program is not None
    graph: onnx.ModelProto = program.model_proto
    return graph


def _compact(model: onnx.ModelProto) -> onnx.ModelProto:
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


def _use_external_data(model: onnx.ModelProto, weights: Path) -> None:
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
