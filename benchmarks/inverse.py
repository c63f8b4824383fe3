"""Inverse of a map: interpolation of neighbors, the nearest point, and a trained network.

``python -m benchmarks.inverse MODEL …``; each row is a fraction of the error of the mean code, on
held-out codes.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Sequence
from itertools import product

import numpy as np

import latent_core as lc
from latent_core.neighbors import nearest
from latent_core.projection.inverse import N_NEIGHBORS, ShepardInverse, held_out_split

MODELS = ("digits-vae-16", "faces-vae-32")
METHODS = (lc.TSNE, lc.UMAP, lc.PCA, lc.Isomap, lc.LLE)


def main(only: Sequence[str] = ()) -> None:
    """Print the errors of each model and method."""
    for model_id, spec in product(only or MODELS, (method(n_components=2) for method in METHODS)):
        model = lc.load_model(model_id)
        encodings = lc.encode(model, lc.load_dataset(model.card.dataset))
        points = lc.project(encodings, spec).points
        tested, rest = held_out_split(len(points), seed=1)
        codes = encodings.mean
        mean = np.repeat(codes[rest].mean(axis=0, keepdims=True), len(tested), axis=0)
        baseline = _errors(model, mean, codes[tested])
        print(f"{model_id}, {spec.name}: mean distance of codes, mean squared error of images")
        nearest_point, _ = nearest(points[rest], points[tested], 1)
        found = {"nearest point": codes[rest][nearest_point[:, 0]]} | {
            f"{k} neighbors": ShepardInverse(
                points=points[rest], codes=codes[rest], n_neighbors=k
            ).inverse_transform(points[tested])
            for k in N_NEIGHBORS
        }
        found["MLP (2 × 128)"] = _mlp(points[rest], codes[rest], points[tested])
        for name, predicted in found.items():
            code, image = _errors(model, predicted, codes[tested]) / baseline
            print(f"  {name:18} {code:.3f}  {image:.3f}")


def _errors(model: lc.LatentModel, found: np.ndarray, true: np.ndarray) -> np.ndarray:
    distance = np.linalg.norm(found - true, axis=1).mean()
    return np.array([distance, np.square(model.decode(found) - model.decode(true)).mean()])


def _mlp(points: np.ndarray, codes: np.ndarray, queries: np.ndarray) -> np.ndarray:
    from sklearn.neural_network import MLPRegressor

    scale = points.std(axis=0)
    net = MLPRegressor(
        hidden_layer_sizes=(128, 128), early_stopping=True, random_state=0, max_iter=300
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        net.fit(points / scale, codes)
    return net.predict(queries / scale).astype(np.float32)


if __name__ == "__main__":
    main(sys.argv[1:])
