"""Crossover and variations against closed forms, and against the JavaScript implementation."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import latent_core as lc
from latent_core.analysis.dimension_groups import DimensionGroups
from latent_core.analysis.variations import crossover, sample_deviations, sample_variations
from latent_core.errors import InvalidInputError

RNG = np.random.default_rng(3)
MIXING = RNG.normal(size=(5, 5))
CODES = (RNG.normal(size=(4000, 5)) @ MIXING + 2).astype(np.float32)
A, B = CODES[:2]
GROUPS = DimensionGroups(
    groups=((0, 3), (1, 2), (4,)),
    effect_maps=np.ones((3, 2, 2), np.float32),
    within_similarity=1.0,
    between_similarity=0.0,
    has_inactive_group=False,
)
JS = Path(__file__).parents[3] / "ui" / "frontend" / "latent/crossover.js"


def test_crossover_at_zero_and_one_gives_the_parents():
    np.testing.assert_array_equal(crossover(A, B, GROUPS, [0, 0, 0]), A)
    np.testing.assert_array_equal(crossover(A, B, GROUPS, [1, 1, 1]), B)


@given(st.lists(st.floats(0, 1), min_size=3, max_size=3))
@settings(deadline=None)
def test_crossover_interpolates_each_group_by_its_weight(weights: list[float]):
    per_dim = np.array([weights[0], weights[1], weights[1], weights[0], weights[2]])
    np.testing.assert_allclose(crossover(A, B, GROUPS, weights), A + per_dim * (B - A), atol=1e-5)


@pytest.mark.parametrize("weights", [[0, 1], [0, 0.5, 1.01], [0, float("nan"), 1], [-0.1, 0, 0]])
def test_invalid_weights_are_rejected(weights):
    with pytest.raises(InvalidInputError, match="Give 3 weights"):
        crossover(A, B, GROUPS, weights)


def test_zero_amount_gives_the_center():
    np.testing.assert_array_equal(sample_variations(A, CODES, 0, 8), np.tile(A, (8, 1)))


def test_same_seed_gives_the_same_variations():
    first = sample_variations(A, CODES, 0.4, 8, seed=5)
    np.testing.assert_array_equal(first, sample_variations(A, CODES, 0.4, 8, seed=5))
    assert (np.abs(first - sample_variations(A, CODES, 0.4, 8, seed=6)).max(axis=1) > 0.01).all()


def test_deviations_have_the_covariance_of_the_data():
    samples = np.concatenate([sample_deviations(CODES, 64, seed) for seed in range(150)])
    covariance = np.cov(CODES.T, bias=True)
    np.testing.assert_allclose(np.cov(samples.T), covariance, atol=0.06 * np.abs(covariance).max())
    np.testing.assert_allclose(
        samples.mean(axis=0), 0, atol=0.06 * np.sqrt(np.diag(covariance)).max()
    )


def test_deviations_stay_in_the_subspace_of_the_codes():
    flat = CODES.copy()
    flat[:, 4] = flat[:, 0] - 2 * flat[:, 1]
    samples = sample_deviations(flat, 64, 0)
    np.testing.assert_allclose(samples[:, 4], samples[:, 0] - 2 * samples[:, 1], atol=1e-3)


@pytest.mark.parametrize("amount", [0.2, 0.6, 1.0])
def test_squared_distance_from_the_mean_equals_the_closed_form(amount):
    far = CODES[np.linalg.norm(CODES - CODES.mean(axis=0), axis=1).argmax()]
    mean, variance = CODES.mean(axis=0), CODES.var(axis=0).sum()
    variations = np.concatenate(
        [sample_variations(far, CODES, amount, 64, seed) for seed in range(150)]
    )
    squared = np.square(variations - mean).sum(axis=1).mean()
    expected = (1 - amount**2) * np.square(far - mean).sum() + amount**2 * variance
    assert squared == pytest.approx(expected, rel=0.05)
    assert squared < np.square(far - mean).sum()


def test_variations_of_digits_have_norms_within_the_range_of_digits():
    codes = lc.encode(lc.load_model("digits-vae-16"), lc.load_dataset("digits")).mean
    data_norms = np.linalg.norm(codes, axis=1)
    norms = np.linalg.norm(sample_variations(codes[0], codes, 0.5, 64), axis=1)
    assert data_norms.min() < norms.min()
    assert norms.max() < data_norms.max()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"amount": 1.1}, "variation must be 0 to 1, not 1.1"),
        ({"amount": float("nan")}, "variation must be 0 to 1"),
        ({"amount": 0.5, "count": 0}, "1 to 64, not 0"),
        ({"amount": 0.5, "count": 65}, "1 to 64, not 65"),
    ],
)
def test_invalid_amount_and_count_are_rejected(change, message):
    with pytest.raises(InvalidInputError, match=message):
        sample_variations(A, CODES, **change)


def test_javascript_equals_python():
    weights, amount = [0.0, 1.0, 0.3], 0.45
    inputs = {
        "a": A.tolist(),
        "b": B.tolist(),
        "groups": GROUPS.groups,
        "shares": weights,
        "mean": CODES.mean(axis=0).tolist(),
        "noise": sample_deviations(CODES, 8, 2)[7].tolist(),
        "amount": amount,
    }
    script = f"""
    import {{ crossover, sampleVariation }} from {json.dumps(JS.as_uri())};
    const g = {json.dumps(inputs)};
    const center = crossover(g.a, g.b, g.groups, g.shares);
    const variation = sampleVariation(center, g.mean, g.noise, g.amount);
    console.log(JSON.stringify([[...center], [...variation]]));
    """
    node = str(Path(sys.executable).parent / "node")
    done = subprocess.run(
        [node, "--input-type=module", "-e", script], capture_output=True, text=True, check=True
    )
    center, variation = json.loads(done.stdout)
    expected = crossover(A, B, GROUPS, weights)
    np.testing.assert_allclose(center, expected, atol=1e-6)
    np.testing.assert_allclose(
        variation, sample_variations(expected, CODES, amount, 8, 2)[7], atol=1e-5
    )
