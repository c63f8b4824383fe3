"""Weights: random initialization, initialization from another model, PCA, and saving."""

from __future__ import annotations

from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save
from torch import Tensor, nn

from latent_core import card_files
from latent_core.architectures import build
from latent_core.architectures.linear import principal_components
from latent_core.errors import InvalidCardError
from latent_core.files import write_file
from latent_core.models.card import ModelCard
from latent_core.models.weights_file import read_weights


def build_network(card: ModelCard, seed: int) -> nn.Module:
    """The untrained network of a card, randomly initialized with `seed`."""
    torch.manual_seed(seed)
    options = {k: v for k, v in card.architecture.items() if k != "name"}
    return build(card.architecture["name"], card.image_shape, card.latent_dim, **options)


def init_decoder_from(net: nn.Module, other: ModelCard) -> None:
    """Initialize the decoder of `net` from another model's.

    Latent dimensions that only `net` has keep their random weights, scaled by 0.1.

    Raises
    ------
    InvalidCardError
        The other model has no weights, or a decoder with other layers.
    """
    weights = read_weights(other.checked_weights())
    loaded = {name: value.float() for name, value in weights.items() if name.startswith("decoder.")}
    own = {k: v for k, v in net.state_dict().items() if k.startswith("decoder.")}
    first = next(iter(own))
    if first in loaded and len(loaded[first]) == len(own[first]):
        added = own[first][:, loaded[first].shape[1] :]
        loaded[first] = torch.cat([loaded[first], 0.1 * added], dim=1)
    if {k: v.shape for k, v in own.items()} != {k: v.shape for k, v in loaded.items()}:
        raise InvalidCardError(
            f"The decoder of {other.id!r} has other layers; 'init_from' must name a model with "
            "the same decoder architecture."
        )
    net.load_state_dict(loaded, strict=False)


def fit_pca(net: nn.Module, images: NDArray[np.uint8]) -> float:
    """Fit a `LinearAutoencoder` to `images` by PCA.

    Parameters
    ----------
    net
        A `LinearAutoencoder`; its weights are set.
    images
        ``(N, C, H, W)`` uint8.

    Returns
    -------
    float
        Mean squared error per pixel on `images`, before pixels are clipped to [0, 1].
    """
    flat = images.reshape(len(images), -1).astype(np.float32) / np.float32(255)
    mean, components = principal_components(flat, len(cast(Tensor, net.components)))
    values = {"mean": torch.tensor(mean), "components": torch.tensor(components)}
    net.load_state_dict(values)
    centered = flat - mean
    residual = centered - centered @ components.T @ components
    return float(np.square(residual).mean())


def save_weights(card: ModelCard, net: nn.Module) -> None:
    """Write ``weights.safetensors`` atomically, and its checksum to the card.

    Parameters are stored as float16: the rounding error is far below the training error, and
    the file is half as large, on disk and for a browser.  Buffers, and parameters beyond the
    range of float16, stay float32.

    Raises
    ------
    InvalidCardError
        The card has no folder.
    InvalidInputError
        The file cannot be written, for example because the disk is full.
    """
    card_files.own_folder(card.folder)
    parameters = {name for name, _ in net.named_parameters()}
    tensors = {
        name: _stored(value.detach().cpu(), name in parameters)
        for name, value in net.state_dict().items()
    }
    write_file(card.weights, save(tensors, metadata={"model": card.id}))
    digest = card_files.sha256_file(card.weights)
    card_files.update_card(card.folder, weights={"file": card.weights.name, "sha256": digest})


def _stored(value: Tensor, is_parameter: bool) -> Tensor:
    half = value.half()
    fits = is_parameter and bool(half.isfinite().all())
    return (half if fits else value.float()).contiguous()
