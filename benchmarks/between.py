"""Fréchet distance of images decoded halfway along paths: ``python -m benchmarks.between``.

For each model with an encoder, a decoder and an evaluation classifier: the Fréchet distance from
the real images, in the classifier's features, of decoded codes of the data, and of decoded codes
halfway along linear, spherical and geodesic paths between random pairs of them.  With each its
ratio to the first, the median norm of the codes, since the middle of a linear path is nearer to
the origin than the data, and the fraction of codes with the support level near data.  Last, the
distances of the middles of linear paths by support level.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import numpy as np

import latent_core as lc
from latent_core.analysis.support import fit_support
from latent_core.evaluation.evaluator import Evaluator
from latent_core.interpolation import (
    build_neighbor_graph,
    geodesic_path,
    linear_path,
    spherical_path,
)
from latent_core.models.catalog import evaluator_for

N_PAIRS = 1000
SEED = 0
MIN_IMAGES = 150
"""Minimum number of images for a Fréchet distance."""


def main(only: Sequence[str] = ()) -> None:
    """Print the distances of each model."""
    for model_id in only or lc.list_models():
        card = lc.load_card(model_id)
        classifier = evaluator_for(card.dataset)
        if classifier is None or not (card.encodes and card.decodes):
            continue
        model, data = lc.load_model(model_id), lc.load_dataset(card.dataset)
        codes = lc.encode(model, data).mean
        graph = build_neighbor_graph(codes)
        ends = np.random.default_rng(SEED).integers(0, len(codes), (N_PAIRS, 2))
        halfway = {
            kind: np.concatenate([path(codes[a], codes[b]).at([0.5]) for a, b in ends])
            for kind, path in {
                "linear": linear_path,
                "spherical": spherical_path,
                "geodesic": lambda a, b, graph=graph: geodesic_path(a, b, graph),
            }.items()
        }
        evaluator, support = (
            Evaluator(classifier, data),
            fit_support(codes, low_density_center=True),
        )
        print(f"{model_id}: {N_PAIRS:,} images halfway, Fréchet distance from real ones")
        first, by_level = None, list[str]()
        for kind, decoded_codes in {"codes of the data": codes[ends[:, 0]], **halfway}.items():
            images = model.decode(decoded_codes)
            distance = evaluator.distance(images)
            first = first or distance
            norm = float(np.median(np.linalg.norm(decoded_codes, axis=1)))
            levels = np.array(support.levels(decoded_codes))
            near = float((levels == "near data").mean())
            print(
                f"  {kind:20} {distance:7.2f}, {distance / first:6.1f} times; norm {norm:5.2f}; "
                f"near data {near:6.1%}"
            )
            if kind == "linear":
                by_level = [
                    f"{level} {evaluator.distance(images[levels == level]):.1f}"
                    for level in ("near data", "sparse", "far from data")
                    if (levels == level).sum() >= MIN_IMAGES
                ]
        print(f"  of those linear      {', '.join(by_level)}")


if __name__ == "__main__":
    main(sys.argv[1:])
