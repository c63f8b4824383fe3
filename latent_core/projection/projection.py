"""A map: where the codes of a data set lie on a sheet or in a box, and how well it fits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from latent_core.errors import BadInput
from latent_core.progress import Progress, no_progress, share_of
from latent_core.projection.base import MapSpec, Watch, watch_nothing
from latent_core.projection.registry import spec_from_dict, spec_to_dict
from latent_core.projection.trustworthiness import trustworthiness
from latent_core.types import Array, Floats, as_codes, freeze

_JUDGED_NEIGHBOURS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
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
    spec: MapSpec
    fingerprint: str
    codes: Floats
    arrays: dict[str, Array]
    trustworthiness: float
    neighbours_k: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "points", as_codes(self.points, self.spec.dims))
        object.__setattr__(self, "codes", as_codes(self.codes))
        if len(self.points) != len(self.codes):
            raise BadInput(f"{len(self.codes)} codes but {len(self.points)} points.")
        object.__setattr__(self, "arrays", {**self.arrays, "points": self.points})
        for array in (self.codes, *self.arrays.values()):
            freeze(array)

    def __len__(self) -> int:
        return len(self.points)

    @property
    def dims(self) -> int:
        """2 or 3."""
        return self.spec.dims

    def place(self, codes: Floats) -> Floats:
        """Where new `codes` ``(M, D)`` belong on this map, ``(M, dims)``; nothing else moves."""
        codes = as_codes(codes, self.codes.shape[1])
        return self.spec.place(self.codes, self.arrays, codes)

    def to_arrays(self, *, with_codes: bool = False) -> tuple[dict[str, Array], dict[str, Any]]:
        """Named arrays and a JSON-ready dict, from which `from_arrays` makes the same map.

        Without the codes, which are stored as encodings already, unless asked for.
        """
        arrays = {**self.arrays, "codes": self.codes} if with_codes else dict(self.arrays)
        info = {
            "spec": spec_to_dict(self.spec),
            "fingerprint": self.fingerprint,
            "trustworthiness": self.trustworthiness,
            "neighbours_k": self.neighbours_k,
        }
        return arrays, info

    @classmethod
    def from_arrays(
        cls, arrays: dict[str, Array], info: dict[str, Any], *, codes: Floats | None = None
    ) -> Map:
        """The map that `to_arrays` took apart; `codes` ``(N, D)`` where they were left out."""
        rest = {**arrays, "points": arrays["points"].astype(np.float32, copy=False)}
        kept = rest.pop("codes", codes)
        if kept is None:
            raise BadInput(
                "This map was stored without its codes; give the codes it was made from."
            )
        return cls(
            points=rest["points"],
            spec=spec_from_dict(info["spec"]),
            fingerprint=str(info["fingerprint"]),
            codes=kept,
            arrays=rest,
            trustworthiness=float(info["trustworthiness"]),
            neighbours_k=int(info["neighbours_k"]),
        )


def project(
    codes: Floats,
    spec: MapSpec,
    *,
    fingerprint: str = "",
    progress: Progress = no_progress,
    watch: Watch = watch_nothing,
) -> Map:
    """Fit the map `spec` to `codes` ``(N, D)`` and measure how far to trust it.

    Raises
    ------
    BadInput
        The codes don't suit a map, or the settings don't suit the codes.
    Cancelled
        By `progress`.
    """
    codes = as_codes(codes).copy()
    arrays = spec.fit(codes, progress=share_of(progress, 0.0, 0.9), watch=watch)
    k = max(1, min(_JUDGED_NEIGHBOURS, (len(codes) - 1) // 2))
    metric = getattr(spec, "metric", "euclidean")
    trust = trustworthiness(
        codes,
        arrays["points"],
        k,
        metric=metric,
        progress=share_of(progress, 0.9, 1.0),
    )
    progress(1.0, "Done")
    return Map(
        points=arrays["points"],
        spec=spec,
        fingerprint=fingerprint,
        codes=codes,
        arrays=arrays,
        trustworthiness=trust,
        neighbours_k=k,
    )
