"""The small autoencoder of the first lesson is PCA, and its figures are those of test pictures."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.decomposition import PCA

from ui.views.learn.small_pictures import SHAPES, learn_small_pictures, shape_picture

LEARNED = learn_small_pictures()


def test_reconstructions_are_those_of_scikit_learn():
    pca = PCA(n_components=3, svd_solver="full").fit(LEARNED.pictures)
    expected = pca.inverse_transform(pca.transform(LEARNED.test_pictures))
    decoded = LEARNED.decoder(LEARNED.encoder(LEARNED.test_pictures))
    np.testing.assert_allclose(decoded, expected, atol=1e-4)
    errors = np.mean((np.clip(expected, 0, 1) - LEARNED.test_pictures) ** 2, axis=1)
    np.testing.assert_allclose(LEARNED.errors(LEARNED.test_pictures), errors, atol=1e-5)


def test_codes_of_the_training_pictures_fill_the_unit_cube():
    np.testing.assert_allclose(LEARNED.codes.min(axis=0), 0, atol=1e-4)
    np.testing.assert_allclose(LEARNED.codes.max(axis=0), 1, atol=1e-4)


def test_encoding_a_decoded_code_gives_the_code():
    codes = np.random.default_rng(1).uniform(0, 1, (20, 3)).astype(np.float32)
    np.testing.assert_allclose(LEARNED.encoder(LEARNED.decoder(codes)), codes, atol=1e-4)


def test_three_numbers_are_better_than_the_mean_picture():
    mean = float(LEARNED.errors(LEARNED.test_pictures).mean())
    baseline = np.mean((LEARNED.test_pictures - LEARNED.pictures.mean(axis=0)) ** 2)
    assert LEARNED.mean_picture_error == pytest.approx(baseline, rel=1e-5)
    assert mean < LEARNED.mean_picture_error / 10


@pytest.mark.parametrize("name", SHAPES)
def test_the_nearest_code_of_a_shape_is_of_that_shape(name):
    assert LEARNED.nearest_shape(LEARNED.encoder(shape_picture(name))) == name


def test_no_test_picture_is_a_training_picture():
    training = {picture.tobytes() for picture in LEARNED.pictures}
    assert not training & {picture.tobytes() for picture in LEARNED.test_pictures}
