"""Reports on one image under a model, and on a selection of images."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from latent_core.errors import InvalidInputError
from latent_core.metrics import fraction_above, per_image_mse
from latent_core.models.inversion import percentile_rank
from latent_core.models.model import LatentModel
from latent_core.neighbors import nearest
from latent_core.notebook import compact_repr, grid_picture, to_html
from latent_core.types import Dataset, Encodings, Floats, Posterior

N_NEIGHBORS = 8
OUTLIER_FRACTION = 0.01
"""An image is an outlier when fewer than this fraction of the data is reconstructed worse."""
PLAIN_RANGE = 0.02
"""An image is plain when no channel spans more: its error is small under almost any model."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleReport:
    """An image with its code, its reconstruction and its nearest neighbors in the data set.

    Parameters
    ----------
    image, decoded
        ``(C, H, W)`` in [0, 1]; decoded is None for a model without a decoder.
    code, log_var
        ``(D,)``; log_var is None for a deterministic encoder.
    error
        The reconstruction error (MSE) per pixel, where there is a reconstruction.
    reconstruction_percentile
        The fraction of the data set with a larger reconstruction error, in [0, 1]; 1 where no
        errors are known.
    neighbors, distances
        ``(K,)`` indices of images in the data set, nearest code first, and the Euclidean
        distances of their codes.
    self_inversion_percentile
        For a code found by inversion, the fraction of the model's own samples whose inversion
        error is larger, in [0, 1]; None for other codes.
    """

    image: Floats
    decoded: Floats | None
    code: Floats
    log_var: Floats | None
    error: float | None
    reconstruction_percentile: float
    neighbors: NDArray[np.integer]
    distances: Floats
    self_inversion_percentile: float | None = None

    __repr__ = compact_repr

    def _repr_html_(self) -> str:
        images = [image for image in (self.image, self.decoded) if image is not None]
        return to_html(
            repr(self), grid_picture(np.stack(images)), caption=self.reconstruction_sentence()
        )

    @property
    def reconstruction(self) -> Floats:
        """`decoded`.

        Raises
        ------
        InvalidInputError
            The model has no decoder.
        """
        if self.decoded is None:
            raise InvalidInputError("This model has no decoder; choose a model that has one.")
        return self.decoded

    @property
    def is_outlier(self) -> bool:
        """Whether hardly any image of the data set has a larger reconstruction error."""
        return self.reconstruction_percentile < OUTLIER_FRACTION

    @property
    def is_plain(self) -> bool:
        """Whether the image has a single color, so that its error says nothing about the data."""
        return bool(np.ptp(self.image, axis=(1, 2)).max() <= PLAIN_RANGE)

    def reconstruction_sentence(self) -> str:
        """The rank of the reconstruction error in the data set, as a sentence for users."""
        if self.decoded is None:
            return "This model has no decoder: it cannot reconstruct an image from a code."
        if self.error is None:
            return "The reconstruction errors of the data are not known, so it has no rank here."
        if self.is_plain:
            return (
                "Nothing to see here: the image is blank, a single color. Its error of "
                f"{self.error:.2g} gets no rank: it says nothing about likeness to the data."
            )
        if self.self_inversion_percentile is not None:
            return _inversion_sentence(
                self.reconstruction_percentile, self.self_inversion_percentile
            )
        percent = int(100 * (1 - self.reconstruction_percentile) + 1e-9)  # 0.29 is 28.999… %
        rank = (
            f"Reconstruction error {self.error:.2g}, higher than that of {percent} % of the images"
        )
        return f"{rank}: unlike the data of this model." if self.is_outlier else f"{rank}."


def _inversion_sentence(percentile: float, self_percentile: float) -> str:
    """The rank of an inversion error, as a sentence; both percentiles are fractions."""
    if percentile < OUTLIER_FRACTION:
        rank = "Inverted worse than 99 % of the images: unlike what this model generates"
    else:
        rank = f"Inverted better than {int(100 * percentile)} % of the images"
    percent, samples = int(100 * self_percentile), "of the model's own samples"
    if percent:
        return f"{rank}, and than {percent} % {samples}, for which an exact code exists."
    return f"{rank}; {samples}, for which an exact code exists, more than 99 % are inverted better."


