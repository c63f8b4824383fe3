"""How like real pictures what lies halfway is, by the way taken: ``python -m benchmarks.between``.

For each model that encodes and decodes and whose data has a judge: Fréchet distance, in the
judge's features, of as many decoded pictures from as many real ones, for codes of the data (what
the decoder can do), and for codes halfway between random pairs of them, straight, around the
sphere and along the data.  Beside each, its multiple of the first; and how far the codes are from
the origin, since halfway along a straight line is nearer to it than the data is; and how many of
them the app calls near data.  Below, the distance of those that it calls so, and of the others.
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

PAIRS = 1000
SEED = 0
ENOUGH = 150
"""Fewer pictures have no distance worth telling."""


def main(only: Sequence[str] = ()) -> None:
    """Four lines for each model."""
    for model_id in only or lc.list_models():
        card = lc.load_card(model_id)
        judge = evaluator_for(card.dataset)
        if judge is None or not (card.encodes and card.decodes):
            continue
        model, data = lc.load_model(model_id), lc.load_dataset(card.dataset)
        codes = lc.encode(model, data).mean
        graph = build_neighbor_graph(codes)
        ends = np.random.default_rng(SEED).integers(0, len(codes), (PAIRS, 2))
        halfway = {
            kind: np.concatenate([way(codes[a], codes[b]).at([0.5]) for a, b in ends])
            for kind, way in {
                "straight": linear_path,
                "around the sphere": spherical_path,
                "along the data": lambda a, b, graph=graph: geodesic_path(a, b, graph),
            }.items()
        }
        looks, support = Evaluator(judge, data), fit_support(codes, low_density_center=True)
        print(f"{model_id}: {PAIRS:,} pictures halfway, distance from real ones")
        first, apart = None, list[str]()
        for kind, found in {"codes of the data": codes[ends[:, 0]], **halfway}.items():
            images = model.decode(found)
            far = looks.distance(images)
            first = first or far
            length = float(np.median(np.linalg.norm(found, axis=1)))
            words = np.array(support.levels(found))
            known = float((words == "near data").mean())
            print(
                f"  {kind:20} {far:7.2f}, {far / first:6.1f} times; length {length:5.2f}; "
                f"near data {known:6.1%}"
            )
            if kind == "straight":
                apart = [
                    f"{word} {looks.distance(images[words == word]):.1f}"
                    for word in ("near data", "sparse", "far from data")
                    if (words == word).sum() >= ENOUGH
                ]
        print(f"  of those straight    {', '.join(apart)}")


if __name__ == "__main__":
    main(sys.argv[1:])
