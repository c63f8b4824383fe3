"""Principal components of pixels: the linear baseline of codes of the same size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.notebook import compact_repr
from latent_core.types import Floats, as_codes, as_images

MAX_FITTED = 3000
"""Images that the components are fitted to: a random subset where there are more."""
N_OVERSAMPLES = 10  # of the randomized decomposition


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PixelComponents:
    """The mean and the first principal components of images.

    Parameters
    ----------
    mean
        ``(P,)``, P = C · H · W.
    components
        ``(K, P)`` orthonormal rows, by decreasing variance.
    image_shape
        ``(C, H, W)``.
    """

    mean: Floats
    components: Floats
    image_shape: tuple[int, int, int]

    __repr__ = compact_repr

    def __post_init__(self) -> None:
        n_pixels = int(np.prod(self.image_shape))
        if self.mean.shape != (n_pixels,) or self.components.shape[1:] != (n_pixels,):
            raise InvalidInputError(
                f"Components of shape {self.components.shape} do not fit images of shape "
                f"{self.image_shape}; use fit_pixel_components."
            )

    def encode(self, images: Any) -> Floats:
        """The scores ``(N, K)`` of images ``(N, C, H, W)`` in [0, 1]."""
        flat = as_images(images, self.image_shape).reshape(len(images), -1)
        scores: Floats = ((flat - self.mean) @ self.components.T).astype(np.float32)
        return scores

    def decode(self, scores: Any) -> Floats:
        """The images ``(N, C, H, W)``, clipped to [0, 1], of the first k ≤ K scores ``(N, k)``."""
        checked = as_codes(scores)
        flat = checked @ self.components[: checked.shape[1]] + self.mean
        images: Floats = np.clip(flat, 0, 1).astype(np.float32).reshape(-1, *self.image_shape)
        return images


def fit_pixel_components(
    images: Any, n_components: int, *, random_state: int = 0
) -> PixelComponents:
    """Fit principal components to images.

    Parameters
    ----------
    images
        ``(N, C, H, W)`` in [0, 1], N ≥ 2; at most 3,000 random ones are used.
    n_components
        K; fewer are fitted where there are fewer images or pixels.
    random_state
        Seed of the subset and of the randomized decomposition.

    Raises
    ------
    InvalidInputError
        Fewer than two images, or all are equal.

    References
    ----------
    Halko, Martinsson & Tropp 2011, arXiv:0909.4061 (randomized decomposition).
    """
    from sklearn.decomposition import PCA

    checked = as_images(images)
    if len(checked) < 2 or not np.ptp(checked, axis=0).any():
        raise InvalidInputError(
            f"{len(checked)} images without differences have no principal components; give at "
            "least two different ones."
        )
    rows = np.random.default_rng(random_state).permutation(len(checked))[:MAX_FITTED]
    flat = checked[np.sort(rows)].reshape(len(rows), -1)
    n_fitted = min(n_components, len(flat) - 1, flat.shape[1])
    is_small = n_fitted + N_OVERSAMPLES >= min(flat.shape)
    solver = "full" if is_small else "randomized"
    pca = PCA(n_fitted, svd_solver=solver, n_oversamples=N_OVERSAMPLES, random_state=random_state)
    pca.fit(flat)
    return PixelComponents(
        mean=pca.mean_.astype(np.float32),
        components=pca.components_.astype(np.float32),
        image_shape=(int(images.shape[1]), int(images.shape[2]), int(images.shape[3])),
    )
