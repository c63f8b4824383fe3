"""Figures of the lesson on sampling, computed from the models that are shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from latent_core.analysis.support import support_of_encodings
from latent_core.analysis.verdict import combined_level
from latent_core.metrics import kl_per_dimension
from latent_core.models.card import ModelCard
from latent_core.neighbors import nearest
from latent_core.sampling import CodeDistribution
from latent_core.types import Floats
from ui.components.decoder import image_realism
from ui.spaces import Space

N_SAMPLES = 1000
SEED = 2024
N_NOISY = 200
N_VOTES = 10
"""How many nearest codes vote on the class of an image."""


def random_codes(space: Space) -> CodeDistribution:
    """What random codes of a model are drawn from.

    The prior N(0, I) where the model was trained with one; else independent numbers, each with the
    mean and the standard deviation that it has in the codes of the data.
    """
    codes = space.encodings.mean.astype(np.float64)
    shape = 1, codes.shape[1]
    if space.model.card.has_gaussian_prior:
        means, stds = np.zeros(shape), np.ones(shape)
    else:
        means, stds = codes.mean(axis=0)[None], codes.std(axis=0)[None]
    return CodeDistribution(weights=np.ones(1), means=means, factors=stds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Of one sample: the levels of its code and of its image, and the worse of both."""

    support: str
    image: str
    worse: str


def verdicts(space: Space, codes: Floats) -> list[Verdict]:
    """The verdict on each of ``(M, D)`` codes, as the frames in the grid show it."""
    support = support_of_encodings(space.encodings).levels(codes)
    realism = image_realism(space.model.card)
    images = [None] * len(codes) if realism is None else realism.levels(space.model.decode(codes))
    return [
        Verdict(support=code, image=image or "not measured", worse=combined_level(code, image))
        for code, image in zip(support, images, strict=True)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleShares:
    """Shares of `N_SAMPLES` random codes of one model.

    Parameters
    ----------
    far
        Whose verdict is "far from data".
    far_codes
        Whose code is far from the data, whatever its image is like; of the data's own codes, 1 %.
    """

    far: float
    far_codes: float


def sample_shares(space: Space) -> SampleShares:
    """Decode and rate `N_SAMPLES` random codes."""
    found = verdicts(space, random_codes(space).sample(N_SAMPLES, random_state=SEED))
    return SampleShares(
        far=float(np.mean([one.worse == "far from data" for one in found])),
        far_codes=float(np.mean([one.support == "far from data" for one in found])),
    )


def lower_share(shares: dict[str, SampleShares]) -> str:
    """The id with fewer samples far from the data; "equal" within two standard errors."""
    (first, a), (second, b) = shares.items()
    error = np.sqrt(sum(one.far * (1 - one.far) / N_SAMPLES for one in (a, b)))
    if abs(a.far - b.far) <= 2 * error:
        return "equal"
    return first if a.far < b.far else second


def noisy_codes(space: Space, index: int, noise: float, count: int = N_NOISY) -> Floats:
    """Codes ``(count, D)`` of one image: its mean plus `noise` standard deviations of noise."""
    mean, log_var = space.encodings.mean[index], space.encodings.log_var
    assert log_var is not None, "a VAE"
    drawn = np.random.default_rng(SEED).standard_normal((count, len(mean)))
    codes: Floats = (mean + noise * np.exp(0.5 * log_var[index]) * drawn).astype(np.float32)
    return codes


def same_class_share(space: Space, index: int, images: Floats) -> float:
    """The share of images ``(M, C, H, W)`` that are of the class of sample `index`.

    Their class is that of most of the `N_VOTES` codes of other samples that are nearest to theirs.
    """
    labels = space.data.labels
    assert labels is not None, "the data set has classes"
    others = np.delete(np.arange(len(labels)), index)
    codes = space.model.encode(images).mean
    found, _ = nearest(space.encodings.mean[others], codes, N_VOTES)
    votes = labels[others[found]]
    winners = np.array([np.bincount(row[row >= 0]).argmax() for row in votes])
    return float((winners == labels[index]).mean())


def mean_kl(space: Space) -> float:
    """The KL divergence from the prior in nats, mean over the images."""
    log_var = space.encodings.log_var
    assert log_var is not None, "a VAE"
    return float(kl_per_dimension(space.encodings.mean, log_var).sum())


def kl_weights(cards: Iterable[ModelCard]) -> dict[str, float]:
    """The weight of the KL divergence, by the titles of the models whose card has one."""
    return {card.title: float(card.training["beta"]) for card in cards if "beta" in card.training}
