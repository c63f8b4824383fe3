"""Linear centered kernel alignment (CKA) of two representations of the same samples."""

from __future__ import annotations

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.progress import ProgressCallback, null_progress
from latent_core.types import Array, Floats

N_PERMUTATIONS = 10


def linear_cka(codes_a: Floats, codes_b: Floats) -> float:
    """Linear CKA: 1 for codes equal up to rotation, shift and scale, 0 for uncorrelated ones.

    Parameters
    ----------
    codes_a, codes_b
        ``(N, D_a)`` and ``(N, D_b)``, one row per sample.

    Returns
    -------
    float in [0, 1].

    Raises
    ------
    InvalidInputError
        All codes of one side are equal.

    References
    ----------
    Kornblith et al. 2019, arXiv:1905.00414, equation 4 with the linear kernel of table 1:
    ‖BᵀA‖² / (‖AᵀA‖ ‖BᵀB‖) for centered A and B, Frobenius norms.
    """
    a, b = _normalized(codes_a), _normalized(codes_b)
    return _alignment(a, b)


def permuted_cka(
    codes_a: Floats,
    codes_b: Floats,
    *,
    seed: int = 0,
    progress: ProgressCallback = null_progress,
) -> tuple[float, float]:
    """The baseline of `linear_cka`: that of the same codes with randomly permuted rows.

    It is above 0 by chance, and the more so the more dimensions there are for few samples.

    Parameters
    ----------
    codes_a, codes_b
        As for `linear_cka`.
    seed
        Of the permutations.
    progress
        Called before each permutation; raises `CancelledError` to stop.

    Returns
    -------
    Mean and standard deviation over `N_PERMUTATIONS` permutations.
    """
    rng = np.random.default_rng(seed)
    a, b = _normalized(codes_a), _normalized(codes_b)
    values = []
    for number in range(N_PERMUTATIONS):
        progress(number / N_PERMUTATIONS, "Measuring CKA of permuted codes")
        values.append(_alignment(a, b[rng.permutation(len(b))]))
    return float(np.mean(values)), float(np.std(values, ddof=1))


def _normalized(codes: Floats) -> Array:
    """Centered float64 codes, divided so that ‖XᵀX‖ is 1."""
    centered = codes.astype(np.float64) - codes.mean(axis=0, dtype=np.float64)
    scale = np.sqrt(np.linalg.norm(_gram(centered)))
    if scale < 1e-12 * max(1.0, float(np.abs(codes).max())):
        raise InvalidInputError(
            "All codes of one model are equal, so they cannot be compared; choose a model whose "
            "codes differ between samples."
        )
    normalized: Array = centered / scale
    return normalized


def _gram(centered: Array) -> Array:
    """XᵀX or XXᵀ, whichever is smaller; their norms are equal."""
    count, latent_dim = centered.shape
    gram: Array = centered.T @ centered if latent_dim <= count else centered @ centered.T
    return gram


def _alignment(a: Array, b: Array) -> float:
    return float(np.square(np.linalg.norm(b.T @ a)).clip(0, 1))
