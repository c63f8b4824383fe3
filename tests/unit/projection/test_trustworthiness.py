from __future__ import annotations

import numpy as np
import pytest
from sklearn import manifold

from latent_core.errors import InvalidInputError
from latent_core.projection import trustworthiness
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


def test_trustworthiness_checks_its_arguments() -> None:
    with pytest.raises(InvalidInputError, match="50 codes but 4 points; give one point per code"):
        trustworthiness(CODES[:50], CODES[:4, :2])
    with pytest.raises(
        InvalidInputError, match="= 25 is out of range for 50 codes; choose 1 to 24"
    ):
        trustworthiness(CODES[:50], CODES[:50, :2], 25)
