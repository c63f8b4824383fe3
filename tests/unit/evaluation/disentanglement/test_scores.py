"""Scores of disentanglement on codes whose scores are known."""

from __future__ import annotations

import numpy as np
import pytest

from latent_core.errors import InvalidInputError
from latent_core.evaluation import disentanglement_scores
from latent_core.evaluation.disentanglement.measures import (
    attribute_predictability,
    completeness,
    disentanglement,
    factor_vae_score,
    modularity,
)

N = 2000
VALUES = np.random.default_rng(0).uniform(size=(N, 3))
FACTORS = dict(zip(("age", "smile", "hair"), VALUES.T, strict=True))
PERFECT = VALUES[:, [2, 0, 1]] * [-3.0, 1.0, 0.2]
CHANCE = 1 / 3
ONE_FACTOR = {"MIG", "SAP", "completeness", "informativeness"}


@pytest.fixture(scope="module")
def perfect():
    return disentanglement_scores(PERFECT, FACTORS, n_splits=3)


def test_a_scaled_permutation_of_the_factors_is_perfect_and_its_rotation_is_not(perfect):
    assert set(perfect.scores) == ONE_FACTOR | {"disentanglement", "modularity", "FactorVAE"}
    for name, score in perfect.scores.items():
        assert score.mean > 0.9, name
        assert score.std < 0.05, name
    for name in ("MIG", "SAP", "completeness", "disentanglement"):
        assert perfect.scores[name].rotated < 0.7, name
    assert perfect.scores["MIG"].rotated < 0.4
    assert perfect.importance.argmax(axis=1).tolist() == [2, 0, 1]
    assert perfect.n_held_out == N // 2


def test_noise_scores_no_better_than_chance():
    noise = disentanglement_scores(
        np.random.default_rng(1).normal(size=(N, 3)), FACTORS, n_splits=3
    ).scores
    for name in ("MIG", "SAP", "informativeness"):
        assert noise[name].mean < 0.05, name
    assert noise["FactorVAE"].mean == pytest.approx(CHANCE, abs=0.15)


def test_dci_of_importances_written_by_hand():
    assert disentanglement(np.eye(3)) == completeness(np.eye(3)) == pytest.approx(1)
    assert disentanglement(np.ones((4, 2))) == completeness(np.ones((4, 2))) == pytest.approx(0)
    twice = np.array([[1.0, 0], [1, 0], [0, 1], [0, 1]])  # two dimensions for each factor
    assert disentanglement(twice) == pytest.approx(1)
    assert completeness(twice) == pytest.approx(0.5), "1 - log 2 / log 4"
    weighted = np.array([[3.0, 0], [0.5, 0.5]])
    assert disentanglement(weighted) == pytest.approx(0.75), "the second has a quarter of all"


def test_modularity_of_information_written_by_hand():
    assert modularity(np.array([[2.0, 0, 0], [0, 0.1, 0]])) == pytest.approx(1)
    assert modularity(np.array([[2.0, 1, 0]])) == pytest.approx(1 - 1 / 8)
    assert modularity(np.array([[1.0, 1, 1], [0, 0, 0]])) == pytest.approx(0)


def test_predictability_is_the_squared_correlation_or_the_accuracy_for_classes():
    factor, noise = np.random.default_rng(2).normal(size=(2, N))
    codes = np.stack([factor, factor + noise], axis=1)
    expected = np.corrcoef(codes.T)[0] ** 2
    found = attribute_predictability(codes, factor, is_categorical=False, seed=0)
    assert found == pytest.approx(expected)
    classes = (factor > 0).astype(float)
    found = attribute_predictability(
        np.stack([factor, noise], axis=1), classes, is_categorical=True, seed=0
    )
    assert found == pytest.approx([1, 0.5], abs=0.06)


def test_the_factor_vae_score_of_a_missing_factor_is_chance():
    rng = np.random.default_rng(3)
    count, half = 20_000, 10_000
    values = rng.integers(0, 8, (count, 2))
    codes = np.stack([values[:, 0], rng.normal(size=count)], axis=1).astype(float)
    factors = [values[:, 0], values[:, 1]]
    fitted, held_out = (
        (codes[rows], [factor[rows] for factor in factors])
        for rows in (slice(half), slice(half, count))
    )
    both = np.stack(factors, axis=1).astype(float)
    perfect = (both[:half], fitted[1]), (both[half:], held_out[1])
    assert factor_vae_score(*perfect, seed=0) == 1
    one = factor_vae_score(fitted, held_out, seed=0)
    assert one == pytest.approx(0.75, abs=0.08), "all votes for the one, half for the other"


def test_missing_values_constant_factors_and_classes_are_handled():
    factors = FACTORS | {"constant": np.ones(N), "class": (VALUES[:, 0] > 0.5).astype(float)}
    factors["rare"] = (np.arange(N) < 10).astype(float)
    factors["age"] = np.where(np.arange(N) % 2, np.nan, factors["age"])
    found = disentanglement_scores(PERFECT, factors, categorical=["class"], n_splits=2)
    assert found.left_out == ("constant", "rare")
    assert found.factors == ("age", "smile", "hair", "class")
    assert found.n_held_out == N // 4
    alone = disentanglement_scores(PERFECT, {"age": VALUES[:, 0]}, n_splits=2).scores
    assert set(alone) == ONE_FACTOR


@pytest.mark.parametrize(
    ("codes", "factors", "fact"),
    [
        (PERFECT[:, :1], FACTORS, "two dimensions"),
        (PERFECT, {"age": VALUES[:5, 0]}, "[5]"),
        (PERFECT, {"age": np.ones(N)}, "varies"),
        (PERFECT[:150], {"age": VALUES[:150, 0]}, "150"),
        (PERFECT, {"age": np.full(N, np.nan)}, "not 0"),
        (PERFECT, {}, "varies"),
    ],
)
def test_what_cannot_be_scored_is_refused(codes, factors, fact):
    with pytest.raises(InvalidInputError) as caught:
        disentanglement_scores(codes, factors)
    assert fact in str(caught.value)
