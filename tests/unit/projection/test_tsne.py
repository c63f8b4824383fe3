"""The forces of t-SNE against sums over all pairs."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from latent_core.projection import TSNE, project
from latent_core.projection.tsne_attraction import AttractiveForces
from latent_core.projection.tsne_repulsion import ParticleMesh
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


def test_mesh_repulsion_gives_the_trustworthiness_of_exact_repulsion(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    exact = project(CODES, TSNE(perplexity=20)).trustworthiness
    monkeypatch.setattr("latent_core.projection.tsne._EXACT_UP_TO", 0)
    assert project(CODES, TSNE(perplexity=20)).trustworthiness == pytest.approx(exact, abs=0.01)
