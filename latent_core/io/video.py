"""Videos: frames as an MP4 or a PNG filmstrip; `latent_core.io.gif` makes GIFs of them.

Frames are uint8 ``(T, H, W, 3)``; `upscale_frames` makes them from decoded images.
"""

from __future__ import annotations

import io
from fractions import Fraction
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_core.errors import InputTooLargeError, InvalidInputError
from latent_core.installation import requires_extra
from latent_core.io.png import to_pixels
from latent_core.io.sprite_sheet import pack_sprite_sheet
from latent_core.progress import ProgressCallback, null_progress
from latent_core.types import Array, as_images

SIDE_RANGE = (16, 2048)
"""Length of a frame's longer side in pixels."""
FRAME_COUNT_RANGE = (2, 1000)
FPS_RANGE = (1, 50)
"""Frames per second; browsers slow down a GIF whose frames last less than 1/50 s."""

MAX_PIXELS = 2**26
"""Of all frames together: 256 frames of 512 × 512 pixels, or 200 MB."""

_QUALITY = "18"  # x264's constant rate factor; visually close to lossless
_REC709 = 1  # the code of Rec. 709 in H.264's tables of matrices, primaries and transfer

Frames = NDArray[np.uint8]


def upscale_frames(frames: Any, side: int, smooth: bool = False) -> Frames:
    """Upscaled frames, uint8 ``(T, h, w, 3)`` with max(h, w) = `side`; gray becomes RGB.

    Parameters
    ----------
    frames
        ``(T, C, H, W)`` in [0, 1], gray or RGB; T is 2 to 1,000.
    side
        16 to 2,048 pixels.  An integer multiple of the original side keeps all pixels equal
        squares.
    smooth
        Bicubic interpolation instead of nearest neighbor.

    Raises
    ------
    InvalidInputError
        Invalid pixel values, or a number of frames or channels or a side that is not allowed.
    InputTooLargeError
        More than `MAX_PIXELS` in total.
    """
    images = as_images(frames)
    count, channels, *shape = images.shape
    if channels not in (1, 3):
        raise InvalidInputError(
            f"Frames must have 1 (gray) or 3 (RGB) channels, not {channels}; convert them first."
        )
    height, width = _target_size(shape, side)
    _check_limits(count, height, width)
    pixels = to_pixels(images)
    upscaled = _bicubic(pixels, height, width) if smooth else _nearest(pixels, height, width)
    return np.ascontiguousarray(np.broadcast_to(upscaled, (count, height, width, 3)))


def _target_size(shape: list[int], side: int) -> tuple[int, int]:
    if not SIDE_RANGE[0] <= side <= SIDE_RANGE[1]:
        raise InvalidInputError(
            f"The side must be {SIDE_RANGE[0]} to {SIDE_RANGE[1]} pixels, not {side}; "
            "choose another."
        )
    if min(shape) < 1:
        raise InvalidInputError("These frames have no pixels; give images of at least 1 × 1.")
    height, width = (max(1, round(length * side / max(shape))) for length in shape)
    return height, width


def _check_limits(count: int, height: int, width: int) -> None:
    if not FRAME_COUNT_RANGE[0] <= count <= FRAME_COUNT_RANGE[1]:
        raise InvalidInputError(
            f"A video must have {FRAME_COUNT_RANGE[0]} to {FRAME_COUNT_RANGE[1]} frames, "
            f"not {count}; change the number of frames."
        )
    if count * height * width > MAX_PIXELS:
        raise InputTooLargeError(
            f"{count} frames of {width} × {height} are {count * height * width / 1e6:.0f} "
            f"megapixels, over the limit of {MAX_PIXELS / 1e6:.0f}; "
            "use fewer frames or a smaller side."
        )


def _nearest(pixels: Frames, height: int, width: int) -> Frames:
    rows, columns = (
        (2 * np.arange(new) + 1) * old // (2 * new)  # the pixel whose center is nearest
        for new, old in zip((height, width), pixels.shape[1:3], strict=True)
    )
    return pixels[:, rows[:, None], columns]


