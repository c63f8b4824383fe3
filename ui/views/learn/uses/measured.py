"""What the lesson on uses measures: with the functions of the library, and their cache."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

import latent_core as lc
from latent_core.metrics import per_image_mse
from latent_core.types import Dataset, Floats
from latent_core.uses.classification import AccuracyCurve
from latent_core.uses.compression import BITS_8, RateCurve
from latent_core.uses.corruptions import AMOUNTS, NOISE
from latent_core.uses.denoising import CODE, MEDIAN, Restoration
from latent_core.uses.outliers import (
    MAX_FOREIGN,
    RECONSTRUCTION,
    OutlierScores,
    foreign_images,
)
from latent_core.uses.results import EncodedData
from ui.spaces import Space

MODEL, DATA, FOREIGN = "digits-vae-16", "digits", "fashion"
GOAL = 0.9
"""The accuracy that is asked for."""
NOISES = tuple(str(amount) for amount in AMOUNTS[NOISE])
N_GRID = 24
SEED = 3


def encoded_data(space: Space) -> EncodedData:
    """The space, as the library measures uses on it."""
    return EncodedData(model=space.model, data=space.data, encodings=space.encodings)


def labels_for(curve: AccuracyCurve, goal: float = GOAL) -> int | None:
    """The fewest labels per class with an accuracy of `goal`; None where all are too few."""
    enough = np.flatnonzero(curve.accuracy >= goal)
    return int(curve.n_per_class[enough[0]]) if len(enough) else None


def of_code(curves: tuple[AccuracyCurve, ...]) -> AccuracyCurve:
    """The curve of the code."""
    return next(curve for curve in curves if curve.representation == CODE)


@dataclass(frozen=True, slots=True, kw_only=True)
class OddOne:
    """Digits among which one image of another data set is.

    Parameters
    ----------
    images
        ``(N_GRID, C, H, W)``.
    place
        Where the odd one is.
    rank
        Its place among all digits by reconstruction error, 1 for the largest.
    n_digits
        The digits that it is ranked among.
    error, median
        Its reconstruction error, and the median of the digits.
    auroc, n_foreign
        How often an image of that data set has a larger error than a digit, and of how many.
    """

    images: Floats
    place: int
    rank: int
    n_digits: int
    error: float
    median: float
    auroc: float
    n_foreign: int


def odd_one(space: Space) -> OddOne:
    """Hide one image of `FOREIGN` among random digits, and rank it by reconstruction error."""
    foreign, rng = lc.load_dataset(FOREIGN), np.random.default_rng(SEED)
    row = _reconstruction_scores(space, foreign)
    shoe = foreign.class_names.index("Ankle boot")
    rows = _foreign_rows(len(foreign))
    labels = foreign.labels
    assert labels is not None, "the data set has classes"
    assert row.foreign is not None, "it was measured with images mixed in"
    chosen = int(np.flatnonzero(labels[rows] == shoe)[0])
    place = int(rng.integers(N_GRID))
    digits = space.data.images(np.sort(rng.permutation(len(space.data))[: N_GRID - 1]))
    image = foreign.images(rows[chosen : chosen + 1])
    detection = row.detection(0.05)
    assert detection.auroc is not None, "it was measured with images mixed in"
    return OddOne(
        images=np.concatenate([digits[:place], image, digits[place:]]),
        place=place,
        rank=int((row.scores > row.foreign[chosen]).sum()) + 1,
        n_digits=len(row.scores),
        error=float(row.foreign[chosen]),
        median=float(np.median(row.scores)),
        auroc=detection.auroc,
        n_foreign=len(row.foreign),
    )


def _reconstruction_scores(space: Space, foreign: Dataset) -> OutlierScores:
    """As the page Uses measures them; the other scores, which take longer, are left out."""
    images = foreign_images(foreign)
    decoded = space.model.decode(space.model.encode(images).mean)
    assert space.errors is not None, "the model has a decoder"
    return OutlierScores(
        method=RECONSTRUCTION,
        representation=CODE,
        scores=space.errors,
        foreign=per_image_mse(images, decoded),
    )


def _foreign_rows(count: int) -> NDArray[np.int64]:
    """The rows of `latent_core.uses.outliers.foreign_images`, in its order."""
    rows = np.sort(np.random.default_rng(0).permutation(count)[:MAX_FOREIGN])
    return rows.astype(np.int64)


def mean_psnr(measured: tuple[Restoration, ...], method: str) -> float:
    """The mean PSNR of a method in dB."""
    return float(next(one for one in measured if one.method == method).psnr.mean())


def better_restorer(measured: tuple[Restoration, ...]) -> str:
    """`CODE` or `MEDIAN`, whichever has the higher mean PSNR."""
    return max((CODE, MEDIAN), key=lambda method: mean_psnr(measured, method))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bytes:
    """Mean bytes and PSNR of the code in 8 bits, and of the smallest JPEG that is as good.

    Parameters
    ----------
    jpeg_header
        How many of the bytes of the JPEG are its header.
    n_images
        The test images of the means.
    """

    code: float
    code_psnr: float
    jpeg: float
    jpeg_psnr: float
    jpeg_header: float
    n_images: int


def compare_bytes(curves: tuple[RateCurve, ...]) -> Bytes | None:
    """The sizes; None where no JPEG is as good as the code."""
    code = next(one for one in curves if (one.source, one.storage) == (CODE, BITS_8))
    jpeg = next(one for one in curves if one.source == "JPEG")
    good = np.flatnonzero(jpeg.psnr.mean(axis=1) >= code.psnr.mean())
    if not len(good):
        return None
    return Bytes(
        code=float(code.n_bytes.mean()),
        code_psnr=float(code.psnr.mean()),
        jpeg=float(jpeg.n_bytes[good[0]].mean()),
        jpeg_psnr=float(jpeg.psnr[good[0]].mean()),
        jpeg_header=float(jpeg.n_header_bytes[good[0]]),
        n_images=len(code.rows),
    )
