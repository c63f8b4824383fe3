"""Reconstruction errors: their distribution, the worst images, and baselines of the same size."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from latent_core.errors import InvalidInputError
from latent_core.metrics import per_image_mse
from latent_core.notebook import compact_repr
from latent_core.types import Array, Floats

N_WORST = 10
N_BINS = 30
MAX_VALUES = 20_000_000
"""Pixels that the baselines are fitted to; of large images fewer are taken."""
MAX_IMAGES = 2000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReconstructionErrors:
    """Mean squared error per pixel of held-out images.

    Parameters
    ----------
    n_images
        M.
    mean, standard_error, median
        Of the errors.
    edges, counts
        ``(B + 1,)`` and ``(B,)``, their histogram.
    worst, worst_errors
        ``(10,)`` rows of the images with the largest error, the largest first, and the errors.
    mean_image
        Error of the mean image, the baseline of a code that says nothing.
    pca
        Error of PCA with as many dimensions, pixels clipped to [0, 1].
    n_fitted, n_baseline
        Images that the baselines were fitted to, and that they were evaluated on.
    train_ratio, train_ratio_low, train_ratio_high
        Mean error of held-out ÷ of training images, with its 95 % bootstrap interval; None where
        no training images are at hand.
    n_train
        Training images.
    """

    n_images: int
    mean: float
    standard_error: float
    median: float
    edges: Floats
    counts: NDArray[np.int64]
    worst: NDArray[np.int64]
    worst_errors: Floats
    mean_image: float
    pca: float
    n_fitted: int
    n_baseline: int
    train_ratio: float | None = None
    train_ratio_low: float | None = None
    train_ratio_high: float | None = None
    n_train: int = 0

    __repr__ = compact_repr

    @property
    def explained(self) -> float:
        """The share of the images' variance that reconstructions explain; 0 for the mean image."""
        return 1 - self.mean / self.mean_image if self.mean_image else 0.0

    @property
    def ratio_to_pca(self) -> float:
        """Error ÷ that of PCA; below 1 is better than PCA, infinite where PCA has none."""
        return self.mean / self.pca if self.pca > 0 else float("inf")


def baseline_errors(reference: Floats, held_out: Floats, n_components: int) -> tuple[float, float]:
    """Errors on held-out images of the mean image, and of PCA with `n_components`.

    Parameters
    ----------
    reference, held_out
        ``(N, C, H, W)``; the baselines are fitted to `reference`.
    n_components
        Reduced where there are fewer images or pixels.

    Raises
    ------
    InvalidInputError
        Fewer than two reference images.
    """
    from sklearn.decomposition import PCA

    if len(reference) < 2:
        raise InvalidInputError("A baseline needs at least two images; give more.")
    train, test = (images.reshape(len(images), -1) for images in (reference, held_out))
    mean = np.broadcast_to(train.mean(axis=0), test.shape)
    pca = PCA(min(n_components, *train.shape), random_state=0).fit(train)
    decoded = pca.inverse_transform(pca.transform(test)).clip(0, 1)
    return float(per_image_mse(test, mean).mean()), float(per_image_mse(test, decoded).mean())


def baseline_size(image_shape: tuple[int, int, int]) -> int:
    """How many images of this shape the baselines take."""
    return int(np.clip(MAX_VALUES // max(1, int(np.prod(image_shape))), 50, MAX_IMAGES))


def reconstruction_statistics(
    errors: Floats,
    rows: NDArray[np.int64],
    *,
    baselines: tuple[float, float],
    n_fitted: int,
    n_baseline: int,
    train_errors: Floats | None = None,
) -> ReconstructionErrors:
    """The distribution of held-out errors, beside baselines and errors of training images.

    Parameters
    ----------
    errors, rows
        ``(M,)`` errors of held-out images, and their rows in the data set.
    baselines
        From `baseline_errors`, of `n_fitted` and `n_baseline` images.
    train_errors
        ``(T,)`` errors of images that the model was trained on.
    """
    counts, edges = np.histogram(errors, N_BINS, range=(0, float(np.quantile(errors, 0.995))))
    order = np.argsort(-errors, kind="stable")[:N_WORST]
    ratio = (None, None, None) if train_errors is None else _train_ratio(errors, train_errors)
    return ReconstructionErrors(
        n_images=len(errors),
        mean=float(errors.mean()),
        standard_error=float(errors.std() / np.sqrt(len(errors))),
        median=float(np.median(errors)),
        edges=edges.astype(np.float32),
        counts=counts.astype(np.int64),
        worst=rows[order].astype(np.int64),
        worst_errors=errors[order].astype(np.float32),
        mean_image=baselines[0],
        pca=baselines[1],
        n_fitted=n_fitted,
        n_baseline=n_baseline,
        train_ratio=ratio[0],
        train_ratio_low=ratio[1],
        train_ratio_high=ratio[2],
        n_train=0 if train_errors is None else len(train_errors),
    )


def _train_ratio(test: Floats, train: Floats) -> tuple[float, float, float]:
    """Ratio of the means with its 95 % interval; (Efron & Tibshirani 1993, chapter 13)."""
    rng = np.random.default_rng([0, 80_021])

    def resampled(errors: Floats) -> Array:
        means = [errors[rng.integers(0, len(errors), len(errors))].mean() for _ in range(200)]
        return np.maximum(means, np.finfo(float).tiny)

    ratios = resampled(test) / resampled(train)
    low, high = np.quantile(ratios, [0.025, 0.975])
    smallest = np.finfo(float).tiny
    return float(test.mean() / max(float(train.mean()), smallest)), float(low), float(high)
