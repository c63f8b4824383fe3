"""Export of a path: a video, a strip or sheet of images, or the codes."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.io.gif import encode_gif, gif_rate
from latent_core.io.video import (
    FRAME_COUNT_RANGE,
    MAX_PIXELS,
    SIDE_RANGE,
    encode_mp4,
    strip_png,
    upscale_frames,
)
from latent_core.models.card import ModelCard
from latent_core.progress import ProgressCallback, null_progress, subprogress
from latent_core.types import Array, Floats

FORMATS = {
    "gif": ("GIF", "image/gif"),
    "mp4": ("MP4", "video/mp4"),
    "png": ("PNG strip", "image/png"),
    "npz": ("Codes (npz)", "application/zip"),
}
FULL_SPAN, EXTENDED_SPAN = (0.0, 1.0), (-0.5, 1.5)
DECODE_BATCH_SIZE = 16
DECODED = 0.6
"""The fraction of the work that is done once all images are decoded."""
DEFAULT_SIDE, DEFAULT_GIF_SIDE = 448, 256


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOptions:
    """Format, size and timing of an export.

    Parameters
    ----------
    kind
        One of `FORMATS`.
    side
        The longer side of a frame, in pixels.
    frames
        Frames one way, including the first and the last.
    fps
        Frames per second.
    there_and_back
        Whether the frames run back again.
    span
        First and last time.
    smooth
        Whether frames are enlarged with interpolation between pixels.

    Raises
    ------
    InvalidInputError
        An unknown format, or times that don't increase.
    """

    kind: str
    side: int
    frames: int
    fps: float
    there_and_back: bool = False
    span: tuple[float, float] = FULL_SPAN
    smooth: bool = False

    def __post_init__(self) -> None:
        if self.kind not in FORMATS:
            raise InvalidInputError(
                f"There is no format {self.kind!r}; known: {', '.join(FORMATS)}."
            )
        if not self.span[0] < self.span[1]:
            raise InvalidInputError(
                f"The last time must be greater than the first, not {self.span[0]} to "
                f"{self.span[1]}."
            )

    def times(self) -> Array:
        """The time of each frame, ``(T,)``; there and back, no frame comes twice in a row."""
        there = np.linspace(*self.span, self.frames)
        return np.concatenate([there, there[-2:0:-1]]) if self.there_and_back else there

    def seconds(self) -> float:
        """Duration in seconds."""
        rate = gif_rate(self.fps) if self.kind == "gif" else self.fps
        return len(self.times()) / rate


def max_frames(side: int, shape: tuple[int, int], there_and_back: bool) -> int:
    """The largest number of frames of images ``(H, W)`` at this size."""
    height, width = (max(1, round(length * side / max(shape))) for length in shape)
    total = min(FRAME_COUNT_RANGE[1], MAX_PIXELS // (height * width))
    return max(FRAME_COUNT_RANGE[0], (total + 2) // 2 if there_and_back else total)


def export_file(
    options: ExportOptions,
    decode: Callable[[Array], Floats],
    codes: Callable[[Array], Floats],
    provenance: dict[str, str],
    progress: ProgressCallback = null_progress,
) -> bytes:
    """The bytes of the exported file.

    Parameters
    ----------
    options
        Format, size and timing.
    decode, codes
        Functions that give images ``(T, C, H, W)`` and codes ``(T, D)`` at times ``(T,)``.
    provenance
        Strings stored beside the codes, by name.
    progress
        Called for each batch of images and each frame.

    Raises
    ------
    InvalidInputError
        A size or number of frames that is not possible.
    """
    times = options.times()
    if options.kind == "npz":
        return codes_file(codes(times), {"times": times}, provenance)
    images = decode_in_batches(times, decode, subprogress(progress, 0.0, DECODED))
    return encode_frames(options, images, subprogress(progress, DECODED, 1.0))


def decode_in_batches(
    inputs: Array, decode: Callable[[Array], Floats], progress: ProgressCallback
) -> Floats:
    """The images ``(N, C, H, W)`` of N times or codes, with progress after each batch."""
    batches = []
    for start in range(0, len(inputs), DECODE_BATCH_SIZE):
        batches.append(decode(inputs[start : start + DECODE_BATCH_SIZE]))
        done = min(start + DECODE_BATCH_SIZE, len(inputs))
        progress(done / len(inputs), f"{done:,} of {len(inputs):,} images decoded")
    return np.concatenate(batches)


def encode_frames(
    options: ExportOptions, images: Floats, progress: ProgressCallback = null_progress
) -> bytes:
    """Decoded images ``(T, C, H, W)``, enlarged, as a file in a format other than npz."""
    frames = upscale_frames(images, options.side, options.smooth)
    if options.kind == "gif":
        return encode_gif(frames, options.fps, progress=progress)
    return encode_mp4(frames, options.fps, progress) if options.kind == "mp4" else strip_png(frames)


def codes_file(codes: Floats, columns: dict[str, Array], provenance: dict[str, str]) -> bytes:
    """Codes ``(T, D)`` float32 with more arrays and strings, as an npz without pickles."""
    buffer = io.BytesIO()
    words = {name: np.array(text) for name, text in provenance.items()}
    np.savez_compressed(
        buffer, allow_pickle=False, codes=codes.astype(np.float32), **columns, **words
    )
    return buffer.getvalue()


def provenance(card: ModelCard, kind: str, labels: Sequence[str]) -> dict[str, str]:
    """Model, path kind and endpoints, for a file of codes."""
    return {
        "model": card.id,
        "weights_sha256": card.weights_sha256,
        "path": kind,
        "between": " | ".join(labels),
    }


def side_limits(shape: tuple[int, int], default: int = DEFAULT_SIDE) -> tuple[int, int, int]:
    """Smallest, default and largest side: multiples of the images' own side."""
    own = max(shape)
    least = own * -(-SIDE_RANGE[0] // own)
    return least, own * max(1, default // own), own * max(1, min(1024, SIDE_RANGE[1]) // own)
