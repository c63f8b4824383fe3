"""Principal component analysis."""

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
    principal_axes,
    random_state_param,
)
from latent_core.projection.estimator import ProjectionEstimator, projection_method
from latent_core.types import Array, Floats


@projection_method
class PCA(ProjectionEstimator):
    """Orthogonal projection onto the directions of largest variance.

    ``random_state`` has no effect; it exists because every method has it.

    References
    ----------
    Pearson 1901, doi:10.1080/14786440109462720.
    """

    id: ClassVar[str] = "pca"
    name: ClassVar[str] = "PCA"
    note: ClassVar[str] = (
        "A linear projection: large distances are real distances, "
        "but points that differ only in the discarded components overlap."
    )
    version: ClassVar[int] = 1
    cache_name: ClassVar[str] = "PCA"
    cache_fields: ClassVar[dict[str, str]] = names_in_keys("n_components", "random_state")

    n_components: int = n_components_param()
    random_state: int = random_state_param()

    def fit_arrays(
        self, codes: Floats, *, progress: ProgressCallback, callback: IterationCallback
    ) -> dict[str, Array]:
        """``points``, ``mean`` ``(D,)`` and ``axes`` ``(n_components, D)``.

        Raises
        ------
        InvalidInputError
            The codes cannot be projected, or have fewer than ``n_components`` dimensions.
        """
        codes = check_codes(codes)
        if self.n_components > codes.shape[1]:
            raise InvalidInputError(
                f"PCA cannot compute {self.n_components} components of "
                f"{codes.shape[1]}-dimensional codes; choose fewer."
            )
        progress(0.0, "Computing principal components")
        mean, axes = principal_axes(codes, self.n_components)
        arrays = {"mean": mean, "axes": axes}
        arrays["points"] = self.transform_arrays(codes, arrays, codes)
        callback(arrays["points"])
        progress(1.0, "Done")
        return arrays

    def transform_arrays(
        self, codes_ref: Floats, arrays: dict[str, Array], codes: Floats
    ) -> Floats:
        """The same linear projection of `codes`, ``(M, n_components)``."""
        return ((codes - arrays["mean"]) @ arrays["axes"].T).astype(np.float32)


METHOD = PCA