def _bicubic(pixels: Frames, height: int, width: int) -> Frames:
    from PIL import Image

    channels = [
        Image.fromarray(frame[..., c]).resize((width, height), Image.Resampling.BICUBIC)
        for frame in pixels
        for c in range(pixels.shape[3])
    ]
    stacked = np.stack([np.asarray(channel) for channel in channels])
    return stacked.reshape(len(pixels), -1, height, width).transpose(0, 2, 3, 1)


def encode_mp4(frames: Frames, fps: float, progress: ProgressCallback = null_progress) -> bytes:
    """An H.264 video in MP4, with chroma subsampling (4:2:0), which every player supports.

    4:2:0 needs even sides: an odd one is padded by repeating its last row or column, so that no
    pixel is resampled.  Colors are converted to Rec. 709, and the file declares it.

    Parameters
    ----------
    frames
        uint8 ``(T, H, W, 3)``.
    fps
        Frames per second, 1 to 50.
    progress
        Called once per frame.

    Raises
    ------
    InvalidInputError, InputTooLargeError
        Invalid frames or frame rate, or too many pixels.
    """
    with requires_extra("video"):
        import av
        from av.video.reformatter import VideoReformatter

    frames, rate = checked_frames(frames), Fraction(checked_fps(fps)).limit_denominator(1000)
    padding = [*((0, length % 2) for length in frames.shape[1:3]), (0, 0)]
    buffer, reformatter = (
        io.BytesIO(),
        VideoReformatter(),
    )  # PyAV's default one never ends its threads
    with av.open(buffer, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=rate, options={"crf": _QUALITY})
        stream.height, stream.width = (length + length % 2 for length in frames.shape[1:3])
        stream.pix_fmt = "yuv420p"
        context = stream.codec_context
        context.colorspace = context.color_primaries = context.color_trc = _REC709
        for number, pixels in enumerate(frames, 1):
            even = np.pad(pixels, padding, mode="edge")
            frame = reformatter.reformat(
                av.VideoFrame.from_ndarray(even, format="rgb24"),
                format="yuv420p",
                dst_colorspace=_REC709,
            )
            container.mux(stream.encode(frame))
            progress(number / len(frames), f"frame {number:,} of {len(frames):,}")
        container.mux(stream.encode())
    return buffer.getvalue()


def strip_png(frames: Frames, columns: int | None = None) -> bytes:
    """A lossless PNG filmstrip.

    Parameters
    ----------
    frames
        uint8 ``(T, H, W, 3)``.
    columns
        Frames per row; by default all are in one row.  Unused cells are black.

    Raises
    ------
    InvalidInputError, InputTooLargeError
        Invalid frames, too many pixels, or no columns.
    """
    frames = checked_frames(frames)
    columns = len(frames) if columns is None else columns
    if columns < 1:
        raise InvalidInputError(
            f"A row must have at least one frame, not {columns}; give more columns."
        )
    return pack_sprite_sheet(frames.transpose(0, 3, 1, 2), min(columns, len(frames)))


def checked_frames(frames: Any) -> Frames:
    """`frames` if they are uint8 ``(T, H, W, 3)`` within the limits."""
    checked: Array = np.asarray(frames)
    is_rgb = checked.ndim == 4 and checked.shape[3] == 3
    if checked.dtype != np.uint8 or not is_rgb or 0 in checked.shape:
        raise InvalidInputError(
            f"Frames must be uint8 (T, H, W, 3), not {checked.dtype} of shape {checked.shape}; "
            "make them with upscale_frames."
        )
    _check_limits(*checked.shape[:3])
    return checked


def checked_fps(fps: float) -> float:
    """`fps` as a float, if it is in `FPS_RANGE`."""
    if (
        isinstance(fps, bool)
        or not isinstance(fps, Real)
        or not FPS_RANGE[0] <= fps <= FPS_RANGE[1]
    ):
        raise InvalidInputError(
            f"The frames per second must be {FPS_RANGE[0]} to {FPS_RANGE[1]}, not {fps!r}; "
            "correct them."
        )
    return float(fps)
