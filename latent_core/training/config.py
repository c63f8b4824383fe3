"""The recipe on a card: how a network is trained."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

from latent_core.cache.keys import content_key
from latent_core.errors import BadCard, UnknownName
from latent_core.models.card import ModelCard
from latent_core.training.losses import OBJECTIVES


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
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
    warp: float = 0.0
    soften: float = 0.0
    exact: float = 0.15
    penalty: float = 1.0
    lazy: int = 1
    focus: float = 0.0
    beta: float = 1.0
    start: str = ""
    anchor: float = 0.0
    ask: float = 0.0
    look: float = 0.0
    reader: str = ""

    def __post_init__(self) -> None:
        known = ("pca", "r3gan", *OBJECTIVES)
        if self.objective not in known:
            raise UnknownName("objective", self.objective, known)
        if min(self.epochs, self.batch_size, self.lazy) < 1 or not 0 < self.learning_rate < 1:
            raise BadCard(f"Epochs, batch, rate and lazy must be positive, not {self}.")
        if self.anchor and not (self.start and self.objective == "r3gan"):
            raise BadCard("Only a generator that starts from another model can be anchored to it.")
        if (self.ask or self.look) and self.objective != "sigma-vae":
            raise BadCard(
                f"Codes are asked and looked at under the objective 'sigma-vae', not "
                f"{self.objective!r}."
            )
        if bool(self.look) != bool(self.reader):
            raise BadCard("'look' says how much a 'reader' counts; give both or neither.")

    @property
    def config_hash(self) -> str:
        """Changes with any field; a checkpoint is resumed only under the same."""
        return content_key("training config", config=self)

    def warp_at(self, fraction: float) -> float:
        """The strength of the warp after `fraction` of all steps."""
        return self.warp * max(0.0, 1 - 1.5 * fraction)

    def rate_at(self, fraction: float) -> float:
        """The learning rate after `fraction` of all steps: a warm-up, then half a cosine."""
        warm = min(fraction / 0.1, 1.0)
        fall = max(fraction - 0.1, 0.0) / 0.9
        return self.learning_rate * (0.05 + 0.95 * warm) * (0.5 + 0.5 * math.cos(math.pi * fall))


def recipes_of(card: ModelCard) -> list[Recipe]:
    """The recipe on a card, and those of later rounds, for which ``then`` says what changes in it.

    Raises
    ------
    BadCard, UnknownName
        It lacks a number, or names an unknown objective.
    """
    if card.given:
        raise BadCard(f"The codes of {card.id!r} are given with its data; nothing is trained.")
    fields = {k: v for k, v in card.training.items() if k in Recipe.__slots__}
    later = card.training.get("then", [])
    try:
        rounds = [Recipe(**fields), *(Recipe(**(fields | then)) for then in later)]
    except TypeError as error:
        raise BadCard(f"The training recipe of {card.id!r} is incomplete: {error}.") from error
    if not card.questions and any(recipe.ask for recipe in rounds):
        raise BadCard(f"The codes of {card.id!r} are to be asked, but it has no 'questions'.")
    return rounds
