"""MNIST's idx file format."""

from __future__ import annotations

import gzip
import io
import math
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from latent_core.errors import InvalidInputError, LatentError, UnknownNameError
from latent_core.files import read_regular_file
from latent_core.torchvision_compat import import_torchvision
from latent_core.untrusted import reading

IDX_DATASETS = {"digits": "MNIST", "fashion": "FashionMNIST"}
"""Data sets whose training images come as idx files, with their names in torchvision."""
MAX_BYTES = 2**30
"""Bytes of an idx file; the largest of the MNIST family has 547 million."""


def read_idx(
    dataset_id: str, folder: Path, *, train: bool, download: bool = False
) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Images ``(N, 1, H, W)`` uint8 and labels ``(N,)`` int64 from idx files, plain or gzipped.

    Parameters
    ----------
    dataset_id
        ``"digits"`` or ``"fashion"``.
    folder
        Contains the four idx files, or is torchvision's root folder.
    train
        Whether to read the 60,000 training images, or the 10,000 test images.
    download
        Whether to download them with torchvision first.

    Raises
    ------
    UnknownNameError
        No data set of that name has idx files.
    InvalidInputError
        A file is missing or damaged.
    LatentError
        The download failed.
    """
    if dataset_id not in IDX_DATASETS:
        raise UnknownNameError("training set", dataset_id, IDX_DATASETS)
    name = IDX_DATASETS[dataset_id]
    if download:
        try:
            getattr(import_torchvision("datasets"), name)(str(folder), train=train, download=True)
        except (OSError, RuntimeError) as error:
            raise LatentError(
                f"{name} could not be downloaded to {folder} ({error}); "
                "check the network, or copy the idx files there."
            ) from error
    part = "train" if train else "t10k"
    folders = [folder, folder / dataset_id, folder / name / "raw"]
    images = _read_idx_file(folders, f"{part}-images-idx3-ubyte")
    labels = _read_idx_file(folders, f"{part}-labels-idx1-ubyte")
    return images[:, None], labels.astype(np.int64)


def _read_idx_file(folders: list[Path], name: str) -> NDArray[np.uint8]:
    for path in (folder / (name + suffix) for folder in folders for suffix in ("", ".gz")):
        if not path.is_file():
            continue
        with reading(f"{path} cannot be read", "correct it", InvalidInputError):
            return parse_idx(read_regular_file(path), str(path))
    searched = ", ".join(str(folder) for folder in folders)
    raise InvalidInputError(f"{name}(.gz) is in none of {searched}; give its folder as --data-dir.")


def parse_idx(data: bytes, name: str) -> NDArray[np.uint8]:
    """The array in the content of an idx file of bytes, plain or gzipped.

    Parameters
    ----------
    name
        Of the file, for messages.

    Raises
    ------
    InvalidInputError
        The file is damaged, holds other values than bytes, or is longer or shorter than its
        header says.

    References
    ----------
    LeCun, Cortes, Burges, "The MNIST database of handwritten digits", 1998, file formats.
    """
    with reading(f"{name} is not a complete idx file", "download it again", InvalidInputError):
        return _parse_idx(data)


def _parse_idx(data: bytes) -> NDArray[np.uint8]:
    if data.startswith(b"\x1f\x8b"):
        data = gzip.GzipFile(fileobj=io.BytesIO(data)).read(MAX_BYTES + 1)
    n_axes = data[3] if data[:3] == b"\0\0\x08" else 0
    start = 4 + 4 * n_axes
    if not 1 <= n_axes <= 3 or len(data) < start:
        raise ValueError("it does not begin with the header of one to three axes of bytes")
    shape = [int(n) for n in np.frombuffer(data, ">u4", n_axes, 4)]
    if math.prod(shape) != len(data) - start:
        raise ValueError(f"it has {len(data) - start:,} bytes, but its header says {shape}")
    return np.frombuffer(data, np.uint8, offset=start).reshape(shape)
