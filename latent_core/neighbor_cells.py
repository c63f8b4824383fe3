"""Approximate nearest neighbors: the codes in cells around k-means centers, a few cells searched.

An inverted file index: each code is compared with the codes of the cells nearest to its own, as
many as the wanted recall needs.  The recall is known before the search, since on a sample whose
exact neighbors are computed it is the share of them that lie in these cells.

References
----------
Sivic & Zisserman 2003, doi:10.1109/ICCV.2003.1238663 (inverted files).
Jégou, Douze & Schmid 2011, doi:10.1109/TPAMI.2010.57, section IV (search in the nearest cells).
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
from numpy.typing import NDArray

from latent_core.progress import ProgressCallback, subprogress
from latent_core.types import Array, Floats

_TRAINED_PER_CELL, _ITERATIONS = 32, 8  # of k-means
RECALL = 0.95
"""As many cells are searched as this share of the exact neighbors needs."""
MOST_CANDIDATES = 30_000
"""Codes that each code is compared with; the recall is lower where more would be needed."""
_SAMPLE = 256  # codes whose exact neighbors are computed
_BLOCK = 2_000_000  # distances in memory at a time: 8 MB
_THREADS = 4
_STRIDE = 16  # every so many distances bound the k-th smallest of all
_MESSAGE = "Finding neighbors"


class NeighborCells:
    """Codes ``(N, D)`` float32 in about √N cells.

    Parameters
    ----------
    codes
        Of unit length for the cosine distance.
    metric
        ``euclidean`` or ``manhattan``.
    seed
        Of the samples that k-means begins with and that the recall is measured on.
    progress
        Called before each step; raises `CancelledError` to stop.
    """

    def __init__(self, codes: Floats, metric: str, seed: int, progress: ProgressCallback) -> None:
        self.metric = metric
        self._rng = np.random.default_rng(seed)
        centered = codes - codes.mean(axis=0)
        centers = self._k_means(centered, progress)
        cell = _nearest_center(centered, centers, progress)
        self.order = np.argsort(cell, kind="stable")  # the codes, cell by cell
        self.codes = centered[self.order]
        self.squared = np.einsum("nd,nd->n", self.codes, self.codes)
        self.starts = np.searchsorted(cell[self.order], np.arange(len(centers) + 1))
        self.cell = cell[self.order]
        gaps = _half_squared(centers) - centers @ centers.T
        np.fill_diagonal(gaps, -np.inf)
        self.nearest_cells = np.argsort(gaps, axis=1, kind="stable")

    def _k_means(self, codes: Floats, progress: ProgressCallback) -> Floats:
        n_cells = int(np.sqrt(len(codes)))
        size = min(len(codes), _TRAINED_PER_CELL * n_cells)
        sample = codes[self._rng.choice(len(codes), size, replace=False)]
        centers = sample[:n_cells].copy()
        for _ in range(_ITERATIONS):
            cell = _nearest_center(sample, centers, progress)
            counts = np.bincount(cell, minlength=n_cells)
            sums = np.stack([np.bincount(cell, axis, n_cells) for axis in sample.T], axis=1)
            filled = counts > 0
            centers[filled] = sums[filled] / counts[filled, None]
        return centers

    def cells_for(self, k: int, progress: ProgressCallback) -> tuple[int, float]:
        """How many cells to search for the `k` neighbors, and the recall there."""
        rows = self._rng.choice(len(self.codes), min(_SAMPLE, len(self.codes)), replace=False)
        position = np.empty_like(self.nearest_cells)
        np.put_along_axis(position, self.nearest_cells, np.arange(position.shape[1])[None], axis=1)
        needed = []
        step = max(1, _BLOCK // len(self.codes))
        for start in range(0, len(rows), step):
            progress(0.0, _MESSAGE)
            block = rows[start : start + step]
            distance = self._distances(block, slice(0, len(self.codes)))
            distance[np.arange(len(block)), block] = np.inf
            found = np.argpartition(distance, k - 1, axis=1)[:, :k]
            needed.append(position[self.cell[block][:, None], self.cell[found]].ravel())
        n_needed = np.sort(np.concatenate(needed)) + 1
        wanted = n_needed[int(np.ceil(RECALL * len(n_needed))) - 1]
        most = np.ceil(MOST_CANDIDATES / len(self.codes) * position.shape[1])
        n_cells = int(min(wanted, most))
        return n_cells, float((n_needed <= n_cells).mean())

    def search(
        self, k: int, n_cells: int, progress: ProgressCallback
    ) -> tuple[NDArray[np.int32], Floats]:
        """The `k` nearest codes of each code in its `n_cells` nearest cells, itself excluded.

        Returns
        -------
        index, distance
            ``(N, k)``, nearest first.
        """
        n_all = len(self.starts) - 1
        index = np.empty((len(self.codes), k), np.int32)
        distance = np.empty((len(self.codes), k), np.float32)
        with ThreadPoolExecutor(min(os.cpu_count() or 1, _THREADS)) as executor:
            search_cell = partial(self._search_cell, index, distance, n_cells)
            try:
                for done, _ in enumerate(executor.map(search_cell, range(n_all))):
                    progress(done / n_all, _MESSAGE)
            except BaseException:
                executor.shutdown(cancel_futures=True)
                raise
        return index, distance

    def _search_cell(self, index: Array, distance: Floats, n_cells: int, cell: int) -> None:
        k, columns = index.shape[1], self._candidates(cell, n_cells, index.shape[1])
        first, last = self.starts[cell], self.starts[cell + 1]
        step = max(1, _BLOCK // len(columns))
        for start in range(first, last, step):
            rows = np.arange(start, min(start + step, last))
            near = self._distances(rows, columns)
            near[np.arange(len(rows)), rows - first] = np.inf  # its own cell comes first
            found = columns[_smallest(near, k)]
            exact = self._exact_distances(rows, found)
            by_distance = np.argsort(exact, axis=1, kind="stable")
            index[self.order[rows]] = self.order[np.take_along_axis(found, by_distance, 1)]
            distance[self.order[rows]] = np.take_along_axis(exact, by_distance, 1)

    def _candidates(self, cell: int, n_cells: int, k: int) -> Array:
        """The codes of the nearest cells, at least k + 1."""
        cells = self.nearest_cells[cell]
        sizes = np.cumsum(self.starts[cells + 1] - self.starts[cells])
        n_cells = max(n_cells, int(np.searchsorted(sizes, k + 1)) + 1)
        spans = [np.arange(self.starts[c], self.starts[c + 1]) for c in cells[:n_cells]]
        return np.concatenate(spans)

    def _distances(self, rows: Array, columns: Array | slice) -> Floats:
        """A monotonic function of the distances from each of `rows` to `columns`, float32."""
        if self.metric == "manhattan":
            from scipy.spatial.distance import cdist

            exact: Array = cdist(self.codes[rows], self.codes[columns], "cityblock")
            return exact.astype(np.float32)
        products: Floats = (-2 * self.codes[rows]) @ self.codes[columns].T
        products += self.squared[columns]
        return products

    def _exact_distances(self, rows: Array, index: Array) -> Floats:
        difference = self.codes[rows][:, None] - self.codes[index]
        if self.metric == "manhattan":
            return np.asarray(np.abs(difference).sum(axis=2))
        return np.asarray(np.sqrt(np.einsum("mkd,mkd->mk", difference, difference)))


def _half_squared(centers: Floats) -> Floats:
    return np.asarray(np.einsum("cd,cd->c", centers, centers) / 2)


def _nearest_center(codes: Floats, centers: Floats, progress: ProgressCallback) -> Array:
    half = _half_squared(centers)
    step = max(1, _BLOCK // len(centers))
    parts = []
    for start in range(0, len(codes), step):
        progress(0.0, _MESSAGE)
        parts.append((half - codes[start : start + step] @ centers.T).argmin(axis=1))
    return np.concatenate(parts)


def _smallest(values: Floats, k: int) -> Array:
    """The columns of the `k` smallest of each row, in any order, ``(m, k)``.

    A rank of every 16th value bounds the k-th smallest of all, so that few values remain to be
    compared: 9 times as fast as `numpy.argpartition` of all at 12,000 columns.
    """
    rank = 2 * (k // _STRIDE) + 4
    if values.shape[1] <= 2 * _STRIDE * rank:
        return np.argpartition(values, k - 1, axis=1)[:, :k]
    bound = np.partition(values[:, ::_STRIDE], rank, axis=1)[:, rank, None]
    is_below = values <= bound
    counts = np.array([np.count_nonzero(row) for row in is_below])
    if counts.min() < k:
        return np.argpartition(values, k - 1, axis=1)[:, :k]
    row = np.repeat(np.arange(len(values)), counts)
    column = np.flatnonzero(is_below) - row * values.shape[1]
    place = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
    remaining = np.full((len(values), counts.max()), np.inf, np.float32)
    columns = np.zeros(remaining.shape, np.intp)
    remaining[row, place] = values[row, column]
    columns[row, place] = column
    chosen = np.argpartition(remaining, k - 1, axis=1)[:, :k]
    return np.take_along_axis(columns, chosen, axis=1)


def approximate_neighbors(
    codes: Floats, k: int, metric: str, seed: int, progress: ProgressCallback
) -> tuple[NDArray[np.int32], Floats, float]:
    """The approximate `k` nearest neighbors of each code, itself excluded.

    The parameters are those of `NeighborCells`.

    Returns
    -------
    index, distance
        ``(N, k)`` int32 and float32, nearest first.
    recall
        The share of the exact neighbors that were searched, measured on a sample of 256 codes.
    """
    cells = NeighborCells(codes, metric, seed, subprogress(progress, 0.0, 0.1))
    n_cells, recall = cells.cells_for(k, subprogress(progress, 0.1, 0.1))
    return *cells.search(k, n_cells, subprogress(progress, 0.1, 1.0)), recall
