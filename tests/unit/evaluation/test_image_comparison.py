"""Figures of images under an evaluation network, for images whose figures are known."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

import latent_core as lc
from latent_core.datasets.splits import indices_for_test, indices_for_validation
from latent_core.evaluation.image_comparison import ImageComparison
from latent_core.evaluation.real_images import real_images
from latent_core.evaluation.sample_comparison import SampleComparison

DATA = lc.load_dataset("digits")


@pytest.fixture(scope="module")
def real():
    return real_images("residual", DATA)


def compared(real, images):
    return ImageComparison(real, real.features(images))


def test_original_images_are_as_near_as_real_images_are_to_each_other(real):
    floor, std = real.distance
    same = compared(real, DATA.images(indices_for_test(DATA)))
    assert same.frechet_reconstructions == pytest.approx(floor, abs=4 * std), "not paired: above 0"
    assert same.frechet_reconstructions > floor / 3
    assert same.accuracy_retained == (1, 0)


def test_noise_is_farther_and_retains_less(real):
    images = DATA.images(indices_for_test(DATA))
    noisy = (images + np.random.default_rng(0).normal(0, 0.5, images.shape)).clip(0, 1)
    comparison = compared(real, noisy.astype(np.float32))
    assert comparison.frechet_reconstructions > 10 * real.distance[0]
    retained, std = comparison.accuracy_retained
    assert retained < 0.99
    assert 0 < std < 0.05


def test_real_images_as_samples_have_the_quality_of_real_images(real):
    validation = real.features(DATA.images(indices_for_validation(DATA)))
    comparison = SampleComparison(real, [validation, validation])
    for name in ("precision", "recall", "density", "coverage"):
        mean, std = comparison.quality(name)
        assert mean == pytest.approx(getattr(real.quality, name), abs=2e-3)
        assert std == pytest.approx(0, abs=1e-6)
        assert mean > 0.9
    frequencies = comparison.class_frequencies
    expected = np.bincount(DATA.labels[indices_for_validation(DATA)]) / len(validation)
    np.testing.assert_allclose(frequencies, expected, atol=0.01)


def test_what_is_computed_of_the_real_images_is_shared(real):
    assert real_images("residual", DATA) is real
    assert real_images("scattering", DATA) is not real


def test_factors_of_originals_are_retained_and_those_of_blank_images_are_not():
    data = first_images(lc.load_dataset("dsprites"), 1200)
    real, rows = real_images("scattering", data), indices_for_test(data)
    same = compared(real, data.images(rows))
    assert same.r2_retained == (1, 0)
    assert {"x", "y", "scale"} <= same.r2_retained_by_factor.keys()
    blank = compared(real, np.zeros((len(rows), *data.image_shape), np.float32))
    assert blank.r2_retained[0] < 0.01


def first_images(data, count):
    """The first images of a data set with their factors."""
    images = data.images_uint8[:count]
    factors = {name: values[:count] for name, values in data.factors.items()}
    return dataclasses.replace(
        data,
        count=count,
        fingerprint="",
        labels=None,
        read_images=lambda: images,
        read_factors=lambda: factors,
    )
