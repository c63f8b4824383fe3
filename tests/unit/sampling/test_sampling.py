"""Samplers: the distributions they draw from, against their definitions."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

import latent_core as lc
from latent_core.errors import InvalidInputError, UnknownNameError
from latent_core.sampling import SAMPLERS, CodeDistribution, CodeSet, hole_fractions
from latent_core.sampling.noise import standard_normals, uniforms
from latent_core.sampling.truncation import truncated

RNG = np.random.default_rng(0)
MEANS = np.array([[-6.0, 0, 0], [6, 0, 0], [0, 8, 0]])
LABELS = RNG.integers(0, 3, 1500)
CODES = (MEANS[LABELS] + RNG.normal(0, [0.5, 1, 2], (1500, 3))).astype(np.float32)
N = 20_000


def test_noise_is_standard_normal_and_independent() -> None:
    noise = standard_normals(3, np.arange(N), 5)
    assert all(stats.kstest(column, "norm").pvalue > 0.001 for column in noise.T)
    correlation = np.corrcoef(noise.T) - np.eye(5)
    assert np.abs(correlation).max() < 5 / np.sqrt(N)
    successive = np.corrcoef(noise[:-1, 0], noise[1:, 0])[0, 1]
    other_seed = np.corrcoef(noise[:, 0], standard_normals(4, np.arange(N), 1)[:, 0])[0, 1]
    assert max(abs(successive), abs(other_seed)) < 5 / np.sqrt(N)
    assert stats.kstest(uniforms(0, np.arange(N), np.array([7]))[:, 0], "uniform").pvalue > 0.001


def test_a_sample_does_not_depend_on_those_drawn_with_it() -> None:
    normals = CodeDistribution(weights=np.ones(1), means=np.zeros((1, 3)), factors=np.ones((1, 3)))
    all_of_them = normals.sample(100, random_state=5)
    np.testing.assert_array_equal(normals.sample(7, random_state=5, first=40), all_of_them[40:47])
    assert not np.isclose(normals.sample(100, random_state=6), all_of_them).any()


@pytest.mark.parametrize("kept", [0.05, 0.5, 0.9])
def test_truncation_has_the_distribution_of_rejection(kept: float) -> None:
    noise = standard_normals(0, np.arange(N), 6)
    limit = stats.chi(6).ppf(kept)
    other = standard_normals(1, np.arange(4 * N), 6)
    accepted = other[np.linalg.norm(other, axis=1) < limit]
    shortened = truncated(noise, kept)
    assert np.linalg.norm(shortened, axis=1).max() <= limit * 1.001
    for found, expected in (
        (np.linalg.norm(shortened, axis=1), np.linalg.norm(accepted, axis=1)),
        (shortened[:, 2], accepted[:, 2]),
    ):
        assert stats.ks_2samp(found, expected).pvalue > 0.001
    np.testing.assert_array_equal(truncated(noise, 1.0), noise)


def test_the_mixture_has_the_moments_of_the_codes() -> None:
    codes = lc.sample(CODES, N, "mixture", n_components=3)
    np.testing.assert_allclose(codes.mean(axis=0), CODES.mean(axis=0), atol=0.3)
    np.testing.assert_allclose(np.cov(codes.T), np.cov(CODES.T), atol=1.5)
    still = lc.sample(CODES, 100, "mixture", n_components=3, temperature=0)
    assert len(np.unique(still.round(3), axis=0)) == 3
    np.testing.assert_array_equal(lc.sample(CODES, 50), lc.sample(CODES, 50))


def test_the_prior_is_the_standard_normal() -> None:
    codes = lc.sample(CODES, N, "prior", random_state=2, temperature=0.5)
    assert stats.kstest(2 * codes[:, 1], "norm").pvalue > 0.001


def test_a_class_is_drawn_from_its_codes_only() -> None:
    codes = lc.sample(CODES, 500, "class", labels=LABELS, label=2)
    np.testing.assert_allclose(codes.mean(axis=0), MEANS[2], atol=0.5)
    np.testing.assert_allclose(codes.std(axis=0), [0.5, 1, 2], rtol=0.25)


def test_around_an_image_is_its_posterior_or_a_kernel_of_the_distance_to_its_neighbors() -> None:
    log_var = np.log(np.square(np.tile([0.1, 0.2, 0.3], (1500, 1)))).astype(np.float32)
    fit = SAMPLERS["neighborhood"](index=4).fit
    posterior = fit(CodeSet(codes=CODES, log_var=log_var))
    np.testing.assert_allclose(posterior.means[0], CODES[4])
    np.testing.assert_allclose(posterior.factors[0], [0.1, 0.2, 0.3], rtol=1e-5)
    kernel = fit(CodeSet(codes=CODES)).sample(N) - CODES[4]
    distances = np.sort(np.linalg.norm(CODES - CODES[4], axis=1))[1:6]
    radius = np.sqrt(np.square(kernel).sum(axis=1).mean())
    assert radius == pytest.approx(distances.mean(), rel=0.03)
    ratios = kernel.std(axis=0) / CODES.std(axis=0)
    np.testing.assert_allclose(ratios / ratios[0], 1, atol=0.05)


def test_prior_samples_in_holes_are_counted() -> None:
    support = lc.support(CODES)
    prior = lc.sample(CODES, 1000, "prior")
    mixture = lc.sample(CODES, 1000, "mixture")
    found = hole_fractions(support, prior, mixture)
    assert found.prior > 0.9, "between the three clusters there are no codes"
    assert found.data - 0.1 < found.mixture < found.data + 0.2
    assert found.prior_is_worse
    same = hole_fractions(support, mixture, mixture)
    assert not same.prior_is_worse


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"sampler": "mixtur"}, UnknownNameError, "'mixture'"),
        ({"labels": LABELS, "sampler": "class", "label": 7}, InvalidInputError, "7"),
        ({"sampler": "class"}, InvalidInputError, "no classes"),
        ({"sampler": "neighborhood", "index": 1500}, InvalidInputError, "0 to 1499"),
        ({"sampler": "prior", "index": 1}, UnknownNameError, "index"),
        ({"sampler": "neighborhood", "index": 1.5}, InvalidInputError, "1.5"),
        ({"temperature": -1}, InvalidInputError, "-1"),
        ({"truncation": 0}, InvalidInputError, "0.01"),
        ({"random_state": -1}, InvalidInputError, "-1"),
        ({"n": -1}, InvalidInputError, "-1"),
        ({"codes": CODES[:9]}, InvalidInputError, "9"),
        ({"codes": CODES[:1], "sampler": "neighborhood"}, InvalidInputError, "neighbors"),
        ({"labels": LABELS / 2, "sampler": "class"}, InvalidInputError, "float64"),
        ({"labels": LABELS[:3], "sampler": "class"}, InvalidInputError, "3 labels"),
    ],
)
def test_what_cannot_be_drawn_is_said(arguments, error, words) -> None:
    with pytest.raises(error, match=words):
        lc.sample(**({"codes": CODES} | arguments))


def test_encodings_of_a_model_without_a_prior_have_none() -> None:
    data = lc.load_dataset("swissroll")
    encodings = lc.encode(lc.load_model("swissroll-3"), data)
    with pytest.raises(InvalidInputError, match="prior"):
        lc.sample(encodings, 3, "prior")
    assert lc.sample(encodings, 3, "neighborhood", index=5).shape == (3, 3)
