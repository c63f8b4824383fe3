"""Linear, spherical and geodesic paths: endpoints, geometry and distance to the data."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import latent_core as lc
from latent_core.analysis.support import fit_support
from latent_core.errors import InvalidInputError, UnknownNameError
from latent_core.interpolation import (
    build_neighbor_graph,
    geodesic_path,
    linear_path,
    path_through,
    spherical_path,
)
from latent_core.types import Floats
from tests.unit.interpolation.data import CODES, GRAPH, A, B, half_circle

numbers = st.floats(-100, 100, width=32)
pairs = arrays(np.float32, st.tuples(st.just(2), st.integers(1, 6)), elements=numbers)


@given(pairs)
@settings(deadline=None)
def test_linear_and_spherical_paths_are_finite_and_exact_at_their_endpoints(ends: Floats):
    for path in (linear_path(*ends), spherical_path(*ends)):
        assert np.isfinite(path.codes).all()
        assert path.times[[0, 32, 96, 128]].tolist() == [-0.5, 0, 1, 1.5]
        np.testing.assert_array_equal(path.codes[[32, 96]], ends)
        np.testing.assert_array_equal(path.at([0, 1]), ends)


def test_linear_path_extrapolates_linearly():
    times = np.array([-0.5, 0.25, 1.5])
    np.testing.assert_allclose(linear_path(A, B).at(times), A + times[:, None] * (B - A), atol=1e-5)


def test_spherical_path_has_constant_norm_and_angular_speed():
    codes = spherical_path(A, B).codes.astype(np.float64)
    norms = np.linalg.norm(codes, axis=1)
    np.testing.assert_allclose(norms, np.linalg.norm(A), rtol=1e-6)
    steps = np.arccos((codes[1:] * codes[:-1]).sum(1) / norms[1:] / norms[:-1])
    whole = np.arccos(A @ B / np.linalg.norm(A) / np.linalg.norm(B))
    np.testing.assert_allclose(steps, whole / 64, rtol=1e-3)


def test_spherical_path_interpolates_the_norm_linearly_down_to_zero():
    path = spherical_path([4, 0], [0, 1])
    np.testing.assert_allclose(
        np.linalg.norm(path.at([-0.5, 0.5, 1, 1.25]), axis=1), [5.5, 2.5, 1, 0.25], rtol=1e-3
    )
    np.testing.assert_allclose(path.at([1.35, 1.5]), 0, atol=1e-6)


@pytest.mark.parametrize("b", [2 * A, -0.37 * A, 0 * A, A])
def test_spherical_path_of_degenerate_endpoints_is_linear(b: Floats):
    np.testing.assert_array_equal(spherical_path(A, b).codes, linear_path(A, b).codes)
    np.testing.assert_array_equal(spherical_path(b, A).codes, linear_path(b, A).codes)


@pytest.mark.parametrize(
    "path", [linear_path, spherical_path, lambda a, b: geodesic_path(a, b, GRAPH)]
)
def test_paths_reject_invalid_endpoints(path):
    with pytest.raises(InvalidInputError, match="of the same size"):
        path(A, A[:3])
    with pytest.raises(InvalidInputError, match="two codes"):
        path(CODES[:2], CODES[:2])
    with pytest.raises(InvalidInputError, match="NaN"):
        path(A, A * np.nan)


def test_geodesic_path_follows_a_half_circle():
    circle = half_circle()
    path = geodesic_path([1, 0], [-1, 0], build_neighbor_graph(circle))
    radius = np.linalg.norm(path.at(np.linspace(0, 1, 50)), axis=1)
    assert 0.95 < radius.min() < radius.max() < 1.05
    assert np.linalg.norm(linear_path([1, 0], [-1, 0]).at([0.5])) == 0


def test_geodesic_path_has_constant_speed_exact_endpoints_and_linear_extrapolation():
    path = geodesic_path([1, 0], [-1, 0], build_neighbor_graph(half_circle()))
    np.testing.assert_array_equal(path.codes[[32, 96]], [[1, 0], [-1, 0]])
    steps = np.diff(path.codes.astype(np.float64), axis=0)
    np.testing.assert_allclose(np.linalg.norm(steps[32:96], axis=1), np.pi / 64, rtol=0.04)
    np.testing.assert_allclose(steps[:32], np.tile(steps[32], (32, 1)), atol=1e-6)
    np.testing.assert_allclose(steps[96:], np.tile(steps[95], (32, 1)), atol=1e-6)


def test_geodesic_path_is_exact_at_endpoints_with_tiny_values():
    ends = np.float32([[1, 1e-12], [-1, 3e-17]])
    np.testing.assert_array_equal(
        geodesic_path(*ends, build_neighbor_graph(half_circle())).at([0, 1]), ends
    )


def test_geodesic_path_between_equal_codes_is_constant():
    for code in (A, A + 10):
        path = geodesic_path(code, code, GRAPH)
        np.testing.assert_array_equal(path.codes, np.tile(code, (129, 1)))


def test_geodesic_path_between_digits_is_nearer_to_the_data_than_the_linear_path():
    data = lc.load_dataset("digits")
    codes = lc.encode(lc.load_model("digits-vae-16"), data).mean
    graph, support = build_neighbor_graph(codes), fit_support(codes)
    drawn = np.random.default_rng(3).integers(0, len(codes), (60, 2))
    ends = [(i, j) for i, j in drawn if data.labels[i] != data.labels[j]]
    inside = np.arange(1, 64) / 64
    linear = [support.distance(linear_path(*codes[[i, j]]).at(inside)).mean() for i, j in ends]
    geodesic = [
        support.distance(geodesic_path(*codes[[i, j]], graph).at(inside)).mean() for i, j in ends
    ]
    assert np.mean(geodesic) < 0.85 * np.mean(linear)
    assert np.mean(np.less(geodesic, linear)) > 0.95


@pytest.mark.parametrize("kind", ["linear", "spherical", "geodesic"])
def test_path_through_reaches_each_code_exactly_at_its_time(kind: str):
    path = path_through(CODES[[3, 1, 4, 1]], [1, 3, 4], kind, GRAPH)
    assert len(path) == 3 * 64 + 1
    assert path.times[[0, 64, 128, 192]].tolist() == [0, 1 / 8, 1 / 2, 1]
    np.testing.assert_array_equal(path.codes[::64], CODES[[3, 1, 4, 1]])
    np.testing.assert_array_equal(path.at([0, 1 / 8, 1 / 2, 1]), CODES[[3, 1, 4, 1]])


@pytest.mark.parametrize("kind", ["linear", "spherical", "geodesic"])
def test_path_through_two_codes_is_the_path_between_them(kind: str):
    whole = {"linear": linear_path, "spherical": spherical_path}.get(
        kind, lambda a, b: geodesic_path(a, b, GRAPH)
    )(A, B)
    np.testing.assert_array_equal(path_through([A, B], [2], kind, GRAPH).codes, whole.codes[32:97])


@pytest.mark.parametrize(
    ("codes", "seconds", "kind", "message"),
    [
        (CODES[:1], [], "linear", "at least two codes, not 1"),
        (CODES[:3], [1], "linear", "3 codes has 2 segments, but 1 durations"),
        (CODES[:3], [1, 0], "linear", "more than 0 s, not 0 s"),
        (CODES[:2], [np.nan], "linear", "seconds must be finite"),
        (CODES[:2] * np.nan, [1], "linear", "NaN"),
        (CODES[:2], [1], "geodesic", "needs the neighbor graph"),
    ],
)
def test_path_through_rejects_invalid_arguments(
    codes: Floats, seconds: list[float], kind: str, message: str
):
    with pytest.raises(InvalidInputError, match=message):
        path_through(codes, seconds, kind)


def test_path_through_rejects_unknown_kinds_and_other_dimensions():
    with pytest.raises(UnknownNameError, match="kind of path 'curve'"):
        path_through(CODES[:2], [1], "curve")
    with pytest.raises(InvalidInputError, match="the model has 5"):
        path_through(np.eye(3), [1, 1], "geodesic", GRAPH)
