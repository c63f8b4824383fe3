"""Data sets: a card, a sheet of all pictures (or codes without pictures), labels, factors.

``data/<id>/images.png`` holds every picture once, row by row, `columns` to a row: lossless,
small, and the very file that the browser shows pictures from. Where colour would make it too
large it is ``images.avif``, with nothing lost that an eye would miss and, unlike WebP, hardly
any colour leaking from a picture into its neighbours. Pictures and factors are read at first use.
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
from latent_core.errors import InvalidCardError, InvalidInputError, UnknownNameError
from latent_core.io.sprite_sheet import SHEET_TYPES, pack_sprite_sheet, unpack_sprite_sheet
from latent_core.types import Dataset, Floats, freeze

FACTORS_FILE = "factors.parquet"


def list_datasets() -> list[str]:
    """The ids of all data sets, sorted."""
    return card_files.list_ids(card_files.data_dir())


def load_dataset(dataset_id: str) -> Dataset:
    """The data set `dataset_id`, read once per process.

    Raises
    ------
    UnknownNameError
        There is none of that name.
    InvalidCardError
        Its card is incomplete, or its files are not those the card names.
    """
    known = list_datasets()
    if dataset_id not in known:
        raise UnknownNameError("data set", dataset_id, known)
    return _load(card_files.data_dir() / dataset_id)


@lru_cache(maxsize=8)
def _load(folder: Path) -> Dataset:
    card = card_files.read_card(folder / "card.json")
    codes_only = "codes" in card
    shape = (
        [0, 0, 0]
        if codes_only
        else card_files.required_field(card, "image_shape", list, folder.name)
    )
    count = card_files.required_field(card, "count", int, folder.name)
    title = card_files.required_field(card, "title", str, folder.name)
    checksums = card_files.required_field(card, "sha256", dict, folder.name)
    blobs = {name: _checked(folder / name, digest) for name, digest in checksums.items()}
    image_shape = (int(shape[0]), int(shape[1]), int(shape[2]))
    sheet = b"" if codes_only else blobs[_sheet_name(card, folder.name)]
    truths = (
        card_files.required_field(card, "factors", dict, folder.name) if "factors" in card else {}
    )
    return Dataset(
        id=folder.name,
        title=title,
        count=count,
        image_shape=image_shape,
        read_images=cache(partial(_read_images, sheet, count, image_shape)),
        labels=_labels(blobs.get("labels.npy"), count, folder.name),
        class_names=tuple(card.get("class_names", ())),
        fingerprint=hashlib.sha256(repr(sorted(checksums.items())).encode()).hexdigest(),
        read_factors=cache(partial(_factors, blobs.get(FACTORS_FILE), count, truths, folder.name)),
        precomputed=read_precomputed(card, blobs, count, folder.name) if codes_only else None,
        card=card,
    )


def _read_images(sheet: bytes, count: int, image_shape: tuple[int, int, int]) -> NDArray[np.uint8]:
    if not sheet:
        raise InvalidInputError(
            "This data set has codes and no pictures; choose one that has pictures."
        )
    images = unpack_sprite_sheet(sheet, count, image_shape)
    freeze(images)
    return images


def _factors(
    table: bytes | None, count: int, told: dict[str, Any], where: str
) -> Mapping[str, Floats]:
    """The factors that a card tells of, each in the range it tells."""
    read = read_factors(table, count, tuple(told), where)
    return check_ranges(read, factors_of_card({"factors": told}, where), where)


def _sheet_name(card: dict[str, Any], where: str) -> str:
    """The one sheet that the card names."""
    names = [name for name in SHEET_TYPES if name in card["sha256"]]
    if len(names) != 1:
        known = " or ".join(SHEET_TYPES)
        raise InvalidCardError(
            f"The card of {where!r} must name one sheet under 'sha256': {known}."
        )
    return names[0]


def _checked(path: Path, digest: str) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InvalidCardError(
            f"Data set {path.parent.name!r} lacks {path.name}: {error}."
        ) from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise InvalidCardError(
            f"{path.parent.name}/{path.name} is not the file its card names; copy it anew."
        )
    return data


def _labels(blob: bytes | None, count: int, where: str) -> NDArray[np.int64] | None:
    if blob is None:
        return None
    labels = np.load(io.BytesIO(blob), allow_pickle=False)
    if labels.shape != (count,):
        raise InvalidCardError(
            f"Data set {where!r} has {count} images but labels of shape {labels.shape}."
        )
    found: NDArray[np.int64] = labels.astype(np.int64)
    return found


def sprite_sheet_path(dataset_id: str) -> Path:
    """The sheet that holds the pictures of a data set; its type is in `SHEET_TYPES`."""
    folder = card_files.data_dir() / dataset_id
    card = card_files.read_card(folder / "card.json")
    card_files.required_field(card, "sha256", dict, dataset_id)
    return folder / _sheet_name(card, dataset_id)


def read_chunks(folder: Path) -> tuple[NDArray[np.uint8], dict[str, Floats]]:
    """Images ``(N, C, H, W)`` and factors that ``python -m datagen … --train`` made in `folder`.

    Raises
    ------
    InvalidInputError, InvalidCardError
        There are none; the factors are not those of the pictures.
    """
    paths = sorted(folder.glob("part-*.npy"))
    if not paths or not (folder / FACTORS_FILE).is_file():
        raise InvalidInputError(
            f"{folder} holds no parts; make them with `python -m datagen … --train`."
        )
    images = np.concatenate([np.load(path, allow_pickle=False) for path in paths])
    table = (folder / FACTORS_FILE).read_bytes()
    return images, read_factors(table, len(images), None, str(folder))


def write_shipped_dataset(dataset_id: str, folder: Path) -> None:
    """Write ``images.png``, ``labels.npy`` and the card's checksums from the idx test files."""
    images, labels = read_idx(dataset_id, folder, train=False)
    target = card_files.data_dir() / dataset_id
    (target / "images.png").write_bytes(pack_sprite_sheet(images))
    np.save(target / "labels.npy", labels.astype(np.uint8), allow_pickle=False)
    names = ("images.png", "labels.npy")
    digests = {name: card_files.sha256_file(target / name) for name in names}
    shape = [int(n) for n in images.shape[1:]]
    card_files.update_card(target, sha256=digests, count=len(images), image_shape=shape)
