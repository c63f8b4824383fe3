"""Data sets: a card, a sheet of all pictures (or codes without pictures), labels, factors.

``data/<id>/images.png`` holds every picture once, row by row, `columns` to a row: lossless,
small, and the very file that the browser shows pictures from. Where colour would make it too
large it is ``images.avif``, with nothing lost that an eye would miss and, unlike WebP, hardly
any colour leaking from a picture into its neighbours. Pictures and factors are read at first use.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import tempfile
from collections.abc import Mapping
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from latent_core import cards
from latent_core.errors import BadCard, BadInput, LatentError, UnknownName
from latent_core.factors import check_ranges, factors_of_card, read_factors
from latent_core.given import read_given
from latent_core.values import Dataset, Floats, freeze
from latent_core.vision import torchvision

SHEET_COLUMNS = 100
SHEET_TYPES = {"images.png": "image/png", "images.avif": "image/avif"}
FACTORS_FILE = "factors.parquet"
IDX_SETS = {"digits": "MNIST", "fashion": "FashionMNIST"}
"""Data sets whose training pictures come as idx files, with the names torchvision gives them."""


def list_datasets() -> list[str]:
    """The ids of all data sets, sorted."""
    return cards.list_ids(cards.data_dir())


def pack_sheet(images: NDArray[np.uint8], columns: int = SHEET_COLUMNS) -> bytes:
    """A PNG with every image ``(N, C, H, W)`` once, row by row."""
    buffer = io.BytesIO()
    _as_sheet(images, columns).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def pack_avif_sheet(images: NDArray[np.uint8], quality: int, columns: int = SHEET_COLUMNS) -> bytes:
    """The same as a lossy AVIF of `quality` in 1 to 100, its colours as fine as its light."""
    buffer = io.BytesIO()
    sheet = _as_sheet(images, columns)
    sheet.save(buffer, "AVIF", quality=quality, subsampling="4:4:4", speed=6)
    return buffer.getvalue()


def _as_sheet(images: NDArray[np.uint8], columns: int) -> Image.Image:
    count, channels, height, width = images.shape
    rows = -(-count // columns)
    padded = np.zeros((rows * columns, channels, height, width), np.uint8)
    padded[:count] = images
    grid = padded.reshape(rows, columns, channels, height, width).transpose(0, 3, 1, 4, 2)
    flat = grid.reshape(rows * height, columns * width, channels)
    return Image.fromarray(flat.squeeze(2) if channels == 1 else flat)


def unpack_sheet(
    sheet_bytes: bytes, count: int, image_shape: tuple[int, int, int], columns: int = SHEET_COLUMNS
) -> NDArray[np.uint8]:
    """The images ``(N, C, H, W)`` of a sheet made by `pack_sheet` or `pack_avif_sheet`."""
    channels, height, width = image_shape
    try:
        with Image.open(io.BytesIO(sheet_bytes), formats=["PNG", "AVIF"]) as sheet:
            pixels = np.asarray(sheet)
    except (OSError, ValueError) as error:
        raise BadCard(f"The sheet of pictures cannot be read ({error}); copy it anew.") from error
    rows = -(-count // columns)
    if pixels.size != rows * columns * channels * height * width:
        raise BadCard(f"The sheet is {pixels.shape}, too small or large for {count} images.")
    grid = pixels.reshape(rows, height, columns, width, channels).transpose(0, 2, 4, 1, 3)
    return np.ascontiguousarray(grid.reshape(-1, channels, height, width)[:count])


def load_dataset(dataset_id: str) -> Dataset:
    """The data set `dataset_id`, read once per process.

    Raises
    ------
    UnknownName
        There is none of that name.
    BadCard
        Its card is incomplete, or its files are not those the card names.
    """
    known = list_datasets()
    if dataset_id not in known:
        raise UnknownName("data set", dataset_id, known)
    return _load(cards.data_dir() / dataset_id)


@lru_cache(maxsize=8)
def _load(folder: Path) -> Dataset:
    card = cards.read_json(folder / "card.json")
    codes_only = "codes" in card
    shape = [0, 0, 0] if codes_only else cards.require(card, "image_shape", list, folder.name)
    count = cards.require(card, "count", int, folder.name)
    title = cards.require(card, "title", str, folder.name)
    checksums = cards.require(card, "sha256", dict, folder.name)
    blobs = {name: _checked(folder / name, digest) for name, digest in checksums.items()}
    image_shape = (int(shape[0]), int(shape[1]), int(shape[2]))
    sheet = b"" if codes_only else blobs[_sheet_name(card, folder.name)]
    truths = cards.require(card, "factors", dict, folder.name) if "factors" in card else {}
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
        given=read_given(card, blobs, count, folder.name) if codes_only else None,
        card=card,
    )


def _read_images(sheet: bytes, count: int, image_shape: tuple[int, int, int]) -> NDArray[np.uint8]:
    if not sheet:
        raise BadInput("This data set has codes and no pictures; choose one that has pictures.")
    images = unpack_sheet(sheet, count, image_shape)
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
        raise BadCard(f"The card of {where!r} must name one sheet under 'sha256': {known}.")
    return names[0]


def _checked(path: Path, digest: str) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadCard(f"Data set {path.parent.name!r} lacks {path.name}: {error}.") from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise BadCard(
            f"{path.parent.name}/{path.name} is not the file its card names; copy it anew."
        )
    return data


def _labels(blob: bytes | None, count: int, where: str) -> NDArray[np.int64] | None:
    if blob is None:
        return None
    labels = np.load(io.BytesIO(blob), allow_pickle=False)
    if labels.shape != (count,):
        raise BadCard(f"Data set {where!r} has {count} images but labels of shape {labels.shape}.")
    found: NDArray[np.int64] = labels.astype(np.int64)
    return found


def sheet_path(dataset_id: str) -> Path:
    """The sheet that holds the pictures of a data set; its type is in `SHEET_TYPES`."""
    folder = cards.data_dir() / dataset_id
    card = cards.read_json(folder / "card.json")
    cards.require(card, "sha256", dict, dataset_id)
    return folder / _sheet_name(card, dataset_id)


def read_parts(folder: Path) -> tuple[NDArray[np.uint8], dict[str, Floats]]:
    """Images ``(N, C, H, W)`` and factors that ``python -m studio … --train`` made in `folder`.

    Raises
    ------
    BadInput, BadCard
        There are none; the factors are not those of the pictures.
    """
    paths = sorted(folder.glob("part-*.npy"))
    if not paths or not (folder / FACTORS_FILE).is_file():
        raise BadInput(f"{folder} holds no parts; make them with `python -m studio … --train`.")
    images = np.concatenate([np.load(path, allow_pickle=False) for path in paths])
    table = (folder / FACTORS_FILE).read_bytes()
    return images, read_factors(table, len(images), None, str(folder))


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
    UnknownName, BadInput, LatentError
        No such training set; a file is missing or damaged; the download failed.
    """
    if dataset_id not in IDX_SETS:
        raise UnknownName("training set", dataset_id, IDX_SETS)
    name = IDX_SETS[dataset_id]
    if download:
        try:
            getattr(torchvision("datasets"), name)(str(folder), train=train, download=True)
        except (OSError, RuntimeError) as error:
            raise LatentError(f"{name} could not be downloaded to {folder}: {error}.") from error
    part = "train" if train else "t10k"
    places = [folder, folder / dataset_id, folder / name / "raw"]
    images = _read_idx_file(places, f"{part}-images-idx3-ubyte")
    labels = _read_idx_file(places, f"{part}-labels-idx1-ubyte")
    return images[:, None], labels.astype(np.int64)


def _read_idx_file(places: list[Path], name: str) -> NDArray[Any]:
    reader = torchvision("datasets.mnist").read_sn3_pascalvincent_tensor
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
            raise BadInput(f"{path} is not a whole idx file ({error}); fetch it again.") from error
    looked = ", ".join(str(place) for place in places)
    raise BadInput(f"{name}(.gz) is in none of {looked}; name the folder with --data-dir.")


def ship(dataset_id: str, folder: Path) -> None:
    """Write ``images.png``, ``labels.npy`` and the card's checksums from the idx test files."""
    images, labels = read_idx(dataset_id, folder, train=False)
    target = cards.data_dir() / dataset_id
    (target / "images.png").write_bytes(pack_sheet(images))
    np.save(target / "labels.npy", labels.astype(np.uint8), allow_pickle=False)
    names = ("images.png", "labels.npy")
    digests = {name: cards.sha256_file(target / name) for name in names}
    shape = [int(n) for n in images.shape[1:]]
    cards.update_card(target, sha256=digests, count=len(images), image_shape=shape)
