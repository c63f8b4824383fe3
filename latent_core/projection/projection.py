"""A fitted projection of codes to two or three dimensions, and its trustworthiness."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from latent_core.aliases import PROJECTION_ARRAYS, PROJECTION_INFO, renamed
from latent_core.cache.keys import content_key
from latent_core.cache.memo import memoize
from latent_core.errors import CancelledError, InvalidInputError
from latent_core.notebook import compact_repr, points_picture, to_html
from latent_core.progress import ProgressCallback, null_progress, subprogress
from latent_core.projection.base import IterationCallback, ProjectionMethod, null_callback
from latent_core.projection.registry import method_from_dict, method_to_dict
from latent_core.projection.sampled_fit import FITTED, fit_to_sample, is_fitted_to_sample
from latent_core.projection.trustworthiness import Trustworthiness, measure_trustworthiness
from latent_core.types import Array, Floats, as_codes, freeze

_TRUSTWORTHINESS_NEIGHBORS = 10
_FIT_END = 0.9  # the completed fraction when the fit is done


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """The projected points of some codes, with the method that computed them.

    Parameters
    ----------
    points
        ``(N, n_components)`` float32.
    method
        The method with its parameters.
    fingerprint
        SHA-256 over everything it was computed from.
    codes
        ``(N, D)`` float32, the projected codes.
    arrays
        The arrays that ``method.transform_arrays`` needs, by name.
    quality
        Its trustworthiness; None if it was not measured.

    Raises
    ------
    InvalidInputError
        The points do not fit the method or the codes.
    """

    points: Floats
    method: ProjectionMethod
    fingerprint: str
    codes: Floats
    arrays: dict[str, Array]
    quality: Trustworthiness | None = None

    __repr__ = compact_repr

    def __post_init__(self) -> None:
        object.__setattr__(self, "points", as_codes(self.points, self.method.n_components))
        object.__setattr__(self, "codes", as_codes(self.codes))
        if len(self.points) != len(self.codes):
            raise InvalidInputError(
                f"{len(self.codes)} codes but {len(self.points)} points; give one point per code."
            )
        object.__setattr__(self, "arrays", {**self.arrays, "points": self.points})
        for array in (self.codes, *self.arrays.values()):
            freeze(array)

    def __len__(self) -> int:
        return len(self.points)

    def _repr_html_(self) -> str:
        return to_html(repr(self), points_picture(self.points))

    @property
    def n_components(self) -> int:
        """Dimensions of the points, 2 or 3."""
        return self.method.n_components

    @property
    def n_fitted(self) -> int:
        """How many of the codes the method was fitted to; the others were transformed."""
        return len(self.arrays.get(FITTED, self.points))

    @property
    def trustworthiness(self) -> float | None:
        """In [0, 1]; `quality` has its confidence interval; None if it was not measured."""
        return None if self.quality is None else self.quality.value

    @property
    def neighbor_recall(self) -> float:
        """The share of the exact nearest neighbors it was computed from, 1 for up to 20,000 codes.

        Beyond that the neighbors are approximate, and this is measured on a sample of 256 codes.
        """
        return float(self.arrays.get("neighbor_recall", np.ones(1))[0])

    def measured(self, progress: ProgressCallback = null_progress) -> Projection:
        """The same projection with its `quality`, measured now if it was not.

        Parameters
        ----------
        progress
            Called after each block; raises `CancelledError` to stop.
        """
        if self.quality is not None:
            return self
        k = max(1, min(_TRUSTWORTHINESS_NEIGHBORS, (len(self) - 1) // 2))
        metric = getattr(self.method, "metric", "euclidean")
        quality = measure_trustworthiness(
            self.codes, self.points, k, metric=metric, progress=progress
        )
        return replace(self, quality=quality)

    def transform(self, codes: Floats) -> Floats:
        """Points ``(M, n_components)`` of new `codes` ``(M, D)``; existing points do not change.

        Raises
        ------
        InvalidInputError
            The codes do not have D dimensions, or are not finite.
        """
        codes = as_codes(codes, self.codes.shape[1])
        return self.method.transform_arrays(self.codes, self.arrays, codes)

    def inverse_transform(self, points: Floats) -> Floats:
        """Codes ``(M, D)`` of `points` ``(M, n_components)``, by `projection.inverse.fit_inverse`.

        Raises
        ------
        InvalidInputError
            The points have another number of dimensions, or are not finite.
        """
        from latent_core.projection.inverse import fit_inverse

        checked = as_codes(points, self.n_components)
        inverse = memoize("inverse", self.fingerprint, lambda: fit_inverse(self))
        return inverse.inverse_transform(checked)

    def to_arrays(self, *, with_codes: bool = False) -> tuple[dict[str, Array], dict[str, Any]]:
        """Named arrays and a JSON-ready dict, from which `from_arrays` restores the projection.

        Parameters
        ----------
        with_codes
            Whether to include the codes, which the cache stores as encodings already.
        """
        arrays = {**self.arrays, "codes": self.codes} if with_codes else dict(self.arrays)
        info = {
            "method": method_to_dict(self.method),
            "fingerprint": self.fingerprint,
        }
        return arrays, info | ({} if self.quality is None else self.quality.to_dict())

    @classmethod
    def from_arrays(
        cls, arrays: dict[str, Array], info: dict[str, Any], *, codes: Floats | None = None
    ) -> Projection:
        """The projection that `to_arrays` stored, also by an earlier version.

        Parameters
        ----------
        arrays, info
            What `to_arrays` returned.
        codes
            ``(N, D)``, needed where `arrays` does not include them.

        Raises
        ------
        InvalidInputError
            The codes are missing.
        """
        rest = renamed(arrays, PROJECTION_ARRAYS)
        rest["points"] = arrays["points"].astype(np.float32, copy=False)
        info = renamed(info, PROJECTION_INFO)
        stored_codes = rest.pop("codes", codes)
        if stored_codes is None:
            raise InvalidInputError(
                "This projection was stored without its codes; give the codes it was fitted to."
            )
        return cls(
            points=rest["points"],
            method=method_from_dict(info["method"]),
            fingerprint=str(info["fingerprint"]),
            codes=stored_codes,
            arrays=rest,
            quality=Trustworthiness.from_dict(info),
        )


def project(
    codes: Floats,
    method: ProjectionMethod,
    *,
    fingerprint: str = "",
    progress: ProgressCallback = null_progress,
    callback: IterationCallback = null_callback,
    measure: bool = True,
) -> Projection:
    """Fit `method` to `codes` and measure the trustworthiness of the result.

    t-SNE and UMAP are fitted to a random sample of 50,000 of more than 100,000 codes, and the
    others are transformed; see `Projection.n_fitted`.
    Cancelling while it is measured gives the projection without its `quality`.

    Parameters
    ----------
    codes
        ``(N, D)``, at least five.
    method
        Such as ``TSNE(perplexity=20)``.
    fingerprint
        Identifies the inputs; by default a key of the codes and the method.
    progress
        Called after each step; raises `CancelledError` to stop.
    callback
        Called with intermediate points ``(N, n_components)``.
    measure
        Whether to measure the trustworthiness; `Projection.measured` does it later.

    Raises
    ------
    InvalidInputError
        The codes cannot be projected, or the method's parameters do not suit them.
    CancelledError
        Raised by `progress` during the fit.
    """
    codes = as_codes(codes).copy()
    if not fingerprint:
        fingerprint = content_key("points", codes=codes, method=method, version=method.version)
    fit_end = _FIT_END if measure else 1.0
    fit_progress = subprogress(progress, 0.0, fit_end)
    fit = fit_to_sample if is_fitted_to_sample(method, len(codes)) else _fit
    arrays = fit(codes, method, progress=fit_progress, callback=callback)
    projection = Projection(
        points=arrays["points"],
        method=method,
        fingerprint=fingerprint,
        codes=codes,
        arrays=arrays,
    )
    if not measure:
        return projection
    try:
        projection = projection.measured(subprogress(progress, fit_end, 1.0))
        progress(1.0, "Done")
    except CancelledError:
        pass  # the fitted projection is worth more than its measure
    return projection


def _fit(
    codes: Floats,
    method: ProjectionMethod,
    *,
    progress: ProgressCallback,
    callback: IterationCallback,
) -> dict[str, Array]:
    return method.fit_arrays(codes, progress=progress, callback=callback)
