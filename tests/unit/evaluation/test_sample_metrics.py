"""Precision, recall, density and coverage, against a direct computation."""

from __future__ import annotations

import numpy as np
import pytest

from latent_core.errors import InvalidInputError
from latent_core.evaluation import sample_metrics as module
from latent_core.evaluation.sample_metrics import sample_quality

RNG = np.random.default_rng(0)
REAL = RNG.normal(size=(300, 4)).astype(np.float32)


def direct(real, samples, k):
    """From the definitions, with all distances in memory."""

    def distances(a, b):
        return np.linalg.norm(a[:, None] - b[None], axis=2)

    def radii(a):
        return np.sort(distances(a, a), axis=1)[:, k]

    between, reals, fakes = distances(real, samples), radii(real), radii(samples)
    inside = between <= reals[:, None]
    return (
        inside.any(axis=0).mean(),
        (between <= fakes).any(axis=1).mean(),
        inside.sum() / k / len(samples),
        inside.any(axis=1).mean(),
    )


@pytest.mark.parametrize("block", [7, 1024])
def test_it_equals_the_definitions_whatever_the_block(monkeypatch, block):
    monkeypatch.setattr(module, "BLOCK", block)
    samples = RNG.normal(0.5, 0.7, size=(200, 4)).astype(np.float32)
    np.testing.assert_allclose(sample_quality(REAL, samples), direct(REAL, samples, 5), atol=1e-6)


def test_other_real_images_are_precise_and_cover_and_one_mode_is_precise_but_covers_little():
    other = RNG.normal(size=(300, 4)).astype(np.float32)
    same = sample_quality(REAL, other)
    assert min(same.precision, same.recall, same.coverage) > 0.9
    assert same.density == pytest.approx(1, abs=0.15)
    mode = sample_quality(REAL, 0.1 * other)
    assert mode.precision > 0.95
    assert mode.recall < 0.1
    assert mode.coverage < 0.3
    far = sample_quality(REAL, other + 50)
    assert far == (0, 0, 0, 0)


def test_too_few_features_are_refused():
    with pytest.raises(InvalidInputError, match="5 and 300 features"):
        sample_quality(REAL[:5], REAL)
