"""Network architectures as `torch.nn.Module`s, by the name on a card.

Each encodes images ``(N, C, H, W)`` in [0, 1] to the parameters of codes, decodes codes ``(N, D)``
to images, or both.  This package depends on no cards, files or data sets.
"""

from __future__ import annotations

import math
from typing import Any, Protocol

import torch
from torch import Tensor, nn

from latent_core.architectures.classifier import Classifier
from latent_core.architectures.conv import ConvAutoencoder
from latent_core.architectures.generator import Generator
from latent_core.architectures.linear import LinearAutoencoder
from latent_core.architectures.pyramid import PyramidAutoencoder
from latent_core.architectures.torchvision_backbone import Backbone
from latent_core.errors import InvalidCardError, UnknownNameError
from latent_core.untrusted import reading

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
    "count_parameters",
]

MAX_PARAMETERS = 2**30
"""Parameters of a network, 4 GiB; the largest of torchvision has 645 million."""
_SEE = "see docs/add-a-model.md"


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
        It does not take these options, or has more than `MAX_PARAMETERS` parameters.
    """
    count = count_parameters(name, image_shape, latent_dim, **options)
    if count > MAX_PARAMETERS:
        raise InvalidCardError(
            f"Architecture {name!r} would have {count:,} parameters, over the limit of "
            f"{MAX_PARAMETERS:,}; correct its options or 'image_shape'."
        )
    return ARCHITECTURES[name](image_shape, latent_dim, **options)


def count_parameters(
    name: str, image_shape: tuple[int, int, int], latent_dim: int, **options: Any
) -> int:
    """The number of parameters and buffers of `build`'s network, without allocating them.

    Raises
    ------
    UnknownNameError, InvalidCardError
        As `build`.
    """
    if name not in ARCHITECTURES:
        raise UnknownNameError("architecture", name, ARCHITECTURES)
    with (
        reading(f"Architecture {name!r} does not take these options", _SEE),
        torch.device("meta"),
    ):
        net = ARCHITECTURES[name](image_shape, latent_dim, **options)
    return sum(math.prod(tensor.shape) for tensor in net.state_dict().values())
