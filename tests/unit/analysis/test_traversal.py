"""Statistics of latent dimensions against numpy and torch, and latent traversals."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from latent_core.analysis.traversal import (
    LatentDimensions,
    grid_codes,
    histograms,
    inactive_reason,
    latent_dimensions,
    traversal_codes,
    traversal_values,
)
from latent_core.errors import InvalidInputError
from latent_core.types import Encodings

RNG = np.random.default_rng(7)
SCALES = np.array([0.5, 3.0, 0.004, 1.0], np.float32)


def encodings(*, vae: bool = False, scales: np.ndarray = SCALES) -> Encodings:
    mean = (RNG.standard_normal((4000, len(scales))) * scales + 0.25).astype(np.float32)
    log_var = None
    if vae:
        mean *= np.float32([1, 0.3, 1, 1])
        log_var = np.tile(np.log(np.float32([0.01, 0.3, 1.0, 0.1])), (len(mean), 1))
    return Encodings(model_id="m", dataset_id="d", fingerprint="f", mean=mean, log_var=log_var)


def test_vae_dimensions_are_ordered_by_kl_divergence():
    data = encodings(vae=True)
    dims = latent_dimensions(data)
    posterior = torch.distributions.Normal(
        torch.tensor(data.mean), torch.tensor(np.exp(data.log_var / 2))
    )
    kl = torch.distributions.kl_divergence(posterior, torch.distributions.Normal(0.0, 1.0))
    np.testing.assert_allclose(dims.kl_or_variance, kl.mean(0).numpy(), rtol=1e-4)
    assert dims.unit == "nats"
    assert dims.order.tolist() == np.argsort(-kl.mean(0).numpy()).tolist() == [0, 3, 1, 2]


def test_dimensions_of_other_models_are_ordered_by_variance():
    data = encodings()
    dims = latent_dimensions(data)
    variance = data.mean.astype(float).var(axis=0)
    np.testing.assert_allclose(dims.kl_or_variance, variance / variance.sum(), rtol=1e-4)
    assert dims.order.tolist() == [1, 3, 0, 2]


@pytest.mark.parametrize("vae", [True, False])
def test_dimension_with_little_variance_is_inactive_and_last(vae):
    dims = latent_dimensions(encodings(vae=vae))
    assert dims.inactive.tolist() == [False, False, True, False]
    assert dims.order[-1] == 2
    assert 2 not in dims.active
    assert ("KL at most" if vae else "1% of the largest") in inactive_reason(dims)


def test_inactive_dimensions_are_last_even_with_large_kl():
    mean = np.stack([np.full(500, 5.0), RNG.standard_normal(500)], axis=1).astype(np.float32)
    data = Encodings(
        model_id="m", dataset_id="d", fingerprint="f", mean=mean, log_var=np.zeros_like(mean)
    )
    dims = latent_dimensions(data)
    assert dims.kl_or_variance[0] > dims.kl_or_variance[1]
    assert dims.order.tolist() == [1, 0]


def test_slider_range_is_the_central_99_percent_and_a_margin():
    data = encodings()
    dims = latent_dimensions(data)
    low, high = np.quantile(data.mean, [0.005, 0.995], axis=0)
    for d in (1, 3):
        np.testing.assert_allclose(dims.low[d], low[d] - (high[d] - low[d]) / 8, rtol=1e-3)
        np.testing.assert_allclose(dims.high[d], high[d] + (high[d] - low[d]) / 8, rtol=1e-3)


def test_slider_range_of_an_inactive_dimension():
    prior = latent_dimensions(encodings(vae=True))
    assert prior.low[2] <= -2.5758
    assert prior.high[2] >= 2.5758
    dims = latent_dimensions(encodings())
    low, high = np.quantile(encodings().mean[:, 1], [0.005, 0.995])
    assert dims.high[2] - dims.low[2] == pytest.approx((high - low) / 10, rel=0.1)


def test_equal_codes_have_slider_ranges():
    mean = np.ones((50, 3), np.float32)
    dims = latent_dimensions(Encodings(model_id="m", dataset_id="d", fingerprint="f", mean=mean))
    assert (dims.low < dims.high).all()


def test_histograms_equal_numpy():
    data = encodings()
    dims = latent_dimensions(data)
    counts = histograms(data.mean, dims, 48)
    for d in range(4):
        edges = np.linspace(float(dims.low[d]), float(dims.high[d]), 49)
        np.testing.assert_array_equal(counts[d], np.histogram(data.mean[:, d], edges)[0])
    inside = (data.mean >= dims.low) & (data.mean <= dims.high)
    np.testing.assert_array_equal(counts.sum(axis=1), inside.sum(axis=0))


@given(st.integers(0, 3), st.lists(st.floats(-50, 50, width=32), min_size=1, max_size=20))
def test_traversal_changes_one_dimension_only(dimension, values):
    code = np.float32([1, 2, 3, 4])
    codes = traversal_codes(code, dimension, values)
    assert codes.shape == (len(values), 4)
    np.testing.assert_array_equal(codes[:, dimension], np.float32(values))
    rest = np.delete(codes, dimension, axis=1)
    np.testing.assert_array_equal(rest, np.tile(np.delete(code, dimension), (len(values), 1)))


@pytest.mark.parametrize("dimension", [-1, 4])
def test_traversal_of_an_unknown_dimension_is_rejected(dimension):
    with pytest.raises(InvalidInputError, match="this code has 0 to 3"):
        traversal_codes(np.zeros(4), dimension, [1.0])


@pytest.mark.parametrize(("code", "values"), [([0, np.nan], [1]), ([0, 1], [np.inf])])
def test_traversal_rejects_nan_and_infinity(code, values):
    with pytest.raises(InvalidInputError, match="NaN or infinity"):
        traversal_codes(np.array(code, float), 0, values)


def test_grid_codes_span_the_slider_ranges():
    dims = latent_dimensions(encodings())
    code = np.float32([0.1, 0.2, 0.0, 0.4])
    codes = grid_codes(dims, code, [3, 1], 5)
    assert codes.shape == (2, 5, 4)
    for row, d in zip(codes, [3, 1], strict=True):
        expected = np.linspace(dims.low[d], dims.high[d], 5)
        np.testing.assert_allclose(row[:, d], expected, rtol=1e-6)
        np.testing.assert_array_equal(np.delete(row, d, 1), np.tile(np.delete(code, d), (5, 1)))
    assert grid_codes(dims, code, [], 5).shape == (0, 5, 4)


@pytest.mark.parametrize("steps", [1, 65])
def test_number_of_steps_is_limited(steps):
    with pytest.raises(InvalidInputError, match="2 to 64 steps"):
        traversal_values(latent_dimensions(encodings()), 0, steps)


def test_inconsistent_arrays_are_rejected():
    ones, active = np.ones(2, np.float32), np.zeros(2, bool)
    order = np.arange(2)
    fields = {
        "kl_or_variance": ones,
        "unit": "nats",
        "inactive": active,
        "order": order,
        "mean": ones,
    }
    with pytest.raises(InvalidInputError, match=r"of shape \(D,\)"):
        LatentDimensions(**fields, low=np.zeros(3, np.float32), high=ones)
    with pytest.raises(InvalidInputError, match="low < high"):
        LatentDimensions(**fields, low=ones, high=ones)
