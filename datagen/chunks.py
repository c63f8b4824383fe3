"""Many pictures, made part by part: what is there already is kept, so a stop costs little."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from datagen.faces.factors import Table
from datagen.registry import SUBJECTS, row
from latent_core.errors import BadInput
from latent_core.factors import write_factors

PART = 250
FACTORS = "factors.parquet"
Report = Callable[[int, int], None]


def make_parts(subject_id: str, factors: Table, folder: Path, workers: int, report: Report) -> None:
    """Write ``part-00000.npy`` … with `PART` pictures ``(n, 3, H, W)`` uint8 each.

    Parameters
    ----------
    report
        Called with how many pictures are done, and of how many.

    Raises
    ------
    BadInput
        The folder's parts were made from other factors.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _claim(folder, write_factors(factors))
    count = len(next(iter(factors.values())))
    starts = [n for n in range(0, count, PART) if not _path(folder, n).exists()]
    done = count - sum(min(PART, count - start) for start in starts)
    report(done, count)
    for made in _made(subject_id, factors, folder, starts, workers):
        done += made
        report(done, count)


def write_parts(images: NDArray[np.uint8], factors: Table, folder: Path) -> None:
    """Write pictures ``(N, C, H, W)`` that are there already the same way."""
    folder.mkdir(parents=True, exist_ok=True)
    _claim(folder, write_factors(factors))
    for start in range(0, len(images), PART):
        _save(images[start : start + PART], _path(folder, start))


def _claim(folder: Path, table: bytes) -> None:
    """Lay the factors down beside the parts, or see that they are the same."""
    path = folder / FACTORS
    if path.exists() and path.read_bytes() != table:
        raise BadInput(f"{folder} holds parts with another seed or count; name another folder.")
    path.write_bytes(table)


def _path(folder: Path, start: int) -> Path:
    return folder / f"part-{start // PART:05d}.npy"


def _made(
    subject_id: str, factors: Table, folder: Path, starts: list[int], workers: int
) -> Iterator[int]:
    slices = [{name: values[n : n + PART] for name, values in factors.items()} for n in starts]
    jobs = list(zip(slices, [_path(folder, n) for n in starts], strict=True))
    if workers == 1:
        yield from (_make_part(subject_id, part, path) for part, path in jobs)
        return
    with ProcessPoolExecutor(workers) as pool:
        for job in as_completed([pool.submit(_make_part, subject_id, *job) for job in jobs]):
            yield job.result()


def _make_part(subject_id: str, factors: Table, path: Path) -> int:
    count = len(next(iter(factors.values())))
    draw = SUBJECTS[subject_id].draw
    images = np.stack([draw(row(factors, index)) for index in range(count)])
    _save(images, path)
    return count


def _save(images: NDArray[np.uint8], path: Path) -> None:
    temporary = path.with_suffix(".tmp")
    with temporary.open("wb") as file:
        np.save(file, images, allow_pickle=False)
    temporary.replace(path)
