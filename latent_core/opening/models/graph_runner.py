"""Runs a stranger's graphs on arrays of any length, also those of a fixed batch size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.models.onnx.process import Limits, OnnxProcess, Signature, Tensor
from latent_core.opening.models.onnx_files import with_free_batch
from latent_core.types import Array

_DTYPES = {"float": "f4", "float16": "f2", "double": "f8", "uint8": "u1"}


@dataclass(slots=True)
class Graph:
    """A graph: its content, its only input and its outputs.

    Parameters
    ----------
    fixed_batch
        The batch size where it takes no other, else 0.
    """

    name: str
    content: bytes
    input: Tensor
    signature: Signature
    fixed_batch: int = 0


class GraphRunner:
    """The graphs of one model in a process of their own."""

    def __init__(self, contents: Mapping[str, bytes], limits: Limits | None = None) -> None:
        freed = {name: with_free_batch(content) for name, content in contents.items()}
        self._contents, self._limits = dict(contents), limits
        self._process = OnnxProcess(freed, limits)
        self.graphs = {name: self._graph(name, freed[name]) for name in contents}
        self._tried: set[str] = set()

    def _graph(self, name: str, content: bytes) -> Graph:
        signature = self._process.signature(name)
        if len(signature.inputs) != 1:
            names = ", ".join(repr(t.name[:30]) for t in signature.inputs)
            raise InvalidInputError(
                f"The {name} has the inputs {names}; export one that takes only "
                f"{'images' if name == 'encoder' else 'codes'}."
            )
        return Graph(name, content, signature.inputs[0], signature)

    def find_batch(self, name: str, example: Array) -> None:
        """Find out whether a graph takes batches of any size, given three or more rows.

        One whose size cannot be freed is run with the size that it was exported with.

        Raises
        ------
        InvalidInputError
            It fails with either.
        """
        graph = self.graphs[name]
        original = self._contents[name]
        if graph.content == original or name in self._tried:
            return
        self._tried.add(name)
        try:
            together = self.run(name, example[:3])
            alone = [self.run(name, example[i : i + 1]) for i in range(3)]
            same = all(
                np.allclose(np.concatenate(parts), whole, rtol=1e-3, atol=1e-4)
                for whole, *parts in zip(together, *alone, strict=True)
            )
        except (InvalidInputError, ValueError):
            same = False
        if not same:
            self._process.close()
            contents = {key: g.content for key, g in self.graphs.items()} | {name: original}
            self._process = OnnxProcess(contents, self._limits)
            fixed = self._graph(name, original)
            fixed.fixed_batch = fixed.input.shape[0] or 1
            self.graphs[name] = fixed

    def run(self, name: str, batch: Array) -> list[Array]:
        """All outputs of a graph, each with one row per row of the batch.

        Raises
        ------
        InvalidInputError
            It fails, or an output has no row per row of the batch.
        """
        graph = self.graphs[name]
        size = graph.fixed_batch or len(batch)
        parts = []
        for start in range(0, len(batch), size):
            rows = batch[start : start + size]
            filled = np.concatenate([rows, np.repeat(rows[-1:], size - len(rows), 0)])
            typed = _typed(filled, graph.input.type)
            outputs = self._process.run(name, {graph.input.name: typed})
            parts.append([output[: len(rows)] for output in outputs])
        joined = [np.concatenate(pieces) for pieces in zip(*parts, strict=True)]
        if any(output.ndim < 1 or len(output) != len(batch) for output in joined):
            raise InvalidInputError(
                f"The {name} gives no result per row; export it without a sum over the batch."
            )
        return joined

    def close(self) -> None:
        """End the process."""
        self._process.close()


def _typed(values: Array, name: str) -> Array:
    """Values in the type of an input; whole numbers where it takes them."""
    dtype = np.dtype(_DTYPES.get(name.removeprefix("tensor(").removesuffix(")"), "f4"))
    return (np.rint(values) if dtype.kind == "u" else values).astype(dtype)
