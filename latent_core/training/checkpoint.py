"""An interrupted training, kept after each epoch as safetensors and found again."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from latent_core.aliases import state_dict_in_current_names
from latent_core.training.config import TrainingConfig


def save_checkpoint(
    path: Path, config: TrainingConfig, epoch: int, net: nn.Module, optimizer: torch.optim.Optimizer
) -> None:
    """Keep a network and its optimizer after `epoch` epochs of a recipe, in one step."""
    tensors = {f"net.{k}": v.contiguous().cpu() for k, v in net.state_dict().items()}
    for index, state in optimizer.state_dict()["state"].items():
        tensors |= {f"adam.{index}.{k}": v.contiguous().cpu() for k, v in state.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".tmp")
    save_file(tensors, temporary, metadata={"epoch": str(epoch), "config": config.config_hash})
    temporary.replace(path)


def completed_epochs(path: Path | None, config: TrainingConfig) -> int | None:
    """The epochs after which a state was saved; None where there is none of this recipe."""
    if path is None or not path.is_file():
        return None
    try:
        with safe_open(path, "pt") as file:
            about = file.metadata() or {}
    except (OSError, SafetensorError):
        return None
    is_same = config.config_hash == about.get("config") or config.legacy_repr == about.get("recipe")
    return int(about["epoch"]) if is_same else None


def load_checkpoint(
    path: Path | None, config: TrainingConfig, net: nn.Module, optimizer: torch.optim.Optimizer
) -> int:
    """Load what `save_state` saved under the same recipe; gives the next epoch."""
    done = completed_epochs(path, config)
    if path is None or done is None:
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
    return done
