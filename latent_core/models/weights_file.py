"""Read the weights of a model from a file."""

from __future__ import annotations

from pathlib import Path
from pickle import UnpicklingError
from typing import Any

from latent_core.aliases import state_dict_in_current_names
from latent_core.errors import InvalidCardError


def read_weights(path: Path) -> dict[str, Any]:
    """The tensors of a safetensors file, or of a ``.pth`` file, by name.

    A ``.pth`` file is read with ``weights_only=True``, so that no code in it is run.

    Raises
    ------
    InvalidCardError
        The file is damaged, or holds other objects than tensors.
    """
    import torch
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        if path.suffix == ".safetensors":
            return state_dict_in_current_names(load_file(path))
        tensors: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
        return tensors
    except (SafetensorError, UnpicklingError, EOFError) as error:
        raise InvalidCardError(
            f"{path.name} is damaged or contains other objects than weights; download it again."
        ) from error
