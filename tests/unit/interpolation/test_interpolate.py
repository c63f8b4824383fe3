"""Slerp and bilinear interpolation against scipy, and cross-fades."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial import geometric_slerp

from latent_core.errors import InvalidInputError, UnknownNameError
from latent_core.interpolation import (
    bilinear,
    cross_fade,
    slerp,
)
from latent_core.types import Floats
from tests.unit.interpolation.data import CODES, RNG, A, B, unit_vectors


def test_slerp_equals_scipy():
    a, b = unit_vectors(A), unit_vectors(B)
    weights = np.linspace(-0.5, 1.5, 9)
    np.testing.assert_allclose(slerp(a, b, weights), geometric_slerp(a, b, weights), atol=1e-12)


@pytest.mark.parametrize("kind", ["linear", "spherical"])
def test_bilinear_is_exact_at_the_corners(kind: str):
    found = bilinear(CODES[:4], [0, 1, 0, 1], [0, 0, 1, 1], kind)
    np.testing.assert_array_equal(found, CODES[:4])


def test_bilinear_equals_the_weighted_sum_of_corners():
    u, v = RNG.random((2, 20))
    weights = np.stack([(1 - u) * (1 - v), u * (1 - v), (1 - u) * v, u * v], axis=1)
    np.testing.assert_allclose(bilinear(CODES[:4], u, v), weights @ CODES[:4], atol=1e-6)


def test_spherical_bilinear_is_slerp_along_rows_then_columns():
    four = unit_vectors(CODES[:4])
    top = geometric_slerp(four[0], four[1], 0.3)
    bottom = geometric_slerp(four[2], four[3], 0.3)
    expected = geometric_slerp(top, bottom, 0.8)
    np.testing.assert_allclose(bilinear(four, [0.3], [0.8], "spherical")[0], expected, atol=1e-6)


@pytest.mark.parametrize(
    ("codes", "u", "v", "message"),
    [
        (CODES[:3], [0], [0], "four corners, not 3"),
        (CODES[:4], [1.1], [0], "u must lie in"),
        (CODES[:4], [1], [-0.1], "v must lie in"),
        (CODES[:4], [0, 1], [0], "2 values of u but 1 of v"),
        (CODES[:4], [np.nan], [0], "finite numbers"),
        (CODES[:4] * np.inf, [0], [0], "NaN or infinity"),
    ],
)
def test_bilinear_rejects_invalid_arguments(
    codes: Floats, u: list[float], v: list[float], message: str
):
    with pytest.raises(InvalidInputError, match=message), np.errstate(invalid="ignore"):
        bilinear(codes, u, v)


def test_bilinear_has_no_geodesic_kind():
    with pytest.raises(UnknownNameError, match="known: linear, spherical"):
        bilinear(CODES[:4], [0], [0], "geodesic")


def test_cross_fade_blends_pixels_and_clips_extrapolation():
    dark, light = np.full((1, 2, 2), 0.25), np.full((1, 2, 2), 0.75)
    blend = cross_fade(dark, light, [-1, 0, 0.5, 1, 2])
    assert blend.shape == (5, 1, 2, 2)
    np.testing.assert_allclose(blend[:, 0, 0, 0], [0, 0.25, 0.5, 0.75, 1], atol=1e-7)


def test_cross_fade_rejects_images_of_different_shape_or_range():
    with pytest.raises(InvalidInputError, match="These images are"):
        cross_fade(np.zeros((1, 2, 2)), np.zeros((1, 3, 3)), [0])
    with pytest.raises(InvalidInputError, match="Pixels must lie"):
        cross_fade(np.zeros((1, 2, 2)), np.full((1, 2, 2), 2), [0])
