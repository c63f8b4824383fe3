"""A made data set as the app reads it: sheet, factors, labels, contact sheet and card."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from datagen import RENDERER
from datagen.faces.factors import Table
from datagen.registry import About
from latent_core import cards
from latent_core.datasets import FACTORS_FILE, SHEET_COLUMNS, pack_avif_sheet, pack_sheet
from latent_core.errors import BadInput
from latent_core.factors import write_factors

QUALITY = 80  # of the AVIF: 36 to 39 dB, below what an eye sees at this size
SHEET_LIMIT = 16_384  # pixels a side: what browsers draw from
CONTACT_COLUMNS, CONTACT_ROWS = 8, 5


def ship(
    about: About, images: NDArray[np.uint8], factors: Table, folder: Path, made_with: str
) -> None:
    """Write the data set into `folder`: grey pictures as they are, coloured ones as an AVIF.

    Raises
    ------
    BadInput
        More pictures than one sheet holds.
    """
    most = SHEET_LIMIT // images.shape[2] * SHEET_COLUMNS
    if len(images) > most:
        raise BadInput(
            f"A sheet holds at most {most:,} pictures, not {len(images):,}; add --train."
        )
    folder.mkdir(parents=True, exist_ok=True)
    grey = images.shape[1] == 1
    sheet = pack_sheet(images) if grey else pack_avif_sheet(images, QUALITY)
    files = {"images.png" if grey else "images.avif": sheet, FACTORS_FILE: write_factors(factors)}
    if about.class_factor:
        files["labels.npy"] = _npy(factors[about.class_factor].astype(np.uint8))
    for name, data in files.items():
        (folder / name).write_bytes(data)
    (folder / "contact.png").write_bytes(contact_sheet(images))
    digests = {name: cards.sha256_file(folder / name) for name in files}
    shape = [int(n) for n in images.shape[1:]]
    card = _card(about, made_with) | {
        "sha256": digests,
        "count": len(images),
        "image_shape": shape,
    }
    cards.write_json(folder / "card.json", card)


def _card(about: About, made_with: str) -> dict[str, Any]:
    words = dict(about.words) | {"made_with": made_with, "renderer": RENDERER}
    described = {name: factor.as_card() for name, factor in about.factors.items()}
    return words | {"class_names": list(about.class_names), "factors": described}


def _npy(array: NDArray[np.uint8]) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, array, allow_pickle=False)
    return buffer.getvalue()


def contact_sheet(images: NDArray[np.uint8]) -> bytes:
    """A PNG of the first pictures, for people who want to see what is in the set."""
    count = CONTACT_COLUMNS * CONTACT_ROWS
    channels, height, width = images.shape[1:]
    shown = np.zeros((count, channels, height, width), np.uint8)
    shown[: min(count, len(images))] = images[:count]
    grid = shown.reshape(CONTACT_ROWS, CONTACT_COLUMNS, channels, height, width)
    rows = grid.transpose(0, 3, 1, 4, 2).reshape(CONTACT_ROWS * height, -1, channels)
    buffer = io.BytesIO()
    Image.fromarray(rows.squeeze(2) if channels == 1 else rows).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
