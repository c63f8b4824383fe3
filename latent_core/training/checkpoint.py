"""Checkpoints of an unfinished training run: network and optimizer state as safetensors."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import load_file, save
from torch import Tensor, nn

from latent_core.aliases import state_dict_in_current_names
from latent_core.errors import LatentError
from latent_core.files import write_file
from latent_core.training.config import TrainingConfig
from latent_core.untrusted import reading


def save_checkpoint(
    path: Path, config: TrainingConfig, epoch: int, net: nn.Module, optimizer: torch.optim.Optimizer
) -> None:
    """Write the state after `epoch` epochs of `config` to `path`, atomically."""
    tensors = {f"net.{k}": v.contiguous().cpu() for k, v in net.state_dict().items()}
    for index, state in optimizer.state_dict()["state"].items():
        tensors |= {f"adam.{index}.{k}": v.contiguous().cpu() for k, v in state.items()}
    write_file(path, save(tensors, {"epoch": str(epoch), "config": config.config_hash}))


def completed_epochs(path: Path | None, config: TrainingConfig) -> int | None:
    """The completed epochs in a checkpoint; None without a checkpoint of this configuration."""
    if path is None or not path.is_file():
        return None
    try:
        with reading(f"{path} cannot be read", "train again"), safe_open(path, "pt") as file:
            metadata = file.metadata() or {}
            is_same = config.config_hash == metadata.get("config") or (
                config.legacy_repr == metadata.get("recipe")
            )
            return int(metadata["epoch"]) if is_same else None
    except LatentError:
        return None


def load_checkpoint(
    path: Path | None, config: TrainingConfig, net: nn.Module, optimizer: torch.optim.Optimizer
) -> int:
    """Load a checkpoint of the same configuration into `net` and `optimizer`.

    Returns
    -------
    int
        The number of completed epochs; 0 where there is no such checkpoint.
    """
    epoch = completed_epochs(path, config)
    if path is None or epoch is None:
        return 0
    tensors = load_file(path)
    saved = {k[4:]: v for k, v in tensors.items() if k.startswith("net.")}
    net.load_state_dict(state_dict_in_current_names(saved))
    state: dict[int, dict[str, Tensor]] = {}
    for name, value in tensors.items():
        if name.startswith("adam."):
            _, index, key = name.split(".", 2)
            state.setdefault(int(index), {})[key] = value
    groups = optimizer.state_dict()["param_groups"]
    optimizer.load_state_dict({"state": state, "param_groups": groups})
    return epoch
