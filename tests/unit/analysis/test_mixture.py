"""Mixtures of Gaussians of codes, fitted to codes whose density is known."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.mixture import GaussianMixture as Reference

import latent_core as lc
from latent_core.errors import InvalidInputError

MEANS = np.array([[-6.0, 0, 0], [6, 0, 0], [0, 8, 0], [0, -8, 0]])
RNG = np.random.default_rng(0)
CODES = (MEANS[RNG.integers(0, 4, 2000)] + RNG.normal(0, [0.5, 1, 2], (2000, 3))).astype(np.float32)


@pytest.fixture(scope="module")
def mixture():
    return lc.fit_mixture(CODES)


def test_the_number_of_components_is_that_of_the_clusters(mixture):
    assert mixture.n_components == 4
    assert mixture.held_out[4] > mixture.held_out[2] > mixture.held_out[1]
    nearest = np.linalg.norm(MEANS[:, None] - mixture.means, axis=2).min(axis=1)
    assert (nearest < 0.3).all()


def test_samples_have_the_moments_of_the_codes(mixture):
    samples = mixture.sample(20_000, random_state=1)
    np.testing.assert_allclose(samples.mean(axis=0), CODES.mean(axis=0), atol=0.3)
    np.testing.assert_allclose(np.cov(samples.T), np.cov(CODES.T), atol=1.2)
    to_means = np.linalg.norm(samples[:, None] - MEANS, axis=2).min(axis=1)
    assert np.median(to_means) < 3, "between the clusters there are none"


def test_the_log_likelihood_is_that_of_scikit_learn(mixture):
    reference = Reference(mixture.n_components)
    reference.weights_, reference.means_ = mixture.weights, mixture.means
    covariances = mixture.factors @ mixture.factors.transpose(0, 2, 1)
    reference.covariances_ = covariances
    reference.precisions_cholesky_ = np.linalg.cholesky(np.linalg.inv(covariances))
    expected = reference.score_samples(CODES[:50])
    np.testing.assert_allclose(mixture.log_likelihood(CODES[:50]), expected, rtol=1e-6)


def test_the_seed_and_the_temperature_decide(mixture):
    first, same, other = (mixture.sample(5, random_state=seed) for seed in (3, 3, 4))
    np.testing.assert_array_equal(first, same)
    assert (first != other).any()
    cold = mixture.sample(50, temperature=0)
    distances = np.linalg.norm(cold[:, None] - mixture.means, axis=2).min(axis=1)
    np.testing.assert_allclose(distances, 0, atol=1e-5)


def test_constant_dimensions_and_few_codes():
    codes = np.zeros((12, 4), np.float32)
    codes[:, 0] = np.arange(12)
    mixture = lc.fit_mixture(codes)
    assert mixture.n_components == 1
    np.testing.assert_allclose(mixture.sample(5)[:, 1:], 0, atol=1e-6)


@pytest.mark.parametrize(
    ("codes", "options"),
    [(CODES[:9], {}), (CODES, {"n_components": 0}), (CODES[:20], {"n_components": 21})],
)
def test_what_cannot_be_fitted_is_said(codes, options):
    with pytest.raises(InvalidInputError):
        lc.fit_mixture(codes, **options)


@pytest.mark.parametrize(("n", "temperature"), [(-1, 1), (1, -0.1), (1, np.nan)])
def test_what_cannot_be_drawn_is_said(mixture, n, temperature):
    with pytest.raises(InvalidInputError):
        mixture.sample(n, temperature=temperature)
