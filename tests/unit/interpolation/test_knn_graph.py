"""The neighbor graph against scikit-learn, and shortest paths against brute force."""

from __future__ import annotations

from itertools import pairwise, permutations

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components
from sklearn.neighbors import kneighbors_graph

from latent_core.errors import CancelledError, InvalidInputError
from latent_core.interpolation import (
    NeighborGraph,
    build_neighbor_graph,
    geodesic_path,
)
from latent_core.interpolation.knn_graph import shortest_path, smooth
from latent_core.types import Array, Floats
from tests.unit.interpolation.data import CODES, GRAPH, RNG, A, B


def matrix(graph: NeighborGraph) -> csr_matrix:
    return csr_matrix((graph.lengths, graph.ends, graph.starts), shape=(len(graph),) * 2)


def test_graph_equals_the_symmetric_graph_of_scikit_learn():
    expected = kneighbors_graph(CODES, 10, mode="distance")
    expected = expected.maximum(expected.T).toarray()
    np.testing.assert_allclose(matrix(GRAPH).toarray(), expected, atol=1e-4)


def test_components_are_joined_by_the_shortest_edge():
    left = RNG.uniform(0, 1, (40, 2)).astype(np.float32)
    codes = np.concatenate([left, left + np.float32([9, 0]), left + np.float32([0, 30])])
    found = matrix(build_neighbor_graph(codes, n_neighbors=3))
    assert connected_components(found)[0] == 1
    gaps = np.linalg.norm(codes[:40, None] - codes[None, 40:80], axis=2)
    i, j = np.unravel_index(gaps.argmin(), gaps.shape)
    assert found[i, 40 + j] == pytest.approx(gaps.min(), rel=1e-5)
    assert (found[:40, 40:80] > 0).sum() == 1


def test_graph_of_duplicate_codes_is_connected():
    codes = np.repeat(np.float32([[0, 0], [1, 0], [2, 0]]), 30, axis=0)
    graph = build_neighbor_graph(codes)
    assert connected_components(matrix(graph))[0] == 1
    middle = geodesic_path([0, 0], [2, 0], graph).at([0.5])
    np.testing.assert_allclose(middle, [[1, 0]], atol=1e-5)


def test_graph_of_few_codes_has_fewer_neighbors():
    graph = build_neighbor_graph(CODES[:3])
    assert graph.ends.tolist() == [1, 2, 0, 2, 0, 1]
    assert geodesic_path(A, CODES[2], graph).codes.shape == (129, 5)


def test_graph_round_trips_through_arrays():
    back = NeighborGraph.from_arrays(GRAPH.to_arrays(), codes=CODES)
    np.testing.assert_array_equal(geodesic_path(A, B, back).codes, geodesic_path(A, B, GRAPH).codes)


def test_building_the_graph_reports_progress_and_can_be_cancelled():
    fractions: list[float] = []
    build_neighbor_graph(CODES, progress=lambda fraction, _message: fractions.append(fraction))
    assert fractions == sorted(fractions)
    assert (fractions[0], fractions[-1]) == (0, 1)

    def stop(fraction: float, message: str) -> None:
        raise CancelledError("Stopped.")

    with pytest.raises(CancelledError):
        build_neighbor_graph(CODES, progress=stop)


@pytest.mark.parametrize("n_neighbors", [0, 101, 2.5])
def test_n_neighbors_out_of_range_is_rejected(n_neighbors: float):
    with pytest.raises(InvalidInputError, match="from 1 to 100"):
        build_neighbor_graph(CODES, n_neighbors)


def test_graph_rejects_codes_that_do_not_fit():
    with pytest.raises(InvalidInputError, match="at least two"):
        build_neighbor_graph(CODES[:1])
    with pytest.raises(InvalidInputError, match="do not fit these codes"):
        NeighborGraph.from_arrays(GRAPH.to_arrays(), codes=CODES[1:])
    with pytest.raises(InvalidInputError, match="3 dimensions, the model has 5"):
        geodesic_path(A[:3], B[:3], GRAPH)


def graph_from_edges(edges: dict[tuple[int, int], float], codes: Floats) -> NeighborGraph:
    both = edges | {(j, i): length for (i, j), length in edges.items()}
    rows, columns = np.array(list(both)).T
    found = csr_matrix((list(both.values()), (rows, columns)), shape=(len(codes),) * 2)
    return NeighborGraph(
        codes=codes,
        starts=found.indptr.astype(np.int32),
        ends=found.indices.astype(np.int32),
        lengths=found.data.astype(np.float32),
    )


def test_shortest_path_prefers_many_short_edges_to_one_long_edge():
    codes = np.float32([[0, 0], [1, 1], [2, 1], [3, 1], [4, 0], [2, -9], [2, 9]] + [[50, 50]] * 9)
    path = {(0, 1): 2**0.5, (1, 2): 1.0, (2, 3): 1.0, (3, 4): 2**0.5}
    other = {(i, i + 1): 1.0 for i in range(7, 15)}
    graph = graph_from_edges(path | other | {(0, 5): 9.2, (5, 4): 9.2, (0, 4): 4.0}, codes)
    near = np.float32([-0.5, 0])
    assert shortest_path(near, codes[4], graph)[1:-1].tolist() == codes[[0, 1, 2, 3, 4]].tolist()


def cost(a: Array, b: Array) -> float:
    return float(np.linalg.norm(a.astype(np.float64) - b) ** 3)


@pytest.mark.parametrize("seed", range(10))
def test_shortest_path_equals_brute_force(seed: int):
    rng = np.random.default_rng(seed)
    codes = rng.normal(size=(6, 2)).astype(np.float32)
    a, b = rng.normal(scale=2, size=(2, 2)).astype(np.float32)
    graph = build_neighbor_graph(codes, n_neighbors=2)
    linked = {(i, int(j)) for i in range(6) for j in graph.ends[slice(*graph.starts[i : i + 2])]}
    orders = [order for size in range(1, 7) for order in permutations(range(6), size)]
    candidates = [[a, *codes[list(w)], b] for w in orders if all(p in linked for p in pairwise(w))]
    if cost(a, b) <= max(cost(end, code) for end in (a, b) for code in codes):
        candidates.append([a, b])
    best = min(sum(cost(p, q) for p, q in pairwise(w)) for w in candidates)
    found = shortest_path(a, b, graph)
    np.testing.assert_array_equal(found[[0, -1]], [a, b])
    assert sum(cost(p, q) for p, q in pairwise(found)) == pytest.approx(best, rel=1e-5)


def turning_angles(polyline: Array) -> Array:
    """The angle between each segment and the next, in degrees."""
    pieces = np.diff(polyline, axis=0)
    pieces /= np.linalg.norm(pieces, axis=1, keepdims=True)
    return np.rad2deg(np.arccos(np.clip((pieces[1:] * pieces[:-1]).sum(axis=1), -1, 1)))


def test_smooth_rounds_corners_and_keeps_straight_lines():
    corner = np.array([[0, 0], [1, 0], [1, 1], [2, 1.0]])
    assert turning_angles(corner).tolist() == [90, 90]
    curve = smooth(corner, 65)
    assert turning_angles(curve).max() < 20
    np.testing.assert_allclose(curve[[0, 32, -1]], [[0, 0], [1, 0.5], [2, 1]], atol=1e-9)
    straight = np.outer([0, 0, 1, 7, 10], [3, 4.0])
    np.testing.assert_allclose(smooth(straight, 11), np.outer(np.arange(11), [3, 4]), atol=1e-9)
