"""The value types of the library; each is validated when constructed.

Axes: N samples, D latent dimensions, C H W image, K neighbors.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_core.errors import InvalidInputError
from latent_core.notebook import N_IMAGES, codes_picture, compact_repr, grid_picture, to_html

UNLABELLED = "unlabelled"
"""The name of samples whose label is -1."""

Array = NDArray[Any]
Floats = NDArray[np.float32]


def as_codes(codes: Any, latent_dim: int | None = None) -> Floats:
    """`codes` as a finite float32 array ``(N, D)``.

    Parameters
    ----------
    codes
        Anything that `numpy.asarray` turns into numbers.
    latent_dim
        The required D; None accepts any.

    Raises
    ------
    InvalidInputError
        Not numbers, not of two axes, not of `latent_dim` dimensions, or not finite.
    """
    array = np.asarray(codes)
    if array.dtype.kind not in "iuf":
        raise InvalidInputError(
            f"Codes must be numbers, not {array.dtype}; give a float array (N, D)."
        )
    if array.ndim != 2:
        raise InvalidInputError(f"Codes must have two axes (N, D), not shape {array.shape}.")
    if latent_dim is not None and array.shape[1] != latent_dim:
        raise InvalidInputError(
            f"These codes have {array.shape[1]} dimensions, the model has {latent_dim}."
        )
    if not np.isfinite(array).all():
        raise InvalidInputError("The codes contain NaN or infinity; remove those rows first.")
    with np.errstate(over="ignore"):
        narrowed = np.ascontiguousarray(array, dtype=np.float32)
    if array.dtype != np.float32 and not np.isfinite(narrowed).all():
        raise InvalidInputError(
            "The codes contain values beyond the float32 range, 3.4e38; remove those rows first."
        )
    return narrowed


def as_images(images: Any, image_shape: tuple[int, int, int] | None = None) -> Floats:
    """`images` as a float32 array ``(N, C, H, W)`` in [0, 1].

    Parameters
    ----------
    images
        Anything that `numpy.asarray` turns into numbers.
    image_shape
        The required (C, H, W); None accepts any.

    Raises
    ------
    InvalidInputError
        Not numbers, not of four axes, not of `image_shape`, not finite, or outside [0, 1].
    """
    array = np.asarray(images)
    if array.dtype.kind not in "iuf":
        raise InvalidInputError(
            f"Images must be numbers, not {array.dtype}; give a float array in [0, 1]."
        )
    if array.ndim != 4:
        raise InvalidInputError(
            f"Images must have four axes (N, C, H, W), not shape {array.shape}."
        )
    if image_shape is not None and array.shape[1:] != tuple(image_shape):
        raise InvalidInputError(
            f"These images are {array.shape[1:]}, the model takes {tuple(image_shape)}."
        )
    low, high = (array.min(), array.max()) if array.size else (0, 1)
    if not (np.isfinite(low) and np.isfinite(high)):  # min and max of an array with NaN are NaN
        raise InvalidInputError("The images contain NaN or infinity; replace those pixels first.")
    if low < -1e-6 or high > 1 + 1e-6:
        raise InvalidInputError(f"Pixels must lie in [0, 1], not [{low:.3g}, {high:.3g}].")
    return np.ascontiguousarray(array, dtype=np.float32)


def to_uint8(images: Array) -> NDArray[np.uint8]:
    """Values in [0, 1] as 0 to 255, to the nearest; values outside are clipped, NaN is 0."""
    scaled = np.nan_to_num(np.asarray(images), nan=0.0, posinf=1.0, neginf=0.0)
    pixels: NDArray[np.uint8] = np.rint(np.clip(scaled, 0, 1) * 255).astype(np.uint8)
    return pixels


def freeze(array: Array) -> None:
    """Make `array` read-only, since values are shared between sessions."""
    array.setflags(write=False)


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
