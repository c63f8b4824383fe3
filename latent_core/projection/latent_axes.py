"""The latent dimensions themselves as the axes of a map."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.progress import ProgressCallback
from latent_core.projection.base import (
    IterationCallback,
    check_codes,
    n_components_param,
    names_in_keys,
    random_state_param,
)
from latent_core.projection.estimator import ProjectionEstimator, projection_method
from latent_core.types import Array, Floats

MAX_DIMENSIONS = 3
"""Of a latent space whose own axes make a map."""


STRIP_HEIGHT = 0.25
"""Height of the strip of one latent dimension where it is densest, in ranges of its values."""
_BINS = 256


def has_latent_axes(latent_dim: int) -> bool:
    """Whether codes of that many dimensions are a map without being projected."""
    return 1 <= latent_dim <= MAX_DIMENSIONS


@projection_method
class LatentAxes(ProjectionEstimator):
    """The first two or three latent dimensions; the others are not shown.

    Codes of one dimension make a strip: the second coordinate of a point is a random number below
    the density of the codes at its value, so that the outline of the points is that density.  New
    codes are placed on the axis.  Otherwise ``random_state`` has no effect.
    """

    id: ClassVar[str] = "latent"
    name: ClassVar[str] = "Latent axes"
    note: ClassVar[str] = (
        "The latent dimensions themselves: no projection, and no distance is distorted where the "
        "map has as many dimensions as the codes."
    )
    version: ClassVar[int] = 1
    cache_name: ClassVar[str] = "LatentAxes"
    cache_fields: ClassVar[dict[str, str]] = names_in_keys("n_components", "random_state")

    n_components: int = n_components_param()
    random_state: int = random_state_param()

    def fit_arrays(
        self, codes: Floats, *, progress: ProgressCallback, callback: IterationCallback
    ) -> dict[str, Array]:
        """``points``, ``mean`` ``(D,)`` and ``axes`` ``(n_components, D)``, as those of `PCA`.

        The mean is 0 in the dimensions that are shown.

        Raises
        ------
        InvalidInputError
            The codes cannot be projected, or have fewer than ``n_components`` dimensions.
        """
        codes = check_codes(codes)
        latent_dim = codes.shape[1]
        if latent_dim == 1 and self.n_components == 2:
            heights = _strip_heights(codes[:, 0], self.random_state)
            points = np.column_stack([codes[:, 0], heights]).astype(np.float32)
            return {"points": points, "mean": np.zeros(1), "axes": np.array([[1.0], [0.0]])}
        if self.n_components > latent_dim:
            raise InvalidInputError(
                f"Codes of {latent_dim} dimensions have no {self.n_components} latent axes; "
                "choose fewer."
            )
        progress(0.0, "Taking the latent dimensions")
        mean = codes.mean(axis=0, dtype=np.float64)
        mean[: self.n_components] = 0.0
        arrays = {"mean": mean, "axes": np.eye(latent_dim)[: self.n_components]}
        arrays["points"] = self.transform_arrays(codes, arrays, codes)
        callback(arrays["points"])
        progress(1.0, "Done")
        return arrays

    def transform_arrays(
        self, codes_ref: Floats, arrays: dict[str, Array], codes: Floats
    ) -> Floats:
        """The same dimensions of `codes`, ``(M, n_components)``."""
        if codes.shape[1] == 1:
            return np.column_stack([codes[:, 0], np.zeros(len(codes))]).astype(np.float32)
        return np.array(codes[:, : self.n_components], np.float32)


def _strip_heights(values: Floats, seed: int) -> Floats:
    """A random height below the density at each of the values ``(N,)``, ``(N,)``.

    The density is a histogram smoothed by a Gaussian kernel of the bandwidth of Scott (1992).
    """
    from scipy.ndimage import gaussian_filter1d

    low, high = float(values.min()), float(values.max())
    counts, edges = np.histogram(values.astype(np.float64), _BINS, (low, high))
    bandwidth = float(values.std()) * len(values) ** -0.2
    density = gaussian_filter1d(counts.astype(np.float64), bandwidth / (edges[1] - edges[0]))
    at_values = np.interp(values, (edges[:-1] + edges[1:]) / 2, density)
    top = STRIP_HEIGHT * (high - low) / density.max()
    heights: Floats = (at_values * top * np.random.default_rng(seed).random(len(values))).astype(
        np.float32
    )
    return heights


METHOD = LatentAxes
