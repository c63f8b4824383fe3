"""A few figures between 0 and 1 that tell at a glance what a model is good at."""

from __future__ import annotations

from dataclasses import dataclass

from latent_core.models.card import ModelCard


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """The first of some metrics that a card has, as a fraction.

    Parameters
    ----------
    title, help
        Its name, and what it says in one sentence.
    keys
        Keys of metrics.
    baseline
        Key of the figure of real images that it is divided by; "" for none.
    """

    title: str
    help: str
    keys: tuple[str, ...]
    baseline: str = ""

    def key(self, card: ModelCard) -> str | None:
        """The key of the metric that is shown; None where the card has none."""
        return next((key for key in self.keys if key in card.metrics), None)

    def value(self, card: ModelCard) -> float | None:
        """The fraction; may exceed 1, where a model's images score higher than real ones."""
        key = self.key(card)
        divisor = card.metrics.get(self.baseline, 0.0) if self.baseline else 1.0
        return None if key is None or not divisor else float(card.metrics[key]) / float(divisor)


BARS = (
    Bar(
        title="Reconstruction",
        help="How much of what an independent network reads from the originals it still reads "
        "from the reconstructions.",
        keys=("r2_retained_residual", "accuracy_retained_residual"),
    ),
    Bar(
        title="Order",
        help="How well the nearest codes predict label or factors.",
        keys=("knn_accuracy", "knn_r2"),
    ),
    Bar(
        title="Samples",
        help="How much of the real images samples cover, as a fraction of what other real images "
        "cover.",
        keys=("coverage_mixture_residual",),
        baseline="coverage_real_residual",
    ),
)
