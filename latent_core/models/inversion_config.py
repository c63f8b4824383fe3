"""Parameters of an inversion, and three presets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from latent_core.errors import InvalidInputError


@dataclass(frozen=True, slots=True, kw_only=True)
class InversionConfig:
    """How codes are optimized.

    Parameters
    ----------
    n_starts
        Initial codes per image, 1 to 64; the best result is kept.
    n_steps
        Steps of Adam, 1 to 5000.
    learning_rate
        Its initial learning rate, in (0, 1]; it decays to zero by a half cosine.
    prior_weight
        Weight, in [0, 100], of the penalty on codes longer than typical codes of the prior,
        beside the mean squared error.
    perceptual_weight
        Weight, in [0, 100], of the squared difference between the classifier features of
        reconstruction and image, relative to the image's squared features; used where the model
        has a `perceptual_model`.
    seed
        Seed of the candidates for the initial codes.

    Raises
    ------
    InvalidInputError
        A value is out of its range.
    """

    cache_name: ClassVar[str] = "Search"
    cache_fields: ClassVar[dict[str, str]] = {
        "n_starts": "starts",
        "n_steps": "steps",
        "learning_rate": "rate",
        "prior_weight": "prior",
        "perceptual_weight": "features",
        "seed": "seed",
    }

    n_starts: int = 2
    n_steps: int = 300
    learning_rate: float = 0.08
    prior_weight: float = 1e-3
    perceptual_weight: float = 1e-2
    seed: int = 0

    def __post_init__(self) -> None:
        if not (
            1 <= self.n_starts <= 64 and 1 <= self.n_steps <= 5000 and 0 < self.learning_rate <= 1
        ):
            raise InvalidInputError(
                "An inversion takes n_starts from 1 to 64, n_steps from 1 to 5,000 and a "
                f"learning_rate in (0, 1], not {self.n_starts}, {self.n_steps} and "
                f"{self.learning_rate}."
            )
        weights = (self.prior_weight, self.perceptual_weight)
        if not (all(0 <= weight <= 100 for weight in weights) and self.seed >= 0):
            raise InvalidInputError(
                "An inversion takes prior_weight and perceptual_weight in [0, 100] and a seed of 0 "
                f"or more, not {self.prior_weight}, {self.perceptual_weight} and {self.seed}."
            )


FAST = InversionConfig(n_starts=2, n_steps=40)
"""For drawings and uploads, while the person waits."""
HIGH_QUALITY = InversionConfig(n_starts=4, n_steps=800)
"""For a single image, with a longer wait."""
BATCH_INVERSION = InversionConfig(n_starts=1, n_steps=15)
"""For every image of a data set."""
