import numpy as np
import pytest

from latent_core.errors import InvalidInputError
from latent_core.projection import LatentAxes, has_latent_axes, project

CODES = np.random.default_rng(0).normal(2, 1, (40, 3)).astype(np.float32)


@pytest.mark.parametrize("n", [2, 3])
def test_points_are_the_first_dimensions_of_the_codes(n: int) -> None:
    projection = project(CODES, LatentAxes(n_components=n))
    assert np.array_equal(projection.points, CODES[:, :n])
    assert np.array_equal(projection.transform(CODES[:4] + 1), CODES[:4, :n] + 1)


def test_the_inverse_is_exact_and_leaves_hidden_dimensions_at_their_mean() -> None:
    everything = project(CODES, LatentAxes(n_components=3))
    assert np.allclose(everything.inverse_transform(CODES[:5]), CODES[:5], atol=1e-6)
    plane = project(CODES, LatentAxes(n_components=2))
    codes = plane.inverse_transform(CODES[:5, :2])
    assert np.allclose(codes[:, :2], CODES[:5, :2], atol=1e-6)
    assert np.allclose(codes[:, 2], CODES[:, 2].mean(), atol=1e-5)


def test_a_map_of_all_dimensions_keeps_every_neighborhood() -> None:
    assert project(CODES, LatentAxes(n_components=3)).trustworthiness == 1


def test_codes_need_as_many_dimensions_as_the_map() -> None:
    with pytest.raises(InvalidInputError, match="2 dimensions have no 3 latent axes"):
        project(CODES[:, :2], LatentAxes(n_components=3))


@pytest.mark.parametrize(
    ("latent_dim", "expected"), [(0, False), (1, True), (2, True), (3, True), (4, False)]
)
def test_up_to_three_dimensions_are_a_map(latent_dim: int, expected: bool) -> None:
    assert has_latent_axes(latent_dim) is expected


def test_one_dimension_is_a_strip_as_high_as_the_density() -> None:
    rng = np.random.default_rng(0)
    codes = np.concatenate([rng.normal(0, 1, 3000), rng.normal(9, 1, 1000)])[:, None]
    projection = project(codes.astype(np.float32), LatentAxes(n_components=2))
    value, height = projection.points.T
    np.testing.assert_array_equal(value, codes[:, 0].astype(np.float32))
    assert height.min() >= 0
    assert height.max() == pytest.approx(0.25 * np.ptp(value), rel=0.05)
    high, low = (height[np.abs(value - at) < 0.5].max() for at in (0, 9))
    assert high / low == pytest.approx(3, rel=0.15)  # three times as many codes
    assert np.array_equal(projection.transform(np.float32([[4]])), [[4, 0]])
    assert np.allclose(projection.inverse_transform(np.float32([[4, 1]])), [[4]])
