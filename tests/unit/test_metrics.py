from __future__ import annotations

import numpy as np
import torch

from latent_core.metrics import active_units, fraction_above, kl_per_dimension, per_image_mse

RNG = np.random.default_rng(0)


def test_kl_equals_torch():
    mean = RNG.normal(size=(50, 3)).astype(np.float32)
    log_var = RNG.normal(size=(50, 3)).astype(np.float32)
    posterior = torch.distributions.Normal(torch.tensor(mean), torch.tensor(log_var / 2).exp())
    expected = torch.distributions.kl_divergence(posterior, torch.distributions.Normal(0.0, 1.0))
    np.testing.assert_allclose(kl_per_dimension(mean, log_var), expected.mean(0), rtol=1e-4)


def test_units_with_varying_mean_are_active():
    mean = np.stack([RNG.normal(size=1000), 0.05 * RNG.normal(size=1000)], 1).astype(np.float32)
    assert active_units(mean).tolist() == [True, False]


def test_per_image_mse_is_the_mean_over_pixels():
    a, b = RNG.random((4, 1, 5, 5), np.float32), RNG.random((4, 1, 5, 5), np.float32)
    np.testing.assert_allclose(per_image_mse(a, b), ((a - b) ** 2).mean((1, 2, 3)), rtol=1e-5)


def test_fraction_above_counts_larger_values():
    assert fraction_above(np.array([1, 2, 3, 4], np.float32), 2.5) == 0.5
