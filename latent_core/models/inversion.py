"""A picture's code in a model that has no encoder: searched for, by descent on the code.

Several starts for each picture: the model's own guess where it has one, and the codes of a large
draw from the prior whose pictures come nearest.  Then Adam on all of them together, towards the
picture's pixels and, where a classifier looks on, its features, with a pull that keeps a code as
long as codes of the prior are; the best start is kept.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar, Protocol, TypeVar

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.metrics import fraction_above, per_image_mse
from latent_core.models.card import ModelCard
from latent_core.progress import ProgressCallback, null_progress
from latent_core.types import Floats, as_images

N_CANDIDATES, MAX_CANDIDATE_VALUES = 4096, 16_000_000
"""Codes drawn from the prior, from which the starts are chosen; fewer where their pictures would
be more numbers than these."""
N_SELF_SAMPLES = 128
"""Samples of the model's own whose inversion says what it can reach at all."""
BATCH_SIZE = 256

T = TypeVar("T")


class HasNetwork(Protocol):
    """A network on the thread that networks run on."""

    @property
    def card(self) -> ModelCard:
        """Its shapes."""

    def run_on_network_thread(self, work: Callable[[Any], T]) -> T:
        """What `work` makes of the network."""


class Invertible(HasNetwork, Protocol):
    """What can be inverted: a network with a decoder."""

    @property
    def perceptual_model(self) -> HasNetwork | None:
        """A classifier of the same pictures, whose features are to be met as well."""

    def initial_codes(self, images: Floats) -> Floats | None:
        """Codes ``(N, D)`` to begin from, if it has any."""

    def decode(self, codes: Floats) -> Floats:
        """Images of codes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InversionConfig:
    """How a code is searched for.

    Parameters
    ----------
    starts
        For each picture.
    steps
        Of Adam.
    rate
        Its learning rate at the beginning; it falls to zero by half a cosine.
    prior
        The weight of the pull towards the prior's typical length, beside the mean squared error.
    features
        The weight of the gap between the features of picture and target, as a share of the
        target's squared features, where the model has an `eye`.
    seed
        Of the pool.

    Raises
    ------
    BadInput
        A number out of its range.
    """

    cache_name: ClassVar[str] = "Search"
    cache_fields: ClassVar[dict[str, str]] = {
        "n_starts": "starts",
        "n_steps": "steps",
        "learning_rate": "rate",
        "prior_weight": "prior",
        "perceptual_weight": "features",
        "seed": "seed",
    }

    n_starts: int = 2
    n_steps: int = 300
    learning_rate: float = 0.08
    prior_weight: float = 1e-3
    perceptual_weight: float = 1e-2
    seed: int = 0

    def __post_init__(self) -> None:
        if not (
            1 <= self.n_starts <= 64 and 1 <= self.n_steps <= 5000 and 0 < self.learning_rate <= 1
        ):
            raise InvalidInputError(
                "A search takes 1 to 64 starts, 1 to 5,000 steps and a rate in (0, 1], "
                f"not {self.n_starts}, {self.n_steps} and {self.learning_rate}."
            )
        weights = (self.prior_weight, self.perceptual_weight)
        if not (all(0 <= weight <= 100 for weight in weights) and self.seed >= 0):
            raise InvalidInputError(
                "The weights of a search's prior and features must lie in [0, 100] and its seed "
                f"be 0 or more, not {self.prior_weight}, {self.perceptual_weight} and {self.seed}."
            )


FAST = InversionConfig(n_starts=2, n_steps=40)
"""Found while somebody draws."""
HIGH_QUALITY = InversionConfig(n_starts=4, n_steps=800)
"""For one picture that is worth the wait."""
BATCH_INVERSION = InversionConfig(n_starts=1, n_steps=15)
"""For each picture of a whole data set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InversionResult:
    """The codes that were found.

    Parameters
    ----------
    codes
        ``(N, D)``.
    errors
        ``(N,)`` mean squared error per pixel of each code's picture.
    """

    codes: Floats
    errors: Floats


