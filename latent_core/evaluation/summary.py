"""One sentence on a model's strengths and weaknesses, from the metrics on its card."""

from __future__ import annotations

from latent_core.evaluation.registry import METRICS
from latent_core.evaluation.registry.clauses import enumerated
from latent_core.models.card import ModelCard


def summary_sentence(card: ModelCard, baseline: ModelCard | None = None) -> str:
    """One sentence: the model's strengths, then its weaknesses, each with its baseline.

    Parameters
    ----------
    card
        The model's card.
    baseline
        The card of its baseline, a PCA, whose linear probe it is compared with.
    """
    if not card.metrics:
        return f"Not yet evaluated; run python -m latent_core evaluate {card.id} --write."
    is_pca = card.family == "pca"
    clauses = [
        (True, "the linear baseline of the other models") if is_pca else None,
        *(metric.clause(metric, card, baseline) for metric in METRICS if metric.clause),
        None if card.decodes else (False, "no decoder"),
    ]
    known = [clause for clause in clauses if clause is not None]
    strengths = enumerated([text for is_strength, text in known if is_strength])
    weaknesses = enumerated([text for is_strength, text in known if not is_strength])
    sentence = ", but ".join(part for part in (strengths, weaknesses) if part)
    sentence = sentence or "no metric differs clearly from its baseline"
    return f"{sentence[0].upper()}{sentence[1:]}."
