"""Frames as a film, an animated picture or a strip, for other programs.

Frames are uint8 ``(T, H, W, 3)`` here; `enlarged` makes them from what a model decodes.
"""

from __future__ import annotations

import io
from fractions import Fraction
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_core.errors import InputTooLargeError, InvalidInputError
from latent_core.io.sprite_sheet import pack_sprite_sheet
from latent_core.types import Array, as_images

SIDE_RANGE = (16, 2048)
FRAME_COUNT_RANGE = (2, 1000)
FPS_RANGE = (1, 50)
"""Frames per second; browsers slow a GIF down whose frames last less than 1/50 s."""

MAX_PIXELS = 2**26
"""Of all frames together: 256 frames of 512 × 512, or 200 MB."""

_QUALITY = "18"  # x264's constant rate factor: hardly to be told from the source by eye
_REC709 = 1  # the number of this standard in H.264's tables of matrices, primaries and transfer

Frames = NDArray[np.uint8]


def upscale_frames(frames: Any, side: int, smooth: bool = False) -> Frames:
    """Frames as uint8 ``(T, h, w, 3)``, the longer side `side` pixels long; grey becomes RGB.

    Parameters
    ----------
    frames
        ``(T, C, H, W)`` in [0, 1]; 2 to 1,000 of them, grey or RGB.
    side
        16 to 2,048.  A whole multiple of the pictures' own makes all their pixels equal squares.
    smooth
        Whether to interpolate (bicubic) rather than to repeat the nearest pixel.

    Raises
    ------
    BadInput
        Pixels, a number of frames or channels, or a side that can't be.
    TooLarge
        More than `MAX_PIXELS` in all.
    """
    images = as_images(frames)
    count, channels, *shape = images.shape
    if channels not in (1, 3):
        raise InvalidInputError(f"Frames are grey or RGB, not of {channels} channels; give 1 or 3.")
    height, width = _scaled(shape, side)
    _check_amount(count, height, width)
    pixels = np.rint(np.clip(images, 0, 1) * 255).astype(np.uint8).transpose(0, 2, 3, 1)
    sized = _bicubic(pixels, height, width) if smooth else _nearest(pixels, height, width)
    return np.ascontiguousarray(np.broadcast_to(sized, (count, height, width, 3)))


def _scaled(shape: list[int], side: int) -> tuple[int, int]:
    if not SIDE_RANGE[0] <= side <= SIDE_RANGE[1]:
        raise InvalidInputError(
            f"The side must be {SIDE_RANGE[0]} to {SIDE_RANGE[1]} pixels, not {side}; change it."
        )
    if min(shape) < 1:
        raise InvalidInputError("These frames have no pixels; give pictures.")
    height, width = (max(1, round(length * side / max(shape))) for length in shape)
    return height, width


def _check_amount(count: int, height: int, width: int) -> None:
    if not FRAME_COUNT_RANGE[0] <= count <= FRAME_COUNT_RANGE[1]:
        raise InvalidInputError(
            f"A film has {FRAME_COUNT_RANGE[0]} to {FRAME_COUNT_RANGE[1]} frames, not {count}; change that."
        )
    if count * height * width > MAX_PIXELS:
        raise InputTooLargeError(
            f"{count} frames of {width} × {height} are {count * height * width / 1e6:.0f} "
            f"megapixels, more than the {MAX_PIXELS / 1e6:.0f} that are made at once; "
            "take fewer frames or a smaller side."
        )


def _nearest(pixels: Frames, height: int, width: int) -> Frames:
    rows, columns = (
        (2 * np.arange(wanted) + 1) * given // (2 * wanted)  # whose middle is nearest
        for wanted, given in zip((height, width), pixels.shape[1:3], strict=True)
    )
    return pixels[:, rows[:, None], columns]


def _bicubic(pixels: Frames, height: int, width: int) -> Frames:
    from PIL import Image

    channels = [
        Image.fromarray(frame[..., c]).resize((width, height), Image.Resampling.BICUBIC)
        for frame in pixels
        for c in range(pixels.shape[3])
    ]
    sized = np.stack([np.asarray(channel) for channel in channels])
    return sized.reshape(len(pixels), -1, height, width).transpose(0, 2, 3, 1)


