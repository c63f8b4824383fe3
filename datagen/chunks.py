"""Render many images in chunks; finished chunks are kept, so an interrupted run can resume."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from datagen.factor_table import FactorTable, factors_at
from datagen.registry import RENDERED_DATASETS
from latent_core.datasets.factors import write_factors
from latent_core.errors import InvalidInputError
from latent_core.files import write_file
from latent_core.io.export import npy

CHUNK_SIZE = 250  # images per file
FACTORS_FILE = "factors.parquet"
ProgressCallback = Callable[[int, int], None]


def render_chunks(
    dataset_id: str, factors: FactorTable, folder: Path, workers: int, progress: ProgressCallback
) -> None:
    """Write ``part-00000.npy`` … with `CHUNK_SIZE` images ``(n, 3, H, W)`` uint8 each.

    Parameters
    ----------
    dataset_id
        A key of `RENDERED_DATASETS`.
    workers
        Number of processes.
    progress
        Called with the number of finished images and their total.

    Raises
    ------
    InvalidInputError
        The folder holds chunks of other factors.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _write_factors_once(folder, write_factors(factors))
    count = len(next(iter(factors.values())))
    starts = [n for n in range(0, count, CHUNK_SIZE) if not _chunk_path(folder, n).exists()]
    done = count - sum(min(CHUNK_SIZE, count - start) for start in starts)
    progress(done, count)
    for rendered in _render_missing(dataset_id, factors, folder, starts, workers):
        done += rendered
        progress(done, count)


def write_chunks(images: NDArray[np.uint8], factors: FactorTable, folder: Path) -> None:
    """Write existing images ``(N, C, H, W)`` uint8 and their factors in the same format.

    Raises
    ------
    InvalidInputError
        The folder holds chunks of other factors.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _write_factors_once(folder, write_factors(factors))
    for start in range(0, len(images), CHUNK_SIZE):
        _save_atomically(images[start : start + CHUNK_SIZE], _chunk_path(folder, start))


def _write_factors_once(folder: Path, table: bytes) -> None:
    """Write the factors beside the chunks, or check that those already there are the same."""
    path = folder / FACTORS_FILE
    if path.exists() and path.read_bytes() != table:
        raise InvalidInputError(
            f"{folder} holds images with another seed or count; choose another folder."
        )
    write_file(path, table)


def _chunk_path(folder: Path, start: int) -> Path:
    return folder / f"part-{start // CHUNK_SIZE:05d}.npy"


def _render_missing(
    dataset_id: str, factors: FactorTable, folder: Path, starts: list[int], workers: int
) -> Iterator[int]:
    """Render the chunks at `starts`; yields the number of images of each when it is written."""
    tables = [
        {name: values[n : n + CHUNK_SIZE] for name, values in factors.items()} for n in starts
    ]
    jobs = list(zip(tables, [_chunk_path(folder, n) for n in starts], strict=True))
    if workers == 1:
        yield from (_render_chunk(dataset_id, table, path) for table, path in jobs)
        return
    with ProcessPoolExecutor(workers) as pool:
        futures = [pool.submit(_render_chunk, dataset_id, *job) for job in jobs]
        for future in as_completed(futures):
            yield future.result()


def _render_chunk(dataset_id: str, factors: FactorTable, path: Path) -> int:
    count = len(next(iter(factors.values())))
    render = RENDERED_DATASETS[dataset_id].render
    images = np.stack([render(factors_at(factors, index)) for index in range(count)])
    _save_atomically(images, path)
    return count


def _save_atomically(images: NDArray[np.uint8], path: Path) -> None:
    write_file(path, npy(images))
