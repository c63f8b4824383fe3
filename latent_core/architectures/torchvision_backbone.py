"""A network of torchvision's, taught on ImageNet, whose last hidden layer is a latent space."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, cast

import torch
from torch import Tensor, nn

from latent_core.errors import InvalidCardError, UnknownNameError
from latent_core.torchvision_compat import import_torchvision

_LEFT_OUT = ("squeezenet", "googlenet", "inception")
"""No linear layer at the end; or inputs that they rescale by themselves."""
_OLD_DENSENET = re.compile(r"(.*denselayer\d+\.(?:norm|relu|conv))\.([12]\.\w+)")


@cache
def known_backbones() -> tuple[str, ...]:
    """The names of torchvision's classifiers that can be used."""
    models = import_torchvision("models")
    names = models.list_models(module=models)
    return tuple(name for name in names if not name.startswith(_LEFT_OUT))


def pretrained(name: str) -> Any:
    """What torchvision knows of the weights it recommends for `name`: address, words, pictures.

    Raises
    ------
    UnknownName
        There is no such network.
    """
    if name not in known_backbones():
        raise UnknownNameError("torchvision network", name, known_backbones())
    return import_torchvision("models").get_model_weights(name).DEFAULT


def feature_count(name: str) -> int:
    """D, how many features the last hidden layer of `name` has."""
    pretrained(name)
    with torch.device("meta"):
        return _head(import_torchvision("models").get_model(name, weights=None))[1].in_features


class Backbone(nn.Module):
    """A torchvision network without its last layer.

    Parameters
    ----------
    image_shape
        ``(C, H, W)``, C being 1 or 3; pictures are resized, cropped and normalised as the
        network's own recommended weights ask for, a grey one repeated in three channels.
    latent_dim
        D, the features of its last hidden layer.
    backbone
        One of `known_backbones`.
    """

    def __init__(
        self, image_shape: tuple[int, int, int], latent_dim: int, *, backbone: str
    ) -> None:
        super().__init__()
        self.transforms = pretrained(backbone).transforms()
        self.net = import_torchvision("models").get_model(backbone, weights=None)
        self.head, last = _head(self.net)
        if last.in_features != latent_dim:
            raise InvalidCardError(f"{backbone} has {last.in_features} features, not {latent_dim}.")
        if image_shape[0] not in (1, 3):
            raise InvalidCardError(
                f"{backbone} sees grey or colour pictures, not {image_shape[0]} channels."
            )
        self.net.set_submodule(self.head, nn.Identity())

    def load_state_dict(self, state_dict: Mapping[str, Any], *_: Any, **__: Any) -> Any:
        """Take torchvision's own weights; those of the last layer are left out."""
        own = {f"{self.head}.weight", f"{self.head}.bias"}
        kept = {_OLD_DENSENET.sub(r"\1\2", k): v for k, v in state_dict.items() if k not in own}
        return self.net.load_state_dict(kept)

    def init_output_bias(self, brightness: float) -> None:
        """Nothing to prepare."""

    def encode(self, images: Tensor) -> tuple[Tensor, Tensor | None]:
        """Features ``(N, D)`` of images ``(N, C, H, W)`` in [0, 1]."""
        seen = self.transforms(images.expand(-1, 3, -1, -1))
        return cast(Tensor, self.net(seen)), None


def _head(net: nn.Module) -> tuple[str, nn.Linear]:
    """The last linear layer, and where it is."""
    linear = [(path, part) for path, part in net.named_modules() if isinstance(part, nn.Linear)]
    return linear[-1]
