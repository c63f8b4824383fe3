"""What is examined: a model with codes and images, or codes alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_core.encoding import encode_array
from latent_core.image_arrays import to_images
from latent_core.metrics import per_image_mse
from latent_core.models.protocols import LatentModel
from latent_core.notebook import compact_repr
from latent_core.progress import ProgressCallback, null_progress
from latent_core.types import Floats, Posterior


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is examined.

    Parameters
    ----------
    latent_dim
        D.
    model
        The model; None for codes alone.
    posterior
        Codes ``(N, D)`` of the data; None where there are none.  Those with an even index are
        for reference, those with an odd index are held out.
    images, n_images
        Gives the images of some rows ``(M, C, H, W)`` in [0, 1], and how many there are; None and
        0 without images.
    errors
        ``(N,)`` reconstruction errors; None without a decoder.
    train_errors
        ``(T,)`` reconstruction errors of training images, where these are at hand.
    features, feature_space
        From images to features ``(N, F)``, and what they are called; None for pixels.
    """

    latent_dim: int
    model: LatentModel | None = None
    posterior: Posterior | None = None
    images: Callable[[NDArray[np.int64]], Floats] | None = None
    n_images: int = 0
    errors: Floats | None = None
    train_errors: Floats | None = None
    features: Callable[[Floats], Floats] | None = None
    feature_space: str = "pixels"

    __repr__ = compact_repr

    @property
    def decoder(self) -> LatentModel | None:
        """The model, if it has a decoder."""
        return self.model if self.model is not None and self.model.card.decodes else None

    @property
    def trained_on_prior_samples(self) -> bool:
        """Whether the decoder was trained to decode samples from the prior, as a GAN's is."""
        return self.model is not None and self.model.card.family == "gan"

    @property
    def has_gaussian_prior(self) -> bool:
        """Whether the model was trained with the prior N(0, I)."""
        variances = self.posterior is not None and self.posterior.log_var is not None
        return variances or (self.model is not None and self.model.card.has_gaussian_prior)

    def rows(self, first: int) -> NDArray[np.int64]:
        """Every second row: from 0 for reference, from 1 held out."""
        return np.arange(first, self.n_images, 2)

    def part(self, first: int) -> Posterior:
        """The codes of `rows`."""
        assert self.posterior is not None
        mean, log_var = self.posterior.mean, self.posterior.log_var
        return Posterior(
            mean=mean[first::2], log_var=None if log_var is None else log_var[first::2]
        )


def subject_of_images(
    model: LatentModel,
    images: Floats,
    train_images: Any = None,
    *,
    progress: ProgressCallback = null_progress,
) -> Subject:
    """A model with images ``(N, C, H, W)`` in [0, 1] and, where at hand, training images."""
    card = model.card
    posterior = encode_array(model, images, progress=progress) if card.encodes else None
    errors = train_errors = None
    if posterior is not None and card.decodes:
        errors = per_image_mse(images, model.decode(posterior.mean))
        if train_images is not None:
            train = to_images(train_images, card.image_shape)
            train_errors = per_image_mse(train, model.decode(model.encode(train).mean))
    return Subject(
        latent_dim=card.latent_dim,
        model=model,
        posterior=posterior,
        images=lambda rows: images[rows],
        n_images=len(images),
        errors=errors,
        train_errors=train_errors,
    )
