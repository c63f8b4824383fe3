"""Approximate neighbors against exact ones, and the recall they state."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from latent_core import neighbor_cells, neighbors
from latent_core.errors import CancelledError
from latent_core.neighbors import nearest, neighbor_lists
from latent_core.progress import null_progress
from latent_core.projection import PCA, TSNE, UMAP, Projection, project
from latent_core.types import Floats

RNG = np.random.default_rng(0)
CODES = (RNG.normal(0, 3, (30, 8))[RNG.integers(0, 30, 1500)] + RNG.normal(size=(1500, 8))).astype(
    "f"
)
K = 12


@pytest.fixture(autouse=True)
def approximate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neighbors, "EXACT_UP_TO", 100)


@pytest.fixture
def few_iterations(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("tsne._EARLY", "tsne._MAIN", "tsne._MOST_FINE", "umap._EPOCHS"):
        monkeypatch.setattr(f"latent_core.projection.{name}", 5)


def recall(index: Any, exact: Any) -> float:
    return float(np.mean([np.isin(a, b).mean() for a, b in zip(exact, index, strict=True)]))


@pytest.mark.parametrize("metric", ["euclidean", "cosine", "manhattan"])
def test_the_stated_recall_is_that_of_the_neighbors(metric: str) -> None:
    found = neighbor_lists(CODES, K, metric)
    exact, exact_distance = nearest(CODES, None, K, metric)
    assert 0.94 <= found.recall < 1
    assert recall(found.index, exact) == pytest.approx(found.recall, abs=0.03)
    assert not (found.index == np.arange(len(CODES))[:, None]).any()
    assert (np.diff(found.distance, axis=1) >= 0).all()
    same = (found.index == exact).all(axis=1)
    np.testing.assert_allclose(found.distance[same], exact_distance[same], rtol=1e-3, atol=1e-5)


def test_searching_all_cells_gives_the_exact_neighbors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neighbor_cells, "RECALL", 1.0)
    found = neighbor_lists(CODES, K)
    assert found.recall == 1
    assert recall(found.index, nearest(CODES, None, K)[0]) > 0.99


def test_fewer_candidates_lower_the_recall_that_is_stated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neighbor_cells, "MOST_CANDIDATES", 60)
    codes = np.random.default_rng(1).normal(size=(1500, 8)).astype("f")
    found = neighbor_lists(codes, K)
    assert found.recall < 0.8
    assert recall(found.index, nearest(codes, None, K)[0]) == pytest.approx(found.recall, abs=0.05)


def test_the_same_seed_gives_the_same_neighbors() -> None:
    first, second, other = (neighbor_lists(CODES, K, random_state=s) for s in (1, 1, 2))
    np.testing.assert_array_equal(first.index, second.index)
    assert first.recall == second.recall
    assert not np.array_equal(first.index, other.index)


def test_equal_codes_and_few_codes_per_cell_have_enough_neighbors() -> None:
    codes = np.repeat(CODES[:5], 30, axis=0)
    found = neighbor_lists(codes, 40)
    assert found.index.shape == (150, 40)
    assert np.isfinite(found.distance).all()
    assert all(len(set(row)) == 40 for row in found.index.tolist())


def test_cancelling_ends_the_search() -> None:
    def progress(fraction: float, message: str) -> None:
        if fraction > 0.5:
            raise CancelledError("Stopped.")

    with pytest.raises(CancelledError):
        neighbor_lists(CODES, K, progress=progress)


@pytest.mark.parametrize("count", [40, 3000])
def test_the_smallest_values_of_each_row_are_chosen(count: int) -> None:
    values: Floats = RNG.normal(size=(50, count)).astype("f")
    chosen = np.sort(neighbor_cells._smallest(values, 20), axis=1)
    np.testing.assert_array_equal(chosen, np.sort(np.argsort(values, axis=1)[:, :20], axis=1))
    ordered = np.sort(values, axis=1)[:, ::-1].copy()  # the sampled values are no fair sample
    ordered[:, ::16] = -9
    assert neighbor_cells._smallest(ordered, 20).shape == (50, 20)


@pytest.mark.usefixtures("few_iterations")
@pytest.mark.parametrize("method", [TSNE(perplexity=5), UMAP()], ids=["tsne", "umap"])
def test_a_projection_keeps_the_recall_of_its_neighbors(method: Any) -> None:
    projection = project(CODES, method, measure=False)
    assert 0.9 < projection.neighbor_recall < 1
    restored = Projection.from_arrays(*projection.to_arrays(with_codes=True))
    assert restored.neighbor_recall == projection.neighbor_recall
    assert project(CODES, PCA(), measure=False).neighbor_recall == 1


def test_progress_of_the_search_does_not_decrease() -> None:
    fractions: list[float] = []
    cells = neighbor_cells.NeighborCells(CODES, "euclidean", 0, null_progress)
    cells.search(K, 5, lambda fraction, _message: fractions.append(fraction))
    assert fractions == sorted(fractions)
