"""Realism of images decoded along paths: ``python -m benchmarks.between MODEL …``.

For each model with an encoder, a decoder and an evaluation network: images decoded at a quarter, a
half and three quarters of linear, spherical and geodesic paths between random pairs of codes.  Each
image is rated alone (`benchmarks.realism`), so the figures do not depend on how much the images
vary; standard errors are over pairs.  Rows of other edge costs of the neighbor graph show whether
avoiding hubs makes geodesic paths better: the costs are compared on the validation pairs, and the
figures are reported on the test pairs.  Last, the realism halfway along linear paths by level.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np

import latent_core as lc
from benchmarks.realism import Realism, mean_and_error
from latent_core.analysis import latent_dimensions
from latent_core.analysis.support import Support, fit_support
from latent_core.interpolation import (
    LatentPath,
    NeighborGraph,
    build_neighbor_graph,
    geodesic_path,
    linear_path,
    spherical_path,
)
from latent_core.interpolation.knn_graph import COST_POWER
from latent_core.models.catalog import evaluator_for
from latent_core.neighbors import nearest

N_PAIRS = 300
"""Pairs for validation, and as many for the test."""
TIMES = (0.25, 0.5, 0.75)
SEED = 0
LEVELS = ("near data", "sparse", "far from data")
MIN_IMAGES = 20
Join = Callable[[np.ndarray, np.ndarray], LatentPath]


def main(only: Sequence[str] = ()) -> None:
    """Print the realism of each model's paths."""
    for model_id in only or lc.list_models():
        card = lc.load_card(model_id)
        classifier = evaluator_for(card.dataset)
        if classifier is None or not (card.encodes and card.decodes):
            continue
        model, data = lc.load_model(model_id), lc.load_dataset(card.dataset)
        encodings = lc.encode(model, data)
        realism = Realism(model, classifier, data)
        codes = encodings.mean[realism.rest]
        active_dims = ~latent_dimensions(encodings).inactive
        _report(model_id, realism, codes, fit_support(codes, active_dims=active_dims))


def _report(model_id: str, realism: Realism, codes: np.ndarray, support: Support) -> None:
    print(
        f"{model_id}: {N_PAIRS} validation and {N_PAIRS} test pairs × {len(TIMES)} images, "
        f"{len(realism.reference):,} real images"
    )
    a, b = np.random.default_rng(SEED).integers(0, len(codes), (2, 2 * N_PAIRS))
    for name, join in _ways(codes):
        paths = [join(*ends) for ends in zip(codes[a], codes[b], strict=True)]
        between = np.concatenate([path.at(TIMES) for path in paths])
        inside, percentile = (values.reshape(-1, len(TIMES)) for values in realism(between))
        quantile = support.quantile(between).reshape(-1, len(TIMES))
        validation, test = slice(N_PAIRS), slice(N_PAIRS, None)
        print(
            f"  {name:26} validation {inside[validation].mean():.3f}, test "
            f"{mean_and_error(inside[test].mean(axis=1))}; percentile "
            f"{mean_and_error(percentile[test].mean(axis=1))}; support quantile "
            f"{quantile[test].mean():.2f}; length {np.mean([_length(path) for path in paths]):.2f}",
            flush=True,
        )
        if name == "linear":
            _report_levels(inside[:, 1], support.levels(between[1 :: len(TIMES)]))


def _report_levels(inside: np.ndarray, levels: Sequence[str]) -> None:
    for level in LEVELS:
        own = inside[np.array(levels) == level]
        if len(own) >= MIN_IMAGES:
            print(f"    halfway, {level}: {mean_and_error(own)} of {len(own)}")


def _ways(codes: np.ndarray) -> Iterator[tuple[str, Join]]:
    yield "linear", linear_path
    yield "spherical", spherical_path
    graph = build_neighbor_graph(codes)
    for name, lengths in _edge_lengths(graph).items():
        scaled = lengths / lengths.mean() * graph.lengths.mean()
        changed = NeighborGraph(
            codes=graph.codes,
            starts=graph.starts,
            ends=graph.ends,
            lengths=scaled.astype(np.float32),
        )
        yield name, partial(geodesic_path, graph=changed)


def _edge_lengths(graph: NeighborGraph) -> dict[str, np.ndarray]:
    """Edge lengths, whose third powers are the costs, by name."""
    index, distance = nearest(graph.codes, None, 10)
    local = distance.mean(axis=1)
    times_chosen = np.maximum(np.bincount(index.ravel(), minlength=len(graph)) / 10, 1)
    starts = np.repeat(np.arange(len(graph)), np.diff(graph.starts))
    both = partial(_product, starts=starts, ends=graph.ends)
    return {
        "geodesic": graph.lengths,
        "geodesic, local scaling": graph.lengths / both(local) ** 0.5,  # Zelnik-Manor & Perona 2004
        "geodesic, hub penalty": graph.lengths * both(times_chosen) ** 0.25,
        "geodesic, length": graph.lengths ** (1 / COST_POWER),
        "geodesic, length²": graph.lengths ** (2 / COST_POWER),
    }


def _product(values: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    return values[starts] * values[ends]


def _length(path: LatentPath) -> float:
    """The length from start to end, relative to the straight line."""
    codes = path.at(np.linspace(0, 1, 65))
    straight = np.linalg.norm(codes[-1] - codes[0])
    return float(np.linalg.norm(np.diff(codes, axis=0), axis=1).sum() / max(straight, 1e-9))


if __name__ == "__main__":
    main(sys.argv[1:])
