"""Denoising: corrupted images restored by decode(encode(x)), beside filters and PCA."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_core.datasets.splits import indices_for_test, indices_for_validation
from latent_core.errors import InvalidInputError
from latent_core.models.protocols import LatentModel
from latent_core.notebook import compact_repr
from latent_core.progress import ProgressCallback, null_progress, subprogress
from latent_core.types import Floats, as_images
from latent_core.uses.corruptions import corrupt
from latent_core.uses.image_filters import (
    best_median,
    best_sigma,
    gaussian_filter,
    median_filter,
)
from latent_core.uses.image_quality import psnr, ssim
from latent_core.uses.results import MIN_IMAGES, EncodedData, cached

MAX_TEST = 256
"""Images that methods are measured on: a random subset where there are more."""
MAX_CHOOSING = 64
"""Images that the settings of filters are chosen on."""
MIN_MEASURED = 16
MAX_VALUES = 3 * 2**19
"""Pixels times channels of all images measured: 128 of 3 × 64 × 64, so that these take a few
seconds too."""

CORRUPTED, CODE, MEDIAN, GAUSSIAN, PCA = "corrupted", "code", "median", "gaussian", "pca"
CLEAN_CODE = "code of the clean image"
"""What the model gives without a corruption."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Restoration:
    """How near the images that one method restores are to the clean ones.

    Parameters
    ----------
    method
        `CORRUPTED` (nothing is done), `CODE`, `MEDIAN`, `GAUSSIAN`, `PCA` or `CLEAN_CODE`.
    setting
        Of the method: side of the median's window or standard deviation of the Gaussian, in
        pixels; the number of principal components; else 0.
    rows
        ``(n,)`` indices of the measured images in the data set, the same ones for every method.
    psnr, ssim
        ``(n,)``, see `latent_core.uses.image_quality`.
    n_choosing
        Other images that `setting` was chosen on; 0 where it is not chosen.
    """

    method: str
    setting: float
    rows: NDArray[np.int64]
    psnr: Floats
    ssim: Floats
    n_choosing: int = 0

    __repr__ = compact_repr


def denoise(model: LatentModel, images: Any) -> Floats:
    """Images restored by a model: decoded from the codes of the corrupted ones.

    Parameters
    ----------
    model
        With encoder and decoder.
    images
        ``(N, C, H, W)`` in [0, 1].

    Returns
    -------
    ndarray
        ``(N, C, H, W)`` float32 in [0, 1].

    Raises
    ------
    InvalidInputError
        The model lacks an encoder or a decoder, or these are not images of its shape.

    References
    ----------
    Vincent, Larochelle, Bengio & Manzagol 2008, Extracting and Composing Robust Features with
    Denoising Autoencoders, ICML.  There the network is trained to do this; here it need not be.
    """
    card = model.card
    if not (card.encodes and card.decodes):
        raise InvalidInputError(
            f"{card.id!r} does not both encode and decode; choose an autoencoder."
        )
    return model.decode(model.encode(as_images(images)).mean)


def measure_denoising(
    encoded: EncodedData, kind: str, amount: float, *, progress: ProgressCallback = null_progress
) -> tuple[Restoration, ...]:
    """PSNR and SSIM of each method on corrupted test images.

    The settings of the filters, those of highest mean PSNR, and the principal components are of
    validation images. Cached.

    Parameters
    ----------
    kind, amount
        Of `latent_core.uses.corruptions.corrupt`; an image is corrupted by its index.

    Returns
    -------
    tuple
        `CORRUPTED`, `CODE`, `MEDIAN`, `GAUSSIAN`, `PCA` and `CLEAN_CODE`.

    Raises
    ------
    InvalidInputError
        No encoder or decoder, no images, fewer than four, or all are equal.
    UnknownNameError
        There is no such corruption.
    """
    data = encoded.data
    if not encoded.has_images:
        raise InvalidInputError(
            f"{data.title} has {len(data)} {data.sample_noun}s and no {MIN_IMAGES} different "
            "images to restore; choose data with images."
        )

    def compute() -> list[Restoration]:
        return _measure(encoded, kind, amount, progress)

    of = encoded.fingerprints | {"data": data.fingerprint, "kind": kind, "amount": amount}
    return cached("denoising", Restoration, compute, of=of, progress=progress, store=encoded.store)


