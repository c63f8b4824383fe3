"""Animated GIFs: one palette for all frames, and only what changes from frame to frame."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from latent_core.io.video import Frames, checked_fps, checked_frames
from latent_core.progress import ProgressCallback, null_progress

if TYPE_CHECKING:
    from PIL import Image

PALETTE_COLORS = 255
"""One index is left for pixels that stay as they were in the frame before."""
PALETTE_SAMPLE = 2**13
"""About how many pixels of all frames the palette is fitted to."""


def gif_rate(fps: float) -> float:
    """The actual frame rate of a GIF made for `fps`: its delays are multiples of 1/100 s."""
    return 100 / round(100 / checked_fps(fps))


def encode_gif(
    frames: Frames, fps: float, loop: bool = True, progress: ProgressCallback = null_progress
) -> bytes:
    """An animated GIF at `gif_rate` frames per second.

    Gray frames keep every level.  Frames with color share one palette of 255 colors without
    dithering: dithered pixels change in every frame, which doubles the size.  Consecutive equal
    frames are stored as one with a longer delay.

    Parameters
    ----------
    frames
        uint8 ``(T, H, W, 3)``.
    fps
        Frames per second, 1 to 50.
    loop
        Whether it repeats forever, or plays once.
    progress
        Called once per frame.

    Raises
    ------
    InvalidInputError, InputTooLargeError
        Invalid frames or frame rate, or too many pixels.
    """
    frames, rate = checked_frames(frames), gif_rate(fps)
    images = _gif_images(frames, progress)
    repeat: dict[str, Any] = {"loop": 0} if loop else {}
    buffer = io.BytesIO()
    next(images).save(
        buffer,
        "GIF",
        save_all=True,
        append_images=images,
        duration=round(1000 / rate),
        **repeat,
    )
    return buffer.getvalue()


def _gif_images(frames: Frames, progress: ProgressCallback) -> Iterator[Image.Image]:
    """The frames with one byte per pixel: gray levels, or indices into the shared palette."""
    from PIL import Image

    gray = bool((frames == frames[..., :1]).all())
    palette = None if gray else _palette(frames)
    for number, pixels in enumerate(frames, 1):
        if palette is None:
            yield Image.fromarray(pixels[..., 0])
        else:
            yield Image.fromarray(pixels).quantize(palette=palette, dither=Image.Dither.NONE)
        progress(number / len(frames), f"frame {number:,} of {len(frames):,}")


def _palette(frames: Frames) -> Image.Image:
    """An image that has the colors of all frames, fitted to a part of their pixels."""
    from PIL import Image

    pixels = frames.reshape(-1, 3)
    step = max(1, len(pixels) // PALETTE_SAMPLE) | 1  # odd, so that it meets every column
    sample = np.ascontiguousarray(pixels[::step])[None]
    return Image.fromarray(sample).quantize(PALETTE_COLORS, Image.Quantize.MEDIANCUT, kmeans=1)
