"""An autoencoder that learns from more than pixels: from questions, and from a reader's eyes."""

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
    """An autoencoder with its tutors, neither of which is shipped.

    Parameters
    ----------
    net
        What is trained.
    latent_dim, questions
        Its codes' dimensions, and how many answers are to be read from a code.
    """

    perceptual_net: Classifier | None

    def __init__(self, net: Network, latent_dim: int, n_attributes: int) -> None:
        super().__init__()
        self.net, self.head = net, nn.Linear(latent_dim, max(n_attributes, 1))
        self.perceptual_net = None

    def set_perceptual_net(self, classifier: Classifier) -> None:
        """Have what is decoded looked at by a classifier, which learns no more.

        An encoder that has eyes sees with the classifier's from then on.

        Raises
        ------
        BadCard
            The eyes are built otherwise.
        """
        self.perceptual_net = classifier.eval().requires_grad_(False)
        encoder = getattr(self.net, "encoder", None)
        if isinstance(encoder, FrozenFeatureEncoder):
            try:
                encoder.load_features(classifier.encoder)
            except RuntimeError as error:
                raise InvalidCardError(
                    f"The encoder's eyes are not built as its reader's: {error}"
                ) from error

    def train(self, mode: bool = True) -> Self:
        """As any module's, but for the reader, which stays as it is."""
        super().train(mode)
        if self.perceptual_net is not None:
            self.perceptual_net.eval()
        return self

    def encode(self, images: Tensor) -> tuple[Tensor, Tensor | None]:
        """As `net`'s."""
        return self.net.encode(images)

    def decode(self, codes: Tensor) -> Tensor:
        """As `net`'s."""
        return self.net.decode(codes)

    def scores(self, codes: Tensor) -> Tensor:
        """Log-odds ``(N, Q)`` of the answers."""
        return cast(Tensor, self.head(codes))

    def perceptual_differences(self, decoded: Tensor, images: Tensor) -> list[Tensor]:
        """How otherwise than `images` the reader sees what was decoded of them.

        Returns
        -------
        list of Tensor
            The differences, one tensor for each of `sights`.
        """
        reader = cast(Classifier, self.perceptual_net)
        with torch.no_grad():
            real = feature_maps(reader, images)
        pairs = zip(feature_maps(reader, decoded), real, strict=True)
        return [mine.float() - true.float() for mine, true in pairs]


def feature_maps(classifier: Classifier, images: Tensor) -> list[Tensor]:
    """A classifier's last activations of each size ``(N, C', H', W')``, features and scores."""
    outputs = [images]
    for layer in classifier.encoder:
        outputs.append(layer(outputs[-1]))
    maps = [(one, after) for one, after in pairwise(outputs[1:]) if one.ndim == 4]
    return [one for one, after in maps if one.shape[2:] != after.shape[2:]] + [
        outputs[-1],
        classifier.head(outputs[-1]),
    ]
