"""UMAP: its fuzzy graph, its spectral start, and what it unrolls."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.sparse import block_diag, csr_matrix
from sklearn.datasets import make_swiss_roll

from latent_core.neighbors import nearest, neighbor_lists
from latent_core.progress import null_progress
from latent_core.projection import UMAP, project, umap
from latent_core.projection.out_of_sample import membership
from latent_core.projection.umap_spectral import spectral_layout
from tests.unit.projection.data import CODES


def layout(graph: Any, codes: Any, n_components: int = 2) -> Any:
    return spectral_layout(graph, codes, n_components, np.random.default_rng(0), null_progress)


def ring(count: int) -> Any:
    index = np.arange(count)
    edges = csr_matrix((np.ones(count), (index, (index + 1) % count)), shape=(count, count))
    return edges + edges.T


def test_umap_unrolls_the_swiss_roll() -> None:
    codes, angle = make_swiss_roll(800, random_state=0)
    points = project(codes.astype("f"), UMAP(), measure=False).points
    design = np.c_[points, np.ones(len(points))]
    residual = angle - design @ np.linalg.lstsq(design, angle, rcond=None)[0]
    assert 1 - residual.var() / angle.var() > 0.8


def test_n_neighbors_counts_the_point_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def spy(codes: Any, k: int, *rest: Any) -> Any:
        asked.append(k)
        return neighbor_lists(codes, k, *rest)

    monkeypatch.setattr(umap, "neighbor_lists", spy)
    monkeypatch.setattr(umap, "_EPOCHS", 1)
    project(CODES, UMAP(n_neighbors=15), measure=False)
    assert asked == [14]


def test_memberships_sum_to_the_logarithm_of_the_neighborhood_size() -> None:
    _, distance = nearest(CODES, None, 14)
    strength = membership(distance)
    np.testing.assert_allclose(strength.sum(axis=1), np.log2(15), rtol=1e-4)
    np.testing.assert_allclose(strength.max(axis=1), 1)


def test_the_spectral_layout_of_a_ring_is_a_circle() -> None:
    points = layout(ring(100), np.zeros((100, 3)))
    np.testing.assert_allclose(np.linalg.norm(points, axis=1), np.sqrt(2), rtol=1e-6)
    assert (points[np.abs(points).argmax(axis=0), [0, 1]] > 0).all()


def test_the_spectral_layout_of_a_large_graph_equals_the_dense_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    codes = make_swiss_roll(400, random_state=0)[0].astype("f")
    graph = umap._fuzzy_graph(neighbor_lists(codes, 14), 500)
    points = layout(graph, codes)
    np.testing.assert_array_equal(points, layout(graph, codes))
    monkeypatch.setattr("latent_core.projection.umap_spectral._DENSE_UP_TO", 1000)
    np.testing.assert_allclose(points, layout(graph, codes), atol=0.01)


@pytest.mark.parametrize("sizes", [(40, 30), (40, 30, 20, 3), (30, 20, 10, 9, 8, 7)])
def test_components_of_a_disconnected_graph_are_laid_out_apart(sizes: tuple[int, ...]) -> None:
    component = np.repeat(np.arange(len(sizes)), sizes)
    codes = np.random.default_rng(1).normal(0, 10, (len(sizes), 5))[component]
    points = layout(block_diag([ring(n) for n in sizes], format="csr"), codes)
    centers = np.stack([points[component == i].mean(axis=0) for i in range(len(sizes))])
    gaps = np.linalg.norm(centers[:, None] - centers, axis=2)
    np.fill_diagonal(gaps, np.inf)
    within = np.abs(points - centers[component]).max(axis=1)
    assert (within <= gaps.min(axis=1)[component] * 0.75).all()


def test_umap_without_a_spectral_layout_starts_from_pca(monkeypatch: pytest.MonkeyPatch) -> None:
    from scipy.sparse import linalg

    def fail(*_: Any, **__: Any) -> Any:
        raise linalg.ArpackNoConvergence("no convergence", np.zeros(0), np.zeros(0))

    monkeypatch.setattr(linalg, "eigsh", fail)
    method = UMAP()
    assert layout(ring(400), np.zeros((400, 3))) is None
    codes = np.random.default_rng(0).normal(0, 1, (400, 5)).astype("f")
    assert project(codes, method).quality.value > 0.8  # type: ignore[union-attr]
