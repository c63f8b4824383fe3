"""Linear, spherical and geodesic paths between two codes, and paths through several codes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.interpolation.interpolate import INTERPOLATORS
from latent_core.interpolation.knn_graph import NeighborGraph, shortest_path, smooth
from latent_core.interpolation.path import (
    KINDS,
    LatentPath,
    as_endpoints,
    as_numbers,
    check_kind,
)
from latent_core.types import Array, Floats, as_codes

STEPS = 64
"""Intervals between two consecutive codes of a path."""

_EXTRAPOLATION = STEPS // 2  # intervals before the start and after the end of a path
_TIMES = np.arange(-_EXTRAPOLATION, STEPS + _EXTRAPOLATION + 1) / STEPS


def linear_path(a: Any, b: Any) -> LatentPath:
    """The straight line between two codes, at constant speed.

    Parameters
    ----------
    a, b
        ``(D,)`` each.

    Returns
    -------
    129 codes at times −0.5, −0.5 + 1/64, … 1.5; exactly `a` at 0 and `b` at 1.

    Raises
    ------
    InvalidInputError
        The endpoints are not two finite codes of the same size.
    """
    return _interpolated_path("linear", a, b)


def spherical_path(a: Any, b: Any) -> LatentPath:
    """The great-circle path between two codes, extrapolated at the same angular speed.

    Linear where the endpoints are parallel or opposite or one is zero; see `slerp`, also for the
    norm.  Parameters, times and errors are those of `linear_path`.

    References
    ----------
    Shoemake 1985, doi:10.1145/325334.325242; White 2016, arXiv:1609.04468.
    """
    return _interpolated_path("spherical", a, b)


def geodesic_path(a: Any, b: Any, graph: NeighborGraph) -> LatentPath:
    """The shortest path along the data between two codes, smoothed, at constant speed.

    As in Chen et al., it is the shortest path in a finite graph of the data's codes, which is
    found exactly and fast.  Chen et al. weight each edge by its length in the decoder's metric;
    here the weight is the third power of the Euclidean length in the latent space, so no decoder is
    needed and dense regions are preferred: as the number of codes grows, the cost of the shortest
    path converges to a distance that is shorter where they are dense (Hwang, Damelin & Hero, for
    powers over 1).  Beyond its endpoints the path is extrapolated linearly at the same speed.

    Parameters
    ----------
    a, b
        ``(D,)`` each; they need not be codes of the graph.
    graph
        Of the data's codes, by `build_neighbor_graph`.

    Returns
    -------
    129 codes at the times of `linear_path`, exactly `a` at 0 and `b` at 1.

    Raises
    ------
    InvalidInputError
        The endpoints are not two finite codes of the graph's dimension.

    References
    ----------
    Chen, Ferroni, Klushyn, Paraschos, Bayer & van der Smagt 2019, arXiv:1812.08284; Hwang,
    Damelin & Hero 2016, arXiv:1202.0045.
    """
    first, last = as_endpoints(a, b)
    as_codes(first[None], graph.latent_dim)
    middle = _geodesic_codes(first, last, graph)
    offsets = np.arange(1, _EXTRAPOLATION + 1)[:, None]
    before = middle[0] - offsets[::-1] * (middle[1] - middle[0])
    after = middle[-1] + offsets * (middle[-1] - middle[-2])
    codes = np.concatenate([before, middle, after])
    return LatentPath(kind="geodesic", times=_TIMES, codes=codes)


def path_through(
    anchors: Any, times_s: Sequence[float] | Array, kind: str, graph: NeighborGraph | None = None
) -> LatentPath:
    """The path through any number of codes in the given order, exact at each of them.

    Parameters
    ----------
    anchors
        ``(M, D)``, at least two.
    times_s
        ``(M − 1,)``: the duration of each segment in seconds, above 0.
    kind
        ``"linear"``, ``"spherical"`` or ``"geodesic"``.
    graph
        Of the data's codes; needed for ``"geodesic"``.

    Returns
    -------
    ``64 (M − 1) + 1`` codes, 64 intervals per segment, at times from 0 to 1 in proportion to the
    durations.

    Raises
    ------
    UnknownNameError
        Another kind.
    InvalidInputError
        Too few or invalid codes, durations that do not fit them, or no graph.
    """
    codes = as_codes(anchors, graph.latent_dim if graph is not None else None)
    if len(codes) < 2:
        raise InvalidInputError(f"A path needs at least two codes, not {len(codes)}; add another.")
    segment = _segment_function(kind, graph)
    segments = [segment(a, b)[1:] for a, b in pairwise(codes)]
    nodes = np.arange(STEPS * len(segments) + 1) / STEPS
    times = np.interp(nodes, np.arange(len(codes)), _relative_times(times_s, len(segments)))
    return LatentPath(kind=kind, times=times, codes=np.concatenate([codes[:1], *segments]))


def _interpolated_path(kind: str, a: Any, b: Any) -> LatentPath:
    codes = INTERPOLATORS[kind](*as_endpoints(a, b), _TIMES)
    return LatentPath(kind=kind, times=_TIMES, codes=codes)


def _segment_function(kind: str, graph: NeighborGraph | None) -> Callable[[Floats, Floats], Array]:
    """The function that gives the codes ``(STEPS + 1, D)`` between two codes."""
    check_kind(kind, KINDS)
    if kind != "geodesic":
        return partial(INTERPOLATORS[kind], weight=np.arange(STEPS + 1) / STEPS)
    if graph is None:
        raise InvalidInputError(
            "A geodesic path needs the neighbor graph of the data; build it first."
        )
    return partial(_geodesic_codes, graph=graph)


def _geodesic_codes(a: Floats, b: Floats, graph: NeighborGraph) -> Array:
    codes = smooth(shortest_path(a, b, graph), STEPS + 1)
    codes[0], codes[-1] = a, b  # exact, without rounding errors
    return codes


def _relative_times(times_s: Sequence[float] | Array, count: int) -> Array:
    """The time at which each code is reached, ``(count + 1,)`` from 0 to 1."""
    durations = as_numbers(times_s, "seconds")
    if len(durations) != count:
        raise InvalidInputError(
            f"A path through {count + 1} codes has {count} segments, but {len(durations)} "
            "durations are given; give one per segment."
        )
    if (durations <= 0).any():
        raise InvalidInputError(
            f"A segment must take more than 0 s, not {durations.min():.3g} s; increase it."
        )
    ends = np.append(0.0, np.cumsum(durations))
    relative: Array = ends / ends[-1]
    return relative
