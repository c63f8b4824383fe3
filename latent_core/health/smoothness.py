"""Smoothness of interpolation: the perceptual path length, beside that of a cross-fade."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from latent_core.interpolation.interpolate import lerp, slerp
from latent_core.notebook import compact_repr
from latent_core.types import Array, Floats

EPSILON = 0.01
"""The step of the path; 10⁻⁴ of the paper is lost in the rounding of float32 features."""
MAX_PAIRS = 128
PIXELS = "pixels"


@dataclass(frozen=True, slots=True, kw_only=True)
class Smoothness:
    """Perceptual path length of interpolations between pairs of held-out codes.

    Parameters
    ----------
    path_length, path_length_se
        Mean squared distance of two images `epsilon` apart on the path, divided by `epsilon`²,
        and its standard error over pairs.
    cross_fade, cross_fade_se
        The same of the cross-fade of the two decoded ends.
    space
        What distances are measured in.
    path
        ``"spherical"`` or ``"linear"``.
    n_pairs, epsilon
        Number of pairs, and the step, of a path of length 1.
    """

    path_length: float
    path_length_se: float
    cross_fade: float
    cross_fade_se: float
    space: str
    path: str
    n_pairs: int
    epsilon: float

    __repr__ = compact_repr

    @property
    def ratio(self) -> float:
        """Path length ÷ that of the cross-fade; infinite where the decoder is constant."""
        return self.path_length / self.cross_fade if self.cross_fade > 0 else float("inf")


def perceptual_path_length(
    decode: Callable[[Floats], Floats],
    codes: Floats,
    *,
    features: Callable[[Floats], Floats] | None = None,
    space: str = PIXELS,
    is_spherical: bool = False,
    seed: int = 0,
) -> Smoothness:
    """The perceptual path length of interpolations between codes.

    Parameters
    ----------
    decode
        From codes ``(N, D)`` to images ``(N, C, H, W)``.
    codes
        ``(2 P, D)``; of consecutive ones each two are a pair, at most 128 pairs are used.
    features, space
        From images to features ``(N, F)`` and what these are called; None measures in pixels.
    is_spherical
        Whether to interpolate on a sphere, for codes with a Gaussian prior.
    seed
        Of the times on the paths.

    References
    ----------
    Karras, Laine & Aila 2019, arXiv:1812.04948, section 4.1, with the features of this data set's
    network instead of LPIPS, and ε = 0.01.
    """
    pairs = min(MAX_PAIRS, len(codes) // 2)
    first, second = codes[: 2 * pairs : 2], codes[1 : 2 * pairs : 2]
    rng = np.random.default_rng([seed, 90_001])
    time = rng.uniform(0, 1 - EPSILON, pairs).astype(np.float32)
    between = slerp if is_spherical else lerp
    near, far = (
        decode(np.asarray(between(first, second, t), np.float32)) for t in (time, time + EPSILON)
    )
    ends = decode(first), decode(second)
    weight = time[:, None, None, None]
    faded = [(1 - w) * ends[0] + w * ends[1] for w in (weight, weight + EPSILON)]
    embed = features or _flat
    path = np.square(embed(far) - embed(near)).sum(axis=1) / EPSILON**2
    fade = np.square(embed(faded[1]) - embed(faded[0])).sum(axis=1) / EPSILON**2
    return Smoothness(
        path_length=float(path.mean()),
        path_length_se=_standard_error(path),
        cross_fade=float(fade.mean()),
        cross_fade_se=_standard_error(fade),
        space=space if features else PIXELS,
        path="spherical" if is_spherical else "linear",
        n_pairs=pairs,
        epsilon=EPSILON,
    )


def _flat(images: Floats) -> Floats:
    return images.reshape(len(images), -1)


def _standard_error(values: Array) -> float:
    return float(values.std() / np.sqrt(len(values)))
