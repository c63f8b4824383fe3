"""Paths from one code to another, and on through any number of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.interpolation.interpolate import INTERPOLATORS
from latent_core.interpolation.knn_graph import NeighborGraph, shortest_path, smooth
from latent_core.interpolation.path import KINDS, LatentPath, as_endpoints, as_numbers, check_kind
from latent_core.types import Array, Floats, as_codes

STEPS = 64
"""Pieces that the way from one code to the next is cut into."""

_BEYOND = STEPS // 2  # pieces that a path goes on for, before its start and after its end
_TIMES = np.arange(-_BEYOND, STEPS + _BEYOND + 1) / STEPS


def linear_path(a: Any, b: Any) -> LatentPath:
    """The straight path, at constant speed.

    Parameters
    ----------
    a, b
        ``(D,)`` each.

    Returns
    -------
    129 codes at times −0.5, −0.5 + 1/64, … 1.5: exactly `a` at 0 and `b` at 1.

    Raises
    ------
    BadInput
        The ends aren't two finite codes of one size.
    """
    return _mixed("line", a, b)


def spherical_path(a: Any, b: Any) -> LatentPath:
    """The path on the great circle, turning on at the same speed beyond its ends.

    Straight where the ends point the same or opposite ways or one is zero; see `slerp`, also
    for the norm.  Parameters, times and errors are those of `line`.

    References
    ----------
    Shoemake 1985, doi:10.1145/325334.325242; White 2016, arXiv:1609.04468.
    """
    return _mixed("sphere", a, b)


def geodesic_path(a: Any, b: Any, graph: NeighborGraph) -> LatentPath:
    """The path along the data: a shortest walk from neighbour to neighbour, rounded.

    As Chen et al. do, it takes the shortest path in a finite graph of codes of the data, which
    is found exactly and quickly.  They weigh each edge by its length in the decoder's metric;
    here it is the squared Euclidean length in the latent space, so no decoder is needed and
    what is preferred is density: with more and more codes, the cost of the cheapest path tends
    to a distance that is shorter where they are dense (Hwang, Damelin & Hero, for powers over
    1).  The speed is constant.  Beyond its ends the path goes straight on at that speed, in the
    direction that it has there.

    Parameters
    ----------
    a, b
        ``(D,)`` each, in the data or not.
    graph
        Of the data's codes, by `data_graph`.

    Returns
    -------
    129 codes at the times of `line`, exactly `a` at 0 and `b` at 1.

    Raises
    ------
    BadInput
        The ends aren't two finite codes of the graph's size.

    References
    ----------
    Chen, Ferroni, Klushyn, Paraschos, Bayer & van der Smagt 2019, arXiv:1812.08284; Hwang,
    Damelin & Hero 2016, arXiv:1202.0045.
    """
    first, last = as_endpoints(a, b)
    as_codes(first[None], graph.latent_dim)
    middle = _along(first, last, graph)
    ahead = np.arange(1, _BEYOND + 1)[:, None]
    before = middle[0] - ahead[::-1] * (middle[1] - middle[0])
    after = middle[-1] + ahead * (middle[-1] - middle[-2])
    codes = np.concatenate([before, middle, after])
    return LatentPath(kind="data", times=_TIMES, codes=codes)


def path_through(
    anchors: Any, times_s: Sequence[float] | Array, kind: str, graph: NeighborGraph | None = None
) -> LatentPath:
    """The path through any number of codes in turn, each hit exactly.

    Parameters
    ----------
    anchors
        ``(M, D)``, at least two.
    times_s
        ``(M − 1,)``: seconds from each to the next, above 0.
    kind
        ``"line"``, ``"sphere"`` or ``"data"``.
    graph
        Of the data's codes; needed for ``"data"``.

    Returns
    -------
    ``64 (M − 1) + 1`` codes, 64 pieces to a leg, at times from 0 to 1 in proportion to the
    seconds.

    Raises
    ------
    UnknownName, BadInput
        Another kind, too few or unfit codes, times that don't suit them, or no graph.
    """
    codes = as_codes(anchors, graph.latent_dim if graph is not None else None)
    if len(codes) < 2:
        raise InvalidInputError(f"A path needs at least two codes, not {len(codes)}; add another.")
    way = _way(kind, graph)
    parts = [way(a, b)[1:] for a, b in pairwise(codes)]
    nodes = np.arange(STEPS * len(parts) + 1) / STEPS
    times = np.interp(nodes, np.arange(len(codes)), _shares(times_s, len(parts)))
    return LatentPath(kind=kind, times=times, codes=np.concatenate([codes[:1], *parts]))


def _mixed(kind: str, a: Any, b: Any) -> LatentPath:
    codes = INTERPOLATORS[kind](*as_endpoints(a, b), _TIMES)
    return LatentPath(kind=kind, times=_TIMES, codes=codes)


def _way(kind: str, graph: NeighborGraph | None) -> Callable[[Floats, Floats], Array]:
    """What gives the codes ``(STEPS + 1, D)`` from one code to the next."""
    check_kind(kind, KINDS)
    if kind != "data":
        return partial(INTERPOLATORS[kind], weight=np.arange(STEPS + 1) / STEPS)
    if graph is None:
        raise InvalidInputError("A path along the data needs the data's graph; build it first.")
    return partial(_along, graph=graph)


def _along(a: Floats, b: Floats, graph: NeighborGraph) -> Array:
    codes = smooth(shortest_path(a, b, graph), STEPS + 1)
    codes[0], codes[-1] = a, b  # to the last bit
    return codes


def _shares(times_s: Sequence[float] | Array, count: int) -> Array:
    """When each code is reached, ``(count + 1,)`` from 0 to 1."""
    seconds = as_numbers(times_s, "seconds")
    if len(seconds) != count:
        raise InvalidInputError(
            f"{count + 1} codes have {count} legs between them, not {len(seconds)}; "
            "give the seconds of each leg."
        )
    if (seconds <= 0).any():
        raise InvalidInputError(
            f"A leg takes more than 0 s, not {seconds.min():.3g} s; give it more time."
        )
    ends = np.append(0.0, np.cumsum(seconds))
    shares: Array = ends / ends[-1]
    return shares
