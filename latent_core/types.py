"""The value types of the library; each is validated when constructed.

Axes: N samples, D latent dimensions, C H W image, K neighbors.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_core.arrays import Array, Floats, as_codes, as_images, freeze, to_uint8
from latent_core.errors import InvalidInputError
from latent_core.notebook import N_IMAGES, codes_picture, compact_repr, grid_picture, to_html

__all__ = [
    "UNLABELLED",
    "Array",
    "Dataset",
    "Encodings",
    "Floats",
    "Posterior",
    "PrecomputedCodes",
    "as_codes",
    "as_images",
    "freeze",
    "to_uint8",
]

UNLABELLED = "unlabelled"
"""The name of samples whose label is -1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posterior:
    """The output of an encoder for each image: a mean and, for a VAE, a log-variance.

    Parameters
    ----------
    mean
        ``(N, D)`` float32.
    log_var
        ``(N, D)`` float32, or None for a deterministic encoder.
    """

    mean: Floats
    log_var: Floats | None = None

    __repr__ = compact_repr

    def __post_init__(self) -> None:
        object.__setattr__(self, "mean", as_codes(self.mean))
        if self.log_var is not None:
            log_var = as_codes(self.log_var, self.mean.shape[1])
            if len(log_var) != len(self.mean):
                raise InvalidInputError(f"{len(self.mean)} means but {len(log_var)} log-variances.")
            object.__setattr__(self, "log_var", log_var)

    def __len__(self) -> int:
        return len(self.mean)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Array:
        return np.array(self.mean, dtype, copy=copy)

    def _repr_html_(self) -> str:
        return to_html(repr(self), codes_picture(self.mean))


@dataclass(frozen=True, slots=True, kw_only=True)
class Encodings:
    """The codes of one data set under one model.

    Parameters
    ----------
    model_id, dataset_id
        The ids of the model and of the data set.
    fingerprint
        SHA-256 over everything the codes were computed from.
    mean, log_var
        As in `Posterior`.
    """

    model_id: str
    dataset_id: str
    fingerprint: str
    mean: Floats
    log_var: Floats | None = None

    __repr__ = compact_repr

    def __post_init__(self) -> None:
        posterior = Posterior(mean=self.mean, log_var=self.log_var)
        object.__setattr__(self, "mean", posterior.mean)
        object.__setattr__(self, "log_var", posterior.log_var)
        for array in (self.mean, self.log_var):
            if array is not None:
                freeze(array)

    def __len__(self) -> int:
        return len(self.mean)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Array:
        return np.array(self.mean, dtype, copy=copy)

    def _repr_html_(self) -> str:
        return to_html(repr(self), codes_picture(self.mean))

    @property
    def latent_dim(self) -> int:
        """The number of latent dimensions, D."""
        return int(self.mean.shape[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class PrecomputedCodes:
    """The precomputed codes of a data set that has no images.

    Parameters
    ----------
    read
        Returns the codes ``(N, D)``, the same array at every call.
    metric
        The metric of the codes: ``"cosine"`` or ``"euclidean"``.
    sample_noun
        What one sample is called, such as ``"word"``.
    names
        N distinct names of the samples, or an empty tuple.
    """

    read: Callable[[], Floats]
    metric: str
    sample_noun: str
    names: tuple[str, ...] = ()

    __repr__ = compact_repr


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """Images, or precomputed codes without images, with their labels and factors.

    Parameters
    ----------
    id, title
        The folder's name; the name shown to users.
    count, image_shape
        N and ``(C, H, W)``, known before any image is decoded; zeros without images.
    read_images
        Returns the images ``(N, C, H, W)`` uint8, the same array at every call.
    labels
        ``(N,)`` integers into `class_names`, -1 for unlabelled samples; or None.
    class_names
        One name per class.
    fingerprint
        SHA-256 of the files.
    read_factors
        Returns the ground-truth factors of the samples; see `factors`.
    precomputed
        The codes of a data set without images; None where there are images.
    card
        The content of the data set's card.
    """

    id: str
    title: str
    count: int
    image_shape: tuple[int, int, int]
    read_images: Callable[[], NDArray[np.uint8]]
    fingerprint: str
    labels: NDArray[np.int64] | None = None
    class_names: tuple[str, ...] = ()
    read_factors: Callable[[], Mapping[str, Floats]] = dict
    precomputed: PrecomputedCodes | None = None
    card: dict[str, Any] = field(default_factory=dict, repr=False)

    __repr__ = compact_repr

    def __post_init__(self) -> None:
        if self.labels is not None and len(self.labels) != self.count:
            raise InvalidInputError(f"{self.count} images but {len(self.labels)} labels.")
        if self.labels is not None and len(self.labels):
            low, high = int(self.labels.min()), int(self.labels.max())
            if low < -1 or high >= len(self.class_names):
                raise InvalidInputError(
                    f"Labels must be indices into the {len(self.class_names)} class names, or -1 "
                    f"for unlabelled samples, not {low} to {high}; correct them."
                )

    def __len__(self) -> int:
        return self.count

    def _repr_html_(self) -> str:
        first = range(min(self.count, N_IMAGES))
        names = ", ".join(self.label(i) or str(i) for i in first)
        has_images = self.precomputed is None and self.count > 0
        pictures = [grid_picture(self.images(slice(len(first))))] if has_images else []
        return to_html(repr(self), *pictures, caption=names)

    @property
    def images_uint8(self) -> NDArray[np.uint8]:
        """``(N, C, H, W)`` uint8, decoded at first use; `images` gives them as floats."""
        return self.read_images()

    @property
    def factors(self) -> Mapping[str, Floats]:
        """Each factor's values ``(N,)`` float32 by name; empty where none are known."""
        return self.read_factors()

    def images(self, index: Any = slice(None)) -> Floats:
        """Images `index` as float32 ``(N, C, H, W)`` in [0, 1]."""
        pixels: Floats = self.images_uint8[index].astype(np.float32)
        pixels /= np.float32(255)
        return pixels

    @property
    def sample_noun(self) -> str:
        """What one sample is called, such as ``"image"``."""
        return "image" if self.precomputed is None else self.precomputed.sample_noun

    def label(self, index: int) -> str:
        """The name of sample `index`, otherwise of its class, otherwise an empty string."""
        if self.precomputed is not None and self.precomputed.names:
            return self.precomputed.names[index]
        label = -1 if self.labels is None else int(self.labels[index])
        return "" if label < 0 else self.class_names[label]

    def class_name(self, label: int) -> str:
        """The name of a class, or `UNLABELLED` for -1."""
        return UNLABELLED if label < 0 else self.class_names[label]
