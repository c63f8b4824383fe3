"""TODO."""

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
"""Data sets whose training pictures come as idx files, with the names torchvision gives them."""


def read_idx(
    dataset_id: str, folder: Path, *, train: bool, download: bool = False
) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Images ``(N, 1, H, W)`` and labels ``(N,)`` from the usual idx files, plain or gzipped.

    Parameters
    ----------
    dataset_id
        ``"digits"`` or ``"fashion"``.
    folder
        Where the four idx files are, or torchvision's root.
    train
        The 60,000 training images, or the 10,000 test images.
    download
        Fetch them with torchvision first, where there is a network.

    Raises
    ------
    UnknownNameError, InvalidInputError, LatentError
        No such training set; a file is missing or damaged; the download failed.
    """
    if dataset_id not in IDX_DATASETS:
        raise UnknownNameError("training set", dataset_id, IDX_DATASETS)
    name = IDX_DATASETS[dataset_id]
    if download:
        try:
            getattr(import_torchvision("datasets"), name)(str(folder), train=train, download=True)
        except (OSError, RuntimeError) as error:
            raise LatentError(f"{name} could not be downloaded to {folder}: {error}.") from error
    part = "train" if train else "t10k"
    places = [folder, folder / dataset_id, folder / name / "raw"]
    images = _read_idx_file(places, f"{part}-images-idx3-ubyte")
    labels = _read_idx_file(places, f"{part}-labels-idx1-ubyte")
    return images[:, None], labels.astype(np.int64)


def _read_idx_file(places: list[Path], name: str) -> NDArray[Any]:
    reader = import_torchvision("datasets.mnist").read_sn3_pascalvincent_tensor
    for path in (place / (name + end) for place in places for end in ("", ".gz")):
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
                f"{path} is not a whole idx file ({error}); fetch it again."
            ) from error
    looked = ", ".join(str(place) for place in places)
    raise InvalidInputError(f"{name}(.gz) is in none of {looked}; name the folder with --data-dir.")
