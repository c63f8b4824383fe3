"""Decoders on their own: ``decoder.onnx``, made from a model's weights and checked against them.

A browser, or any program with an ONNX runtime, decodes with that file alone.
"""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from latent_core import cards
from latent_core.errors import BadCard
from latent_core.models import TorchModel
from latent_core.values import Floats

if TYPE_CHECKING:
    import onnx

TOLERANCE = 1e-4
"""How far a pixel in [0, 1] may be off."""
INPUT, OUTPUT = "codes", "images"


def export_decoder(model: TorchModel) -> Path:
    """Write ``decoder.onnx`` beside the weights, its checksum on the card; gives its path.

    It maps ``codes`` (N, D) float32 to ``images`` (N, C, H, W) float32 in [0, 1].  Weights that
    half precision holds exactly are stored so; they are widened once, when it is loaded.

    Raises
    ------
    BadCard
        The model has no decoder; or what was made does not decode as the model does, and
        nothing is written then.
    """
    if not model.card.decodes:
        raise BadCard(f"{model.card.id!r} has no decoder to export; choose a model that decodes.")
    made = _compact(_trace(model)).SerializeToString()
    codes = np.random.default_rng(0).normal(0, 2, (64, model.card.latent_dim)).astype(np.float32)
    difference = float(np.abs(run_decoder(made, codes) - model.decode(codes)).max())
    if difference > TOLERANCE:
        raise BadCard(
            f"The exported decoder of {model.card.id!r} is off by {difference:.2g}, more than "
            f"{TOLERANCE:g}; its architecture cannot be exported as it is."
        )
    path = model.card.decoder
    temporary = path.with_suffix(".tmp")
    temporary.write_bytes(made)
    temporary.replace(path)
    about = {
        "file": path.name,
        "sha256": cards.sha256_file(path),
        "weights_sha256": model.card.weights_sha256,
        "command": f"python -m latent_core export {model.card.id}",
    }
    cards.update_card(model.card.folder, decoder=about)
    return path


def run_decoder(onnx_bytes: bytes, codes: Floats) -> Floats:
    """The images ``(N, C, H, W)`` that an exported decoder makes of codes ``(N, D)``."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(onnx_bytes, options, ["CPUExecutionProvider"])
    images: Floats = session.run([OUTPUT], {INPUT: codes})[0]
    return images


def _trace(model: TorchModel) -> onnx.ModelProto:
    """The decoder as an ONNX graph for any number of codes."""
    import torch

    class Decoder(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.net = model.net

        def forward(self, codes: torch.Tensor) -> Any:
            return self.net.decode(codes)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of torch about its own insides
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
    traced: onnx.ModelProto = program.model_proto
    return traced


def _compact(model: onnx.ModelProto) -> onnx.ModelProto:
    """The same graph without remarks, its weights in half precision where that is exact."""
    from onnx import TensorProto, helper, numpy_helper

    graph = model.graph
    for part in (model, graph, *graph.node, *graph.input, *graph.output, *graph.initializer):
        del part.metadata_props[:]
        part.doc_string = ""
    del graph.value_info[:]
    casts = []
    for tensor in graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.dtype != np.float32 or values.size < 64 or not _fits_half(values):
            continue
        name, half = tensor.name, f"{tensor.name}.half"
        tensor.CopyFrom(numpy_helper.from_array(values.astype(np.float16), half))
        casts.append(helper.make_node("Cast", [half], [name], to=TensorProto.FLOAT))
    nodes = [*casts, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
    return model


def _fits_half(values: Floats) -> bool:
    with np.errstate(over="ignore"):
        return bool((values.astype(np.float16).astype(np.float32) == values).all())
