"""The weight of a decoder's first layer, read without building the network."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from latent_core.errors import LatentError
from latent_core.models.card import ModelCard
from latent_core.types import Floats

FIRST_WEIGHT = "decoder.0.weight"
"""Its name in the state dict of the architectures that begin with a dense layer."""


def first_decoder_weight(card: ModelCard) -> Floats | None:
    """The weight ``(H, D)`` of the dense layer that a decoder begins with.

    Returns
    -------
    ndarray or None
        None where a decoder begins with another layer, is an ONNX graph, or its file is missing.
    """
    if not card.decodes or card.is_onnx or card.is_backbone or not card.weights.is_file():
        return None
    try:
        weight = _read_tensor(card.checked_weights(), FIRST_WEIGHT)
    except LatentError:
        return None
    if weight is None or weight.ndim != 2 or weight.shape[1] != card.latent_dim:
        return None
    finite: Floats | None = weight.astype(np.float32) if np.isfinite(weight).all() else None
    return finite


def _read_tensor(path: Path, name: str) -> Floats | None:
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, "numpy") as file:
            return file.get_tensor(name) if name in file.keys() else None  # noqa: SIM118
    except (SafetensorError, OSError):
        return None
