"""The k-nearest-neighbor graph of the data's codes, and shortest paths in it."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Integral

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.neighbors import nearest, neighbor_graph
from latent_core.notebook import compact_repr
from latent_core.progress import ProgressCallback, null_progress
from latent_core.types import Array, Floats, as_codes, freeze

MAX_NEIGHBORS = 100
COST_POWER = 3
"""The cost of an edge is this power of its length: of 1, 2 and 3 the one whose paths' images are
nearest to real ones (``benchmarks.between``)."""

_N_ENTRY_NODES = 10  # nodes that a code outside the graph is connected to
_N_RESAMPLED = 257  # codes on a polyline when it is smoothed
_SMOOTHING = 0.06  # std of the Gaussian filter, as a fraction of the path's length


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class NeighborGraph:
    """The symmetric neighbor graph of some codes, in compressed sparse row (CSR) form.

    Parameters
    ----------
    codes
        ``(N, D)``, the nodes.
    starts
        ``(N + 1,)`` int32: the edges from node i are ``starts[i]`` to ``starts[i + 1]``
        (``indptr`` of a CSR matrix).
    ends
        ``(E,)`` int32: the end node of each edge (``indices``).
    lengths
        ``(E,)`` float32: the Euclidean length of each edge, above 0 (``data``).

    Raises
    ------
    InvalidInputError
        The arrays are not a graph of these codes.
    """

    codes: Floats
    starts: Array
    ends: Array
    lengths: Floats

    __repr__ = compact_repr

    def __post_init__(self) -> None:
        object.__setattr__(self, "codes", as_codes(self.codes))
        if not self._is_valid():
            raise InvalidInputError(
                "The edges of this graph do not fit these codes; build the graph again."
            )
        for array in (self.codes, self.starts, self.ends, self.lengths):
            freeze(array)

    def _is_valid(self) -> bool:
        count, n_edges = len(self.codes), len(self.ends)
        return (
            (self.starts.dtype.kind, self.ends.dtype.kind) == ("i", "i")
            and self.starts.shape == (count + 1,)
            and (self.starts[0], self.starts[-1], self.lengths.shape) == (0, n_edges, (n_edges,))
            and bool((np.diff(self.starts) >= 0).all())
            and bool(((self.ends >= 0) & (self.ends < count)).all())
            and bool((np.isfinite(self.lengths) & (self.lengths > 0)).all())
        )

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def latent_dim(self) -> int:
        """The number of latent dimensions, D."""
        return int(self.codes.shape[1])

    def to_arrays(self) -> dict[str, Array]:
        """The edges by name, without the codes, which are stored as encodings already."""
        return {"starts": self.starts, "ends": self.ends, "lengths": self.lengths}

    @classmethod
    def from_arrays(cls, arrays: dict[str, Array], *, codes: Floats) -> NeighborGraph:
        """The graph that `to_arrays` stored, with the codes ``(N, D)`` it was built from."""
        return cls(codes=codes, **{n: arrays[n] for n in ("starts", "ends", "lengths")})


def build_neighbor_graph(
    codes: Floats, n_neighbors: int = 10, *, progress: ProgressCallback = null_progress
) -> NeighborGraph:
    """The symmetric, connected graph of each code's nearest neighbors.

    Parameters
    ----------
    codes
        ``(N, D)``.
    n_neighbors
        K, an integer from 1 to 100; at most N − 1 are used.
    progress
        Called after each batch; raises `CancelledError` to stop.

    Raises
    ------
    InvalidInputError
        Fewer than two codes, or `n_neighbors` out of range.
    """
    checked = as_codes(codes).copy()
    if len(checked) < 2:
        raise InvalidInputError(
            f"A neighbor graph needs at least two codes, not {len(checked)}; give more."
        )
    if not isinstance(n_neighbors, Integral) or not 1 <= n_neighbors <= MAX_NEIGHBORS:
        raise InvalidInputError(
            f"n_neighbors must be an integer from 1 to {MAX_NEIGHBORS}, "
            f"not {n_neighbors!r}; choose one in that range."
        )
    directed = neighbor_graph(checked, min(int(n_neighbors), len(checked) - 1), progress)
    symmetric = directed.maximum(directed.T).tocsr()
    progress(1.0, "Done")
    return NeighborGraph(
        codes=checked,
        starts=symmetric.indptr.astype(np.int32),
        ends=symmetric.indices.astype(np.int32),
        lengths=symmetric.data.astype(np.float32),
    )


def shortest_path(a: Floats, b: Floats, graph: NeighborGraph) -> Array:
    """The codes ``(W, D)`` float64 on the shortest path from `a` to `b`, both included.

    The cost of an edge is the third power of its length, so that many short edges in dense regions
    are preferred to a few long ones.

    Parameters
    ----------
    a, b
        ``(D,)``; they need not be codes of the graph.  Each is connected to its ten nearest
        nodes, and to the other one if that is not farther away.
    """
    entry_nodes, distance = nearest(graph.codes, np.stack([a, b]), min(_N_ENTRY_NODES, len(graph)))
    cost_in, cost_out = distance.astype(np.float64) ** COST_POWER
    cost, predecessors = _shortest_path_tree(graph, entry_nodes[0], cost_in)
    total = cost[entry_nodes[1]] + cost_out
    best = total.argmin()
    direct = float(np.linalg.norm(a.astype(np.float64) - b)) ** COST_POWER
    if direct <= min(total[best], max(cost_in.max(), cost_out.max())):
        return np.stack([a, b]).astype(np.float64)
    visited = _trace_back(predecessors, int(entry_nodes[1][best]), len(graph))
    return np.concatenate([a[None], graph.codes[visited], b[None]]).astype(np.float64)


def _shortest_path_tree(
    graph: NeighborGraph, entry_nodes: Array, entry_costs: Array
) -> tuple[Array, Array]:
    """The cost of the shortest path to each node, and each node's predecessor on it.

    The paths start at an additional node of index N, connected to the entry nodes.
    """
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import dijkstra

    count = len(graph)
    costs = np.concatenate([graph.lengths.astype(np.float64) ** COST_POWER, entry_costs])
    indptr = np.append(graph.starts, len(costs))
    indices = np.concatenate([graph.ends, entry_nodes])
    edges = csr_matrix((costs, indices, indptr), shape=(count + 1, count + 1))
    tree: tuple[Array, Array] = dijkstra(edges, indices=count, return_predecessors=True)
    return tree


def _trace_back(predecessors: Array, last: int, start: int) -> list[int]:
    """The nodes on the path from `start`, which is left out, to `last`."""
    nodes = []
    while last != start:
        nodes.append(last)
        last = int(predecessors[last])
    return nodes[::-1]


def smooth(polyline: Array, count: int) -> Array:
    """A polyline ``(W, D)`` smoothed by a Gaussian: `count` equidistant codes, endpoints kept.

    At each end the polyline is extended by its point reflection about the endpoint, which keeps
    the endpoint fixed under the filter.
    """
    from scipy.ndimage import gaussian_filter1d

    n = _N_RESAMPLED
    fine = _resample(polyline, n)
    extended = np.concatenate([2 * fine[0] - fine[:0:-1], fine, 2 * fine[-1] - fine[-2::-1]])
    smoothed = gaussian_filter1d(extended, _SMOOTHING * (n - 1), axis=0)
    return _resample(smoothed[n - 1 : 2 * n - 1], count)


def _resample(polyline: Array, count: int) -> Array:
    """`count` codes at equal arc lengths along a polyline ``(W, D)``."""
    lengths = np.linalg.norm(np.diff(polyline, axis=0), axis=1)
    distinct = polyline[np.append(True, lengths > 0)]
    arc_length = np.append(0.0, np.cumsum(lengths[lengths > 0]))
    positions = np.linspace(0, arc_length[-1], count)
    return np.stack([np.interp(positions, arc_length, axis) for axis in distinct.T], axis=1)
