"""The realism network as an ONNX graph, alone and as a second output of a decoder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from latent_core import card_files
from latent_core.errors import InvalidCardError
from latent_core.files import read_regular_file, write_file
from latent_core.installation import requires_extra
from latent_core.models.onnx_export import OUTPUT as IMAGES
from latent_core.models.onnx_graph import (
    compact,
    embed_external_data,
    run_graph,
    trace,
    use_external_data,
)
from latent_core.models.realism import GRAPH, WEIGHTS, ImageRealism, score_images
from latent_core.untrusted import reading

if TYPE_CHECKING:
    import onnx

REALISM = "realism"
"""The output: log-odds ``(N,)``."""
TOLERANCE = 1e-3
"""Largest difference of the log-odds from the network's output."""
_PREFIX = "realism/"


def export_realism(net: Any, image_shape: tuple[int, int, int], folder: Path) -> str:
    """Write the graph of a network beside its weights; its checksum.

    Parameters
    ----------
    net
        The network, in evaluation mode, with the weights that are in `folder`.
    image_shape
        ``(C, H, W)`` of its images.
    folder
        Of the data set.

    Raises
    ------
    InvalidCardError
        The graph's output differs from the network's by more than `TOLERANCE`.
    """
    import torch

    with requires_extra("onnx"):
        graph = compact(trace(net, torch.zeros(2, *image_shape), (IMAGES, REALISM)))
    use_external_data(graph, folder / WEIGHTS)
    content = graph.SerializeToString()
    images = np.random.default_rng(0).random((64, *image_shape), np.float32)
    output = run_graph(embed_external_data(content, folder / WEIGHTS), {IMAGES: images}, REALISM)
    difference = float(np.abs(output - score_images(net, images)).max())
    if difference > TOLERANCE:
        raise InvalidCardError(
            f"The exported realism network differs by {difference:.2g}, more than {TOLERANCE:g}; "
            "its architecture cannot be exported as it is."
        )
    write_file(folder / GRAPH, content)
    return card_files.sha256_file(folder / GRAPH)


def realism_with_weights(realism: ImageRealism) -> bytes:
    """The bytes of an ONNX file with graph and weights of a realism network.

    Raises
    ------
    InvalidCardError
        The graph is missing or damaged.
    """
    with reading(f"The realism network of {realism.dataset!r} cannot be read", "train it again"):
        path = realism.folder / GRAPH
        if card_files.sha256_file(path) != realism.graph_sha256:
            raise InvalidCardError(f"{realism.dataset}/{GRAPH} is not the one on the card.")
        return embed_external_data(read_regular_file(path), realism.folder / WEIGHTS)


def decoder_with_realism(decoder: bytes, realism: bytes) -> bytes:
    """An ONNX file with the outputs ``images`` and ``realism``, from one file of each."""
    with requires_extra("onnx"):
        from onnx import compose, load_model_from_string

    second: onnx.ModelProto = compose.add_prefix(load_model_from_string(realism), _PREFIX)
    second.graph.output[0].name = REALISM
    for node in second.graph.node:
        for index, name in enumerate(node.output):
            if name == _PREFIX + REALISM:
                node.output[index] = REALISM
    joined = compose.merge_models(
        load_model_from_string(decoder),
        second,
        io_map=[(IMAGES, _PREFIX + IMAGES)],
        outputs=[IMAGES, REALISM],
    )
    content: bytes = joined.SerializeToString()
    return content
