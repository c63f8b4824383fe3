"""Scattering features: their invariances."""

from __future__ import annotations

import numpy as np
import pytest

from latent_core.evaluation.networks.scattering import (
    COARSE_GRID,
    N_ORIENTATIONS,
    N_SCALES,
    WAVELET_GRID,
    scattering_features,
)

RNG = np.random.default_rng(0)
IMAGES = RNG.random((70, 1, 16, 16), np.float32)
N_COARSE = COARSE_GRID**2
N_FIRST = N_SCALES * N_ORIENTATIONS * WAVELET_GRID**2


@pytest.mark.parametrize("shape", [(1, 28, 28), (3, 64, 64), (1, 2, 2), (3, 30, 45)])
def test_features_are_finite_and_those_of_each_image_alone(shape):
    images = RNG.random((3, *shape), np.float32)
    features = scattering_features(images)
    assert np.isfinite(features).all()
    np.testing.assert_allclose(
        scattering_features(images[1:2])[0], features[1], rtol=1e-4, atol=1e-6
    )


def test_a_constant_image_has_no_wavelet_coefficients_and_its_own_brightness():
    features = scattering_features(np.full((1, 1, 16, 16), 0.25, np.float32))[0]
    np.testing.assert_allclose(features[:N_COARSE], 0.25, rtol=1e-6)
    np.testing.assert_allclose(features[N_COARSE + 1 :], 0, atol=1e-6)


def test_wavelet_coefficients_do_not_depend_on_brightness_and_grow_with_contrast():
    features = scattering_features(IMAGES)[:, N_COARSE + 1 :]
    brighter = scattering_features(0.5 * IMAGES + 0.5)[:, N_COARSE + 1 :]
    np.testing.assert_allclose(brighter, 0.5 * features, atol=1e-5)


def test_a_mean_over_all_places_is_invariant_to_shifts():
    shifted = np.roll(IMAGES, (3, 5), axis=(2, 3))
    second_order = slice(N_COARSE + 1 + N_FIRST, None)
    before, after = (np.sort(scattering_features(i)[0]) for i in (IMAGES, shifted))
    assert before.shape == after.shape
    differences = scattering_features(IMAGES) - scattering_features(shifted)
    first_of_all = differences[:, N_COARSE + 1 :]
    assert np.abs(first_of_all).max() > 1e-3, "cells of a grid do move"
    assert np.abs(differences[:, second_order]).min(axis=1).max() < 1e-5


def test_stripes_have_coefficients_of_their_own_orientation():
    stripes = np.tile(np.sin(0.75 * np.pi * np.arange(16)) / 2 + 0.5, (16, 1))
    across = scattering_features(stripes[None, None].astype(np.float32))[0]
    along = scattering_features(stripes.T[None, None].astype(np.float32))[0]
    first = N_COARSE + 1
    assert across[first] > 10 * along[first]
