"""The image variance that a map explains, with a decoder that is the identity."""

from __future__ import annotations

import numpy as np
import pytest

from latent_core.projection import PCA, TSNE, project
from latent_core.projection.inverse_quality import explained_image_variance


def codes(count: int = 600, dim: int = 5) -> np.ndarray:
    rng = np.random.default_rng(0)
    return (rng.normal(size=(count, dim)) * [5, 3, 0.5, 0.4, 0.3][:dim]).astype(np.float32)


def test_pca_explains_its_fraction_of_the_variance():
    data = codes(3000)
    found = explained_image_variance(project(data, PCA()), lambda z: z)
    variances = np.linalg.eigvalsh(np.cov(data, rowvar=False))[::-1]
    assert found.n_points == 200
    assert found.fraction == pytest.approx(variances[:2].sum() / variances.sum(), abs=0.01)


def test_dimensions_that_are_not_decoded_do_not_count():
    projection = project(codes(), PCA())
    assert explained_image_variance(projection, lambda z: z[:, :1]).fraction > 0.99


def test_neighbors_of_held_out_points_explain_most_of_two_wide_dimensions():
    found = explained_image_variance(project(codes(), TSNE(perplexity=20)), lambda z: z)
    assert found.n_points == 120
    assert 0.8 < found.fraction < 1


def test_points_that_say_nothing_explain_nothing():
    projection = project(np.random.default_rng(0).normal(size=(600, 40)).astype(np.float32), PCA())
    assert explained_image_variance(projection, lambda z: z[:, 20:]).fraction < 0.2


def test_equal_images_have_no_variance_to_explain():
    projection = project(codes(), PCA())
    assert explained_image_variance(projection, lambda z: 0 * z).fraction == 1
