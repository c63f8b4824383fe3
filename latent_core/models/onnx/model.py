"""`OnnxModel`, two canonical ONNX graphs as a `LatentModel`."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.models.card import ModelCard
from latent_core.models.model import Model
from latent_core.models.onnx.process import OnnxProcess
from latent_core.types import Array, Floats

ENCODER, DECODER = "encoder", "decoder"
BATCH_SIZE = 64


class OnnxModel(Model):
    """Two canonical ONNX graphs, run in a process of their own.

    Parameters
    ----------
    card
        Its card; ``fixed_batch`` of its architecture is the batch size of graphs that take no
        other.
    graphs
        The content of ``encoder.onnx`` and ``decoder.onnx``, or of one of them.
    """

    def __init__(self, card: ModelCard, graphs: Mapping[str, bytes]) -> None:
        self._fixed_batch = int(card.architecture.get("fixed_batch", 0))
        super().__init__(card, self._fixed_batch or BATCH_SIZE)
        self._process = OnnxProcess(graphs)
        self.n_bytes = sum(map(len, graphs.values()))

    def _run_graph(self, graph: str, name: str, batch: Floats) -> list[Array]:
        """The outputs for a batch, which is filled up to the size that the graph takes."""
        missing = max(0, self._fixed_batch - len(batch))
        padded = np.concatenate([batch, np.repeat(batch[-1:], missing, 0)])
        return [output[: len(batch)] for output in self._process.run(graph, {name: padded})]

    def _invert(self, images: Floats) -> Floats:
        raise InvalidInputError(
            f"{self.card.id!r} has a decoder only and gives no gradients, so that the codes of "
            "images cannot be found; add its encoder."
        )

    def _encode_batch(self, images: Floats) -> tuple[Floats, Floats | None]:
        mean, *log_var = self._run_graph(ENCODER, "images", images)
        return mean, log_var[0] if log_var else None

    def _decode_batch(self, codes: Floats) -> Floats:
        return self._run_graph(DECODER, "codes", codes)[0]
