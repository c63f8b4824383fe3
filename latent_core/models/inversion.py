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

from latent_core.errors import BadInput
from latent_core.metrics import share_above, squared_error
from latent_core.models.card import ModelCard
from latent_core.progress import Progress, no_progress
from latent_core.types import Floats, as_images

POOL, POOL_NUMBERS = 4096, 16_000_000
"""Codes drawn from the prior, from which the starts are chosen; fewer where their pictures would
be more numbers than these."""
OWN_SAMPLES = 128
"""Samples of the model's own whose inversion says what it can reach at all."""
BATCH = 256

T = TypeVar("T")


class Seeing(Protocol):
    """A network on the thread that networks run on."""

    @property
    def card(self) -> ModelCard:
        """Its shapes."""

    def run(self, work: Callable[[Any], T]) -> T:
        """What `work` makes of the network."""


class Decoding(Seeing, Protocol):
    """What can be inverted: a network with a decoder."""

    @property
    def eye(self) -> Seeing | None:
        """A classifier of the same pictures, whose features are to be met as well."""

    def guess(self, images: Floats) -> Floats | None:
        """Codes ``(N, D)`` to begin from, if it has any."""

    def decode(self, codes: Floats) -> Floats:
        """Images of codes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
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
        name: name for name in ("starts", "steps", "rate", "prior", "features", "seed")
    }

    starts: int = 2
    steps: int = 300
    rate: float = 0.08
    prior: float = 1e-3
    features: float = 1e-2
    seed: int = 0

    def __post_init__(self) -> None:
        if not (1 <= self.starts <= 64 and 1 <= self.steps <= 5000 and 0 < self.rate <= 1):
            raise BadInput(
                "A search takes 1 to 64 starts, 1 to 5,000 steps and a rate in (0, 1], "
                f"not {self.starts}, {self.steps} and {self.rate}."
            )
        weights = (self.prior, self.features)
        if not (all(0 <= weight <= 100 for weight in weights) and self.seed >= 0):
            raise BadInput(
                "The weights of a search's prior and features must lie in [0, 100] and its seed "
                f"be 0 or more, not {self.prior}, {self.features} and {self.seed}."
            )


QUICK = Search(starts=2, steps=40)
"""Found while somebody draws."""
THOROUGH = Search(starts=4, steps=800)
"""For one picture that is worth the wait."""
MANY = Search(starts=1, steps=15)
"""For each picture of a whole data set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inversion:
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
    model: Decoding,
    images: Floats,
    search: Search | None = None,
    *,
    first: Floats | None = None,
    progress: Progress = no_progress,
    watch: Callable[[Floats], None] | None = None,
) -> Inversion:
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
    how = search or Search()
    if first is not None and np.shape(first) != (len(wanted), model.card.latent_dim):
        raise BadInput(f"{len(wanted)} pictures need as many first codes, not {np.shape(first)}.")
    eye = model.eye
    sight = None if eye is None else eye.run(lambda net: net)
    per_batch = max(1, BATCH // how.starts)
    parts = [slice(i, i + per_batch) for i in range(0, len(wanted), per_batch)]
    first = model.guess(wanted) if first is None else first
    starts = _starts(model, wanted, how, first)
    codes = starts[:, -1].copy()
    for number, part in enumerate(parts):

        def told(best: Floats, step: int, number: int = number, part: slice = part) -> None:
            codes[part] = best
            if watch is not None:
                watch(codes.copy())
            progress(
                (number + step / (how.steps + 1)) / len(parts),
                f"searching for {len(wanted):,} codes" if len(wanted) > 1 else "searching",
            )

        codes[part] = _descend(model, wanted[part], starts[part], how, sight, told)
    errors = squared_error(wanted, model.decode(codes))
    if first is not None:
        before = squared_error(wanted, model.decode(starts[:, -1]))
        lost = before < errors  # by rounding alone: the search itself never lets go of the best
        codes[lost], errors[lost] = starts[lost, -1], before[lost]
    return Inversion(codes=codes, errors=errors)


def own_errors(
    model: Decoding,
    search: Search | None = None,
    count: int | None = None,
    *,
    progress: Progress = no_progress,
) -> Floats:
    """The errors ``(count,)`` that inversion leaves on samples of the model itself, by default 128.

    Those have a code without any error, so what is left is the search's own failing.
    """
    rng = np.random.default_rng(10_007)
    codes = rng.standard_normal((count or OWN_SAMPLES, model.card.latent_dim)).astype(np.float32)
    return invert(model, model.decode(codes), search, progress=progress).errors


def percentile(own: Floats, error: float) -> float:
    """The share of the model's own samples that were found worse, in [0, 1]."""
    return share_above(own, error)


@lru_cache(maxsize=4)
def _pool(model: Decoding, seed: int) -> tuple[Floats, Floats]:
    """Codes of the prior ``(P, D)`` and their pictures, flat."""
    count = max(64, min(POOL, POOL_NUMBERS // math.prod(model.card.image_shape)))
    rng = np.random.default_rng(seed)
    codes = rng.standard_normal((count, model.card.latent_dim)).astype(np.float32)
    return codes, model.decode(codes).reshape(count, -1)


def _starts(model: Decoding, images: Floats, how: Search, first: Floats | None) -> Floats:
    """``(N, S, D)``: for each picture its first code, and those whose pictures are nearest.

    The best of them comes last.
    """
    count = how.starts
    if first is not None and count == 1:
        return first[:, None]
    codes, pictures = _pool(model, how.seed)  # type: ignore[arg-type]  # hashed by its identity
    flat, norms = images.reshape(len(images), -1), (pictures**2).sum(axis=1)
    chosen = np.empty((len(flat), count), np.int64)
    for i in range(0, len(flat), BATCH):
        gaps = norms - 2 * flat[i : i + BATCH] @ pictures.T
        chosen[i : i + BATCH] = np.argsort(gaps, axis=1)[:, :count][:, ::-1]
    starts = codes[chosen]
    if first is not None:
        starts[:, :-1] = starts[:, 1:]
        starts[:, -1] = first
    return starts


def _descend(
    model: Decoding,
    images: Floats,
    starts: Floats,
    how: Search,
    sight: Any,
    told: Callable[[Floats, int], None],
) -> Floats:
    """The best code ``(N, D)`` of each picture's descents ``(N, S, D)``."""
    count, several, dim = starts.shape
    codes = starts.reshape(-1, dim).copy()
    targets = np.repeat(images, several, axis=0)
    best, least = codes.copy(), np.full(len(codes), np.inf, np.float32)
    state: dict[str, Any] = {}
    for step in range(how.steps + 1):
        errors, after = model.run(lambda net: _step(net, sight, codes, targets, how, state))  # noqa: B023 - runs at once
        better = errors < least
        best[better], least[better] = codes[better], errors[better]
        codes = after
        chosen = least.reshape(count, several).argmin(axis=1)
        found: Floats = best.reshape(count, several, dim)[np.arange(count), chosen]
        told(found, step + 1)
    return found


def _step(
    net: Any, sight: Any, codes: Floats, targets: Floats, how: Search, state: dict[str, Any]
) -> tuple[Floats, Floats]:
    """How far these codes are off ``(M,)``, and the codes after one more step of Adam."""
    import torch

    if not state:
        z = torch.from_numpy(codes.copy()).requires_grad_()
        state |= {"z": z, "targets": torch.from_numpy(targets)}
        if sight is not None:
            with torch.no_grad():
                state["features"] = sight.encode(state["targets"])[0]
        state["adam"] = torch.optim.Adam([z], lr=how.rate)
        state["fall"] = torch.optim.lr_scheduler.CosineAnnealingLR(state["adam"], how.steps + 1)
    z, adam = state["z"], state["adam"]
    made = net.decode(z)
    errors = (made - state["targets"]).square().flatten(1).mean(dim=1)
    if sight is not None:
        wanted = state["features"]
        gap = (sight.encode(made)[0] - wanted).square().mean(dim=1)
        errors = errors + how.features * gap / wanted.square().mean(dim=1).clamp(min=1e-12)
    excess = (z.square().mean(dim=1) - 1).clamp(min=0)
    adam.zero_grad()
    (errors + how.prior * excess).sum().backward()
    adam.step()
    state["fall"].step()
    return errors.detach().numpy(), z.detach().numpy().copy()
