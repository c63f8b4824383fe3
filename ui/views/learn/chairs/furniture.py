"""The furniture under a model of two numbers, the chosen chair and desk, and measured figures."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from latent_core.cache.memo import memoize
from latent_core.datasets.splits import indices_for_test
from latent_core.neighbors import nearest
from ui import session
from ui.spaces import Space, open_space

MODEL, DATASET = "furniture-vae-2", "furniture"
KINDS = ("Chair", "Desk")
N_PAIRS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What is measured on random images.

    Parameters
    ----------
    n_images
        How many random images are measured.
    same_class, same_class_chance
        The fraction of them whose nearest code is of their own class, and that of random pairs.
    hue_difference, hue_difference_chance
        The mean difference in hue, in degrees from 0 to 180, to the nearest code, and of random
        pairs.
    median_distance
        The median distance of the codes of random pairs.
    """

    n_images: int
    same_class: float
    same_class_chance: float
    hue_difference: float
    hue_difference_chance: float
    median_distance: float


def furniture() -> Space:
    """The furniture, encoded."""
    return open_space(MODEL, DATASET)


def hue_difference(space: Space, a: int, b: int) -> float:
    """How far apart the hues of two images are on the color circle, in degrees, 0 to 180."""
    hues = np.asarray(space.data.factors["hue"], np.float64)
    return float(circle_degrees(hues[a], hues[b]))


def circle_degrees(a: ArrayLike, b: ArrayLike) -> NDArray[np.float64]:
    """The difference of hues in [0, 1] in degrees, 0 to 180."""
    difference = np.abs(np.asarray(a, np.float64) - np.asarray(b, np.float64)) % 1
    degrees: NDArray[np.float64] = 360 * np.minimum(difference, 1 - difference)
    return degrees


def code_distance(space: Space, a: int, b: int) -> float:
    """The Euclidean distance of the codes of two images."""
    codes = space.encodings.mean
    return float(np.linalg.norm(codes[a] - codes[b]))


def neighbors_of(space: Space, index: int, count: int) -> list[int]:
    """The images with the nearest codes, without the image itself."""
    codes = space.encodings.mean
    found, _ = nearest(codes, codes[index], count + 1)
    return [int(i) for i in found if i != index][:count]


def figures(space: Space) -> Figures:
    """Measured once per server; takes less than a second."""
    return memoize("lesson furniture", space.encodings.fingerprint, lambda: _measure(space))


def _measure(space: Space) -> Figures:
    rng = np.random.default_rng(0)
    count, codes, labels = len(space.data), space.encodings.mean, space.data.labels
    first = rng.choice(count, size=min(N_PAIRS, count), replace=False)
    other = (first + rng.integers(1, count, len(first))) % count
    near = np.array([neighbors_of(space, int(i), 1)[0] for i in first])
    hues = np.asarray(space.data.factors["hue"], np.float64)
    same = np.zeros(count) if labels is None else labels
    return Figures(
        n_images=len(first),
        same_class=float(np.mean(same[first] == same[near])),
        same_class_chance=float(np.mean(same[first] == same[other])),
        hue_difference=float(circle_degrees(hues[first], hues[near]).mean()),
        hue_difference_chance=float(circle_degrees(hues[first], hues[other]).mean()),
        median_distance=float(np.median(np.linalg.norm(codes[first] - codes[other], axis=1))),
    )


# ── the chosen chair and desk ───────────────────────────────────────────────────────────────


def chosen(kind: str) -> int | None:
    """The index of the image of class `kind` that was chosen on the map."""
    found: int | None = session.recall(f"lesson.{kind}")
    return found


def choose(kind: str, index: int) -> None:
    """Keep the choice for this session."""
    session.remember(f"lesson.{kind}", index)


def chosen_or_typical(space: Space, kind: str) -> int:
    """The chosen image, else the test image whose code is nearest to the median of its class."""
    kept = chosen(kind)
    return typical(space, kind) if kept is None else kept


def typical(space: Space, kind: str) -> int:
    """The test image of class `kind` whose code is nearest to the median of the class."""
    rows = indices_for_test(space.data)
    if space.data.labels is not None:
        rows = rows[space.data.labels[rows] == space.data.class_names.index(kind)]
    codes = space.encodings.mean[rows]
    return int(rows[np.linalg.norm(codes - np.median(codes, axis=0), axis=1).argmin()])
