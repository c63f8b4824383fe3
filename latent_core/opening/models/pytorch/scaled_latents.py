"""An autoencoder of diffusers whose codes are scaled as diffusion models take them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

import torch

from latent_core.opening.models.outputs import image_tensor, posterior


class ScaledLatents(torch.nn.Module):
    """A module whose codes are ``(latent - shift) * factor``.

    Parameters
    ----------
    module
        With `encode` and `decode`.
    factor, shift
        ``(1, C, 1, 1)``, or ``(1, 1, 1, 1)`` where they are the same for all channels.

    References
    ----------
    Rombach et al. 2022, arXiv:2112.10752, appendix D.1: latents are scaled to unit variance.
    """

    factor: torch.Tensor
    shift: torch.Tensor

    def __init__(self, module: torch.nn.Module, factor: torch.Tensor, shift: torch.Tensor) -> None:
        super().__init__()
        self.module: Any = module.eval().requires_grad_(False)
        self.register_buffer("factor", factor)
        self.register_buffer("shift", shift)

    @classmethod
    def from_config(cls, module: torch.nn.Module, config: Mapping[str, Any]) -> Self:
        """With ``scaling_factor`` and ``shift_factor``, or ``latents_mean`` and ``latents_std``."""
        factor = _channels(config.get("scaling_factor"), 1.0)
        if config.get("latents_mean") is not None and config.get("latents_std") is not None:
            mean, std = (_channels(config[f"latents_{name}"], 0.0) for name in ("mean", "std"))
            return cls(module, factor / std, mean)
        return cls(module, factor, _channels(config.get("shift_factor"), 0.0))

    @property
    def description(self) -> str:
        """Factor and shift in words; their means where they differ by channel."""
        factor, shift = float(self.factor.mean()), float(self.shift.mean())
        return f"(latent - {shift:.5g}) * {factor:.5g}"

    def encode(self, pixels: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor | None]:
        """Mean and, where there is one, log-variance of codes ``(N, C, H, W)``."""
        output = self.module.encode(pixels)
        mean, log_var = posterior(output)
        scaled = (mean - self.shift) * self.factor
        return scaled, None if log_var is None else log_var + 2 * self.factor.abs().log()

    def decode(self, codes: torch.Tensor) -> torch.Tensor:
        """Pixels as the module gives them."""
        pixels: torch.Tensor = image_tensor(self.module.decode(codes / self.factor + self.shift))
        return pixels


def _channels(value: Any, default: float) -> torch.Tensor:
    numbers = torch.as_tensor(default if value is None else value, dtype=torch.float32)
    return numbers.reshape(1, -1, 1, 1)
