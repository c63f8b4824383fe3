"""Placing new codes on a fixed map: the library's rules against simpler ones.

Each of 500 codes is placed from the other 3,000 of the fit alone.  Its distance from the point
that the fit gave it is a fraction of the map's largest extent.  Recall is the share of its 10
nearest codes whose points are among the 10 nearest to where it is placed; the baseline, the point
of the nearest code, scores well in recall and badly in distance.
"""

from __future__ import annotations

import numpy as np

import latent_core as lc
from latent_core.neighbors import nearest
from latent_core.projection import ProjectionMethod, project
from latent_core.projection.out_of_sample import EPSILON, N_NEIGHBORS, robust_center
from latent_core.types import Array, Floats

MODELS = ("digits-vae-16", "faces-vae-32", "furniture-vae-8", "swissroll-3")
N_PLACED, N_CODES, N_RECALL = 500, 3_500, 10


def main() -> None:
    for model_id in MODELS:
        model = lc.load_model(model_id)
        codes = lc.encode(model, lc.load_dataset(model.card.dataset)).mean
        codes = codes[np.random.default_rng(0).permutation(len(codes))[:N_CODES]]
        for method in (lc.TSNE(), lc.UMAP(), lc.LLE(), lc.Isomap()):
            print(f"{model_id}, {method.name}: distance from its own point, recall")
            for name, (distance, recall) in compare(codes, method).items():
                print(f"  {name:20} {distance:.4f}  {recall:.3f}")


def compare(codes: Floats, method: ProjectionMethod) -> dict[str, tuple[float, float]]:
    """Mean distance and recall of each rule."""
    projection = project(codes, method)
    without = {name: _without_placed(name, array) for name, array in projection.arrays.items()}
    new, old, points = codes[:N_PLACED], codes[N_PLACED:], without["points"]
    placed = {
        "the library's": projection.method.transform_arrays(old, without, new),
        "1 / distance² alone": inverse_distance(old, points, new),
        "nearest code's point": points[nearest(old, new, 1)[0][:, 0]],
    }
    truth = projection.points[:N_PLACED]
    return {name: _score(found, truth, points, old, new) for name, found in placed.items()}


def _without_placed(name: str, array: Array) -> Array:
    """The array of a projection as if the first codes had not been among the fitted ones."""
    if name == "geodesics":
        return array[:, N_PLACED:]
    return array[N_PLACED:] if name == "points" else array


def inverse_distance(codes: Floats, points: Floats, new: Floats) -> Floats:
    """The robust center of the neighbors' points with Shepard's weights alone."""
    index, distance = nearest(codes, new, N_NEIGHBORS)
    scale = np.median(distance, axis=1, keepdims=True)
    weights = 1 / np.maximum((distance / scale) ** 2, EPSILON)
    weights /= weights.sum(axis=1, keepdims=True)
    return robust_center(points[index].astype(np.float64), weights)


def _score(
    found: Floats, truth: Floats, points: Floats, codes: Floats, new: Floats
) -> tuple[float, float]:
    distance = np.linalg.norm(found - truth, axis=1).mean() / np.ptp(points, axis=0).max()
    near_codes, near_points = nearest(codes, new, N_RECALL)[0], nearest(points, found, N_RECALL)[0]
    both = zip(near_codes, near_points, strict=True)
    recall = np.mean([len(set(a) & set(b)) / N_RECALL for a, b in both])
    return float(distance), float(recall)


if __name__ == "__main__":
    main()
