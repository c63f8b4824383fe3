"""The forces of t-SNE against sums over all pairs."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from sklearn import manifold

from latent_core.errors import InvalidInputError
from latent_core.projection import TSNE, project, tsne
from latent_core.projection.tsne_attraction import AttractiveForces
from latent_core.projection.tsne_repulsion import ParticleMesh
from latent_core.types import Floats
from tests.unit.projection.data import CODES


@pytest.mark.parametrize(("n_components", "spacing"), [(2, 0.25), (3, 0.35)])
def test_mesh_potential_and_gradient_equal_the_sum_over_all_pairs(
    n_components: int, spacing: float
) -> None:
    points = np.random.default_rng(0).normal(0, 6, (400, n_components))
    differences = points[:, None] - points
    kernel = 1 / (1 + (differences**2).sum(2))
    expected = -2 * np.einsum("ij,ijd->id", kernel**2, differences)
    potential, gradient = ParticleMesh(points, spacing).potential_and_gradient()
    np.testing.assert_allclose(potential, kernel.sum(1), rtol=0.01)
    assert np.linalg.norm(gradient - expected) < 0.05 * np.linalg.norm(expected)


def test_attractive_forces_equal_the_sum_over_all_pairs() -> None:
    rng = np.random.default_rng(0)
    points, p = rng.normal(0, 3, (1100, 2)), rng.uniform(0.1, 1, (1100, 1100))
    differences = points[:, None] - points
    expected = np.einsum("ij,ijd->id", p / (1 + (differences**2).sum(2)), differences)
    forces = AttractiveForces(csr_matrix(p)).forces(points)
    np.testing.assert_allclose(forces, expected, rtol=1e-3, atol=1e-2)


def kl_divergence(codes: Floats, points: Floats, perplexity: float) -> float:
    """KL(P‖Q) over all pairs, with P of scikit-learn's dense affinities."""
    from scipy.spatial.distance import cdist, squareform
    from sklearn.manifold import _t_sne

    squared = cdist(codes, codes, "sqeuclidean").astype(np.float32)
    p = squareform(_t_sne._joint_probabilities(squared, perplexity, 0))
    q = 1 / (1 + cdist(points, points, "sqeuclidean"))
    np.fill_diagonal(q, 0)
    q /= q.sum()
    used = p > 1e-12
    return float((p[used] * np.log(p[used] / q[used])).sum())


def test_kl_divergence_at_small_perplexity_is_that_of_scikit_learn() -> None:
    codes = np.random.default_rng(0).normal(0, 1, (500, 5)).astype("f")
    reference = manifold.TSNE(perplexity=5, init="pca", random_state=0).fit_transform(codes)
    points = project(codes, TSNE(perplexity=5), measure=False).points
    assert kl_divergence(codes, points, 5) < 1.01 * kl_divergence(codes, reference, 5)


def test_iterations_at_the_default_perplexity_and_above_stay_the_same() -> None:
    assert tsne._iterations(30.0) == tsne._iterations(300.0) == (200, 350, 150)
    assert tsne._iterations(10.0) == (200, 50, 450)
    assert tsne._iterations(2.0) == (200, 0, 900)


@pytest.mark.parametrize("count", [5, 6])
def test_too_few_codes_for_any_perplexity_are_rejected(count: int) -> None:
    with pytest.raises(InvalidInputError, match=f"{count} codes are too few.* at least 7"):
        project(CODES[:count], TSNE(perplexity=2))
    assert len(project(CODES[:7], TSNE(perplexity=2))) == 7


def test_mesh_repulsion_gives_the_trustworthiness_of_exact_repulsion(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    exact = project(CODES, TSNE(perplexity=20)).trustworthiness
    monkeypatch.setattr("latent_core.projection.tsne._EXACT_UP_TO", 0)
    assert project(CODES, TSNE(perplexity=20)).trustworthiness == pytest.approx(exact, abs=0.01)
