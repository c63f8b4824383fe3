"""A map: where the codes of a data set lie on a sheet or in a box, and how well it fits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from latent_core.aliases import PROJECTION_ARRAYS, PROJECTION_INFO, renamed
from latent_core.errors import InvalidInputError
from latent_core.progress import ProgressCallback, null_progress, subprogress
from latent_core.projection.base import IterationCallback, ProjectionMethod, null_callback
from latent_core.projection.registry import method_from_dict, method_to_dict
from latent_core.projection.trustworthiness import trustworthiness
from latent_core.types import Array, Floats, as_codes, freeze

_TRUSTWORTHINESS_NEIGHBORS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """Points of a data set, how they were made, and how to place new codes among them.

    Parameters
    ----------
    points
        ``(N, dims)`` float32.
    spec
        The method with its settings.
    fingerprint
        SHA-256 over everything it was computed from.
    codes
        ``(N, D)``, the encodings that it shows.
    arrays
        What `spec.place` needs, by name.
    trustworthiness
        Of the neighbourhoods of `neighbours_k` points, 0 to 1; beyond 20,000 codes an estimate.
    """

    points: Floats
    method: ProjectionMethod
    fingerprint: str
    codes: Floats
    arrays: dict[str, Array]
    trustworthiness: float
    n_neighbors: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "points", as_codes(self.points, self.method.n_components))
        object.__setattr__(self, "codes", as_codes(self.codes))
        if len(self.points) != len(self.codes):
            raise InvalidInputError(f"{len(self.codes)} codes but {len(self.points)} points.")
        object.__setattr__(self, "arrays", {**self.arrays, "points": self.points})
        for array in (self.codes, *self.arrays.values()):
            freeze(array)

    def __len__(self) -> int:
        return len(self.points)

    @property
    def n_components(self) -> int:
        """2 or 3."""
        return self.method.n_components

    def transform(self, codes: Floats) -> Floats:
        """Where new `codes` ``(M, D)`` belong on this map, ``(M, dims)``; nothing else moves."""
        codes = as_codes(codes, self.codes.shape[1])
        return self.method.transform(self.codes, self.arrays, codes)

    def to_arrays(self, *, with_codes: bool = False) -> tuple[dict[str, Array], dict[str, Any]]:
        """Named arrays and a JSON-ready dict, from which `from_arrays` makes the same map.

        Without the codes, which are stored as encodings already, unless asked for.
        """
        arrays = {**self.arrays, "codes": self.codes} if with_codes else dict(self.arrays)
        info = {
            "method": method_to_dict(self.method),
            "fingerprint": self.fingerprint,
            "trustworthiness": self.trustworthiness,
            "n_neighbors": self.n_neighbors,
        }
        return arrays, info

    @classmethod
    def from_arrays(
        cls, arrays: dict[str, Array], info: dict[str, Any], *, codes: Floats | None = None
    ) -> Projection:
        """The map that `to_arrays` took apart; `codes` ``(N, D)`` where they were left out."""
        rest = renamed(arrays, PROJECTION_ARRAYS)
        rest["points"] = arrays["points"].astype(np.float32, copy=False)
        info = renamed(info, PROJECTION_INFO)
        kept = rest.pop("codes", codes)
        if kept is None:
            raise InvalidInputError(
                "This map was stored without its codes; give the codes it was made from."
            )
        return cls(
            points=rest["points"],
            spec=method_from_dict(info["method"]),
            fingerprint=str(info["fingerprint"]),
            codes=kept,
            arrays=rest,
            trustworthiness=float(info["trustworthiness"]),
            n_neighbors=int(info["n_neighbors"]),
        )


def project(
    codes: Floats,
    method: ProjectionMethod,
    *,
    fingerprint: str = "",
    progress: ProgressCallback = null_progress,
    callback: IterationCallback = null_callback,
) -> Projection:
    """Fit the map `spec` to `codes` ``(N, D)`` and measure how far to trust it.

    Raises
    ------
    BadInput
        The codes don't suit a map, or the settings don't suit the codes.
    Cancelled
        By `progress`.
    """
    codes = as_codes(codes).copy()
    arrays = method.fit(codes, progress=subprogress(progress, 0.0, 0.9), callback=callback)
    k = max(1, min(_TRUSTWORTHINESS_NEIGHBORS, (len(codes) - 1) // 2))
    metric = getattr(method, "metric", "euclidean")
    trust = trustworthiness(
        codes,
        arrays["points"],
        k,
        metric=metric,
        progress=subprogress(progress, 0.9, 1.0),
    )
    progress(1.0, "Done")
    return Projection(
        points=arrays["points"],
        method=method,
        fingerprint=fingerprint,
        codes=codes,
        arrays=arrays,
        trustworthiness=trust,
        n_neighbors=k,
    )
