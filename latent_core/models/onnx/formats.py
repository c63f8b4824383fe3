"""How the pixels, codes and outputs of a stranger's graphs correspond to images and codes."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

Layout = Literal["NCHW", "NHWC", "NHW", "flat NCHW", "flat NHWC"]
LAYOUTS: tuple[Layout, ...] = ("NCHW", "NHWC", "NHW", "flat NCHW", "flat NHWC")


@dataclass(frozen=True, slots=True, kw_only=True)
class PixelFormat:
    """How a graph's pixels correspond to images ``(N, C, H, W)`` in [0, 1].

    Parameters
    ----------
    layout
        Order of the axes; a flat one has rows of C × H × W numbers.
    scale, offset
        The graph's pixels are ``scale * image + offset``, one number or one per channel.
    is_bgr
        Whether blue comes first.
    is_logit
        Of a decoder: the pixels are the sigmoid of its output, and scale and offset are not used.
    """

    layout: Layout = "NCHW"
    scale: tuple[float, ...] = (1.0,)
    offset: tuple[float, ...] = (0.0,)
    is_bgr: bool = False
    is_logit: bool = False

    @property
    def range_name(self) -> str:
        """The range of the pixels for people, such as ``"[-1, 1]"``."""
        if self.is_logit:
            return "logits"
        if len(self.scale) > 1 or (self.scale, self.offset) not in _RANGE_NAMES:
            mean = ", ".join(f"{-b / a:.3g}" for a, b in zip(self.scale, self.offset, strict=True))
            std = ", ".join(f"{1 / a:.3g}" for a in self.scale)
            return f"standardized, mean {mean}, std {std}"
        return _RANGE_NAMES[self.scale, self.offset]

    def to_dict(self) -> dict[str, Any]:
        """For a card."""
        return asdict(self)


UNIT_RANGE = ((1.0,), (0.0,))
_RANGE_NAMES: dict[tuple[tuple[float, ...], tuple[float, ...]], str] = {
    UNIT_RANGE: "[0, 1]",
    ((2.0,), (-1.0,)): "[-1, 1]",
    ((255.0,), (0.0,)): "[0, 255]",
}
RANGES = tuple(_RANGE_NAMES)


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderFormat:
    """How a graph encodes.

    Parameters
    ----------
    pixels
        Its input.
    input
        Name of the input.
    type
        Type of the input, as ONNX Runtime names it.
    mean, log_var
        Names of the outputs; `log_var` is None for a deterministic encoder.
    are_moments
        Whether the output `mean` has the mean in the first half of axis 1 and the log-variance in
        the second; then `log_var` is None.
    """

    pixels: PixelFormat
    input: str
    type: str
    mean: str
    log_var: str | None = None
    are_moments: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DecoderFormat:
    """How a graph decodes.

    Parameters
    ----------
    pixels
        Its output.
    input, type
        Name and type of the input.
    latent_shape
        Shape of one code, such as ``(16,)`` or ``(4, 8, 8)``.
    output
        Name of the output.
    """

    pixels: PixelFormat
    input: str
    type: str
    latent_shape: tuple[int, ...]
    output: str
