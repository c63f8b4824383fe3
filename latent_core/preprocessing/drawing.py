"""Ink and its ground: what a photo of a drawing needs before a model can look at it.

Grey pictures here are float32 ``(H, W)`` in [0, 1]; **ink** is how far each pixel differs
from its ground, 0 for none and 1 for full.
"""

from __future__ import annotations

import numpy as np
from PIL import Image

from latent_core.types import Floats

MIN_INK = 0.06
"""Ink below this is not counted."""
MIN_CONTRAST = 0.3
"""A photo whose darkest ink is paler than this share of its paper shows none."""


def resize(grey: Floats, height: int, width: int) -> Floats:
    """`grey` at another size: by area when smaller, linear when larger."""
    smaller = height <= grey.shape[0] and width <= grey.shape[1]
    method = Image.Resampling.BOX if smaller else Image.Resampling.BILINEAR
    return np.asarray(Image.fromarray(grey).resize((width, height), method), dtype=np.float32)


def downscale(grey: Floats, longest: int) -> Floats:
    """`grey`, reduced so that its longest side is at most `longest`."""
    height, width = grey.shape
    scale = longest / max(height, width)
    if scale >= 1:
        return grey
    return resize(grey, max(1, round(height * scale)), max(1, round(width * scale)))


def border_pixels(grey: Floats) -> Floats:
    """The pixels along the four edges, a sixteenth of the shorter side deep."""
    depth = max(1, min(grey.shape) // 16)
    sides = (grey[:depth], grey[-depth:], grey[depth:-depth, :depth], grey[depth:-depth, -depth:])
    pixels: Floats = np.concatenate([side.ravel() for side in sides])
    return pixels


def uniform_background(pixels: Floats, share: float = 0.5) -> float | None:
    """0 or 1 if that, nearly, is what more than `share` of the pixels are; else None."""
    for ground in (0.0, 1.0):
        if (np.abs(pixels - ground) < 0.03).mean() > share:
            return ground
    return None


def background_of_strokes(grey: Floats) -> float:
    """1 where dark strokes stand on a light ground, 0 where light ones stand on a dark one.

    Strokes are narrow, so they differ from their surroundings more sharply than the
    surroundings from them: the skewness of what blurring takes away has their sign.  The edge
    of a shadow differs as much both ways and cancels.
    """
    from scipy import ndimage

    small = downscale(grey, 160)
    detail = small - ndimage.gaussian_filter(small, min(small.shape) / 12)
    return 1.0 if float((detail * detail * detail).sum()) <= 0 else 0.0


def extract_ink(grey: Floats) -> Floats | None:
    """The ink of dark strokes on light, unevenly lit paper; None where there is none.

    The paper is what closing leaves (strokes are narrower than a fifth of the picture); the
    ink is what darkens it, whatever the light.  Ruled lines, grain and what enters from the
    edges are paler or farther than the drawing, and go.
    """
    share = (1 - grey / np.maximum(_paper(grey), 0.02)).astype(np.float32)
    overview = downscale(share, 400)
    pen = float(np.quantile(overview, 0.9994))
    grain = float(np.median(np.abs(overview - np.median(overview)))) * 1.48
    if pen < max(MIN_CONTRAST, 8 * grain):
        return None
    ink = np.clip((share / pen - 0.4) / 0.4, 0, 1).astype(np.float32)
    return _drawing_only(ink)


def _paper(grey: Floats) -> Floats:
    from scipy import ndimage

    small = ndimage.uniform_filter(downscale(grey, 256), 3)
    size = max(3, min(small.shape) // 5)
    closed = ndimage.grey_closing(small, (size, size))
    return resize(ndimage.uniform_filter(closed, 5), *grey.shape)


def _drawing_only(ink: Floats) -> Floats:
    """`ink` without specks, what touches the edges, and what lies far from the main piece."""
    from scipy import ndimage

    labels, count = ndimage.label(ink > 0.1, np.ones((3, 3)))
    if count == 0:
        return ink
    areas = ndimage.sum_labels(ink, labels, np.arange(1, count + 1))
    boxes = ndimage.find_objects(labels)
    inside = np.array([_is_inside(box, ink.shape) for box in boxes])
    if areas[inside].max(initial=0) < 0.1 * areas.max():
        inside[:] = True
    main = int(np.argmax(np.where(inside, areas, -1)))
    near = np.array([_is_near(box, boxes[main]) for box in boxes])
    kept = np.flatnonzero(inside & near & (areas > 0.03 * areas[main])) + 1
    return np.where(np.isin(labels, kept), ink, np.float32(0))


def _is_inside(box: tuple[slice, slice], shape: tuple[int, ...]) -> bool:
    return all(
        side.start > 1 and side.stop < length - 1 for side, length in zip(box, shape, strict=True)
    )


def _is_near(box: tuple[slice, slice], main: tuple[slice, slice]) -> bool:
    reach = 0.3 * max(side.stop - side.start for side in main)
    return all(
        a.start < b.stop + reach and a.stop > b.start - reach
        for a, b in zip(box, main, strict=True)
    )


def flatten_background(grey: Floats) -> Floats:
    """A thing on a light, roughly even ground: the ground raised to 1, slope of the light removed.

    A plane is fitted to the border by least squares, once more without what stands out.
    """
    rows, columns = np.indices(grey.shape, dtype=np.float32)
    plane = np.stack([np.ones_like(grey), rows / grey.shape[0], columns / grey.shape[1]], axis=2)
    edges = np.stack(
        [border_pixels(np.ascontiguousarray(plane[:, :, i])) for i in range(3)], axis=1
    )
    values = border_pixels(grey)
    kept = np.abs(values - np.median(values)) < 0.25
    solution = np.linalg.lstsq(edges[kept], values[kept], rcond=None)[0]
    share: Floats = grey / np.maximum(plane @ solution, 0.05)
    level: Floats = np.clip(share / 0.96, 0, 1).astype(np.float32)
    return level


def ink_bounding_box(ink: Floats) -> tuple[slice, slice] | None:
    """Rows and columns that hold the ink, or None."""
    rows, columns = (np.flatnonzero((ink > MIN_INK).any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        return None
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)


def stroke_width(ink: Floats) -> float:
    """The strokes' mean width in pixels: twice their area over the length of their outline."""
    area = float(ink.sum())
    outline = float(np.abs(np.diff(ink, axis=0)).sum() + np.abs(np.diff(ink, axis=1)).sum())
    return 2 * area / max(outline * np.pi / 4, 1e-6)


def thicken_strokes(ink: Floats, radius: float) -> Floats:
    """`ink` with every stroke `radius` pixels wider on each side; the picture grows as much."""
    from scipy import ndimage

    padded = np.pad(ink, int(np.ceil(radius)) + 1)
    distance = ndimage.distance_transform_edt(padded < 0.5)
    wider = np.clip(radius + 1 - distance, 0, 1).astype(np.float32)
    thicker: Floats = np.maximum(padded, wider)
    return thicker


def center_of_mass(ink: Floats) -> tuple[float, float]:
    """Row and column of the ink's centre of mass."""
    total = max(float(ink.sum()), 1e-12)
    row = float((ink.sum(axis=1) * np.arange(ink.shape[0])).sum()) / total
    column = float((ink.sum(axis=0) * np.arange(ink.shape[1])).sum()) / total
    return row, column
