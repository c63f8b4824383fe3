"""Nearest neighbors of digits in pixels and in codes, and how often they are of the same class."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from latent_core.cache.memo import memoize
from latent_core.datasets.splits import indices_for_test, indices_for_validation
from latent_core.neighbors import nearest
from latent_core.notebook import compact_repr
from latent_core.types import Dataset, Floats
from ui.spaces import Space

N_NEIGHBORS = 8
N_QUERIES = 500
N_CANDIDATES = 400
N_OF_EACH = 4
"""Digits to choose from: so many that pixels and code tell apart most, and so many others."""
Metric = Literal["euclidean", "cosine"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Nearness:
    """What is measured, and the digits that the step offers.

    Parameters
    ----------
    pixels, code, cosine
        The mean fraction of the `N_NEIGHBORS` nearest images that are of the query's class, over
        `N_QUERIES` test images: by Euclidean distance of pixels and of codes, and by cosine
        distance of codes.
    chance
        The same for random images.
    shared
        The mean fraction of neighbors that Euclidean and cosine distance have in common.
    offered
        Indices of validation images to choose from.
    """

    pixels: float
    code: float
    cosine: float
    chance: float
    shared: float
    offered: tuple[int, ...]

    __repr__ = compact_repr


def nearness(space: Space) -> Nearness:
    """Measured once per server; takes about a second."""
    name = f"{space.encodings.fingerprint} {space.data.fingerprint}"
    return memoize("lesson nearness", name, lambda: _measure(space))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaneNearness:
    """How alike the neighbors on a plane of codes are.

    Parameters
    ----------
    same_class
        The mean fraction of the `N_NEIGHBORS` nearest codes that are of the query's class, over
        `N_QUERIES` test images.
    confused_with
        By class, the other class that is most frequent among these neighbors.
    """

    same_class: float
    confused_with: dict[str, str]


def plane_nearness(space: Space) -> PlaneNearness:
    """Measured once per server; takes a moment."""
    name = f"{space.encodings.fingerprint} {space.data.fingerprint}"
    return memoize("lesson plane", name, lambda: _measure_plane(space))


def _measure_plane(space: Space) -> PlaneNearness:
    data, rows = space.data, query_rows(space.data)
    labels = np.zeros(len(data), np.int64) if data.labels is None else data.labels
    found = labels[neighbors(space.encodings.mean, rows, "euclidean")]
    own = labels[rows]
    confused = {}
    for place, name in enumerate(data.class_names):
        counts = np.bincount(found[own == place].ravel(), minlength=len(data.class_names))
        counts[place] = 0
        confused[name] = data.class_names[int(counts.argmax())]
    return PlaneNearness(same_class=float(np.mean(found == own[:, None])), confused_with=confused)


def query_rows(data: Dataset) -> NDArray[np.int64]:
    """The `N_QUERIES` test images, evenly spread, whose neighbors are looked at."""
    test = indices_for_test(data)
    return test[:: max(1, len(test) // N_QUERIES)][:N_QUERIES]


def neighbors(points: Floats, rows: NDArray[np.int64], metric: Metric) -> NDArray[np.int64]:
    """``(len(rows), N_NEIGHBORS)`` indices of the nearest other points."""
    found, _ = nearest(points, points[rows], N_NEIGHBORS + 1, metric)
    others = [
        [index for index in line if index != row][:N_NEIGHBORS]
        for row, line in zip(rows, found, strict=True)
    ]
    return np.array(others, np.int64)


def pixels_of(data: Dataset) -> Floats:
    """``(N, pixels)``."""
    return data.images(slice(None)).reshape(len(data), -1)


def _measure(space: Space) -> Nearness:
    labels = np.zeros(len(space.data)) if space.data.labels is None else space.data.labels
    pixels, codes = pixels_of(space.data), space.encodings.mean
    rows = query_rows(space.data)
    by_code = neighbors(codes, rows, "euclidean")
    by_angle = neighbors(codes, rows, "cosine")

    def same(found: NDArray[np.int64], of: NDArray[np.int64]) -> Floats:
        fraction: Floats = np.mean(labels[found] == labels[of][:, None], axis=1)
        return fraction

    random = np.random.default_rng(0).choice(len(space.data), by_code.shape)
    shared = [len(np.intersect1d(a, b)) for a, b in zip(by_code, by_angle, strict=True)]
    return Nearness(
        pixels=float(same(neighbors(pixels, rows, "euclidean"), rows).mean()),
        code=float(same(by_code, rows).mean()),
        cosine=float(same(by_angle, rows).mean()),
        chance=float(same(random, rows).mean()),
        shared=float(np.mean(shared)) / N_NEIGHBORS,
        offered=_offered(space.data, pixels, codes, same),
    )


def _offered(
    data: Dataset,
    pixels: Floats,
    codes: Floats,
    same: Callable[[NDArray[np.int64], NDArray[np.int64]], Floats],
) -> tuple[int, ...]:
    """The validation images on which code and pixels differ most, among others."""
    rows = indices_for_validation(data)[:N_CANDIDATES]
    gain = same(neighbors(codes, rows, "euclidean"), rows)
    gain = gain - same(neighbors(pixels, rows, "euclidean"), rows)
    order = np.argsort(-gain, kind="stable")
    equal = rows[gain <= 0][:N_OF_EACH]
    return tuple(sorted(int(i) for i in (*rows[order[:N_OF_EACH]], *equal)))
