"""Everything that is known of one picture under one model, or of many together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from latent_core.errors import InvalidInputError
from latent_core.metrics import fraction_above, per_image_mse
from latent_core.models.inversion import percentile_rank
from latent_core.models.model import LatentModel
from latent_core.neighbors import nearest
from latent_core.types import Dataset, Encodings, Floats, Posterior

N_NEIGHBORS = 8
OUTLIER_FRACTION = 0.01
"""Worse than all but this share of the data: unlike anything the model has seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleReport:
    """One picture, its code and what the model makes of it.

    Parameters
    ----------
    image, decoded
        ``(C, H, W)`` in [0, 1]; decoded is None for a model without a decoder.
    code, log_var
        ``(D,)``; log_var is None for a deterministic encoder.
    error
        Mean squared error per pixel of the reconstruction, where there is one.
    closer_than
        Share of the data set whose reconstruction is worse, in [0, 1]; 1 without any.
    closer_than_own
        Of a code that was searched for, the share of the model's own samples that a search
        leaves farther off, in [0, 1]; None of any other.
    neighbours, distances
        ``(K,)`` pictures of the data set, nearest code first, and how far they are.
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

    @property
    def reconstruction(self) -> Floats:
        """`decoded`.

        Raises
        ------
        BadInput
            The model has no decoder.
        """
        if self.decoded is None:
            raise InvalidInputError("This model has no decoder; choose one that decodes.")
        return self.decoded

    @property
    def is_outlier(self) -> bool:
        """Whether hardly any picture of the data set is reconstructed this badly."""
        return self.reconstruction_percentile < OUTLIER_FRACTION

    def reconstruction_sentence(self) -> str:
        """Where the error stands among those of the data set, as a sentence."""
        if self.decoded is None:
            return "This model has no decoder: nothing leads from its code back to a picture."
        if self.self_inversion_percentile is not None:
            return _found_in_words(self.reconstruction_percentile, self.self_inversion_percentile)
        if self.is_outlier:
            return "Reconstructed worse than 99 % of the pictures: unlike what this model knows."
        return f"Reconstructed more closely than {int(100 * self.reconstruction_percentile)} % of the pictures."


def _found_in_words(closer_than: float, closer_than_own: float) -> str:
    """Where the error of a code that was searched for stands, as a sentence."""
    if closer_than < OUTLIER_FRACTION:
        found = "Found less closely than 99 % of the pictures: unlike what this model paints"
    else:
        found = f"Found more closely than {int(100 * closer_than)} % of the pictures"
    share, own = int(100 * closer_than_own), "of the model's own samples, which it paints exactly"
    if share:
        return f"{found}, and than {share} % {own}."
    return f"{found}; {own}, more than 99 % are found more closely."


def report_sample(
    model: LatentModel, data: Dataset, encodings: Encodings, errors: Floats | None, index: int
) -> SampleReport:
    """Details of picture `index` of a data set; its own code is not among its neighbours.

    Without a decoder there are no `errors`, and nothing is said of a reconstruction.
    """
    code = encodings.mean[index]
    found, distances = nearest(encodings.mean, code, N_NEIGHBORS + 1)
    others = found != index
    return SampleReport(
        image=data.images(slice(index, index + 1))[0],
        decoded=model.decode(code[None])[0] if model.card.decodes else None,
        code=code,
        log_var=None if encodings.log_var is None else encodings.log_var[index],
        error=None if errors is None else float(errors[index]),
        reconstruction_percentile=1.0
        if errors is None
        else fraction_above(errors, float(errors[index])),
        neighbors=found[others][:N_NEIGHBORS],
        distances=distances[others][:N_NEIGHBORS],
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
    """Details of pictures from outside the data set.

    Parameters
    ----------
    images
        ``(N, C, H, W)`` in [0, 1].
    found
        ``(N, D)`` their codes where they were searched for; without, the model encodes.
    own_errors
        What a search leaves of the model's own samples, where its codes are searched for.
    """
    posterior = model.encode(images) if codes is None else Posterior(mean=codes)
    decoded = model.decode(posterior.mean)
    gaps = per_image_mse(images, decoded)
    made = []
    for i, code in enumerate(posterior.mean):
        error = float(gaps[i])
        near, distances = nearest(encodings.mean, code, N_NEIGHBORS)
        made.append(
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
                neighbors=near,
                distances=distances,
            )
        )
    return made


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectionReport:
    """Many pictures together.

    Parameters
    ----------
    indices
        ``(M,)`` pictures of the data set.
    mean_code, decoded_mean
        ``(D,)`` and ``(C, H, W)``: the middle of their codes, decoded; of a model without a
        decoder, the picture whose code is nearest to it.
    label_counts
        Class name and count, the most frequent first.
    """

    indices: NDArray[np.int64]
    mean_code: Floats
    decoded_mean: Floats
    label_counts: tuple[tuple[str, int], ...]


def report_selection(
    model: LatentModel, data: Dataset, encodings: Encodings, indices: NDArray[np.int64]
) -> SelectionReport:
    """What pictures `indices` have in common."""
    mean_code = encodings.mean[indices].mean(axis=0)
    counts: list[tuple[str, int]] = []
    if data.labels is not None:
        labels, numbers = np.unique(data.labels[indices], return_counts=True)
        ranked = np.argsort(-numbers, kind="stable")
        counts = [(data.class_names[labels[i]], int(numbers[i])) for i in ranked]
    return SelectionReport(
        indices=indices,
        mean_code=mean_code,
        decoded_mean=_picture_of(model, data, encodings, mean_code),
        label_counts=tuple(counts),
    )


def _picture_of(model: LatentModel, data: Dataset, encodings: Encodings, code: Floats) -> Floats:
    index = int(nearest(encodings.mean, code, 1)[0][0])
    pictures = (
        model.decode(code[None]) if model.card.decodes else data.images(slice(index, index + 1))
    )
    first: Floats = pictures[0]
    return first
