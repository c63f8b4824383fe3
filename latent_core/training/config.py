"""The recipe on a card: how a network is trained."""

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
    """How a network is trained.

    Parameters
    ----------
    objective
        A name in `OBJECTIVES`, ``"r3gan"`` for a generator, or ``"pca"``.
    epochs, batch_size
        Passes over the training images; images per step.
    learning_rate
        Its peak: a warm-up, then half a cosine (Loshchilov & Hutter 2017, arXiv:1608.03983).
    seed
        Of the initial weights, the order of the images and the noise.
    warp
        How strongly each picture is turned, scaled and slanted anew in every epoch, so that
        it isn't learned by heart: 1 stands for ±10° and ±10 %, 0 for not at all.  It fades
        out over the first two thirds, since a warped picture is also a softer one.
    soften
        How far each picture is blurred at most, as the deviation in pixels of a Gaussian: none at
        first, so much at the end, so that a classifier learns details and then does without the
        finest, which reconstructions lack.
    exact
        The last share of the epochs that runs in float32; what comes before runs in bfloat16.
    penalty
        Of a critic's steepness, for a generator: γ of `adversarial.critic_loss`.
    lazy
        In one step of so many is that penalty taken, and weighs as many times more (Karras et al.
        2020, arXiv:1912.04958); it is most of a critic's step.
    focus
        How much more the middle of a picture counts; see `objectives.gaussian`.
    start
        Another model whose decoder the training begins from, instead of from chance.
    anchor
        How much a generator goes on rebuilding pictures from that model's codes of them; see
        `adversarial.adversarial_step`.
    beta
        The weight of a code's total correlation; see `objectives.btc_vae`.
    ask
        How much it counts that the answers to the card's questions be read from a code; see
        `objectives.sigma_vae`.
    look, reader
        How much it counts that what is decoded look right to a reader, see there as well; and the
        classifier as which that reader is taught, only from another seed, that of the first round
        in which it looks, so that it isn't the same that judges.
    """

    cache_name: ClassVar[str] = "Recipe"
    cache_fields: ClassVar[dict[str, str]] = {
        name: name
        for name in (
            *("objective", "seed", "epochs", "batch_size", "learning_rate", "warp", "soften"),
            *("exact", "penalty", "lazy", "focus", "beta", "start", "anchor", "ask", "look"),
            "reader",
        )
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
        if (
            min(self.epochs, self.batch_size, self.r1_interval) < 1
            or not 0 < self.learning_rate < 1
        ):
            raise InvalidCardError(f"Epochs, batch, rate and lazy must be positive, not {self}.")
        if self.reconstruction_weight and not (self.init_from and self.objective == "r3gan"):
            raise InvalidCardError(
                "Only a generator that starts from another model can be anchored to it."
            )
        if (self.attribute_weight or self.perceptual_weight) and self.objective != "sigma-vae":
            raise InvalidCardError(
                f"Codes are asked and looked at under the objective 'sigma-vae', not "
                f"{self.objective!r}."
            )
        if bool(self.perceptual_weight) != bool(self.perceptual_classifier):
            raise InvalidCardError("'look' says how much a 'reader' counts; give both or neither.")

    @property
    def config_hash(self) -> str:
        """Changes with any field; a checkpoint is resumed only under the same."""
        return content_key("training config", config=self)

    def augmentation_at(self, fraction: float) -> float:
        """The strength of the warp after `fraction` of all steps."""
        return self.affine_augmentation * max(0.0, 1 - 1.5 * fraction)

    def learning_rate_at(self, fraction: float) -> float:
        """The learning rate after `fraction` of all steps: a warm-up, then half a cosine."""
        warm = min(fraction / 0.1, 1.0)
        fall = max(fraction - 0.1, 0.0) / 0.9
        return self.learning_rate * (0.05 + 0.95 * warm) * (0.5 + 0.5 * math.cos(math.pi * fall))


def stages_from_card(card: ModelCard) -> list[TrainingConfig]:
    """The recipe on a card, and those of later rounds, for which ``then`` says what changes in it.

    Raises
    ------
    BadCard, UnknownName
        It lacks a number, or names an unknown objective.
    """
    if card.is_precomputed:
        raise InvalidCardError(
            f"The codes of {card.id!r} are given with its data; nothing is trained."
        )
    fields = {k: v for k, v in card.training.items() if k in TrainingConfig.__slots__}
    later = card.training.get("then", [])
    try:
        rounds = [TrainingConfig(**fields), *(TrainingConfig(**(fields | then)) for then in later)]
    except TypeError as error:
        raise InvalidCardError(
            f"The training recipe of {card.id!r} is incomplete: {error}."
        ) from error
    if not card.attribute_thresholds and any(recipe.attribute_weight for recipe in rounds):
        raise InvalidCardError(
            f"The codes of {card.id!r} are to be asked, but it has no 'questions'."
        )
    return rounds
