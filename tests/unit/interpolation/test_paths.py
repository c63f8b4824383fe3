"""Paths: exact at their ends, true to geometry, along the data, and the same in the browser."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise, permutations
from pathlib import Path as File

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import geometric_slerp
from sklearn.neighbors import kneighbors_graph

import latent_core as lc
from latent_core.analysis.support import fit_support
from latent_core.errors import CancelledError, InvalidInputError, UnknownNameError
from latent_core.interpolation import (
    LatentPath,
    NeighborGraph,
    bilinear,
    build_neighbor_graph,
    cross_fade,
    geodesic_path,
    linear_path,
    path_through,
    slerp,
    spherical_path,
)
from latent_core.interpolation.knn_graph import shortest_path, smooth
from latent_core.types import Array, Floats

RNG = np.random.default_rng(0)
CODES = RNG.normal(size=(300, 5)).astype(np.float32)
A, B = CODES[0], (CODES[1] * np.linalg.norm(CODES[0]) / np.linalg.norm(CODES[1]))
GRAPH = build_neighbor_graph(CODES)
JS = File(__file__).parents[2] / "ui" / "frontend" / "latent/paths.js"

numbers = st.floats(-100, 100, width=32)
pairs = arrays(np.float32, st.tuples(st.just(2), st.integers(1, 6)), elements=numbers)


# ---- two codes


@given(pairs)
@settings(deadline=None)
def test_line_and_sphere_are_exact_at_their_ends_and_always_finite(ends: Floats):
    for path in (linear_path(*ends), spherical_path(*ends)):
        assert np.isfinite(path.codes).all()
        assert path.times[[0, 32, 96, 128]].tolist() == [-0.5, 0, 1, 1.5]
        np.testing.assert_array_equal(path.codes[[32, 96]], ends)
        np.testing.assert_array_equal(path.at([0, 1]), ends)


def test_the_line_goes_straight_on():
    times = np.array([-0.5, 0.25, 1.5])
    np.testing.assert_allclose(linear_path(A, B).at(times), A + times[:, None] * (B - A), atol=1e-5)


def unit(codes: Floats) -> Array:
    return codes / np.linalg.norm(codes.astype(np.float64), axis=-1, keepdims=True)


def test_slerp_is_that_of_scipy():
    a, b = unit(A), unit(B)
    shares = np.linspace(-0.5, 1.5, 9)
    np.testing.assert_allclose(slerp(a, b, shares), geometric_slerp(a, b, shares), atol=1e-12)


def test_the_sphere_keeps_the_norm_and_turns_by_equal_angles_beyond_its_ends_too():
    codes = spherical_path(A, B).codes.astype(np.float64)
    norms = np.linalg.norm(codes, axis=1)
    np.testing.assert_allclose(norms, np.linalg.norm(A), rtol=1e-6)
    steps = np.arccos((codes[1:] * codes[:-1]).sum(1) / norms[1:] / norms[:-1])
    whole = np.arccos(A @ B / np.linalg.norm(A) / np.linalg.norm(B))
    np.testing.assert_allclose(steps, whole / 64, rtol=1e-3)


def test_between_unequal_norms_the_norm_goes_evenly_and_never_below_zero():
    path = spherical_path([4, 0], [0, 1])
    np.testing.assert_allclose(
        np.linalg.norm(path.at([-0.5, 0.5, 1, 1.25]), axis=1), [5.5, 2.5, 1, 0.25], rtol=1e-3
    )
    np.testing.assert_allclose(path.at([1.35, 1.5]), 0, atol=1e-6)


@pytest.mark.parametrize("b", [2 * A, -0.37 * A, 0 * A, A])
def test_where_there_is_no_great_circle_the_sphere_is_the_line(b: Floats):
    np.testing.assert_array_equal(spherical_path(A, b).codes, linear_path(A, b).codes)
    np.testing.assert_array_equal(spherical_path(b, A).codes, linear_path(b, A).codes)


# ---- the value


def test_between_its_nodes_a_path_is_straight_and_beyond_them_it_stays():
    path = LatentPath(kind="linear", times=[0, 1, 3], codes=[[0, 5], [2, 5], [6, -1]])
    expected = [[0, 5], [1, 5], [2, 5], [4, 2], [6, -1], [6, -1]]
    np.testing.assert_array_equal(path.at([-9, 0.5, 1, 2, 3, 9]), np.float32(expected))
    assert path.at([]).shape == (0, 2)


def test_a_path_leaves_what_it_was_made_from_alone():
    codes, times = np.eye(2, dtype=np.float32), np.arange(2.0)
    path = LatentPath(kind="linear", times=times, codes=codes)
    codes[0, 0] = times[0] = 7
    assert (path.codes[0, 0], path.times[0]) == (1, 0)
    assert not path.codes.flags.writeable


@pytest.mark.parametrize(
    ("times", "codes", "words"),
    [
        ([0, 1, 1], np.eye(3), "must ascend"),
        ([0, np.nan], np.eye(2), "finite numbers"),
        ([[0, 1]], np.eye(2), "one axis"),
        ([0, 1], np.eye(3), "3 codes has 2 times"),
        ([0], np.ones((1, 2)), "at least two"),
        ([0, 1], [[0, np.inf], [0, 1]], "NaN or infinity"),
    ],
)
def test_a_path_refuses_what_is_none(times: list[float], codes: Array, words: str):
    with pytest.raises(InvalidInputError, match=words):
        LatentPath(kind="linear", times=times, codes=codes)


def test_a_path_of_no_known_kind_names_the_known_ones():
    with pytest.raises(
        UnknownNameError, match=r"geodesic, linear, spherical.* Did you mean 'spherical'"
    ):
        LatentPath(kind="sperical", times=[0, 1], codes=np.eye(2))


@pytest.mark.parametrize(
    "path", [linear_path, spherical_path, lambda a, b: geodesic_path(a, b, GRAPH)]
)
def test_ends_that_are_no_codes_are_refused(path):
    with pytest.raises(InvalidInputError, match="alike in size"):
        path(A, A[:3])
    with pytest.raises(InvalidInputError, match="two codes"):
        path(CODES[:2], CODES[:2])
    with pytest.raises(InvalidInputError, match="NaN"):
        path(A, A * np.nan)


# ---- along the data


def half_circle(count: int = 400) -> Floats:
    angle = np.linspace(0, np.pi, count)
    ring = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return (ring + RNG.normal(scale=0.01, size=ring.shape)).astype(np.float32)


def test_the_path_along_a_half_circle_follows_it_and_does_not_cut_across():
    ring = half_circle()
    path = geodesic_path([1, 0], [-1, 0], build_neighbor_graph(ring))
    radius = np.linalg.norm(path.at(np.linspace(0, 1, 50)), axis=1)
    assert 0.95 < radius.min() < radius.max() < 1.05
    assert np.linalg.norm(linear_path([1, 0], [-1, 0]).at([0.5])) == 0


def test_the_path_along_the_data_is_even_exact_at_its_ends_and_goes_straight_on():
    path = geodesic_path([1, 0], [-1, 0], build_neighbor_graph(half_circle()))
    np.testing.assert_array_equal(path.codes[[32, 96]], [[1, 0], [-1, 0]])
    steps = np.diff(path.codes.astype(np.float64), axis=0)
    np.testing.assert_allclose(np.linalg.norm(steps[32:96], axis=1), np.pi / 64, rtol=0.04)
    np.testing.assert_allclose(steps[:32], np.tile(steps[32], (32, 1)), atol=1e-6)
    np.testing.assert_allclose(steps[96:], np.tile(steps[95], (32, 1)), atol=1e-6)


def by_hand(edges: dict[tuple[int, int], float], codes: Floats) -> NeighborGraph:
    both = edges | {(j, i): length for (i, j), length in edges.items()}
    rows, columns = np.array(list(both)).T
    found = csr_matrix((list(both.values()), (rows, columns)), shape=(len(codes),) * 2)
    return NeighborGraph(
        codes=codes,
        starts=found.indptr.astype(np.int32),
        ends=found.indices.astype(np.int32),
        lengths=found.data.astype(np.float32),
    )


def test_many_short_steps_are_preferred_to_one_long_one():
    codes = np.float32([[0, 0], [1, 1], [2, 1], [3, 1], [4, 0], [2, -9], [2, 9]] + [[50, 50]] * 9)
    path = {(0, 1): 2**0.5, (1, 2): 1.0, (2, 3): 1.0, (3, 4): 2**0.5}
    lonely = {(i, i + 1): 1.0 for i in range(7, 15)}
    graph = by_hand(path | lonely | {(0, 5): 9.2, (5, 4): 9.2, (0, 4): 4.0}, codes)
    near = np.float32([-0.5, 0])
    assert shortest_path(near, codes[4], graph)[1:-1].tolist() == codes[[0, 1, 2, 3, 4]].tolist()


def step(a: Array, b: Array) -> float:
    return float(((a.astype(np.float64) - b) ** 2).sum())


@pytest.mark.parametrize("seed", range(10))
def test_no_other_walk_is_cheaper(seed: int):
    rng = np.random.default_rng(seed)
    codes = rng.normal(size=(6, 2)).astype(np.float32)
    a, b = rng.normal(scale=2, size=(2, 2)).astype(np.float32)
    graph = build_neighbor_graph(codes, n_neighbors=2)
    linked = {(i, int(j)) for i in range(6) for j in graph.ends[slice(*graph.starts[i : i + 2])]}
    ways = [way for size in range(1, 7) for way in permutations(range(6), size)]
    walks = [[a, *codes[list(w)], b] for w in ways if all(p in linked for p in pairwise(w))]
    if step(a, b) <= max(step(end, code) for end in (a, b) for code in codes):
        walks.append([a, b])
    best = min(sum(step(p, q) for p, q in pairwise(w)) for w in walks)
    found = shortest_path(a, b, graph)
    np.testing.assert_array_equal(found[[0, -1]], [a, b])
    assert sum(step(p, q) for p, q in pairwise(found)) == pytest.approx(best, rel=1e-5)


def turns(way: Array) -> Array:
    """The angle between each piece and the next, in degrees."""
    pieces = np.diff(way, axis=0)
    pieces /= np.linalg.norm(pieces, axis=1, keepdims=True)
    return np.rad2deg(np.arccos(np.clip((pieces[1:] * pieces[:-1]).sum(axis=1), -1, 1)))


def test_a_walk_is_rounded_where_it_turns_and_stays_where_it_is_straight():
    corner = np.array([[0, 0], [1, 0], [1, 1], [2, 1.0]])
    assert turns(corner).tolist() == [90, 90]
    curve = smooth(corner, 65)
    assert turns(curve).max() < 20
    np.testing.assert_allclose(curve[[0, 32, -1]], [[0, 0], [1, 0.5], [2, 1]], atol=1e-9)
    straight = np.outer([0, 0, 1, 7, 10], [3, 4.0])
    np.testing.assert_allclose(smooth(straight, 11), np.outer(np.arange(11), [3, 4]), atol=1e-9)


def test_the_path_along_the_data_is_exact_at_ends_with_tiny_numbers_too():
    ends = np.float32([[1, 1e-12], [-1, 3e-17]])
    np.testing.assert_array_equal(
        geodesic_path(*ends, build_neighbor_graph(half_circle())).at([0, 1]), ends
    )


def test_a_path_to_where_one_is_stays_there():
    for code in (A, A + 10):
        path = geodesic_path(code, code, GRAPH)
        np.testing.assert_array_equal(path.codes, np.tile(code, (129, 1)))


def test_among_the_digits_the_path_stays_nearer_to_the_data_than_the_line():
    data = lc.load_dataset("digits")
    codes = lc.encode(lc.load_model("digits-vae-16"), data).mean
    graph, support = build_neighbor_graph(codes), fit_support(codes)
    drawn = np.random.default_rng(3).integers(0, len(codes), (60, 2))
    ends = [(i, j) for i, j in drawn if data.labels[i] != data.labels[j]]
    inside = np.arange(1, 64) / 64
    straight = [support.distance(linear_path(*codes[[i, j]]).at(inside)).mean() for i, j in ends]
    walked = [
        support.distance(geodesic_path(*codes[[i, j]], graph).at(inside)).mean() for i, j in ends
    ]
    assert np.mean(walked) < 0.85 * np.mean(straight)
    assert np.mean(np.less(walked, straight)) > 0.95


# ---- the graph


def matrix(graph: NeighborGraph) -> csr_matrix:
    return csr_matrix((graph.lengths, graph.ends, graph.starts), shape=(len(graph),) * 2)


def test_the_graph_is_that_of_scikit_learn_made_symmetric():
    expected = kneighbors_graph(CODES, 10, mode="distance")
    expected = expected.maximum(expected.T).toarray()
    np.testing.assert_allclose(matrix(GRAPH).toarray(), expected, atol=1e-4)


def test_what_lies_apart_is_joined_where_it_is_nearest():
    left = RNG.uniform(0, 1, (40, 2)).astype(np.float32)
    codes = np.concatenate([left, left + np.float32([9, 0]), left + np.float32([0, 30])])
    found = matrix(build_neighbor_graph(codes, n_neighbors=3))
    assert connected_components(found)[0] == 1
    gaps = np.linalg.norm(codes[:40, None] - codes[None, 40:80], axis=2)
    i, j = np.unravel_index(gaps.argmin(), gaps.shape)
    assert found[i, 40 + j] == pytest.approx(gaps.min(), rel=1e-5)
    assert (found[:40, 40:80] > 0).sum() == 1


def test_copies_of_a_code_are_no_dead_end():
    codes = np.repeat(np.float32([[0, 0], [1, 0], [2, 0]]), 30, axis=0)
    graph = build_neighbor_graph(codes)
    assert connected_components(matrix(graph))[0] == 1
    middle = geodesic_path([0, 0], [2, 0], graph).at([0.5])
    np.testing.assert_allclose(middle, [[1, 0]], atol=1e-5)


def test_a_graph_of_few_codes_has_fewer_neighbours():
    graph = build_neighbor_graph(CODES[:3])
    assert graph.ends.tolist() == [1, 2, 0, 2, 0, 1]
    assert geodesic_path(A, CODES[2], graph).codes.shape == (129, 5)


def test_a_stored_graph_is_the_same_graph():
    back = NeighborGraph.from_arrays(GRAPH.to_arrays(), codes=CODES)
    np.testing.assert_array_equal(geodesic_path(A, B, back).codes, geodesic_path(A, B, GRAPH).codes)


def test_building_the_graph_tells_how_far_it_is_and_can_be_stopped():
    told: list[float] = []
    build_neighbor_graph(CODES, progress=lambda fraction, words: told.append(fraction))
    assert told == sorted(told)
    assert (told[0], told[-1]) == (0, 1)

    def stop(fraction: float, words: str) -> None:
        raise CancelledError("Stopped.")

    with pytest.raises(CancelledError):
        build_neighbor_graph(CODES, progress=stop)


@pytest.mark.parametrize("neighbours", [0, 101, 2.5])
def test_a_number_of_neighbours_that_cannot_be_is_refused(neighbours: float):
    with pytest.raises(InvalidInputError, match="from 1 to 100"):
        build_neighbor_graph(CODES, neighbours)


def test_a_graph_refuses_what_does_not_fit():
    with pytest.raises(InvalidInputError, match="at least two"):
        build_neighbor_graph(CODES[:1])
    with pytest.raises(InvalidInputError, match="don't fit these codes"):
        NeighborGraph.from_arrays(GRAPH.to_arrays(), codes=CODES[1:])
    with pytest.raises(InvalidInputError, match="3 dimensions, the model has 5"):
        geodesic_path(A[:3], B[:3], GRAPH)


# ---- several codes


@pytest.mark.parametrize("kind", ["linear", "spherical", "geodesic"])
def test_legs_hit_their_codes_exactly_in_proportion_to_the_seconds(kind: str):
    path = path_through(CODES[[3, 1, 4, 1]], [1, 3, 4], kind, GRAPH)
    assert len(path) == 3 * 64 + 1
    assert path.times[[0, 64, 128, 192]].tolist() == [0, 1 / 8, 1 / 2, 1]
    np.testing.assert_array_equal(path.codes[::64], CODES[[3, 1, 4, 1]])
    np.testing.assert_array_equal(path.at([0, 1 / 8, 1 / 2, 1]), CODES[[3, 1, 4, 1]])


@pytest.mark.parametrize("kind", ["linear", "spherical", "geodesic"])
def test_one_leg_is_the_path_between_two_codes(kind: str):
    whole = {"linear": linear_path, "spherical": spherical_path}.get(
        kind, lambda a, b: geodesic_path(a, b, GRAPH)
    )(A, B)
    np.testing.assert_array_equal(path_through([A, B], [2], kind, GRAPH).codes, whole.codes[32:97])


@pytest.mark.parametrize(
    ("codes", "seconds", "kind", "words"),
    [
        (CODES[:1], [], "linear", "at least two codes, not 1"),
        (CODES[:3], [1], "linear", "3 codes have 2 legs between them, not 1"),
        (CODES[:3], [1, 0], "linear", "more than 0 s, not 0 s"),
        (CODES[:2], [np.nan], "linear", "seconds must be finite"),
        (CODES[:2] * np.nan, [1], "linear", "NaN"),
        (CODES[:2], [1], "geodesic", "needs the data's graph"),
    ],
)
def test_legs_refuse_what_is_no_path(codes: Floats, seconds: list[float], kind: str, words: str):
    with pytest.raises(InvalidInputError, match=words):
        path_through(codes, seconds, kind)


def test_legs_of_an_unknown_kind_or_of_another_model_are_refused():
    with pytest.raises(UnknownNameError, match="kind of path 'curve'"):
        path_through(CODES[:2], [1], "curve")
    with pytest.raises(InvalidInputError, match="the model has 5"):
        path_through(np.eye(3), [1, 1], "geodesic", GRAPH)


# ---- four corners


@pytest.mark.parametrize("kind", ["linear", "spherical"])
def test_corners_are_exact(kind: str):
    found = bilinear(CODES[:4], [0, 1, 0, 1], [0, 0, 1, 1], kind)
    np.testing.assert_array_equal(found, CODES[:4])


def test_between_corners_the_mixture_is_bilinear():
    u, v = RNG.random((2, 20))
    weights = np.stack([(1 - u) * (1 - v), u * (1 - v), (1 - u) * v, u * v], axis=1)
    np.testing.assert_allclose(bilinear(CODES[:4], u, v), weights @ CODES[:4], atol=1e-6)


def test_on_the_sphere_it_is_slerp_across_and_then_down():
    four = unit(CODES[:4])
    top = geometric_slerp(four[0], four[1], 0.3)
    bottom = geometric_slerp(four[2], four[3], 0.3)
    expected = geometric_slerp(top, bottom, 0.8)
    np.testing.assert_allclose(bilinear(four, [0.3], [0.8], "spherical")[0], expected, atol=1e-6)


@pytest.mark.parametrize(
    ("codes", "u", "v", "words"),
    [
        (CODES[:3], [0], [0], "four corners, not 3"),
        (CODES[:4], [1.1], [0], "u must lie in"),
        (CODES[:4], [1], [-0.1], "v must lie in"),
        (CODES[:4], [0, 1], [0], "2 values of u but 1 of v"),
        (CODES[:4], [np.nan], [0], "finite numbers"),
        (CODES[:4] * np.inf, [0], [0], "NaN or infinity"),
    ],
)
def test_corners_refuse_what_is_outside(codes: Floats, u: list[float], v: list[float], words: str):
    with pytest.raises(InvalidInputError, match=words), np.errstate(invalid="ignore"):
        bilinear(codes, u, v)


def test_corners_along_the_data_do_not_exist():
    with pytest.raises(UnknownNameError, match="known: line, sphere"):
        bilinear(CODES[:4], [0], [0], "geodesic")


# ---- pictures


def test_a_cross_fade_blends_pixels_and_clips_beyond():
    dark, light = np.full((1, 2, 2), 0.25), np.full((1, 2, 2), 0.75)
    blend = cross_fade(dark, light, [-1, 0, 0.5, 1, 2])
    assert blend.shape == (5, 1, 2, 2)
    np.testing.assert_allclose(blend[:, 0, 0, 0], [0, 0.25, 0.5, 0.75, 1], atol=1e-7)


def test_a_cross_fade_needs_two_pictures_of_one_shape():
    with pytest.raises(InvalidInputError, match="These images are"):
        cross_fade(np.zeros((1, 2, 2)), np.zeros((1, 3, 3)), [0])
    with pytest.raises(InvalidInputError, match="Pixels must lie"):
        cross_fade(np.zeros((1, 2, 2)), np.full((1, 2, 2), 2), [0])


# ---- the browser's twin

TWIN = """
import { bilinear, codeAt, slerp } from %s;
let text = "";
for await (const part of process.stdin) text += part;
const { times, codes, dim, asked, shares, u, v } = JSON.parse(text);
const table = Float32Array.from(codes.flat());
const path = { times, codes: table, dim };
const written = new Float32Array(dim);
const list = (code) => Array.from(code);
console.log(JSON.stringify({
  at: asked.map((t) => list(codeAt(path, t))),
  written: asked.map((t) => list(codeAt(path, t, written))),
  slerp: shares.map((t, i) => list(slerp(codes[i], codes[i + 1], t))),
  linear: u.map((_, i) => list(bilinear(table, dim, u[i], v[i], "linear"))),
  spherical: u.map((_, i) => list(bilinear(table, dim, u[i], v[i], "spherical"))),
}));
"""


def in_the_browser(**given: Array) -> dict[str, Array]:
    script = TWIN % json.dumps(JS.as_uri())
    done = subprocess.run(
        [File(sys.executable).with_name("node"), "--input-type=module", "--eval", script],
        input=json.dumps({k: np.asarray(v).tolist() for k, v in given.items()}),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return {k: np.array(v) for k, v in json.loads(done.stdout).items()}


def test_the_browser_computes_the_same():
    codes = RNG.normal(size=(40, 16)).astype(np.float32)
    codes[5], codes[6], codes[8], codes[11] = 0, 2 * codes[7], -0.37 * codes[9], 0
    times = np.sort(RNG.uniform(-0.5, 1.5, 40))
    asked = np.concatenate([RNG.uniform(-1, 2, 60), times[[0, 7, 39]]])
    shares = RNG.uniform(-0.5, 1.5, 39)
    codes[15], shares[15] = 6 * codes[15], 1.5  # its norm would fall below 0
    u, v = np.concatenate([RNG.random((2, 40)), [[0, 1, 0, 1], [0, 0, 1, 1]]], axis=1)
    found = in_the_browser(times=times, codes=codes, dim=16, asked=asked, shares=shares, u=u, v=v)
    path = LatentPath(kind="linear", times=times, codes=codes)
    expected = {
        "at": path.at(asked),
        "written": path.at(asked),
        "slerp": slerp(codes[:-1], codes[1:], shares),
        "linear": bilinear(codes[:4], u, v, "linear"),
        "spherical": bilinear(codes[:4], u, v, "spherical"),
    }
    for name, values in expected.items():
        np.testing.assert_allclose(found[name], values, rtol=0, atol=1e-6, err_msg=name)
