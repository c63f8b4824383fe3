"""The networks, one class per architecture, found by the name a card gives.

Each maps images ``(N, C, H, W)`` in [0, 1] to the parameters of a code and codes
``(N, D)`` back to images.  Nothing here knows cards, files or data sets.
"""

from __future__ import annotations

from typing import Any, Protocol

from torch import Tensor, nn

from latent_core.architectures.classifier import Classifier
from latent_core.architectures.conv import ConvAutoencoder
from latent_core.architectures.generator import Generator
from latent_core.architectures.linear import LinearAutoencoder
from latent_core.architectures.pyramid import PyramidAutoencoder
from latent_core.architectures.torchvision_backbone import Backbone
from latent_core.errors import InvalidCardError, UnknownNameError


class Network(Protocol):
    """What every architecture offers."""

    def encode(self, images: Tensor) -> tuple[Tensor, Tensor | None]:
        """Mean ``(N, D)`` and, for a VAE, log-variance ``(N, D)``."""

    def decode(self, codes: Tensor) -> Tensor:
        """Images ``(N, C, H, W)`` in [0, 1]."""

    def init_output_bias(self, brightness: float) -> None:
        """Prepare for training on images of this mean brightness, in (0, 1)."""


ARCHITECTURES: dict[str, type[nn.Module]] = {
    "linear": LinearAutoencoder,
    "conv": ConvAutoencoder,
    "pyramid": PyramidAutoencoder,
    "generator": Generator,
    "classifier": Classifier,
    "torchvision": Backbone,
}


def build(
    name: str, image_shape: tuple[int, int, int], latent_dim: int, **options: Any
) -> nn.Module:
    """An untrained network of the architecture `name`.

    Raises
    ------
    UnknownName
        There is no such architecture.
    BadCard
        It does not take these options.
    """
    if name not in ARCHITECTURES:
        raise UnknownNameError("architecture", name, ARCHITECTURES)
    try:
        return ARCHITECTURES[name](image_shape, latent_dim, **options)
    except TypeError as error:
        raise InvalidCardError(
            f"Architecture {name!r} does not take these options: {error}."
        ) from error
