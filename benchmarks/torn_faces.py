"""Faces labeled by eye as torn or whole: ``python -m benchmarks.torn_faces FOLDER`` writes sheets.

The labels are in ``torn_faces.txt``, which says how they were made.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

import latent_core as lc
from latent_core.types import to_uint8

MODEL = "faces-gan-64"
LABELS = Path(__file__).with_suffix(".txt")
N_PRIOR, N_BILINEAR, N_DATA = 150, 100, 50
SEED = 7
COLUMNS, PER_SHEET, SIDE_PX, MARGIN_PX = 10, 50, 128, 14


def labeled_codes(codes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The codes ``(300, D)`` that were labeled, and where each comes from ``(300,)``.

    Parameters
    ----------
    codes
        ``(N, D)``, of all images of the data set; those of the test half are mixed.
    """
    rng, test = np.random.default_rng(SEED), codes[1::2]
    prior = rng.standard_normal((N_PRIOR, codes.shape[1]))
    a, b, c, d = test[rng.integers(0, len(test), (4, N_BILINEAR))]
    u, v = rng.random((N_BILINEAR, 2)).T[:, :, None]
    mixed = (1 - u) * (1 - v) * a + u * (1 - v) * b + (1 - u) * v * c + u * v * d
    own = test[rng.integers(0, len(test), N_DATA)]
    order = rng.permutation(N_PRIOR + N_BILINEAR + N_DATA)
    names = np.repeat(["prior samples", "bilinear", "data"], [N_PRIOR, N_BILINEAR, N_DATA])
    return np.concatenate([prior, mixed, own]).astype(np.float32)[order], names[order]


def read_labels(weights_sha256: str) -> tuple[np.ndarray, np.ndarray] | None:
    """Whether each image is torn, and whether its label is clear, ``(300,)`` bool each.

    None where the labels are of other weights.
    """
    lines = [line for line in LABELS.read_text().splitlines() if not line.startswith("#")]
    sha256, torn, unclear = "", [], []
    current: list[int] = []
    for line in lines:
        if line.startswith("weights_sha256:"):
            sha256 = line.partition(":")[2].strip()
        elif line.endswith(":"):
            current = torn if line == "torn:" else unclear
        else:
            current += map(int, line.split())
    if sha256 != weights_sha256:
        return None
    labels = np.zeros((2, N_PRIOR + N_BILINEAR + N_DATA), bool)
    labels[0, torn], labels[1, unclear] = True, True
    return labels[0], ~labels[1]


def main(folder: Path) -> None:
    """Write contact sheets of the images, numbered."""
    model = lc.load_model(MODEL)
    encodings = lc.encode(model, lc.load_dataset(model.card.dataset))
    pixels = to_uint8(model.decode(labeled_codes(encodings.mean)[0])).transpose(0, 2, 3, 1)
    cell, rows = SIDE_PX + MARGIN_PX, PER_SHEET // COLUMNS
    for start in range(0, len(pixels), PER_SHEET):
        sheet = Image.new("RGB", (COLUMNS * cell, rows * cell), "white")
        draw = ImageDraw.Draw(sheet)
        for k, image in enumerate(pixels[start : start + PER_SHEET]):
            x, y = k % COLUMNS * cell, k // COLUMNS * cell
            large = Image.fromarray(image).resize((SIDE_PX, SIDE_PX), Image.Resampling.BICUBIC)
            sheet.paste(large, (x, y + MARGIN_PX))
            draw.text((x + 2, y), str(start + k), fill="black")
        sheet.save(folder / f"faces_{start}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