def gif_rate(fps: float) -> float:
    """The frames per second that a GIF for `fps` really has: its delays are whole 1/100 s."""
    return 100 / round(100 / _rate(fps))


def encode_gif(frames: Frames, fps: float, loop: bool = True) -> bytes:
    """An animated GIF, at `gif_rate` frames per second, over and over or once.

    Grey frames keep every level; a frame of more than 256 colours is reduced to 256.  Frames
    alike in a row are held as one that stays longer.

    Parameters
    ----------
    frames
        uint8 ``(T, H, W, 3)``.
    fps
        1 to 50.

    Raises
    ------
    BadInput, TooLarge
        The frames or their rate can't be.
    """
    import imageio.v3 as imageio

    film, rate = _film(frames), gif_rate(fps)
    grey = bool((film == film[..., :1]).all())
    again: dict[str, Any] = {"loop": 0} if loop else {}
    made: bytes = imageio.imwrite(
        "<bytes>",
        film[..., 0] if grey else film,
        extension=".gif",
        plugin="pillow",
        is_batch=True,
        mode="L" if grey else "RGB",
        duration=round(1000 / rate),
        **again,
    )
    return made


def encode_mp4(frames: Frames, fps: float) -> bytes:
    """A film that every player opens: H.264 in MP4, its colours halved in resolution (4:2:0).

    That needs even sides: an odd one is made longer by repeating its last row or column, so
    that no pixel is resampled.  Colours are those of Rec. 709, and the file says so.
    Frames and rate are as for `gif`.
    """
    import av
    from av.video.reformatter import VideoReformatter

    film, rate = _film(frames), Fraction(_rate(fps)).limit_denominator(1000)
    padding = [*((0, length % 2) for length in film.shape[1:3]), (0, 0)]
    buffer, reformatter = io.BytesIO(), VideoReformatter()  # PyAV's own would keep its threads
    with av.open(buffer, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=rate, options={"crf": _QUALITY})
        stream.height, stream.width = (length + length % 2 for length in film.shape[1:3])
        stream.pix_fmt = "yuv420p"
        context = stream.codec_context
        context.colorspace = context.color_primaries = context.color_trc = _REC709
        for pixels in film:
            even = np.pad(pixels, padding, mode="edge")
            frame = reformatter.reformat(
                av.VideoFrame.from_ndarray(even, format="rgb24"),
                format="yuv420p",
                dst_colorspace=_REC709,
            )
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return buffer.getvalue()


def strip_png(frames: Frames, columns: int | None = None) -> bytes:
    """All frames in one PNG, exactly: side by side, or `columns` to a row, the rest black.

    Raises
    ------
    BadInput, TooLarge
        The frames can't be, or there are no columns.
    """
    film = _film(frames)
    across = len(film) if columns is None else columns
    if across < 1:
        raise InvalidInputError(
            f"A row must have at least one frame, not {across}; give more columns."
        )
    return pack_sprite_sheet(film.transpose(0, 3, 1, 2), min(across, len(film)))


def _film(frames: Any) -> Frames:
    film: Array = np.asarray(frames)
    if film.dtype != np.uint8 or film.ndim != 4 or film.shape[3] != 3 or 0 in film.shape:
        raise InvalidInputError(
            f"Frames are uint8 (T, H, W, 3), not {film.dtype} of shape {film.shape}; "
            "make them with enlarged."
        )
    _check_amount(*film.shape[:3])
    return film


def _rate(fps: float) -> float:
    if isinstance(fps, bool) or not isinstance(fps, Real) or not FPS_RANGE[0] <= fps <= FPS_RANGE[1]:
        raise InvalidInputError(
            f"The frames per second must be {FPS_RANGE[0]} to {FPS_RANGE[1]}, not {fps!r}; change that."
        )
    return float(fps)
