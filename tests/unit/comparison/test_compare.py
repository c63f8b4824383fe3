"""Comparisons whose results are known: identical, rotated, permuted and independent codes."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial import procrustes
from scipy.stats import ortho_group

import latent_core as lc
from latent_core.cache.store import Store
from latent_core.comparison import (
    align_points,
    carried_errors,
    compare_codes,
    fit_linear_map,
    linear_cka,
)
from latent_core.errors import InvalidInputError
from latent_core.types import Encodings, Floats

N, D, K = 400, 6, 10


def random_codes(seed: int, latent_dim: int = D) -> Floats:
    return np.random.default_rng(seed).normal(size=(N, latent_dim)).astype(np.float32)


CODES = random_codes(0)
ROTATION = ortho_group.rvs(D, random_state=1).astype(np.float32)
ORDER = np.random.default_rng(2).permutation(N)


@pytest.mark.parametrize(
    "other", [CODES, 3 * CODES @ ROTATION + 5], ids=["identical", "rotated, scaled, shifted"]
)
def test_codes_of_the_same_shape_agree_entirely(other: Floats) -> None:
    found = compare_codes(CODES, other, n_neighbors=K)
    assert found.mean_agreement == pytest.approx(1, abs=0.001)
    assert found.ranks == pytest.approx(np.full(N, (K - 1) / 2 / (N - 2)), abs=2 / N)
    assert found.cka == pytest.approx(1, abs=1e-6)
    assert found.a_to_b.r2 == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize(
    "other", [CODES[ORDER], random_codes(7)], ids=["permuted rows", "independent"]
)
def test_unrelated_codes_agree_as_much_as_chance(other: Floats) -> None:
    found = compare_codes(CODES, other, n_neighbors=K)
    assert found.agreement_by_chance == K / (N - 1)
    std = np.sqrt(K * K / (N - 1)) / K / np.sqrt(N)  # of the mean of N hypergeometric shares
    assert found.mean_agreement == pytest.approx(found.agreement_by_chance, abs=5 * std)
    assert found.ranks.mean() == pytest.approx(0.5, abs=0.03)
    assert abs(found.cka - found.cka_permuted) < 5 * found.cka_permuted_std
    assert abs(found.a_to_b.r2) < 0.05
    assert abs(found.a_to_b.r2_permuted) < 0.05


def test_a_sample_that_moved_is_the_most_different() -> None:
    other = CODES.copy()
    other[[5, 17]] = other[[17, 5]] = CODES[[CODES[:, 0].argmin(), CODES[:, 0].argmax()]]
    found = compare_codes(CODES, other, n_neighbors=K)
    assert set(found.most_different(2)) == {5, 17}


def test_linear_cka_is_that_of_gram_matrices() -> None:
    a, b = CODES, CODES[:, :2] + random_codes(3, 2)
    center = np.eye(N) - 1 / N

    def hsic(x: Floats, y: Floats) -> float:
        return float(np.trace(x @ x.T @ center @ y @ y.T @ center))

    expected = hsic(a, b) / np.sqrt(hsic(a, a) * hsic(b, b))
    assert linear_cka(a, b) == pytest.approx(expected, rel=1e-5)


def test_aligned_points_and_disparity_are_those_of_scipy() -> None:
    points, reference = CODES[:, :2], CODES[:, 1:3]
    found = align_points(points, reference)
    _, expected_points, disparity = procrustes(reference, points)
    size = np.linalg.norm(reference - reference.mean(axis=0))
    assert found.disparity == pytest.approx(disparity, abs=1e-6)
    assert (found.points - reference.mean(axis=0)) / size == pytest.approx(
        expected_points, abs=1e-5
    )
    assert found.disparity_permuted > 0.95


def test_a_rotated_mirrored_map_is_aligned_exactly() -> None:
    reference = CODES[:, :2]
    turned = 2 * reference @ np.float32([[0, 1], [1, 0]]) - 3
    found = align_points(turned, reference)
    assert found.points == pytest.approx(reference, abs=1e-4)
    assert found.disparity == pytest.approx(0, abs=1e-5)


def test_a_linear_map_predicts_held_out_codes_only_as_far_as_they_depend_on_the_others() -> None:
    noise, weights = random_codes(4, 2), random_codes(5, 2)[:D]
    target = CODES @ weights
    target += noise * target.std() / noise.std()  # half the variance is noise
    found = fit_linear_map(CODES, np.column_stack([target, np.full(N, 7.0)]))
    assert found.r2 == pytest.approx(0.5, abs=0.1)
    assert found.apply(CODES)[:, 2] == pytest.approx(np.full(N, 7.0))
    assert len(found.held_out) == N // 2


def test_carried_errors_lie_between_own_errors_and_the_mean_code() -> None:
    def decode(codes: Floats) -> Floats:
        return codes.reshape(-1, 1, 2, 3) / 20 + 0.5

    images = decode(CODES)
    exact = fit_linear_map(CODES @ ROTATION, CODES)
    found = carried_errors(exact, CODES @ ROTATION, CODES, lambda i: images[i], decode)
    assert found.own == 0
    assert found.carried == pytest.approx(0, abs=1e-6)
    assert found.mean_code == pytest.approx(float(images.var()), rel=0.2)
    assert found.n_images == N // 2
    unrelated = fit_linear_map(random_codes(9), CODES)
    useless = carried_errors(unrelated, random_codes(9), CODES, lambda i: images[i], decode)
    assert useless.carried == pytest.approx(useless.mean_code, rel=0.1)


@pytest.mark.parametrize(
    ("a", "b", "n_neighbors", "names"),
    [
        (CODES, CODES[:10], K, ["400", "10"]),
        (CODES[:4], CODES[:4], 2, ["8", "4"]),
        (CODES, CODES, N - 1, [str(N - 2), str(N - 1)]),
        (CODES, np.ones_like(CODES), K, ["equal"]),
    ],
    ids=["other samples", "few samples", "more neighbors than samples", "constant codes"],
)
def test_what_cannot_be_compared_is_said(
    a: Floats, b: Floats, n_neighbors: int, names: list[str]
) -> None:
    with pytest.raises(InvalidInputError) as caught:
        compare_codes(a, b, n_neighbors=n_neighbors)
    assert all(name in str(caught.value) for name in names)


def test_the_comparison_of_encodings_is_cached(tmp_path, monkeypatch) -> None:
    def encodings(codes: Floats, name: str, dataset_id: str = "data") -> Encodings:
        return Encodings(model_id=name, dataset_id=dataset_id, fingerprint=name * 64, mean=codes)

    store = Store(tmp_path, shipped=[])
    a, b = encodings(CODES.copy(), "a"), encodings(CODES @ ROTATION, "b")
    first = lc.compare(a, b, store=store)
    monkeypatch.setattr("latent_core.workspace.comparisons.compare_codes", None)
    again = lc.compare(a, b, store=store)
    assert np.array_equal(again.ranks, first.ranks)
    assert np.array_equal(again.b_to_a.weights, first.b_to_a.weights)
    assert again.a_to_b.r2 == first.a_to_b.r2
    with pytest.raises(InvalidInputError, match="different data sets"):
        lc.compare(a, encodings(CODES.copy(), "c", "others"), store=store)
