"""Write a data set in the format the app reads: images, factors, labels, overview and card."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from datagen import RENDERER
from datagen.description import DatasetDescription
from datagen.factor_table import FactorTable
from latent_core import card_files
from latent_core.datasets.dataset import FACTORS_FILE
from latent_core.datasets.factors import write_factors
from latent_core.datasets.splits import SPLIT
from latent_core.errors import InvalidInputError
from latent_core.files import write_file
from latent_core.io.export import npy
from latent_core.io.sprite_sheet import SHEET_COLUMNS, pack_avif_sprite_sheet, pack_sprite_sheet

AVIF_QUALITY = 80  # 36 to 39 dB PSNR; the loss is not visible at 64×64
MAX_SHEET_SIDE = 16_384  # pixels; browsers draw no larger images
CONTACT_COLUMNS, CONTACT_ROWS = 8, 5


def publish_dataset(
    description: DatasetDescription,
    images: NDArray[np.uint8],
    factors: FactorTable,
    folder: Path,
    made_with: str,
) -> None:
    """Write the data set into `folder`: gray images as lossless PNG, color images as AVIF.

    Parameters
    ----------
    images
        ``(N, C, H, W)`` with one or three channels.
    made_with
        The command that makes it, for the card.

    Raises
    ------
    InvalidInputError
        More images than one sprite sheet holds.
    """
    limit = MAX_SHEET_SIDE // images.shape[2] * SHEET_COLUMNS
    if len(images) > limit:
        raise InvalidInputError(
            f"A sprite sheet holds at most {limit:,} images, not {len(images):,}; "
            "lower --count, or add --train to write chunks for training."
        )
    folder.mkdir(parents=True, exist_ok=True)
    gray = images.shape[1] == 1
    sheet = pack_sprite_sheet(images) if gray else pack_avif_sprite_sheet(images, AVIF_QUALITY)
    files = {"images.png" if gray else "images.avif": sheet, FACTORS_FILE: write_factors(factors)}
    if description.class_factor:
        files["labels.npy"] = npy(factors[description.class_factor].astype(np.uint8))
    for name, data in files.items():
        write_file(folder / name, data)
    write_file(folder / "contact.png", contact_sheet(images))
    card = _card(description, made_with) | {
        "sha256": {name: card_files.sha256_file(folder / name) for name in files},
        "count": len(images),
        "image_shape": [int(n) for n in images.shape[1:]],
        "split": SPLIT,
    }
    if description.attribute_thresholds:
        card["attribute_thresholds"] = dict(description.attribute_thresholds)
    card_files.write_card(folder / "card.json", card)


def _card(description: DatasetDescription, made_with: str) -> dict[str, Any]:
    return dict(description.metadata) | {
        "made_with": made_with,
        "renderer": RENDERER,
        "class_names": list(description.class_names),
        "factors": {name: factor.as_card() for name, factor in description.factors.items()},
    }


def contact_sheet(images: NDArray[np.uint8]) -> bytes:
    """PNG overview: the first ``CONTACT_ROWS × CONTACT_COLUMNS`` images in a grid."""
    count = CONTACT_COLUMNS * CONTACT_ROWS
    channels, height, width = images.shape[1:]
    shown = np.zeros((count, channels, height, width), np.uint8)
    shown[: min(count, len(images))] = images[:count]
    return pack_sprite_sheet(shown, CONTACT_COLUMNS)
