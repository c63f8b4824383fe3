"""What is seen as a file: a film, a strip or sheet of pictures, or the codes themselves."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.io.video import (
    FRAME_COUNT_RANGE,
    MAX_PIXELS,
    SIDE_RANGE,
    encode_gif,
    encode_mp4,
    gif_rate,
    strip_png,
    upscale_frames,
)
from latent_core.models.card import ModelCard
from latent_core.types import Array, Floats

FORMATS = {
    "gif": ("GIF", "image/gif"),
    "mp4": ("MP4", "video/mp4"),
    "png": ("PNG strip", "image/png"),
    "npz": ("Codes (npz)", "application/zip"),
}
WHOLE, BEYOND = (0.0, 1.0), (-0.5, 1.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """What a visitor wants of a path.

    Parameters
    ----------
    kind
        One of `FORMATS`.
    side
        The longer side of a frame, in pixels.
    frames
        On the way there, its first and last picture among them.
    fps
        Frames per second.
    back
        Whether it goes back again.
    span
        From which time to which.
    smooth
        Whether frames are enlarged smoothly.

    Raises
    ------
    BadInput
        There is no such format, or no way between the times.
    """

    kind: str
    side: int
    frames: int
    fps: float
    back: bool = False
    span: tuple[float, float] = WHOLE
    smooth: bool = False

    def __post_init__(self) -> None:
        if self.kind not in FORMATS:
            raise InvalidInputError(
                f"There is no format {self.kind!r}; known: {', '.join(FORMATS)}."
            )
        if not self.span[0] < self.span[1]:
            raise InvalidInputError(
                f"A film must go on in time, not from {self.span[0]} to {self.span[1]}."
            )

    def times(self) -> Array:
        """The time of each frame, ``(T,)``; there and back, neither end comes twice in a row."""
        there = np.linspace(*self.span, self.frames)
        return np.concatenate([there, there[-2:0:-1]]) if self.back else there

    def seconds(self) -> float:
        """How long it plays."""
        rate = gif_rate(self.fps) if self.kind == "gif" else self.fps
        return len(self.times()) / rate


def most_frames(side: int, shape: tuple[int, int], back: bool) -> int:
    """How many frames of pictures ``(H, W)`` can be asked for at this size."""
    height, width = (max(1, round(length * side / max(shape))) for length in shape)
    total = min(FRAME_COUNT_RANGE[1], MAX_PIXELS // (height * width))
    return max(FRAME_COUNT_RANGE[0], (total + 2) // 2 if back else total)


def as_file(
    wanted: Export,
    decode: Callable[[Array], Floats],
    codes: Callable[[Array], Floats],
    about: dict[str, str],
) -> bytes:
    """The file.

    Parameters
    ----------
    wanted
        What is to be in it.
    decode, codes
        The pictures ``(T, C, H, W)`` and the codes ``(T, D)`` at some times.
    about
        Laid beside the codes, by name.

    Raises
    ------
    BadInput
        A size or number of frames that can't be.
    """
    times = wanted.times()
    if wanted.kind == "npz":
        return codes_file(codes(times), {"times": times}, about)
    frames = upscale_frames(decode(times), wanted.side, wanted.smooth)
    if wanted.kind == "gif":
        return encode_gif(frames, wanted.fps)
    return encode_mp4(frames, wanted.fps) if wanted.kind == "mp4" else strip_png(frames)


def codes_file(codes: Floats, columns: dict[str, Array], about: dict[str, str]) -> bytes:
    """Codes ``(T, D)`` float32 with further columns and words, as NumPy's npz without pickles."""
    buffer = io.BytesIO()
    words = {name: np.array(text) for name, text in about.items()}
    np.savez_compressed(
        buffer, allow_pickle=False, codes=codes.astype(np.float32), **columns, **words
    )
    return buffer.getvalue()


def about(card: ModelCard, kind: str, labels: Sequence[str]) -> dict[str, str]:
    """What a file of codes says of where they come from."""
    return {
        "model": card.id,
        "weights_sha256": card.weights_sha256,
        "path": kind,
        "between": " | ".join(labels),
    }


def sides_of(shape: tuple[int, int]) -> tuple[int, int, int]:
    """The least, the usual and the greatest side: whole multiples of the pictures' own."""
    own = max(shape)
    least = own * -(-SIDE_RANGE[0] // own)
    return least, own * max(1, 448 // own), own * max(1, min(1024, SIDE_RANGE[1]) // own)