def restore_examples(
    encoded: EncodedData,
    measured: tuple[Restoration, ...],
    kind: str,
    amount: float,
    rows: NDArray[np.int64],
) -> dict[str, Floats]:
    """The corrupted images of `rows` ``(n,)`` as each measured method restores them.

    Returns
    -------
    dict
        ``(n, C, H, W)`` by method; without `CLEAN_CODE`.
    """
    clean = encoded.data.images(rows)
    corrupted = corrupt(clean, kind, amount, indices=rows)
    return {
        found.method: _restore(encoded, found.method, found.setting, corrupted)
        for found in measured
        if found.method != CLEAN_CODE
    }


def _measure(
    encoded: EncodedData, kind: str, amount: float, progress: ProgressCallback
) -> list[Restoration]:
    shape = encoded.data.image_shape
    n_test = max(MIN_MEASURED, min(MAX_TEST, MAX_VALUES // int(np.prod(shape))))
    test = _some(indices_for_test(encoded.data), n_test)
    choosing = _some(indices_for_validation(encoded.data), min(n_test // 2, MAX_CHOOSING))
    components = encoded.components(subprogress(progress, 0, 0.2)).components
    progress(0.2, "Choosing the settings of the filters")
    original = encoded.data.images(choosing)
    damaged = corrupt(original, kind, amount, indices=choosing)
    settings = {
        CORRUPTED: 0.0,
        CODE: 0.0,
        MEDIAN: best_median(original, damaged),
        GAUSSIAN: best_sigma(original, damaged),
        PCA: float(min(encoded.encodings.latent_dim, len(components))),
    }
    clean = encoded.data.images(test)
    corrupted = corrupt(clean, kind, amount, indices=test)
    found = []
    for number, (method, setting) in enumerate(settings.items()):
        progress(0.4 + 0.5 * number / len(settings), "Restoring images")
        restored = _restore(encoded, method, setting, corrupted)
        n_choosing = len(choosing) if method in (MEDIAN, GAUSSIAN) else 0
        found.append(_compare(method, clean, restored, test, setting, n_choosing))
    return [*found, _clean_restoration(encoded, test, subprogress(progress, 0.9, 1))]


def _compare(
    method: str,
    clean: Floats,
    restored: Floats,
    rows: NDArray[np.int64],
    setting: float,
    n_choosing: int,
) -> Restoration:
    return Restoration(
        method=method,
        setting=setting,
        rows=rows,
        psnr=psnr(clean, restored),
        ssim=ssim(clean, restored),
        n_choosing=n_choosing,
    )


def _clean_restoration(
    encoded: EncodedData, rows: NDArray[np.int64], progress: ProgressCallback
) -> Restoration:
    """The reconstructions of the clean images, which are the same for every corruption: cached."""

    def compute() -> list[Restoration]:
        restored = encoded.model.decode(encoded.encodings.mean[rows])
        return [_compare(CLEAN_CODE, encoded.data.images(rows), restored, rows, 0.0, 0)]

    of = encoded.fingerprints | {"data": encoded.data.fingerprint, "n": len(rows)}
    kind = "reconstructions"
    return cached(kind, Restoration, compute, of=of, progress=progress, store=encoded.store)[0]


def _some(rows: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    return np.sort(np.random.default_rng(0).permutation(rows)[:count])


def _restore(encoded: EncodedData, method: str, setting: float, corrupted: Floats) -> Floats:
    methods: dict[str, Callable[[], Floats]] = {
        CORRUPTED: lambda: corrupted,
        CODE: lambda: denoise(encoded.model, corrupted),
        MEDIAN: lambda: median_filter(corrupted, int(setting)),
        GAUSSIAN: lambda: gaussian_filter(corrupted, setting),
        PCA: lambda: _project(encoded, corrupted, int(setting)),
    }
    return methods[method]()


def _project(encoded: EncodedData, images: Floats, n_components: int) -> Floats:
    components = encoded.components()
    return components.decode(components.encode(images)[:, :n_components])
