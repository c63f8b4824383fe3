"""MNIST's idx file format, through torchvision's reader."""

from __future__ import annotations

import gzip
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_core.errors import InvalidInputError, LatentError, UnknownNameError
from latent_core.torchvision_compat import import_torchvision

IDX_DATASETS = {"digits": "MNIST", "fashion": "FashionMNIST"}
"""Data sets whose training images come as idx files, with their names in torchvision."""


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


def _read_idx_file(folders: list[Path], name: str) -> NDArray[Any]:
    reader = import_torchvision("datasets.mnist").read_sn3_pascalvincent_tensor
    for path in (folder / (name + suffix) for folder in folders for suffix in ("", ".gz")):
        if not path.is_file():
            continue
        try:
            raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
            with tempfile.NamedTemporaryFile() as plain:
                plain.write(raw)
                plain.flush()
                array: NDArray[Any] = reader(plain.name).numpy()
                return array
        except (OSError, EOFError, AssertionError, RuntimeError, KeyError, ValueError) as error:
            raise InvalidInputError(
                f"{path} is not a complete idx file ({error}); download it again."
            ) from error
    searched = ", ".join(str(folder) for folder in folders)
    raise InvalidInputError(f"{name}(.gz) is in none of {searched}; give its folder as --data-dir.")
