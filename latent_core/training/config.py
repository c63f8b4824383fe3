"""The training configuration on a card."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

from latent_core.cache.keys import content_key
from latent_core.errors import InvalidCardError, UnknownNameError
from latent_core.models.card import ModelCard
from latent_core.training.losses import LOSSES


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingConfig:
    """How a network is trained, or one stage of it.

    Parameters
    ----------
    objective
        A name in `LOSSES`, ``"r3gan"`` for a generator, or ``"pca"``.
    seed
        Seed of the initial weights, the order of the images and the noise.
    epochs, batch_size
        Passes over the training images; images per step.
    learning_rate
        Peak learning rate of a linear warm-up and a half-cosine decay (Loshchilov & Hutter 2017,
        arXiv:1608.03983).
    affine_augmentation
        Strength of the random rotation, scale and shear of each image, against overfitting; 1
        is ±10° and ±10 %, 0 is none.  It decays to 0 over the first two thirds of training,
        since resampling also blurs.
    max_blur_sigma
        Maximum standard deviation, in pixels, of the random Gaussian blur of each image.  It
        grows linearly from 0, so that a classifier first learns details and then does without
        the finest, which reconstructions lack.
    float32_fraction
        The last fraction of the epochs that runs in float32; the epochs before run in bfloat16.
    r1_gamma
        γ of the gradient penalties of a GAN's discriminator; see `gan.discriminator_loss`.
    r1_interval
        Steps between two gradient penalties, which are then multiplied by as many (lazy
        regularization, Karras et al. 2020, arXiv:1912.04958).
    center_weight
        How much more the image center counts; see `losses.gaussian_nll`.
    beta
        Weight of the total correlation; see `losses.btc_vae`.
    init_from
        Id of a model whose decoder weights initialize this one's.
    reconstruction_weight
        Weight of a generator's reconstruction loss from the codes of the model `init_from`; see
        `gan.gan_step`.
    attribute_weight
        Weight of the cross-entropy of the card's attributes, predicted from the code; see
        `losses.sigma_vae`.
    perceptual_weight
        Weight of the perceptual loss; see `losses.sigma_vae`.
    perceptual_classifier
        Id of the classifier whose configuration the perceptual classifier is trained with, from
        the seed of the first stage with a perceptual loss, so that it differs from the
        classifier that ships.

    Raises
    ------
    UnknownNameError
        The objective does not exist.
    InvalidCardError
        A value is out of its range, or two of them exclude each other.
    """

    cache_name: ClassVar[str] = "Recipe"
    cache_fields: ClassVar[dict[str, str]] = {
        "objective": "objective",
        "seed": "seed",
        "epochs": "epochs",
        "batch_size": "batch_size",
        "learning_rate": "learning_rate",
        "affine_augmentation": "warp",
        "max_blur_sigma": "soften",
        "float32_fraction": "exact",
        "r1_gamma": "penalty",
        "r1_interval": "lazy",
        "center_weight": "focus",
        "beta": "beta",
        "init_from": "start",
        "reconstruction_weight": "anchor",
        "attribute_weight": "ask",
        "perceptual_weight": "look",
        "perceptual_classifier": "reader",
    }

    objective: str
    seed: int
    epochs: int = 1
    batch_size: int = 256
    learning_rate: float = 2e-3
    affine_augmentation: float = 0.0
    max_blur_sigma: float = 0.0
    float32_fraction: float = 0.15
    r1_gamma: float = 1.0
    r1_interval: int = 1
    center_weight: float = 0.0
    beta: float = 1.0
    init_from: str = ""
    reconstruction_weight: float = 0.0
    attribute_weight: float = 0.0
    perceptual_weight: float = 0.0
    perceptual_classifier: str = ""

    def __post_init__(self) -> None:
        known = ("pca", "r3gan", *LOSSES)
        if self.objective not in known:
            raise UnknownNameError("objective", self.objective, known)
        counts = (self.epochs, self.batch_size, self.r1_interval)
        if min(counts) < 1 or not 0 < self.learning_rate < 1:
            raise InvalidCardError(
                "'epochs', 'batch_size' and 'r1_interval' must be positive and 'learning_rate' in "
                f"(0, 1), not {counts[0]}, {counts[1]}, {counts[2]} and {self.learning_rate}."
            )
        self._check_combinations()

    def _check_combinations(self) -> None:
        if self.reconstruction_weight and not (self.init_from and self.objective == "r3gan"):
            raise InvalidCardError(
                "'reconstruction_weight' needs the objective 'r3gan' and 'init_from', not "
                f"{self.objective!r} and {self.init_from!r}; remove it or give both."
            )
        if (self.attribute_weight or self.perceptual_weight) and self.objective != "sigma-vae":
            raise InvalidCardError(
                "'attribute_weight' and 'perceptual_weight' need the objective 'sigma-vae', not "
                f"{self.objective!r}."
            )
        if bool(self.perceptual_weight) != bool(self.perceptual_classifier):
            raise InvalidCardError(
                "'perceptual_weight' and 'perceptual_classifier' need each other, not "
                f"{self.perceptual_weight} and {self.perceptual_classifier!r}; give both or "
                "neither."
            )

    @property
    def config_hash(self) -> str:
        """Hash of all fields; a checkpoint is resumed only by a run with the same one."""
        return content_key("training config", config=self)

    @property
    def legacy_repr(self) -> str:
        """The identification in checkpoints of card schema 1, instead of `config_hash`."""
        values = (f"{old}={getattr(self, name)!r}" for name, old in self.cache_fields.items())
        return f"{self.cache_name}({', '.join(values)})"

    def augmentation_at(self, fraction: float) -> float:
        """The strength of the affine augmentation after `fraction` of all steps."""
        return self.affine_augmentation * max(0.0, 1 - 1.5 * fraction)

    def learning_rate_at(self, fraction: float) -> float:
        """The learning rate after `fraction` of all steps: warm-up, then half-cosine decay."""
        warmup = min(fraction / 0.1, 1.0)
        decay = max(fraction - 0.1, 0.0) / 0.9
        return self.learning_rate * (0.05 + 0.95 * warmup) * (0.5 + 0.5 * math.cos(math.pi * decay))


def stages_from_card(card: ModelCard) -> list[TrainingConfig]:
    """The training stages on a card: the configuration, then one for each of its ``stages``.

    Each entry of ``stages`` gives only the fields that differ from the first stage.

    Raises
    ------
    InvalidCardError, UnknownNameError
        A required field is missing or invalid; the objective does not exist.
    """
    if card.is_precomputed:
        raise InvalidCardError(
            f"{card.id!r} has precomputed codes and is not trained; choose a model with a network."
        )
    fields = {k: v for k, v in card.training.items() if k in TrainingConfig.__slots__}
    try:
        changes = [{}, *card.training.get("stages", [])]
        stages = [TrainingConfig(**(fields | change)) for change in changes]
    except TypeError as error:
        raise InvalidCardError(
            f"'training' on the card of {card.id!r} is incomplete: {error}; see "
            "docs/add-a-model.md."
        ) from error
    if not card.attribute_thresholds and any(stage.attribute_weight for stage in stages):
        raise InvalidCardError(
            f"{card.id!r} has an 'attribute_weight' but no 'attribute_thresholds'; add them."
        )
    return stages
