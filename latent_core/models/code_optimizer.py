"""The optimization of an inversion: initial codes, and Adam on codes.

Initial codes come from the model's own prediction, where it has one, and from the candidates
drawn from the prior whose decoded images are nearest to the target.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

from latent_core.models.inversion_config import InversionConfig
from latent_core.models.protocols import Differentiable
from latent_core.types import Floats

N_CANDIDATES, MAX_CANDIDATE_VALUES = 4096, 16_000_000
"""Candidates drawn from the prior for the initial codes; fewer where their decoded images would
have more values than the second number."""
BATCH_SIZE = 256
"""Codes that are optimized at once."""


@lru_cache(maxsize=4)
def prior_candidates(model: Differentiable, seed: int) -> tuple[Floats, Floats]:
    """Codes drawn from the prior ``(P, D)`` and their decoded images ``(P, C * H * W)``."""
    count = max(64, min(N_CANDIDATES, MAX_CANDIDATE_VALUES // math.prod(model.card.image_shape)))
    rng = np.random.default_rng(seed)
    codes = rng.standard_normal((count, model.card.latent_dim)).astype(np.float32)
    return codes, model.decode(codes).reshape(count, -1)


def choose_starts(
    model: Differentiable, images: Floats, config: InversionConfig, initial_codes: Floats | None
) -> Floats:
    """Initial codes ``(N, S, D)`` of each image; the best candidate comes last.

    `initial_codes` ``(N, D)``, where given, replace the worst candidate and come last.
    """
    count = config.n_starts
    if initial_codes is not None and count == 1:
        return initial_codes[:, None]
    codes, decoded = prior_candidates(model, config.seed)  # type: ignore[arg-type]  # hashed by its identity
    flat, norms = images.reshape(len(images), -1), (decoded**2).sum(axis=1)
    chosen = np.empty((len(flat), count), np.int64)
    for i in range(0, len(flat), BATCH_SIZE):
        distances = norms - 2 * flat[i : i + BATCH_SIZE] @ decoded.T
        chosen[i : i + BATCH_SIZE] = np.argsort(distances, axis=1)[:, :count][:, ::-1]
    starts = codes[chosen]
    if initial_codes is not None:
        starts[:, :-1] = starts[:, 1:]
        starts[:, -1] = initial_codes
    return starts


def optimize(
    model: Differentiable,
    images: Floats,
    starts: Floats,
    config: InversionConfig,
    perceptual_net: Any,
    on_step: Callable[[Floats, int], None],
) -> Floats:
    """The best code of each image over all starts and steps.

    Parameters
    ----------
    model
        Its decoder is inverted.
    images
        ``(N, C, H, W)`` in [0, 1].
    starts
        Initial codes ``(N, S, D)``.
    config
        The parameters.
    perceptual_net
        The classifier whose features are compared, or None.
    on_step
        Called with the best codes so far ``(N, D)`` and the number of losses computed.

    Returns
    -------
    ndarray
        ``(N, D)``.
    """
    count, n_starts, dim = starts.shape
    codes = starts.reshape(-1, dim).copy()
    targets = np.repeat(images, n_starts, axis=0)
    best, lowest = codes.copy(), np.full(len(codes), np.inf, np.float32)
    state: dict[str, Any] = {}
    for step in range(config.n_steps + 1):
        losses, updated = model.run_on_network_thread(
            lambda net: _adam_step(net, perceptual_net, codes, targets, config, state)  # noqa: B023
        )
        improved = losses < lowest
        best[improved], lowest[improved] = codes[improved], losses[improved]
        codes = updated
        chosen = lowest.reshape(count, n_starts).argmin(axis=1)
        found: Floats = best.reshape(count, n_starts, dim)[np.arange(count), chosen]
        on_step(found, step + 1)
    return found


def _adam_step(
    net: Any,
    perceptual_net: Any,
    codes: Floats,
    targets: Floats,
    config: InversionConfig,
    state: dict[str, Any],
) -> tuple[Floats, Floats]:
    """The losses ``(M,)`` of the current codes, and the codes after one step of Adam."""
    if not state:
        state |= _initial_state(perceptual_net, codes, targets, config)
    z, adam = state["z"], state["adam"]
    decoded = net.decode(z)
    losses = (decoded - state["targets"]).square().flatten(1).mean(dim=1)
    if perceptual_net is not None:
        target = state["features"]
        difference = (perceptual_net.encode(decoded)[0] - target).square().mean(dim=1)
        scale = target.square().mean(dim=1).clamp(min=1e-12)
        losses = losses + config.perceptual_weight * difference / scale
    excess = (z.square().mean(dim=1) - 1).clamp(min=0)
    adam.zero_grad()
    (losses + config.prior_weight * excess).sum().backward()
    adam.step()
    state["scheduler"].step()
    return losses.detach().numpy(), z.detach().numpy().copy()


def _initial_state(
    perceptual_net: Any, codes: Floats, targets: Floats, config: InversionConfig
) -> dict[str, Any]:
    import torch

    z = torch.from_numpy(codes.copy()).requires_grad_()
    state: dict[str, Any] = {"z": z, "targets": torch.from_numpy(targets)}
    if perceptual_net is not None:
        with torch.no_grad():
            state["features"] = perceptual_net.encode(state["targets"])[0]
    state["adam"] = torch.optim.Adam([z], lr=config.learning_rate)
    state["scheduler"] = torch.optim.lr_scheduler.CosineAnnealingLR(
        state["adam"], config.n_steps + 1
    )
    return state
