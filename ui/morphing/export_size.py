"""How large an exported file will be, and how many frames a GIF has by default."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from latent_core.types import Array, Floats
from ui.morphing.export import ExportOptions, encode_frames

MAX_GIF_BYTES = 2_000_000
"""The largest GIF by default: what chats and slides take without a wait."""
MARGIN = 0.85
"""The fraction of `MAX_GIF_BYTES` that the estimate may fill."""
PROBE_FRAMES = 5
PROBE_PLACES = (0.15, 0.5, 0.85)
"""Where on the path the sizes of consecutive frames are measured, as fractions."""
SLOWEST_FPS, FASTEST_FPS = 8, 25
"""Between these, the frame rate of a GIF is chosen by its size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameSizes:
    """Bytes of the first two frames with the header, and of each further frame."""

    first_two: float
    further: float

    def total(self, count: int) -> float:
        """The estimated bytes of a file of `count` frames."""
        return self.first_two + self.further * max(0, count - 2)

    def max_count(self, size: float) -> int:
        """The most frames whose estimated bytes are at most `size`."""
        return 2 + max(0, int((size - self.first_two) / max(self.further, 1.0)))


def probe_sizes(options: ExportOptions, decode: Callable[[Array], Floats]) -> FrameSizes:
    """The sizes of a file's frames, measured on consecutive ones at `PROBE_PLACES`."""
    first, last = options.span
    step = (last - first) / max(1, options.frames - 1)
    offsets = step * (np.arange(PROBE_FRAMES) - (PROBE_FRAMES - 1) / 2)
    measured = []
    for place in PROBE_PLACES:
        times = np.clip(first + place * (last - first) + offsets, first, last)
        images = decode(times)
        measured.append([len(encode_frames(options, images[:n])) for n in (2, PROBE_FRAMES)])
    first_two, all_frames = np.mean(measured, axis=0)
    further = (all_frames - first_two) / (PROBE_FRAMES - 2)
    return FrameSizes(first_two=float(first_two), further=max(0.0, float(further)))


def with_default_frames(
    options: ExportOptions, seconds: float, decode: Callable[[Array], Floats]
) -> ExportOptions:
    """`options` with the most frames per second at which the file is small enough.

    Parameters
    ----------
    options
        Its `frames` and `fps` are replaced.
    seconds
        Duration of one way.
    decode
        Images ``(T, C, H, W)`` at times ``(T,)``.
    """
    at_fastest = replace(options, frames=round(seconds * FASTEST_FPS) + 1, fps=FASTEST_FPS)
    most = probe_sizes(at_fastest, decode).max_count(MARGIN * MAX_GIF_BYTES)
    one_way = (most + 2) // 2 if options.there_and_back else most
    fps = int(np.clip((one_way - 1) / seconds, SLOWEST_FPS, FASTEST_FPS))
    return replace(options, frames=round(seconds * fps) + 1, fps=fps)
