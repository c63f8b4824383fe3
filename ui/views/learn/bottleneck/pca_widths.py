"""PCA of the digits with bottlenecks of several widths, and its errors on test images."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

import latent_core as lc
from latent_core.cache.memo import memoize
from latent_core.datasets.splits import indices_for_test, indices_for_validation
from latent_core.notebook import compact_repr
from latent_core.projection.base import principal_axes
from latent_core.types import Dataset, Floats
from ui.components.code_bars import CodeBars

DATASET = "digits"
WIDTHS = (2, 4, 8, 16, 32)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PcaWidths:
    """PCA fitted to the validation images; a narrower bottleneck has its first components.

    Parameters
    ----------
    mean, axes
        ``(784,)`` and ``(32, 784)``.
    low, high
        ``(32,)``, 1st and 99th percentile of the codes of the validation images.
    test_errors
        By width, ``(M,)`` mean squared error per pixel of the test images.
    mean_image_error
        MSE of the test images when each is replaced by the mean image.
    n_fitted
        How many validation images there are.
    """

    mean: Floats
    axes: Floats
    low: Floats
    high: Floats
    test_errors: dict[int, Floats]
    mean_image_error: float
    n_fitted: int

    __repr__ = compact_repr

    @property
    def n_test(self) -> int:
        """How many test images there are."""
        return len(self.test_errors[WIDTHS[0]])

    def mean_error(self, width: int) -> float:
        """MSE over the test images."""
        return float(self.test_errors[width].mean())

    def code(self, image: Floats, width: int) -> Floats:
        """``(width,)`` of an image ``(1, 28, 28)``."""
        code: Floats = self.axes[:width] @ (image.ravel() - self.mean)
        return code

    def reconstruction(self, image: Floats, width: int) -> Floats:
        """``(1, 28, 28)`` in [0, 1], decoded from the code of `image`."""
        decoded = self.mean + self.code(image, width) @ self.axes[:width]
        return np.clip(decoded, 0, 1).reshape(image.shape)

    def image_error(self, image: Floats, width: int) -> float:
        """Mean squared error per pixel."""
        return float(np.mean((self.reconstruction(image, width) - image) ** 2))

    def code_bars(self, image: Floats, width: int) -> CodeBars:
        """The code as bars."""
        low, high = self.low[:width], self.high[:width]
        return CodeBars(values=self.code(image, width), low=low, high=high)


def fit_pca_widths() -> PcaWidths:
    """PCA of the digits; takes less than a second, once per server."""
    data = lc.load_dataset(DATASET)
    return memoize("lesson pca", data.fingerprint, lambda: _fit(data))


def _fit(data: Dataset) -> PcaWidths:
    fitted, test = (
        data.images(rows).reshape(len(rows), -1)
        for rows in (indices_for_validation(data), indices_for_test(data))
    )
    mean, axes = (array.astype(np.float32) for array in principal_axes(fitted, max(WIDTHS)))
    low, high = np.quantile((fitted - mean) @ axes.T, [0.01, 0.99], axis=0).astype(np.float32)
    codes = (test - mean) @ axes.T
    errors = {
        width: np.mean((np.clip(mean + codes[:, :width] @ axes[:width], 0, 1) - test) ** 2, axis=1)
        for width in WIDTHS
    }
    return PcaWidths(
        mean=mean,
        axes=axes,
        low=low,
        high=high,
        test_errors=errors,
        mean_image_error=float(np.mean((test - mean) ** 2)),
        n_fitted=len(fitted),
    )
