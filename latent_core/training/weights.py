"""A network as a card has it: untrained, begun from another's decoder, fitted, and written."""

from __future__ import annotations

from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from latent_core import card_files
from latent_core.aliases import state_dict_in_current_names
from latent_core.architectures import build
from latent_core.errors import InvalidCardError
from latent_core.models.card import ModelCard

ARPACK_MIN_PIXELS = 4096
"""Pixels from which only the principal components that are asked for are computed."""


def build_network(card: ModelCard, seed: int) -> nn.Module:
    """The untrained network of a card, its weights drawn from a seed."""
    torch.manual_seed(seed)
    options = {k: v for k, v in card.architecture.items() if k != "name"}
    return build(card.architecture["name"], card.image_shape, card.latent_dim, **options)


def init_decoder_from(net: nn.Module, other: ModelCard) -> None:
    """Give `net` the decoder of another model; dimensions that it has more of hardly tell.

    Raises
    ------
    BadCard
        The other has no weights, or a decoder of another build.
    """
    weights = state_dict_in_current_names(load_file(other.checked_weights()))
    taken = {name: value.float() for name, value in weights.items() if name.startswith("decoder.")}
    own = {k: v for k, v in net.state_dict().items() if k.startswith("decoder.")}
    first = next(iter(own))
    if first in taken and len(taken[first]) == len(own[first]):
        more = own[first][:, taken[first].shape[1] :]
        taken[first] = torch.cat([taken[first], 0.1 * more], dim=1)
    if {k: v.shape for k, v in own.items()} != {k: v.shape for k, v in taken.items()}:
        raise InvalidCardError(
            f"The decoder of {other.id!r} is built otherwise; begin from one like it."
        )
    net.load_state_dict(taken, strict=False)


def fit_pca(net: nn.Module, images: NDArray[np.uint8]) -> float:
    """Set a `LinearAutoencoder` to the principal components of `images`; gives its error."""
    from sklearn.decomposition import PCA

    flat = images.reshape(len(images), -1).astype(np.float32) / np.float32(255)
    dims = cast(Tensor, net.components).shape[0]
    solver = "covariance_eigh" if flat.shape[1] < ARPACK_MIN_PIXELS else "arpack"
    pca = PCA(dims, svd_solver=solver, random_state=0).fit(flat)
    values = {"mean": torch.tensor(pca.mean_), "components": torch.tensor(pca.components_.copy())}
    net.load_state_dict({name: value.float() for name, value in values.items()})
    residual = flat - pca.inverse_transform(pca.transform(flat))
    return float(np.square(residual).mean())


def save_weights(card: ModelCard, net: nn.Module) -> None:
    """Write ``weights.safetensors`` in one step, and its checksum on the card.

    What was learned is rounded to half precision: the error it adds is far below that of
    training, and the files are half as large, here and on their way to a browser.
    """
    learned = {name for name, _ in net.named_parameters()}
    tensors = {
        name: value.detach().to("cpu", torch.half if name in learned else torch.float).contiguous()
        for name, value in net.state_dict().items()
    }
    temporary = card.weights.with_suffix(".tmp")
    save_file(tensors, temporary, metadata={"model": card.id})
    temporary.chmod(0o644)
    temporary.replace(card.weights)
    digest = card_files.sha256_file(card.weights)
    card_files.update_card(card.folder, weights={"file": card.weights.name, "sha256": digest})
