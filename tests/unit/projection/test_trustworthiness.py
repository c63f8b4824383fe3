from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from sklearn import manifold

from latent_core.errors import InvalidInputError
from latent_core.projection import Projection, measure_trustworthiness, project, trustworthiness
from latent_core.projection.pca import PCA
from tests.unit.projection.data import CODES


@pytest.mark.parametrize("k", [1, 5, 10])
def test_trustworthiness_equals_scikit_learn(k: int) -> None:
    rng = np.random.default_rng(0)
    points = (CODES[:, :2] + rng.normal(0, 1, (len(CODES), 2))).astype("f")
    for metric in ("euclidean", "cosine", "manhattan"):
        expected = manifold.trustworthiness(
            CODES.astype(float), points, n_neighbors=k, metric=metric
        )
        found = trustworthiness(CODES, points, k, metric=metric)
        assert found == pytest.approx(expected, abs=1e-12)


def test_trustworthiness_of_a_sample_is_an_unbiased_estimate() -> None:
    points = CODES[:, :2]
    exact = trustworthiness(CODES, points)
    estimates = [trustworthiness(CODES, points, n_samples=80, random_state=s) for s in range(20)]
    assert np.mean(estimates) == pytest.approx(exact, abs=0.01)
    assert estimates[0] == trustworthiness(CODES, points, n_samples=80, random_state=0)
    assert estimates[0] != estimates[1]


def test_the_interval_of_a_sample_covers_the_exact_value() -> None:
    points = CODES[:, :2]
    exact = measure_trustworthiness(CODES, points)
    assert (exact.margin, exact.n_samples, str(exact)) == (0.0, None, f"{exact.value:.3f}")
    samples = [measure_trustworthiness(CODES, points, 10, 80, seed) for seed in range(60)]
    covered = [abs(sample.value - exact.value) <= sample.margin for sample in samples]
    assert np.mean(covered) >= 0.85
    halved = measure_trustworthiness(CODES, points, 10, 160).margin
    assert halved < 0.75 * np.mean([sample.margin for sample in samples])
    assert str(samples[0]).endswith(f"± {samples[0].margin:.3f} (sample of 80)")


def test_equal_distances_count_as_one_rank() -> None:
    codes = np.repeat(CODES[:4] + 100, 40, axis=0)
    points = np.random.default_rng(0).normal(0, 1e-3, (160, 2)).astype("f")
    points += np.repeat(np.arange(4), 40)[:, None] * 10
    assert trustworthiness(codes, points) == 1


def test_a_sampled_quality_survives_storage() -> None:
    projection = project(CODES, PCA(), measure=False)
    quality = measure_trustworthiness(CODES, projection.points, 10, 80)
    sampled = replace(projection, quality=quality)
    assert Projection.from_arrays(*sampled.to_arrays(with_codes=True)).quality == quality


def test_trustworthiness_checks_its_arguments() -> None:
    with pytest.raises(InvalidInputError, match="50 codes but 4 points; give one point per code"):
        trustworthiness(CODES[:50], CODES[:4, :2])
    with pytest.raises(
        InvalidInputError, match="= 25 is out of range for 50 codes; choose 1 to 24"
    ):
        trustworthiness(CODES[:50], CODES[:50, :2], 25)
