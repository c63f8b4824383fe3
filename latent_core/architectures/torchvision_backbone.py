"""A torchvision network, trained on ImageNet, whose last hidden layer is a latent space."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, cast

import torch
from torch import Tensor, nn

from latent_core.errors import InvalidCardError, UnknownNameError
from latent_core.torchvision_compat import import_torchvision

_UNSUPPORTED = ("squeezenet", "googlenet", "inception")
"""Prefixes of networks without a final linear layer, or that rescale their inputs themselves."""
_OLD_DENSENET = re.compile(r"(.*denselayer\d+\.(?:norm|relu|conv))\.([12]\.\w+)")


@cache
def known_backbones() -> tuple[str, ...]:
    """The names of the torchvision classifiers that are supported."""
    models = import_torchvision("models")
    names = models.list_models(module=models)
    return tuple(name for name in names if not name.startswith(_UNSUPPORTED))


def pretrained(name: str) -> Any:
    """The metadata of torchvision's default weights: URL, license and input transforms.

    Raises
    ------
    UnknownNameError
        There is no such network, or it is not supported.
    """
    if name not in known_backbones():
        raise UnknownNameError("torchvision network", name, known_backbones())
    return import_torchvision("models").get_model_weights(name).DEFAULT


def feature_count(name: str) -> int:
    """D, the number of features of the last hidden layer of `name`."""
    pretrained(name)
    with torch.device("meta"):
        return _head(import_torchvision("models").get_model(name, weights=None))[1].in_features


class Backbone(nn.Module):
    """A torchvision network without its last layer.

    Parameters
    ----------
    image_shape
        ``(C, H, W)`` with C = 1 or 3; images are resized, cropped and normalized as torchvision's
        default weights require, and a gray image is repeated in three channels.
    latent_dim
        D, the number of features of its last hidden layer.
    backbone
        One of `known_backbones`.

    Raises
    ------
    UnknownNameError
        There is no such network, or it is not supported.
    InvalidCardError
        It has another number of features, or the images another number of channels.
    """

    def __init__(
        self, image_shape: tuple[int, int, int], latent_dim: int, *, backbone: str
    ) -> None:
        super().__init__()
        self.transforms = pretrained(backbone).transforms()
        self.net = import_torchvision("models").get_model(backbone, weights=None)
        self.head, last = _head(self.net)
        if last.in_features != latent_dim:
            raise InvalidCardError(
                f"{backbone} has {last.in_features} features, not {latent_dim}; correct "
                "'latent_dim'."
            )
        if image_shape[0] not in (1, 3):
            raise InvalidCardError(
                f"{backbone} takes images with 1 or 3 channels, not {image_shape[0]}; correct "
                "'image_shape'."
            )
        self.net.set_submodule(self.head, nn.Identity())

    def load_state_dict(self, state_dict: Mapping[str, Any], *_: Any, **__: Any) -> Any:
        """Load torchvision's weights without those of the last layer."""
        head = {f"{self.head}.weight", f"{self.head}.bias"}
        kept = {_OLD_DENSENET.sub(r"\1\2", k): v for k, v in state_dict.items() if k not in head}
        return self.net.load_state_dict(kept)

    def init_output_bias(self, brightness: float) -> None:
        """Do nothing: a backbone outputs no images."""

    def encode(self, images: Tensor) -> tuple[Tensor, Tensor | None]:
        """Features ``(N, D)`` of images ``(N, C, H, W)`` in [0, 1]."""
        inputs = self.transforms(images.expand(-1, 3, -1, -1))
        return cast(Tensor, self.net(inputs)), None


def _head(net: nn.Module) -> tuple[str, nn.Linear]:
    """The name of the last linear layer, and the layer."""
    linear = [(path, part) for path, part in net.named_modules() if isinstance(part, nn.Linear)]
    return linear[-1]
