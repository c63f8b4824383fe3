"""Network architectures as `torch.nn.Module`s, by the name on a card.

Each encodes images ``(N, C, H, W)`` in [0, 1] to the parameters of codes, decodes codes ``(N, D)``
to images, or both.  This package depends on no cards, files or data sets.
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

__all__ = [
    "ARCHITECTURES",
    "Backbone",
    "Classifier",
    "ConvAutoencoder",
    "Generator",
    "LinearAutoencoder",
    "Network",
    "PyramidAutoencoder",
    "build",
]


class Network(Protocol):
    """The methods of an architecture; one without an encoder or decoder lacks that method."""

    def encode(self, images: Tensor) -> tuple[Tensor, Tensor | None]:
        """Mean ``(N, D)`` and, for a VAE, log-variance ``(N, D)``."""

    def decode(self, codes: Tensor) -> Tensor:
        """Images ``(N, C, H, W)`` in [0, 1]."""

    def init_output_bias(self, brightness: float) -> None:
        """Initialize the output bias for images of this mean brightness, in (0, 1)."""


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

    Parameters
    ----------
    name
        A key of `ARCHITECTURES`.
    image_shape
        ``(C, H, W)``.
    latent_dim
        D.
    options
        The other entries of ``architecture`` on a card.

    Raises
    ------
    UnknownNameError
        There is no such architecture.
    InvalidCardError
        It does not take these options.
    """
    if name not in ARCHITECTURES:
        raise UnknownNameError("architecture", name, ARCHITECTURES)
    try:
        return ARCHITECTURES[name](image_shape, latent_dim, **options)
    except TypeError as error:
        raise InvalidCardError(
            f"Architecture {name!r} does not take these options: {error}; see docs/add-a-model.md."
        ) from error
