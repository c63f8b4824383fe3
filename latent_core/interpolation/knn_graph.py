"""Walks from code to code over the nearest neighbours in the data."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Integral

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.neighbors import nearest, neighbor_graph
from latent_core.progress import ProgressCallback, null_progress
from latent_core.types import Array, Floats, as_codes, freeze

MAX_NEIGHBORS = 100
_ENTRIES = 10  # of the data's codes that one may step to from a code outside the data
_FINE = 257  # places at which the corners of a walk are rounded
_ROUNDING = 0.06  # of the walk's length: the standard deviation of the Gaussian that rounds it


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class NeighborGraph:
    """Which codes of the data are neighbours, and how far apart.

    Each step is held in both directions, as in a compressed sparse row matrix.

    Parameters
    ----------
    codes
        ``(N, D)``.
    starts
        ``(N + 1,)`` int32: the steps from code i are numbers ``starts[i]`` to ``starts[i + 1]``.
    ends
        ``(E,)`` int32: the code that each step leads to.
    lengths
        ``(E,)`` float32: its Euclidean length, above 0.

    Raises
    ------
    BadInput
        These are not the steps of a graph of these codes.
    """

    codes: Floats
    starts: Array
    ends: Array
    lengths: Floats

    def __post_init__(self) -> None:
        object.__setattr__(self, "codes", as_codes(self.codes))
        if not self._is_sound():
            raise InvalidInputError("These steps don't fit these codes; build the graph anew.")
        for array in (self.codes, self.starts, self.ends, self.lengths):
            freeze(array)

    def _is_sound(self) -> bool:
        count, steps = len(self.codes), len(self.ends)
        return (
            (self.starts.dtype.kind, self.ends.dtype.kind) == ("i", "i")
            and self.starts.shape == (count + 1,)
            and (self.starts[0], self.starts[-1], self.lengths.shape) == (0, steps, (steps,))
            and bool((np.diff(self.starts) >= 0).all())
            and bool(((self.ends >= 0) & (self.ends < count)).all())
            and bool((np.isfinite(self.lengths) & (self.lengths > 0)).all())
        )

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def latent_dim(self) -> int:
        """D."""
        return int(self.codes.shape[1])

    def to_arrays(self) -> dict[str, Array]:
        """The steps by name, without the codes, which are stored as encodings already."""
        return {"starts": self.starts, "ends": self.ends, "lengths": self.lengths}

    @classmethod
    def from_arrays(cls, arrays: dict[str, Array], *, codes: Floats) -> NeighborGraph:
        """The graph that `to_arrays` took apart, with the codes it was built from."""
        return cls(codes=codes, **{n: arrays[n] for n in ("starts", "ends", "lengths")})


def build_neighbor_graph(
    codes: Floats, n_neighbors: int = 10, *, progress: ProgressCallback = null_progress
) -> NeighborGraph:
    """The graph of each code's nearest neighbours, in one piece: everything can be reached.

    Parameters
    ----------
    codes
        ``(N, D)``.
    neighbours
        K from 1 to 100; fewer where there are fewer.
    progress
        Told after each batch; may raise `Cancelled`.

    Raises
    ------
    BadInput
        Fewer than two codes, or another number of neighbours.
    """
    checked = as_codes(codes).copy()
    if len(checked) < 2:
        raise InvalidInputError("One code alone has no neighbours; give at least two.")
    if not isinstance(n_neighbors, Integral) or not 1 <= n_neighbors <= MAX_NEIGHBORS:
        raise InvalidInputError(
            f"The neighbours must be a whole number from 1 to {MAX_NEIGHBORS}, "
            f"not {n_neighbors!r}; choose one in that range."
        )
    steps = neighbor_graph(checked, min(int(n_neighbors), len(checked) - 1), progress)
    both = steps.maximum(steps.T).tocsr()
    progress(1.0, "Done")
    return NeighborGraph(
        codes=checked,
        starts=both.indptr.astype(np.int32),
        ends=both.indices.astype(np.int32),
        lengths=both.data.astype(np.float32),
    )


def shortest_path(a: Floats, b: Floats, graph: NeighborGraph) -> Array:
    """The codes ``(W, D)`` that the cheapest walk over the data visits, from `a` to `b`.

    A step costs the square of its length, so that many short steps through where the data is
    dense are preferred to a few long ones.  `a` and `b` needn't be codes of the data: each has
    steps to its ten nearest, and to the other one if that is no farther than those.
    """
    entries, far = nearest(graph.codes, np.stack([a, b]), min(_ENTRIES, len(graph)))
    into, out = far.astype(np.float64) ** 2
    cost, before = _costs(graph, entries[0], into)
    total = cost[entries[1]] + out
    best = total.argmin()
    straight = float(np.sum((a.astype(np.float64) - b) ** 2))
    if straight <= min(total[best], max(into.max(), out.max())):
        return np.stack([a, b]).astype(np.float64)
    visited = _trace(before, int(entries[1][best]), len(graph))
    return np.concatenate([a[None], graph.codes[visited], b[None]]).astype(np.float64)


def _costs(graph: NeighborGraph, entries: Array, into: Array) -> tuple[Array, Array]:
    """What it costs to come to each code, and from which one comes.

    The code that the walk starts from is number N.
    """
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import dijkstra

    count = len(graph)
    costs = np.concatenate([graph.lengths.astype(np.float64) ** 2, into])
    starts = np.append(graph.starts, len(costs))
    ends = np.concatenate([graph.ends, entries])
    steps = csr_matrix((costs, ends, starts), shape=(count + 1, count + 1))
    found: tuple[Array, Array] = dijkstra(steps, indices=count, return_predecessors=True)
    return found


def _trace(before: Array, last: int, first: int) -> list[int]:
    """The codes on the way to `last`, without the one that the walk starts from."""
    way = []
    while last != first:
        way.append(last)
        last = int(before[last])
    return way[::-1]


def smooth(way: Array, count: int) -> Array:
    """A walk ``(W, D)`` without its corners: `count` codes at even distances, its ends kept.

    A Gaussian along the way; beyond each end the way is thought to go on turned about that
    end by half a turn, which holds the end in place.
    """
    from scipy.ndimage import gaussian_filter1d

    fine = _evenly(way, _FINE)
    mirrored = np.concatenate([2 * fine[0] - fine[:0:-1], fine, 2 * fine[-1] - fine[-2::-1]])
    smooth = gaussian_filter1d(mirrored, _ROUNDING * (_FINE - 1), axis=0)
    return _evenly(smooth[_FINE - 1 : 2 * _FINE - 1], count)


def _evenly(way: Array, count: int) -> Array:
    """`count` codes at even distances along a polygon ``(W, D)``."""
    gaps = np.linalg.norm(np.diff(way, axis=0), axis=1)
    kept = way[np.append(True, gaps > 0)]
    walked = np.append(0.0, np.cumsum(gaps[gaps > 0]))
    wanted = np.linspace(0, walked[-1], count)
    return np.stack([np.interp(wanted, walked, axis) for axis in kept.T], axis=1)
