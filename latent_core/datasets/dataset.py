"""Installed data sets: a card, a sprite sheet of all images (or codes), labels and factors.

``data/<id>/images.png`` is a sprite sheet of all images: lossless, small, and the same file that
the browser shows images from.  Where color would make it too large it is ``images.avif``, lossy
at high quality; unlike WebP it hardly leaks color between neighboring images.  Images, codes and
factors are read at first use.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_core import card_files
from latent_core.cache.lru import LRU
from latent_core.cache.memory import IMAGES, memory_share
from latent_core.datasets.factors import check_ranges, factors_of_card, read_factors
from latent_core.datasets.idx import read_idx
from latent_core.datasets.labels import read_labels
from latent_core.datasets.precomputed import read_precomputed
from latent_core.errors import InvalidCardError, InvalidInputError
from latent_core.files import Stamp, read_regular_file, stamp_of_folder, write_file
from latent_core.installed import DATASETS
from latent_core.io.export import npy
from latent_core.io.npy_files import parse_npy
from latent_core.io.sprite_sheet import SHEET_TYPES, pack_sprite_sheet, unpack_sprite_sheet
from latent_core.types import Dataset, Floats, freeze
from latent_core.untrusted import reading, whole

FACTORS_FILE = "factors.parquet"
MAX_SAMPLES = 10_000_000
MAX_LOADED = 256
"""Data sets that stay loaded: their cards and labels, and what was read of the others."""
_FILE_NAME = re.compile(r"\w[\w.-]{0,120}", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}")


def list_datasets() -> list[str]:
    """The ids of all data sets, sorted."""
    return DATASETS.list_ids()


def load_dataset(dataset_id: str) -> Dataset:
    """The data set `dataset_id`; loaded once per process while its files are unchanged.

    Raises
    ------
    UnknownNameError
        There is no such data set.
    InvalidCardError
        Its card is incomplete, or its files don't match the checksums on the card.
    """
    folder = DATASETS.find(dataset_id)
    stamp = stamp_of_folder(folder)
    found = _loaded.get(folder)
    if found is None or found[0] != stamp:
        with reading(f"Data set {dataset_id!r} cannot be read", "correct its card"):
            found = stamp, _load(folder)
        _loaded.put(folder, found)
    return found[1]


_loaded: LRU[Path, tuple[Stamp, Dataset]] = LRU(MAX_LOADED)
_decoded: LRU[tuple[Path, str], NDArray[np.uint8]] = LRU(
    partial(memory_share, IMAGES), lambda a: a.nbytes, 1
)


def _load(folder: Path) -> Dataset:
    card, dataset_id = card_files.read_card(folder / "card.json"), folder.name

    def required(name: str, kind: type) -> Any:
        return card_files.required_field(card, name, kind, dataset_id)

    _check_texts(card, dataset_id)
    has_images = "codes" not in card
    image_shape = card_files.image_shape_of(card, dataset_id) if has_images else (0, 0, 0)
    count = whole(required("count", int), 1, MAX_SAMPLES, "count", dataset_id)
    checksums = _checksums(required("sha256", dict), dataset_id)
    for name, digest in checksums.items():
        _read_verified(folder / name, digest)
    files = {name: partial(_read_verified, folder / name, checksums[name]) for name in checksums}
    sheet = files[_sheet_name(card, dataset_id)] if has_images else None
    labels, class_names = read_labels(_content(files, "labels.npy"), card, count, dataset_id)
    factors = required("factors", dict) if "factors" in card else {}
    fingerprint = hashlib.sha256(repr(sorted(checksums.items())).encode()).hexdigest()
    return Dataset(
        id=dataset_id,
        title=required("title", str),
        count=count,
        image_shape=image_shape,
        read_images=partial(_read_images, (folder, fingerprint), sheet, count, image_shape),
        labels=labels,
        class_names=class_names,
        fingerprint=fingerprint,
        read_factors=cache(
            partial(_factors, files, count, card | {"factors": factors}, dataset_id)
        ),
        precomputed=None if has_images else read_precomputed(card, files, count, dataset_id),
        card=card,
    )


def _check_texts(card: dict[str, Any], where: str) -> None:
    """Optional fields that pages show: texts, lists of examples, and relations of two words."""
    for name in ("description", "source", "license"):
        card_files.required_field({name: ""} | card, name, str, where)
    fields = {
        name: card_files.required_field({name: {}} | card, name, dict, where)
        for name in ("examples", "relations")
    }
    pairs = [pair for of_kind in fields["relations"].values() for pair in of_kind]
    lists = [*fields["examples"].values(), *pairs]
    is_text = all(isinstance(text, str) for texts in lists for text in texts)
    if (
        not is_text
        or not all(isinstance(texts, list) for texts in lists)
        or {len(pair) for pair in pairs} - {2}
    ):
        raise InvalidCardError(
            f"'examples' of {where!r} must be lists of texts, and 'relations' lists of pairs of "
            "texts; correct them."
        )


def _content(files: Mapping[str, Callable[[], bytes]], name: str) -> bytes | None:
    return files[name]() if name in files else None


def _checksums(fields: dict[str, Any], where: str) -> dict[str, str]:
    """The SHA-256 of each file by name; a name is no path."""
    for name, digest in fields.items():
        is_digest = isinstance(digest, str) and _SHA256.fullmatch(digest)
        if not is_digest or not _FILE_NAME.fullmatch(name):
            raise InvalidCardError(
                f"'sha256' on the card of {where!r} must have a file name and 64 hexadecimal "
                f"digits for each file, not {name[:40]!r}: {str(digest)[:70]!r}; correct it."
            )
    return fields


def _read_images(
    key: tuple[Path, str],
    sheet: Callable[[], bytes] | None,
    count: int,
    image_shape: tuple[int, int, int],
) -> NDArray[np.uint8]:
    if sheet is None:
        raise InvalidInputError(
            "This data set has codes and no images; choose one that has images."
        )
    if (images := _decoded.get(key)) is None:
        images = unpack_sprite_sheet(sheet(), count, image_shape)
        freeze(images)
        _decoded.put(key, images)
    return images


def _factors(
    files: Mapping[str, Callable[[], bytes]], count: int, card: dict[str, Any], where: str
) -> Mapping[str, Floats]:
    """The factors on a card, each within its range."""
    incomplete = [n for n in card.get("attribute_thresholds", {}) if _has_gaps(card["factors"], n)]
    if incomplete:
        raise InvalidCardError(
            f"'attribute_thresholds' of {where!r} name {incomplete[0]!r}, which is missing for "
            "some samples; take it out of them."
        )
    factors = read_factors(_content(files, FACTORS_FILE), count, tuple(card["factors"]), where)
    return check_ranges(factors, factors_of_card(card, where), where)


def _has_gaps(fields: dict[str, Any], name: str) -> bool:
    return bool(isinstance(fields.get(name), dict) and fields[name].get("missing"))


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
        data = read_regular_file(path)
    except OSError as error:
        raise InvalidCardError(
            f"Data set {path.parent.name!r} lacks {path.name} ({error}); copy it there."
        ) from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise InvalidCardError(
            f"{path.parent.name}/{path.name} doesn't match the checksum on its card; copy it again."
        )
    return data


def sprite_sheet_path(dataset_id: str) -> Path:
    """The path of a data set's sprite sheet; its name is in `SHEET_TYPES`."""
    folder = DATASETS.find(dataset_id)
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
    with reading(f"The chunks in {folder} cannot be read", "create them again", InvalidInputError):
        images = np.concatenate([parse_npy(read_regular_file(path)) for path in paths])
        table = read_regular_file(folder / FACTORS_FILE)
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
    target = DATASETS.find(dataset_id)
    write_file(target / "images.png", pack_sprite_sheet(images))
    write_file(target / "labels.npy", npy(labels.astype(np.uint8)))
    names = ("images.png", "labels.npy")
    digests = {name: card_files.sha256_file(target / name) for name in names}
    shape = [int(n) for n in images.shape[1:]]
    card_files.update_card(target, sha256=digests, count=len(images), image_shape=shape)
