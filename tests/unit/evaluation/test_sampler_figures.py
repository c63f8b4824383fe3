"""Figures of samplers on hand-made codes whose values are known."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from latent_core.errors import CancelledError, InvalidInputError
from latent_core.evaluation.sampler_figures import REAL, measure_samplers
from latent_core.sampling import CodeDistribution
from latent_core.types import Dataset, Encodings

MEANS = np.array([[-8.0, 0, 0], [8, 0, 0]])
MODEL: Any = SimpleNamespace(card=SimpleNamespace(decodes=False))


def space(count: int, *, labelled: bool = True) -> tuple[Dataset, Encodings]:
    """Codes of two clusters with standard deviation 1, one class each."""
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 2, count)
    data = Dataset(
        id="two",
        title="Two clusters",
        count=count,
        image_shape=(0, 0, 0),
        read_images=lambda: np.zeros((0, 1, 1, 1), np.uint8),
        fingerprint="",
        labels=labels if labelled else None,
        class_names=("left", "right") if labelled else (),
    )
    codes = (MEANS[labels] + rng.normal(size=(count, 3))).astype(np.float32)
    return data, Encodings(model_id="m", dataset_id="two", fingerprint="", mean=codes)


def gaussians(*weights: float, std: float = 1.0) -> CodeDistribution:
    factors = np.full(MEANS.shape, std)
    return CodeDistribution(weights=np.array(weights), means=MEANS, factors=factors)


def test_the_true_distribution_is_as_good_as_real_samples_and_one_mode_covers_half() -> None:
    found = measure_samplers(
        MODEL,
        *space(1200),
        {"true": gaussians(0.5, 0.5), "mode": gaussians(1, 0), "far": gaussians(0.5, 0.5, std=30)},
    )
    assert (found.features, found.n_samples) == ("codes", 500)
    real, true, mode, far = (found.rows[name] for name in (REAL, "true", "mode", "far"))
    for name, (value, std) in true.items():
        assert value == pytest.approx(real[name][0], abs=0.12), name
        assert std >= 0
    assert mode["precision"][0] > 0.9
    assert mode["recall"][0] == pytest.approx(0.5, abs=0.06)
    assert mode["coverage"][0] == pytest.approx(0.5, abs=0.06)
    assert mode["class_distance"][0] == pytest.approx(0.5, abs=0.06)
    assert mode["frechet"][0] > 10 * real["frechet"][0]
    assert far["precision"][0] < 0.05
    assert far["density"][0] < 0.05


def test_without_classes_their_balance_is_missing_and_too_few_are_refused() -> None:
    found = measure_samplers(MODEL, *space(100, labelled=False), {"true": gaussians(0.5, 0.5)})
    assert "class_distance" not in found.rows["true"]
    assert found.n_samples == 50
    with pytest.raises(InvalidInputError, match="12"):
        measure_samplers(MODEL, *space(11), {})


def test_it_can_be_cancelled() -> None:
    def stop(_fraction: float, _message: str) -> None:
        raise CancelledError("stopped")

    with pytest.raises(CancelledError):
        measure_samplers(MODEL, *space(100), {"true": gaussians(0.5, 0.5)}, progress=stop)
