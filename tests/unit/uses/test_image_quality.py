"""PSNR and SSIM against their definitions, computed window by window."""

from __future__ import annotations

import numpy as np
import pytest

import latent_core as lc
from latent_core.errors import InvalidInputError
from latent_core.uses.image_quality import mean_and_interval


def test_psnr_of_a_constant_difference_and_of_equal_images():
    black = np.zeros((2, 1, 4, 4))
    np.testing.assert_allclose(lc.psnr(black, black + 0.1), 20, atol=1e-4)
    np.testing.assert_allclose(lc.psnr(black, black), 10 * np.log10(12 * 255**2), atol=1e-3)


def test_ssim_is_the_mean_over_windows_of_equation_13():
    rng = np.random.default_rng(0)
    a = rng.random((1, 2, 16, 16)).astype(np.float32)
    b = (0.7 * a + 0.3 * rng.random(a.shape)).astype(np.float32)
    steps = np.arange(-5, 6)
    window = np.exp(-0.5 * (steps[:, None] ** 2 + steps**2) / 1.5**2)
    window /= window.sum()
    x, y = (np.pad(v[0].astype(float), ((0, 0), (5, 5), (5, 5)), mode="symmetric") for v in (a, b))
    values = []
    for c, i, j in np.ndindex(2, 16, 16):
        p, q = x[c, i : i + 11, j : j + 11], y[c, i : i + 11, j : j + 11]
        mp, mq = (window * p).sum(), (window * q).sum()
        vp, vq = (window * (p - mp) ** 2).sum(), (window * (q - mq) ** 2).sum()
        cov = (window * (p - mp) * (q - mq)).sum()
        values.append(
            (2 * mp * mq + 1e-4) * (2 * cov + 9e-4) / ((mp**2 + mq**2 + 1e-4) * (vp + vq + 9e-4))
        )
    assert lc.ssim(a, b)[0] == pytest.approx(np.mean(values), abs=1e-5)
    np.testing.assert_allclose(lc.ssim(a, a), 1, atol=1e-5)


def test_the_interval_holds_the_truth_95_times_of_100():
    rng = np.random.default_rng(0)
    found = [mean_and_interval(rng.normal(3, 2, 50)) for _ in range(1000)]
    assert np.mean([abs(mean - 3) <= half for mean, half in found]) == pytest.approx(0.95, abs=0.02)
    assert np.isnan(mean_and_interval([1.0])[1])


def test_images_of_different_shapes_are_refused():
    with pytest.raises(InvalidInputError, match="equal shapes"):
        lc.psnr(np.zeros((1, 1, 4, 4)), np.zeros((1, 1, 4, 5)))