def report_sample(
    model: LatentModel, data: Dataset, encodings: Encodings, errors: Floats | None, index: int
) -> SampleReport:
    """The report on image `index` of a data set; it is not among its own neighbors.

    Parameters
    ----------
    errors
        ``(N,)``, the reconstruction errors of the data set; None for a model without a decoder.
    """
    code = encodings.mean[index]
    neighbors, distances = nearest(encodings.mean, code, N_NEIGHBORS + 1)
    is_other = neighbors != index
    return SampleReport(
        image=data.images(slice(index, index + 1))[0],
        decoded=model.decode(code[None])[0] if model.card.decodes else None,
        code=code,
        log_var=None if encodings.log_var is None else encodings.log_var[index],
        error=None if errors is None else float(errors[index]),
        reconstruction_percentile=1.0
        if errors is None
        else fraction_above(errors, float(errors[index])),
        neighbors=neighbors[is_other][:N_NEIGHBORS],
        distances=distances[is_other][:N_NEIGHBORS],
    )


def report_images(
    model: LatentModel,
    encodings: Encodings,
    errors: Floats | None,
    images: Floats,
    *,
    codes: Floats | None = None,
    self_inversion_errors: Floats | None = None,
) -> list[SampleReport]:
    """The reports on images that are not in the data set.

    Parameters
    ----------
    encodings, errors
        Of the data set: its codes, and its reconstruction errors ``(N,)`` if known.
    images
        ``(M, C, H, W)`` in [0, 1].
    codes
        ``(M, D)``, found by inversion; None to encode the images.
    self_inversion_errors
        The inversion errors of the model's own samples, where codes are found by inversion.
    """
    posterior = model.encode(images) if codes is None else Posterior(mean=codes)
    decoded = model.decode(posterior.mean)
    image_errors = per_image_mse(images, decoded)
    reports = []
    for i, code in enumerate(posterior.mean):
        error = float(image_errors[i])
        neighbors, distances = nearest(encodings.mean, code, N_NEIGHBORS)
        reports.append(
            SampleReport(
                image=images[i],
                decoded=decoded[i],
                code=code,
                log_var=None if posterior.log_var is None else posterior.log_var[i],
                error=error,
                reconstruction_percentile=1.0 if errors is None else fraction_above(errors, error),
                self_inversion_percentile=None
                if self_inversion_errors is None
                else percentile_rank(self_inversion_errors, error),
                neighbors=neighbors,
                distances=distances,
            )
        )
    return reports


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectionReport:
    """A selection of images of a data set.

    Parameters
    ----------
    indices
        ``(M,)``, the images.
    mean_code
        ``(D,)``, the mean of their codes.
    decoded_mean
        ``(C, H, W)``, the decoded mean code; for a model without a decoder, the image whose code
        is nearest to it.
    label_counts
        Class names and their counts, most frequent first.
    """

    indices: NDArray[np.int64]
    mean_code: Floats
    decoded_mean: Floats
    label_counts: tuple[tuple[str, int], ...]

    __repr__ = compact_repr

    def _repr_html_(self) -> str:
        return to_html(repr(self), grid_picture(self.decoded_mean[None]))


def report_selection(
    model: LatentModel, data: Dataset, encodings: Encodings, indices: NDArray[np.int64]
) -> SelectionReport:
    """The report on the images `indices` ``(M,)``: mean code and label counts."""
    mean_code = encodings.mean[indices].mean(axis=0)
    counts: list[tuple[str, int]] = []
    if data.labels is not None:
        labels, frequencies = np.unique(data.labels[indices], return_counts=True)
        ranked = np.argsort(-frequencies, kind="stable")
        counts = [(data.class_name(int(labels[i])), int(frequencies[i])) for i in ranked]
    return SelectionReport(
        indices=indices,
        mean_code=mean_code,
        decoded_mean=_decode_or_nearest_image(model, data, encodings, mean_code),
        label_counts=tuple(counts),
    )


def _decode_or_nearest_image(
    model: LatentModel, data: Dataset, encodings: Encodings, code: Floats
) -> Floats:
    if model.card.decodes:
        decoded: Floats = model.decode(code[None])[0]
        return decoded
    index = int(nearest(encodings.mean, code, 1)[0][0])
    image: Floats = data.images(slice(index, index + 1))[0]
    return image
