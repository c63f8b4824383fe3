"""Fit to a random sample of many codes, and place the others by their neighbors in it."""

from __future__ import annotations

import numpy as np

from latent_core.progress import ProgressCallback, subprogress
from latent_core.projection.base import IterationCallback, ProjectionMethod
from latent_core.projection.tsne import TSNE
from latent_core.projection.umap import UMAP
from latent_core.types import Array, Floats, as_codes

MOST_FITTED_AT_ONCE = 100_000
"""For more codes t-SNE and UMAP are fitted to a sample."""
N_FITTED = 50_000
"""Codes in the sample."""
FITTED = "fitted"
"""Name of the array ``(N_FITTED,)`` of the sample's rows, ascending."""
_FIT_END = 0.7  # the completed fraction when the sample's fit is done
_BLOCK = 20_000  # codes placed between two calls of `progress`


def is_fitted_to_sample(method: ProjectionMethod, count: int) -> bool:
    """Whether `method` is fitted to a sample of this many codes."""
    return count > MOST_FITTED_AT_ONCE and isinstance(method, TSNE | UMAP)


def fit_to_sample(
    codes: Floats,
    method: ProjectionMethod,
    *,
    progress: ProgressCallback,
    callback: IterationCallback,
) -> dict[str, Array]:
    """The points of all codes, of which a random sample was fitted and the rest is transformed.

    Parameters
    ----------
    codes
        ``(N, D)``, more than `N_FITTED`.
    method
        Whose `transform_arrays` needs the points only.  Its `random_state` draws the sample.
    progress, callback
        As for `fit_arrays`; the callback gets the points of the sample.

    Returns
    -------
    dict
        As `fit_arrays` gives it, with all ``"points"`` ``(N, n_components)``, and ``"fitted"``.
    """
    codes = as_codes(codes)
    rng = np.random.default_rng(method.random_state)
    fitted = np.sort(rng.choice(len(codes), N_FITTED, replace=False))
    sample = codes[fitted]
    fitting = subprogress(progress, 0.0, _FIT_END)
    arrays = method.fit_arrays(sample, progress=fitting, callback=callback)
    points = np.empty((len(codes), method.n_components), np.float32)
    points[fitted] = arrays["points"]
    rest = np.setdiff1d(np.arange(len(codes)), fitted, assume_unique=True)
    placing = subprogress(progress, _FIT_END, 1.0)
    for start in range(0, len(rest), _BLOCK):
        placing(start / len(rest), "Placing the other samples")
        block = rest[start : start + _BLOCK]
        points[block] = method.transform_arrays(sample, arrays, codes[block])
    placing(1.0, "Done")
    return {**arrays, "points": points, FITTED: fitted.astype(np.int32)}
