"""Read the weights of a model from a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from latent_core.aliases import state_dict_in_current_names
from latent_core.errors import InvalidCardError
from latent_core.untrusted import reading


def read_weights(path: Path) -> dict[str, Any]:
    """The tensors of a safetensors file, or of a ``.pth`` file, by name.

    A ``.pth`` file is read with ``weights_only=True``, so that no code in it is run.

    Raises
    ------
    InvalidCardError
        The file is damaged, holds other objects than tensors, or NaN or infinity.
    """
    import torch
    from safetensors.torch import load_file

    with reading(
        f"{path.name} is damaged or contains other objects than weights",
        "download it again",
    ):
        if path.suffix == ".safetensors":
            tensors = state_dict_in_current_names(load_file(path))
        else:
            tensors = torch.load(path, map_location="cpu", weights_only=True)
        if not isinstance(tensors, dict) or not all(map(torch.is_tensor, tensors.values())):
            raise ValueError("it is no dictionary of tensors")
        damaged = [name for name, tensor in tensors.items() if not torch.isfinite(tensor).all()]
    if damaged:
        raise InvalidCardError(
            f"{path.name} has NaN or infinity in {str(damaged[0])[:80]!r}; train or download it "
            "again."
        )
    return tensors
