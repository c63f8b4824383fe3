from __future__ import annotations

import numpy as np
import torch
from sklearn.neighbors import NearestNeighbors

from latent_core.metrics import active_units, fraction_above, kl_per_dimension, per_image_mse
from latent_core.neighbors import nearest

RNG = np.random.default_rng(0)


def test_kl_is_that_of_torch():
    mean = RNG.normal(size=(50, 3)).astype(np.float32)
    log_var = RNG.normal(size=(50, 3)).astype(np.float32)
    posterior = torch.distributions.Normal(torch.tensor(mean), torch.tensor(log_var / 2).exp())
    expected = torch.distributions.kl_divergence(posterior, torch.distributions.Normal(0.0, 1.0))
    np.testing.assert_allclose(kl_per_dimension(mean, log_var), expected.mean(0), rtol=1e-4)


def test_nearest_is_that_of_scikit_learn():
    codes = RNG.normal(size=(500, 8)).astype(np.float32)
    query = RNG.normal(size=8).astype(np.float32)
    distance, index = NearestNeighbors(n_neighbors=9).fit(codes).kneighbors(query[None])
    found, at = nearest(codes, query, 9)
    np.testing.assert_array_equal(found, index[0])
    np.testing.assert_allclose(at, distance[0], rtol=1e-4)


def test_nearest_gives_no_more_than_there_are():
    index, _ = nearest(np.eye(3, dtype=np.float32), np.zeros(3, np.float32), 8)
    assert index.tolist() == [0, 1, 2]


def test_a_unit_is_active_when_its_mean_varies():
    mean = np.stack([RNG.normal(size=1000), 0.05 * RNG.normal(size=1000)], 1).astype(np.float32)
    assert active_units(mean).tolist() == [True, False]


def test_squared_error_is_the_mean_over_pixels():
    a, b = RNG.random((4, 1, 5, 5), np.float32), RNG.random((4, 1, 5, 5), np.float32)
    np.testing.assert_allclose(per_image_mse(a, b), ((a - b) ** 2).mean((1, 2, 3)), rtol=1e-5)


def test_share_above_counts_the_worse_ones():
    assert fraction_above(np.array([1, 2, 3, 4], np.float32), 2.5) == 0.5
