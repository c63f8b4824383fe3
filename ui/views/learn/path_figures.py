"""Figures of the lesson on paths, computed from the model that is shown."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from latent_core.analysis.support import support_of_encodings
from latent_core.errors import InvalidInputError
from latent_core.interpolation import LatentPath
from latent_core.models.realism import RealismLevel, load_realism
from latent_core.types import Floats
from ui.morphing.cards import decode_frames
from ui.spaces import Space

N_PAIRS = 1000
LOW = 0.05
"""The quantile of the norms below which a code is nearer to the center than usual."""


def between(path: LatentPath) -> Floats:
    """The codes ``(T, D)`` from A to B, without extrapolation."""
    codes: Floats = path.codes[(path.times >= 0) & (path.times <= 1)]
    return codes


def farthest(space: Space, path: LatentPath) -> float:
    """The support quantile of the path's code that is farthest from the data."""
    return float(support_of_encodings(space.encodings).quantile(between(path)).max())


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfwayRealism:
    """The realism of the images half way, as score and level, by ``"linear"``, ``"cross-fade"``."""

    scores: dict[str, float]
    levels: dict[str, RealismLevel]

    @property
    def best(self) -> str:
        """The kind with the higher score."""
        return max(self.scores, key=lambda kind: self.scores[kind])


def halfway_realism(space: Space, linear: LatentPath) -> HalfwayRealism:
    """The realism of the images half way.

    Raises
    ------
    InvalidInputError
        The data set has no realism network.
    """
    realism = load_realism(space.data.id)
    if realism is None:
        raise InvalidInputError(
            f"{space.data.title} has no realism network, which this step needs; install it again."
        )
    half = np.array([0.5])
    scores = {
        kind: float(realism.score(decode_frames(space, linear, kind, half))[0])
        for kind in ("linear", "cross-fade")
    }
    levels = {kind: realism.level(score) for kind, score in scores.items()}
    return HalfwayRealism(scores=scores, levels=levels)


@dataclass(frozen=True, slots=True, kw_only=True)
class CenterFigures:
    """Norms ‖z‖ on the straight path from A to B, and of the images' codes.

    Parameters
    ----------
    ends, half, median
        Of A and B, of their mean, and the median of all codes.
    shortest_time
        Where on the path the norm is smallest, in [0, 1].
    below
        The share of the codes that are shorter than the mean of A and B.
    short_means
        Of the means of `N_PAIRS` random pairs of codes, the share below the quantile `LOW` of the
        codes' norms.
    latent_dim
        The number of latent dimensions.
    """

    ends: tuple[float, float]
    half: float
    median: float
    shortest_time: float
    below: float
    short_means: float
    latent_dim: int


def center_figures(codes: Floats, a: Floats, b: Floats, random_state: int = 0) -> CenterFigures:
    """The figures of codes ``(N, D)`` and of the path between codes ``(D,)``."""
    norms = np.linalg.norm(codes, axis=1)
    rng = np.random.default_rng(random_state)
    first, second = rng.integers(len(codes), size=(2, N_PAIRS))
    means = np.linalg.norm((codes[first] + codes[second]) / 2, axis=1)
    step = (b - a).astype(float)
    half = float(np.linalg.norm((a + b) / 2))
    return CenterFigures(
        ends=(float(np.linalg.norm(a)), float(np.linalg.norm(b))),
        half=half,
        median=float(np.median(norms)),
        shortest_time=float(np.clip(-(a @ step) / max(step @ step, 1e-12), 0, 1)),
        below=float((norms < half).mean()),
        short_means=float((means < np.quantile(norms, LOW)).mean()),
        latent_dim=codes.shape[1],
    )
