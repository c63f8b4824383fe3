"""The metrics of a model: each entry of the registry that applies to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from latent_core import card_files
from latent_core.datasets.splits import indices_for_test
from latent_core.evaluation.context import Evaluation
from latent_core.evaluation.registry import METRICS
from latent_core.models.model import LatentModel, Model
from latent_core.progress import ProgressCallback, null_progress
from latent_core.types import Dataset, Encodings, Floats


def evaluate(
    model: Model,
    data: Dataset,
    encodings: Encodings,
    errors: Floats | None,
    *,
    pixel_probes: Mapping[str, Any] | None = None,
    progress: ProgressCallback = null_progress,
) -> dict[str, Any]:
    """The metrics that apply to a model and its data, on the test images.

    Parameters
    ----------
    model
        The model.
    data
        Images it was not trained on, with labels or factors where known.  Figures are of the test
        half; probes are fitted to the validation half, see `latent_core.datasets.splits`.
    encodings
        Codes of `data` under `model`.
    errors
        Its reconstruction errors ``(N,)``; None where it has no decoder.
    pixel_probes
        The probes of the pixels (`workspace.pixel_probes`), where computed.
    progress
        Called on the way; may raise `CancelledError`.

    Returns
    -------
    dict
        ``data``, what was evaluated; ``n_images``, the number of test images, which is also that
        of samples from the prior; and the entries of each of `METRICS` whose requirements are met.
    """
    evaluation = Evaluation(model, data, encodings, errors, pixel_probes or {})
    applicable = [m for m in METRICS if evaluation.capabilities.issuperset(m.requires)]
    kind = "test images" if data.precomputed is None else f"test {data.sample_noun}s"
    n_images = len(indices_for_test(data))
    metrics: dict[str, Any] = {"data": f"{data.id}, {n_images:,} {kind}", "n_images": n_images}
    for number, metric in enumerate(applicable):
        progress(number / len(applicable), f"computing {metric.label}")
        figure = metric.compute(evaluation)
        if figure is not None:
            metrics |= metric.entries(figure)
    progress(1.0, "done")
    return metrics


def write_metrics(model: LatentModel, metrics: dict[str, Any]) -> None:
    """Write the result of `evaluate` to the model's card, with its command."""
    command = f"python -m latent_core evaluate {model.card.id} --write"
    card_files.update_card(model.card.folder, metrics={"command": command, **metrics})