def invert(
    model: Invertible,
    images: Floats,
    config: InversionConfig | None = None,
    *,
    initial_codes: Floats | None = None,
    progress: ProgressCallback = null_progress,
    callback: Callable[[Floats], None] | None = None,
) -> InversionResult:
    """Codes whose pictures come as near to `images` as the search can bring them.

    Parameters
    ----------
    images
        ``(N, C, H, W)`` in [0, 1].
    search
        How; by default `Search`'s own numbers.
    first
        ``(N, D)`` codes that are one of the starts, such as an encoder's, else the model's own
        guess: no picture's error is then larger than theirs.
    progress
        Told after each step; may raise `Cancelled`.
    watch
        Shown the best codes ``(N, D)`` so far, so that a search that is stopped was not for
        nothing; before any step those are the first codes, or the nearest of the pool.

    Raises
    ------
    BadInput
        Wrong shapes or ranges, or a model that doesn't decode.

    References
    ----------
    Creswell & Bharath 2018, arXiv:1611.05644; Lipton & Tripathi 2017, arXiv:1702.04782; features
    as in Abdal, Qin & Wonka 2019, arXiv:1904.03189; an encoder's guess first, as in Zhu et al.
    2016, arXiv:1609.03552.
    """
    wanted = as_images(images, model.card.image_shape)
    how = config or InversionConfig()
    if initial_codes is not None and np.shape(initial_codes) != (len(wanted), model.card.latent_dim):
        raise InvalidInputError(
            f"{len(wanted)} pictures need as many first codes, not {np.shape(initial_codes)}."
        )
    eye = model.perceptual_model
    sight = None if eye is None else eye.run_on_network_thread(lambda net: net)
    per_batch = max(1, BATCH_SIZE // how.n_starts)
    parts = [slice(i, i + per_batch) for i in range(0, len(wanted), per_batch)]
    initial_codes = model.initial_codes(wanted) if initial_codes is None else initial_codes
    starts = _choose_starts(model, wanted, how, initial_codes)
    codes = starts[:, -1].copy()
    for number, part in enumerate(parts):

        def told(best: Floats, step: int, number: int = number, part: slice = part) -> None:
            codes[part] = best
            if callback is not None:
                callback(codes.copy())
            progress(
                (number + step / (how.n_steps + 1)) / len(parts),
                f"searching for {len(wanted):,} codes" if len(wanted) > 1 else "searching",
            )

        codes[part] = _optimize(model, wanted[part], starts[part], how, sight, told)
    errors = per_image_mse(wanted, model.decode(codes))
    if initial_codes is not None:
        before = per_image_mse(wanted, model.decode(starts[:, -1]))
        lost = before < errors  # by rounding alone: the search itself never lets go of the best
        codes[lost], errors[lost] = starts[lost, -1], before[lost]
    return InversionResult(codes=codes, errors=errors)


def self_inversion_errors(
    model: Invertible,
    config: InversionConfig | None = None,
    count: int | None = None,
    *,
    progress: ProgressCallback = null_progress,
) -> Floats:
    """The errors ``(count,)`` that inversion leaves on samples of the model itself, by default 128.

    Those have a code without any error, so what is left is the search's own failing.
    """
    rng = np.random.default_rng(10_007)
    codes = rng.standard_normal((count or N_SELF_SAMPLES, model.card.latent_dim)).astype(np.float32)
    return invert(model, model.decode(codes), config, progress=progress).errors


def percentile_rank(self_errors: Floats, error: float) -> float:
    """The share of the model's own samples that were found worse, in [0, 1]."""
    return fraction_above(self_errors, error)


@lru_cache(maxsize=4)
def _prior_candidates(model: Invertible, seed: int) -> tuple[Floats, Floats]:
    """Codes of the prior ``(P, D)`` and their pictures, flat."""
    count = max(64, min(N_CANDIDATES, MAX_CANDIDATE_VALUES // math.prod(model.card.image_shape)))
    rng = np.random.default_rng(seed)
    codes = rng.standard_normal((count, model.card.latent_dim)).astype(np.float32)
    return codes, model.decode(codes).reshape(count, -1)


def _choose_starts(
    model: Invertible, images: Floats, how: InversionConfig, first: Floats | None
) -> Floats:
    """``(N, S, D)``: for each picture its first code, and those whose pictures are nearest.

    The best of them comes last.
    """
    count = how.n_starts
    if first is not None and count == 1:
        return first[:, None]
    codes, pictures = _prior_candidates(model, how.seed)  # type: ignore[arg-type]  # hashed by its identity
    flat, norms = images.reshape(len(images), -1), (pictures**2).sum(axis=1)
    chosen = np.empty((len(flat), count), np.int64)
    for i in range(0, len(flat), BATCH_SIZE):
        gaps = norms - 2 * flat[i : i + BATCH_SIZE] @ pictures.T
        chosen[i : i + BATCH_SIZE] = np.argsort(gaps, axis=1)[:, :count][:, ::-1]
    starts = codes[chosen]
    if first is not None:
        starts[:, :-1] = starts[:, 1:]
        starts[:, -1] = first
    return starts


def _optimize(
    model: Invertible,
    images: Floats,
    starts: Floats,
    config: InversionConfig,
    perceptual_net: Any,
    on_step: Callable[[Floats, int], None],
) -> Floats:
    """The best code ``(N, D)`` of each picture's descents ``(N, S, D)``."""
    count, several, dim = starts.shape
    codes = starts.reshape(-1, dim).copy()
    targets = np.repeat(images, several, axis=0)
    best, least = codes.copy(), np.full(len(codes), np.inf, np.float32)
    state: dict[str, Any] = {}
    for step in range(config.n_steps + 1):
        errors, after = model.run_on_network_thread(
            lambda net: _adam_step(net, perceptual_net, codes, targets, config, state)  # noqa: B023
        )
        better = errors < least
        best[better], least[better] = codes[better], errors[better]
        codes = after
        chosen = least.reshape(count, several).argmin(axis=1)
        found: Floats = best.reshape(count, several, dim)[np.arange(count), chosen]
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
    """How far these codes are off ``(M,)``, and the codes after one more step of Adam."""
    import torch

    if not state:
        z = torch.from_numpy(codes.copy()).requires_grad_()
        state |= {"z": z, "targets": torch.from_numpy(targets)}
        if perceptual_net is not None:
            with torch.no_grad():
                state["features"] = perceptual_net.encode(state["targets"])[0]
        state["adam"] = torch.optim.Adam([z], lr=config.learning_rate)
        state["fall"] = torch.optim.lr_scheduler.CosineAnnealingLR(
            state["adam"], config.n_steps + 1
        )
    z, adam = state["z"], state["adam"]
    made = net.decode(z)
    errors = (made - state["targets"]).square().flatten(1).mean(dim=1)
    if perceptual_net is not None:
        wanted = state["features"]
        gap = (perceptual_net.encode(made)[0] - wanted).square().mean(dim=1)
        errors = errors + config.perceptual_weight * gap / wanted.square().mean(dim=1).clamp(
            min=1e-12
        )
    excess = (z.square().mean(dim=1) - 1).clamp(min=0)
    adam.zero_grad()
    (errors + config.prior_weight * excess).sum().backward()
    adam.step()
    state["fall"].step()
    return errors.detach().numpy(), z.detach().numpy().copy()
