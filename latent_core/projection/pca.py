"""Principal component analysis: the flat view with the largest spread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from latent_core.errors import BadInput
from latent_core.progress import Progress
from latent_core.projection.base import (
    Settings,
    Watch,
    check_codes,
    dims_setting,
    principal_axes,
    seed_setting,
)
from latent_core.types import Array, Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class PCA(Settings):
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

    dims: int = dims_setting()
    seed: int = seed_setting()

    def fit(self, codes: Floats, *, progress: Progress, watch: Watch) -> dict[str, Array]:
        """Points and the projection itself: ``mean`` ``(D,)``, ``axes`` ``(dims, D)``."""
        codes = check_codes(codes)
        if self.dims > codes.shape[1]:
            raise BadInput(
                f"PCA cannot make {self.dims} dimensions out of {codes.shape[1]}; choose fewer."
            )
        progress(0.0, "Finding the widest directions")
        mean, axes = principal_axes(codes, self.dims)
        arrays = {"mean": mean, "axes": axes}
        arrays["points"] = self.place(codes, arrays, codes)
        watch(arrays["points"])
        progress(1.0, "Done")
        return arrays

    def place(self, codes_ref: Floats, arrays: dict[str, Array], codes: Floats) -> Floats:
        """The same projection, exact: ``(M, dims)``."""
        return ((codes - arrays["mean"]) @ arrays["axes"].T).astype(np.float32)


METHOD = PCA
