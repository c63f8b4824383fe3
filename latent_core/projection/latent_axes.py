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


def has_latent_axes(latent_dim: int) -> bool:
    """Whether codes of that many dimensions are a map without being projected."""
    return 2 <= latent_dim <= MAX_DIMENSIONS


@projection_method
class LatentAxes(ProjectionEstimator):
    """The first two or three latent dimensions; the others are not shown.

    ``random_state`` has no effect; it exists because every method has it.
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
        return np.array(codes[:, : self.n_components], np.float32)


METHOD = LatentAxes
