"""Which of this library's architectures a state dict is of, by its names and shapes."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from latent_core.opening.models.hypotheses import Shape
from latent_core.opening.models.pytorch.state_dicts import Shapes

_LINEAR = ("mean", "components")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognized:
    """An architecture with its sizes.

    Parameters
    ----------
    name
        A key of `ARCHITECTURES`.
    options
        Those of the architecture, as on a card.
    channels
        C; None where the shapes do not say.
    n_pixels
        H × W, or C × H × W where `channels` is None.
    multiple
        H and W are divisible by it.
    """

    name: str
    latent_dim: int
    channels: int | None
    n_pixels: int
    multiple: int = 1
    options: Mapping[str, Any] = field(default_factory=dict)

    def fits(self, shape: Shape) -> bool:
        """Whether images ``(C, H, W)`` have its numbers of channels and pixels."""
        channels, height, width = shape
        n_pixels = height * width * (channels if self.channels is None else 1)
        return (
            self.channels in (None, channels)
            and n_pixels == self.n_pixels
            and height % self.multiple == width % self.multiple == 0
        )

    def square(self) -> Shape | None:
        """The shape of square images that fit, gray before color; None without one."""
        for channels in (1, 3) if self.channels is None else (self.channels,):
            side = math.isqrt(self.n_pixels // (channels if self.channels is None else 1))
            if self.fits((channels, side, side)):
                return channels, side, side
        return None


def recognize(shapes: Shapes) -> Recognized | None:
    """The architecture of a state dict's tensors by name; None for that of another program.

    Whether every name and shape is right must be checked with the network of that architecture.
    """
    for read in _READERS:
        try:
            if (found := read(shapes)) is not None:
                return found
        except (KeyError, IndexError, ValueError, ZeroDivisionError):
            continue
    return None


def _linear(shapes: Shapes) -> Recognized | None:
    if set(shapes) != set(_LINEAR):
        return None
    latent_dim, n_pixels = shapes["components"]
    return Recognized(name="linear", latent_dim=latent_dim, channels=None, n_pixels=n_pixels)


def _conv(shapes: Shapes) -> Recognized | None:
    width, hidden = shapes["encoder.2.first.weight"][0], shapes["encoder.5.weight"][0]
    latent_dim = shapes["decoder.0.weight"][1]
    return Recognized(
        name="conv",
        latent_dim=latent_dim,
        channels=shapes["encoder.1.weight"][1] // 4,
        n_pixels=16 * shapes["encoder.5.weight"][1] // width,
        multiple=4,
        options={
            "width": width,
            "hidden": hidden,
            **_variational(shapes["encoder.9.weight"][0], latent_dim),
        },
    )


def _pyramid(shapes: Shapes) -> Recognized | None:
    has_features = "encoder.projection.weight" in shapes
    encoder = _layers(shapes, "encoder.encoder." if has_features else "encoder.")
    widths = _pyramid_widths(encoder)
    latent_dim = shapes["decoder.0.weight"][1]
    last = _last_linear(encoder)
    options: dict[str, Any] = {"widths": widths, "hidden": last[1]}
    options |= _variational(last[0], latent_dim)
    if has_features:
        features = _layers(shapes, "encoder.features.")
        options["frozen_features"] = {
            "levels": _batchnorm_widths(features),
            "features": _last_linear(features)[0],
        }
    cells = shapes["decoder.2.weight"][0] // widths[-1]
    return Recognized(
        name="pyramid",
        latent_dim=latent_dim,
        channels=encoder[1][1] // 4,
        n_pixels=cells * 4 ** len(widths),
        multiple=2 ** len(widths),
        options=options,
    )


def _generator(shapes: Shapes) -> Recognized | None:
    if any(name.startswith(("encoder.", "head.")) for name in shapes):
        return None
    decoder = _layers(shapes, "decoder.")
    hidden, latent_dim = decoder[0]
    convolutions = [shape for shape in decoder.values() if len(shape) == 4]
    is_deep = "decoder.4.first.weight" in shapes
    if is_deep:
        ups = [shape for shape in convolutions[:-1] if shape[2] == 4]
        widths = [shape[1] for shape in reversed(ups)] + [shapes["decoder.4.first.weight"][0]]
        sizes: dict[str, Any] = {"widths": widths, "hidden": hidden}
        cells, multiple = decoder[2][0] // widths[-1], 2 ** len(widths)
    else:
        width = shapes["decoder.6.first.weight"][0]
        sizes = {"width": width, "hidden": hidden}
        cells, multiple = decoder[4][0] // width, 4
    whitened = {"whitened_latents": True} if "latent_mean" in shapes else {}
    return Recognized(
        name="generator",
        latent_dim=latent_dim,
        channels=convolutions[-1][0] // 4,
        n_pixels=cells * multiple**2,
        multiple=multiple,
        options=sizes | whitened,
    )


def _classifier(shapes: Shapes) -> Recognized | None:
    classes, latent_dim = shapes["head.2.weight"]
    encoder = _layers(shapes, "encoder.")
    is_deep = "encoder.2.first.weight" in shapes
    widths = _pyramid_widths(encoder) if is_deep else _batchnorm_widths(encoder)
    dense = [shape for shape in encoder.values() if len(shape) == 2]
    first = next(shape for shape in encoder.values() if len(shape) == 4)
    return Recognized(
        name="classifier",
        latent_dim=latent_dim,
        channels=first[1] // 4 if is_deep else first[1],
        n_pixels=dense[0][1] // widths[-1] * 4 ** len(widths),
        multiple=2 ** len(widths),
        options={"classes": classes, "widths" if is_deep else "levels": widths},
    )


_READERS: tuple[Callable[[Shapes], Recognized | None], ...] = (
    _linear,
    _classifier,
    _conv,
    _pyramid,
    _generator,
)


def _layers(shapes: Shapes, prefix: str) -> dict[int, tuple[int, ...]]:
    """The shapes of the weights of a sequence's layers by their numbers, in order."""
    pattern = re.compile(re.escape(prefix) + r"(\d+)\.weight")
    found = {int(m[1]): shape for name, shape in shapes.items() if (m := pattern.fullmatch(name))}
    return dict(sorted(found.items()))


def _pyramid_widths(encoder: Mapping[int, tuple[int, ...]]) -> list[int]:
    """Channels of each level, from the convolutions of `pyramid_encoder`."""
    return [shape[0] for shape in encoder.values() if len(shape) == 4]


def _batchnorm_widths(encoder: Mapping[int, tuple[int, ...]]) -> list[int]:
    """Channels of each level, of the two convolutions per level of `batchnorm_encoder`."""
    return [shape[0] for shape in encoder.values() if len(shape) == 4][::2]


def _last_linear(layers: Mapping[int, tuple[int, ...]]) -> tuple[int, ...]:
    return [shape for shape in layers.values() if len(shape) == 2][-1]


def _variational(outputs: int, latent_dim: int) -> dict[str, bool]:
    return {"variational": True} if outputs == 2 * latent_dim else {}
