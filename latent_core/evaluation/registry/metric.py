"""`Metric`: what is known of one figure on a model's card, and how it is written."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from latent_core.evaluation.replicate_statistics import seed_statistics
from latent_core.models.card import ModelCard

if TYPE_CHECKING:
    from latent_core.evaluation.context import Evaluation

Group = Literal["reconstructions", "samples", "mixture samples", "codes", "classifier"]
GROUPS: dict[Group, str] = {
    "reconstructions": "Reconstructions",
    "samples": "Samples from the prior",
    "mixture samples": "Samples from a Gaussian mixture of the codes",
    "codes": "Codes",
    "classifier": "Classifiers",
}
"""Titles of the tables."""
Figure = float | tuple[float, float] | Mapping[str, float] | list[float]
"""A number, a number with its standard deviation, or several numbers."""
Clause = tuple[bool, str] | None
"""Whether it is a strength, and its text; None where the metric is unknown or unremarkable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One figure on a card.

    Parameters
    ----------
    key
        Its key in ``metrics`` on a card; its standard deviation is under ``<key>_std``.
    label, short
        Its name, and its name as a column head; without `short` it is in no table.
    help
        What it says, in one sentence.
    compute
        The figure of a model; called if the model and the data have all that it `requires`.
    requires
        Names in `Evaluation.capabilities`.
    group
        The table it belongs to.
    unit
        Its unit, or ``""`` for numbers without one.
    direction
        Which values are better: ``"lower"``, ``"higher"``, or ``""`` for neither.
    format
        How one number is written.
    digits
        Decimals on the card.
    paper
        Its reference.
    baseline
        Key of the figure on the same card that it is compared with.
    std_over
        What its standard deviation is over.
    noise
        Key of the standard deviation of the same figure of real images.
    is_baseline
        Whether it is a figure of a baseline or of the data, the same for every training.
    clause
        Its part of `summary_sentence`, from the model's card and that of its baseline.
    """

    key: str
    label: str
    help: str
    compute: Callable[[Evaluation], Figure | None]
    group: Group
    requires: tuple[str, ...] = ()
    short: str = ""
    unit: str = ""
    direction: Literal["lower", "higher", ""] = ""
    format: str = "{:.2f}"
    digits: int = 4
    paper: str = ""
    baseline: str = ""
    std_over: str = ""
    noise: str = ""
    is_baseline: bool = False
    clause: Callable[[Metric, ModelCard, ModelCard | None], Clause] | None = None

    def entries(self, figure: Figure) -> dict[str, Any]:
        """The figure as entries of ``metrics`` on a card, with `digits` decimals."""
        if isinstance(figure, tuple):
            value, std = (round(float(number), self.digits) for number in figure)
            return {self.key: value, f"{self.key}_std": std}
        if isinstance(figure, Mapping):
            return {self.key: {k: round(float(v), self.digits) for k, v in figure.items()}}
        if isinstance(figure, list):
            return {self.key: [round(float(value), self.digits) for value in figure]}
        return {self.key: figure if isinstance(figure, int) else round(float(figure), self.digits)}

    def value(self, card: ModelCard) -> float | None:
        """The number on the card; None where there is none, or more than one."""
        value = card.metrics.get(self.key)
        return float(value) if isinstance(value, int | float) else None

    def std(self, card: ModelCard) -> float:
        """The standard deviation that tells whether two values differ; 0 where none is known.

        The largest of those over `std_over`, of `noise`, and over trainings.
        """
        known = [card.metrics.get(name, 0.0) for name in (f"{self.key}_std", self.noise)]
        statistics = seed_statistics(card, self.key)
        return max(*map(float, known), 0.0 if statistics is None else statistics.std)

    def text(self, value: float) -> str:
        """A value as it is written."""
        return self.format.format(value)

    def text_over_trainings(self, card: ModelCard) -> str:
        """Mean ± standard deviation over trainings and their number; ``""`` for one training."""
        statistics = seed_statistics(card, self.key)
        if statistics is None:
            return ""
        mean, std = self.text(statistics.mean), self.text(statistics.std)
        return f"{mean} ± {std} over {statistics.n} trainings"

    def best(self, cards: list[ModelCard]) -> ModelCard | None:
        """The card with the best value; None where the next one is not clearly worse.

        Clearly worse is by two standard deviations of the difference, see `std`.
        """
        known = [card for card in cards if self.value(card) is not None]
        if len(known) < 2 or not self.direction:
            return None
        sign = 1 if self.direction == "lower" else -1
        first, second, *_ = sorted(known, key=lambda card: sign * (self.value(card) or 0.0))
        return first if self.differ(first, second) else None

    def differ(self, first: ModelCard, second: ModelCard) -> bool:
        """Whether the values on two cards differ by more than two standard deviations."""
        a, b = self.value(first), self.value(second)
        if a is None or b is None:
            return False
        return abs(a - b) > 2 * math.hypot(self.std(first), self.std(second))
