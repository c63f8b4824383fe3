"""Auxiliary losses: attribute prediction from the code, and a perceptual loss.

The perceptual loss compares the feature maps of a frozen classifier.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Self, cast

import torch
from torch import Tensor, nn

from latent_core.architectures import Network
from latent_core.architectures.classifier import Classifier
from latent_core.architectures.frozen_features import FrozenFeatureEncoder
from latent_core.errors import InvalidCardError


class AuxiliaryLosses(nn.Module):
    """An autoencoder with an attribute head and a perceptual classifier, used in training only.

    Parameters
    ----------
    net
        The autoencoder that is trained; only its weights are saved.
    latent_dim
        D.
    n_attributes
        Q, how many binary attributes are predicted from a code.
    """

    perceptual_net: Classifier | None

    def __init__(self, net: Network, latent_dim: int, n_attributes: int) -> None:
        super().__init__()
        self.net, self.head = net, nn.Linear(latent_dim, max(n_attributes, 1))
        self.perceptual_net = None

    def set_perceptual_net(self, classifier: Classifier) -> None:
        """Freeze `classifier` and use it for the perceptual loss.

        An encoder with a frozen feature branch gets the classifier's encoder weights.

        Raises
        ------
        InvalidCardError
            The feature branch and the classifier's encoder have different layers.
        """
        self.perceptual_net = classifier.eval().requires_grad_(False)
        encoder = getattr(self.net, "encoder", None)
        if isinstance(encoder, FrozenFeatureEncoder):
            try:
                encoder.load_features(classifier.encoder)
            except RuntimeError as error:
                raise InvalidCardError(
                    "The 'frozen_features' of the architecture must have the layers of the "
                    f"perceptual classifier; copy its 'levels' and 'latent_dim': {error}"
                ) from error

    def train(self, mode: bool = True) -> Self:
        """Set training mode; the perceptual classifier stays in evaluation mode."""
        super().train(mode)
        if self.perceptual_net is not None:
            self.perceptual_net.eval()
        return self

    def encode(self, images: Tensor) -> tuple[Tensor, Tensor | None]:
        """Mean and log-variance of `net`'s encoder."""
        return self.net.encode(images)

    def decode(self, codes: Tensor) -> Tensor:
        """Images of `net`'s decoder."""
        return self.net.decode(codes)

    def scores(self, codes: Tensor) -> Tensor:
        """Logits ``(N, Q)`` of the attributes, predicted linearly from codes ``(N, D)``."""
        return cast(Tensor, self.head(codes))

    def perceptual_differences(self, decoded: Tensor, images: Tensor) -> list[Tensor]:
        """Differences between the feature maps of reconstructions and of originals.

        Parameters
        ----------
        decoded, images
            ``(N, C, H, W)`` in [0, 1].

        Returns
        -------
        list of Tensor
            One for each tensor of `feature_maps`, of its shape.
        """
        classifier = cast(Classifier, self.perceptual_net)
        with torch.no_grad():
            targets = feature_maps(classifier, images)
        pairs = zip(feature_maps(classifier, decoded), targets, strict=True)
        return [predicted.float() - target.float() for predicted, target in pairs]


def feature_maps(classifier: Classifier, images: Tensor) -> list[Tensor]:
    """The last feature map of each resolution ``(N, C', H', W')``, the features and the logits.

    Parameters
    ----------
    classifier
        The network whose activations are taken.
    images
        ``(N, C, H, W)`` in [0, 1].
    """
    outputs = [images]
    for layer in classifier.encoder:
        outputs.append(layer(outputs[-1]))
    maps = [(one, after) for one, after in pairwise(outputs[1:]) if one.ndim == 4]
    return [one for one, after in maps if one.shape[2:] != after.shape[2:]] + [
        outputs[-1],
        classifier.head(outputs[-1]),
    ]
