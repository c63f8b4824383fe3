"""Installed data sets: a card, a sprite sheet of all images (or codes), labels and factors.

``data/<id>/images.png`` is a sprite sheet of all images: lossless, small, and the same file that
the browser shows images from.  Where color would make it too large it is ``images.avif``, lossy
at high quality; unlike WebP it hardly leaks color between neighboring images.  Images and factors
are decoded at first use.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_core import card_files
from latent_core.datasets.factors import check_ranges, factors_of_card, read_factors
from latent_core.datasets.idx import read_idx
from latent_core.datasets.precomputed import read_precomputed
from latent_core.errors import InvalidCardError, InvalidInputError
from latent_core.io.sprite_sheet import SHEET_TYPES, pack_sprite_sheet, unpack_sprite_sheet
from latent_core.types import Dataset, Floats, freeze

FACTORS_FILE = "factors.parquet"


def list_datasets() -> list[str]:
    """The ids of all data sets, sorted."""
    return card_files.list_ids(card_files.data_dir())


def load_dataset(dataset_id: str) -> Dataset:
    """The data set `dataset_id`, loaded once per process.

    Raises
    ------
    UnknownNameError
        There is no such data set.
    InvalidCardError
        Its card is incomplete, or its files don't match the checksums on the card.
    """
    card_files.check_id("data set", card_files.data_dir(), dataset_id)
    return _load(card_files.data_dir() / dataset_id)


@lru_cache(maxsize=8)
def _load(folder: Path) -> Dataset:
    card, dataset_id = card_files.read_card(folder / "card.json"), folder.name

    def required(name: str, kind: type) -> Any:
        return card_files.required_field(card, name, kind, dataset_id)

    has_images = "codes" not in card
    image_shape = _shape(required("image_shape", list)) if has_images else (0, 0, 0)
    count, checksums = required("count", int), required("sha256", dict)
    factors = required("factors", dict) if "factors" in card else {}
    blobs = {name: _read_verified(folder / name, digest) for name, digest in checksums.items()}
    sheet = blobs[_sheet_name(card, dataset_id)] if has_images else b""
    return Dataset(
        id=dataset_id,
        title=required("title", str),
        count=count,
        image_shape=image_shape,
        read_images=cache(partial(_read_images, sheet, count, image_shape)),
        labels=_labels(blobs.get("labels.npy"), count, dataset_id),
        class_names=tuple(card.get("class_names", ())),
        fingerprint=hashlib.sha256(repr(sorted(checksums.items())).encode()).hexdigest(),
        read_factors=cache(partial(_factors, blobs.get(FACTORS_FILE), count, factors, dataset_id)),
        precomputed=None if has_images else read_precomputed(card, blobs, count, dataset_id),
        card=card,
    )


def _shape(lengths: list[Any]) -> tuple[int, int, int]:
    return int(lengths[0]), int(lengths[1]), int(lengths[2])


def _read_images(sheet: bytes, count: int, image_shape: tuple[int, int, int]) -> NDArray[np.uint8]:
    if not sheet:
        raise InvalidInputError(
            "This data set has codes and no images; choose one that has images."
        )
    images = unpack_sprite_sheet(sheet, count, image_shape)
    freeze(images)
    return images


def _factors(
    table: bytes | None, count: int, fields: dict[str, Any], where: str
) -> Mapping[str, Floats]:
    """The factors on a card, each within its range."""
    factors = read_factors(table, count, tuple(fields), where)
    return check_ranges(factors, factors_of_card({"factors": fields}, where), where)


def _sheet_name(card: dict[str, Any], where: str) -> str:
    """The file name of the sprite sheet on the card."""
    names = [name for name in SHEET_TYPES if name in card["sha256"]]
    if len(names) != 1:
        known = " or ".join(SHEET_TYPES)
        raise InvalidCardError(
            f"The card of {where!r} must name one sprite sheet under 'sha256', {known}; correct it."
        )
    return names[0]


def _read_verified(path: Path, digest: str) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InvalidCardError(
            f"Data set {path.parent.name!r} lacks {path.name} ({error}); copy it there."
        ) from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise InvalidCardError(
            f"{path.parent.name}/{path.name} doesn't match the checksum on its card; copy it again."
        )
    return data


def _labels(blob: bytes | None, count: int, where: str) -> NDArray[np.int64] | None:
    if blob is None:
        return None
    labels = np.load(io.BytesIO(blob), allow_pickle=False)
    if labels.shape != (count,):
        raise InvalidCardError(
            f"Data set {where!r} has {count} images but labels of shape {labels.shape}; "
            "correct one of them."
        )
    classes: NDArray[np.int64] = labels.astype(np.int64)
    return classes


def sprite_sheet_path(dataset_id: str) -> Path:
    """The path of a data set's sprite sheet; its name is in `SHEET_TYPES`."""
    folder = card_files.data_dir() / dataset_id
    card = card_files.read_card(folder / "card.json")
    card_files.required_field(card, "sha256", dict, dataset_id)
    return folder / _sheet_name(card, dataset_id)


def read_chunks(folder: Path) -> tuple[NDArray[np.uint8], dict[str, Floats]]:
    """Generated training images ``(N, C, H, W)`` uint8 and factors ``(N,)`` by name.

    Parameters
    ----------
    folder
        Output of ``python -m datagen … --train``.

    Raises
    ------
    InvalidInputError
        The folder has no chunks.
    InvalidCardError
        The factors don't fit the images.
    """
    paths = sorted(folder.glob("part-*.npy"))
    if not paths or not (folder / FACTORS_FILE).is_file():
        raise InvalidInputError(
            f"{folder} has no chunks of images; create them with `python -m datagen … --train`."
        )
    images = np.concatenate([np.load(path, allow_pickle=False) for path in paths])
    table = (folder / FACTORS_FILE).read_bytes()
    return images, read_factors(table, len(images), None, str(folder))


def write_shipped_dataset(dataset_id: str, folder: Path) -> None:
    """Write ``images.png``, ``labels.npy`` and the card's checksums from idx test files.

    Parameters
    ----------
    dataset_id
        ``"digits"`` or ``"fashion"``.
    folder
        Contains the idx files.
    """
    images, labels = read_idx(dataset_id, folder, train=False)
    target = card_files.data_dir() / dataset_id
    (target / "images.png").write_bytes(pack_sprite_sheet(images))
    np.save(target / "labels.npy", labels.astype(np.uint8), allow_pickle=False)
    names = ("images.png", "labels.npy")
    digests = {name: card_files.sha256_file(target / name) for name in names}
    shape = [int(n) for n in images.shape[1:]]
    card_files.update_card(target, sha256=digests, count=len(images), image_shape=shape)
