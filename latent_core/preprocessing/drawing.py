"""Extraction of ink from photographs of drawings, as MNIST-like models need it.

Gray images are float32 ``(H, W)`` in [0, 1].  **Ink** ``(H, W)`` is how much a pixel differs from
the background: 0 for background, 1 for a full stroke.
"""

from __future__ import annotations

import numpy as np
from PIL import Image

from latent_core.types import Floats

MIN_INK = 0.06
"""Ink below this value counts as background."""
MIN_CONTRAST = 0.3
"""A photograph with less contrast between its darkest ink and its paper has no ink."""
_UNIFORM_TOLERANCE = 0.03
_WHITE_LEVEL = 0.96
"""Relative brightness from which a background counts as white."""


def resize(gray: Floats, height: int, width: int) -> Floats:
    """Resampled image ``(height, width)``: area average when smaller, bilinear when larger."""
    smaller = height <= gray.shape[0] and width <= gray.shape[1]
    method = Image.Resampling.BOX if smaller else Image.Resampling.BILINEAR
    return np.asarray(Image.fromarray(gray).resize((width, height), method), dtype=np.float32)


def downscale(gray: Floats, max_side: int) -> Floats:
    """The image, reduced so that its longer side is at most `max_side` pixels."""
    height, width = gray.shape
    scale = max_side / max(height, width)
    if scale >= 1:
        return gray
    return resize(gray, max(1, round(height * scale)), max(1, round(width * scale)))


def border_pixels(gray: Floats) -> Floats:
    """The pixels ``(P,)`` of a border whose width is 1/16 of the shorter side."""
    depth = max(1, min(gray.shape) // 16)
    sides = (gray[:depth], gray[-depth:], gray[depth:-depth, :depth], gray[depth:-depth, -depth:])
    pixels: Floats = np.concatenate([side.ravel() for side in sides])
    return pixels


def uniform_background(pixels: Floats, min_fraction: float = 0.5) -> float | None:
    """0 or 1 if over `min_fraction` of the pixels are within 0.03 of that level, else None."""
    for level in (0.0, 1.0):
        if (np.abs(pixels - level) < _UNIFORM_TOLERANCE).mean() > min_fraction:
            return level
    return None


def background_of_strokes(gray: Floats) -> float:
    """1 for dark strokes on a light background, 0 for light strokes on a dark one.

    Strokes are narrow, so they differ from a blurred image more strongly than their
    surroundings do: the skewness of the high-pass image has the strokes' sign.  The edge of a
    shadow differs equally in both directions and cancels.
    """
    from scipy import ndimage

    small = downscale(gray, 160)
    detail = small - ndimage.gaussian_filter(small, min(small.shape) / 12)
    return 1.0 if float((detail * detail * detail).sum()) <= 0 else 0.0


def extract_ink(gray: Floats) -> Floats | None:
    """The ink of dark strokes on light, unevenly lit paper; None where there is none.

    The paper's brightness is estimated by a morphological closing (strokes are narrower than a
    fifth of the image), and ink is the darkening relative to it, whatever the lighting.  Ruled
    lines and grain are too pale to count; objects at the edges or far from the drawing are
    removed.
    """
    darkening = (1 - gray / np.maximum(_paper_brightness(gray), 0.02)).astype(np.float32)
    overview = downscale(darkening, 400)
    darkest = float(np.quantile(overview, 0.9994))
    noise_std = float(np.median(np.abs(overview - np.median(overview)))) * 1.48  # from the MAD
    if darkest < max(MIN_CONTRAST, 8 * noise_std):
        return None
    ink = np.clip((darkening / darkest - 0.4) / 0.4, 0, 1).astype(np.float32)
    return _main_drawing(ink)


def _paper_brightness(gray: Floats) -> Floats:
    from scipy import ndimage

    small = ndimage.uniform_filter(downscale(gray, 256), 3)
    size = max(3, min(small.shape) // 5)
    closed = ndimage.grey_closing(small, (size, size))
    return resize(ndimage.uniform_filter(closed, 5), *gray.shape)


def _main_drawing(ink: Floats) -> Floats:
    """The ink without specks, components at the edges, and components far from the main one."""
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
    distance = 0.3 * max(side.stop - side.start for side in main)
    return all(
        a.start < b.stop + distance and a.stop > b.start - distance
        for a, b in zip(box, main, strict=True)
    )


def flatten_background(gray: Floats) -> Floats:
    """An object on a light, nearly uniform background, which becomes 1 without a gradient.

    The background is a plane fitted by least squares to the border pixels without outliers.
    """
    rows, columns = np.indices(gray.shape, dtype=np.float32)
    plane = np.stack([np.ones_like(gray), rows / gray.shape[0], columns / gray.shape[1]], axis=2)
    design = np.stack(
        [border_pixels(np.ascontiguousarray(plane[:, :, i])) for i in range(3)], axis=1
    )
    values = border_pixels(gray)
    inliers = np.abs(values - np.median(values)) < 0.25
    coefficients = np.linalg.lstsq(design[inliers], values[inliers], rcond=None)[0]
    relative: Floats = gray / np.maximum(plane @ coefficients, 0.05)
    flattened: Floats = np.clip(relative / _WHITE_LEVEL, 0, 1).astype(np.float32)
    return flattened


def ink_bounding_box(ink: Floats) -> tuple[slice, slice] | None:
    """Rows and columns of the ink's bounding box, or None without ink."""
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
    """Ink with every stroke `radius` pixels wider on each side; the image grows by as much."""
    from scipy import ndimage

    padded = np.pad(ink, int(np.ceil(radius)) + 1)
    distance = ndimage.distance_transform_edt(padded < 0.5)
    dilated = np.clip(radius + 1 - distance, 0, 1).astype(np.float32)
    thicker: Floats = np.maximum(padded, dilated)
    return thicker


def center_of_mass(ink: Floats) -> tuple[float, float]:
    """Row and column of the ink's center of mass."""
    total = max(float(ink.sum()), 1e-12)
    row = float((ink.sum(axis=1) * np.arange(ink.shape[0])).sum()) / total
    column = float((ink.sum(axis=0) * np.arange(ink.shape[1])).sum()) / total
    return row, column
