"""The transform of a map in the browser: the rule of its method, and what that needs."""

from __future__ import annotations

from typing import Any

import numpy as np

from latent_core.projection import LLE, PCA, TSNE, UMAP, Isomap, LatentAxes, Projection
from ui.components.decoder import quantized_table
from ui.components.quantize import to_base64

MAX_GEODESICS = 8_000_000
"""Most geodesic distances of an Isomap map that are sent, two bytes each."""


def transform_data(projection: Projection) -> dict[str, Any] | None:
    """How the browser transforms a code: ``TransformSpec`` in ``projection.js``.

    None where it cannot: for a method it does not know, or too many geodesic distances.
    """
    method, arrays = projection.method, projection.arrays
    match method:
        case PCA() | LatentAxes():
            return {
                "kind": "linear",
                "mean": arrays["mean"].tolist(),
                "axes": arrays["axes"].tolist(),
            }
        case TSNE() | UMAP():
            return {"kind": "attraction", "metric": method.metric}
        case LLE():
            return {"kind": "barycentric", "k": method.n_neighbors}
        case Isomap() if arrays["geodesics"].size <= MAX_GEODESICS:
            return _geodesic_data(projection, method.n_neighbors)
    return None


def _geodesic_data(projection: Projection, n_neighbors: int) -> dict[str, Any]:
    arrays = projection.arrays
    table = np.ascontiguousarray(arrays["geodesics"].T).reshape(-1, 1)  # (N, L) row by row
    return {
        "kind": "geodesic",
        "k": n_neighbors,
        "geodesics": quantized_table(f"geodesics {projection.fingerprint}", table),
        "mean_sq": to_base64(arrays["mean_sq"], "<f8"),
        "pseudo_inverse": to_base64(arrays["pseudo_inverse"], "<f8"),
    }
