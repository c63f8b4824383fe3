"""Principal component analysis: the flat view with the largest spread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.progress import ProgressCallback
from latent_core.projection.base import (
    IterationCallback,
    ValidatedParams,
    check_codes,
    n_components_param,
    principal_axes,
    random_state_param,
)
from latent_core.types import Array, Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class PCA(ValidatedParams):
    """The codes seen along their directions of largest variance (Pearson 1901).

    The seed changes nothing; it is there so that every method has one.
    """

    id: ClassVar[str] = "pca"
    name: ClassVar[str] = "PCA"
    note: ClassVar[str] = (
        "A straight shadow of the space: large distances are honest, "
        "but points far apart in the hidden directions can lie on top of each other."
    )
    version: ClassVar[int] = 1
    cache_name: ClassVar[str] = "PCA"
    cache_fields: ClassVar[dict[str, str]] = {"dims": "dims", "seed": "seed"}

    n_components: int = n_components_param()
    random_state: int = random_state_param()

    def fit(
        self, codes: Floats, *, progress: ProgressCallback, callback: IterationCallback
    ) -> dict[str, Array]:
        """Points and the projection itself: ``mean`` ``(D,)``, ``axes`` ``(dims, D)``."""
        codes = check_codes(codes)
        if self.n_components > codes.shape[1]:
            raise InvalidInputError(
                f"PCA cannot make {self.n_components} dimensions out of {codes.shape[1]}; choose fewer."
            )
        progress(0.0, "Finding the widest directions")
        mean, axes = principal_axes(codes, self.n_components)
        arrays = {"mean": mean, "axes": axes}
        arrays["points"] = self.transform(codes, arrays, codes)
        callback(arrays["points"])
        progress(1.0, "Done")
        return arrays

    def transform(self, codes_ref: Floats, arrays: dict[str, Array], codes: Floats) -> Floats:
        """The same projection, exact: ``(M, dims)``."""
        return ((codes - arrays["mean"]) @ arrays["axes"].T).astype(np.float32)


METHOD = PCA
