"""Arithmetic on faces: two groups of faces whose difference is added to one face."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from latent_core.analysis.arithmetic import CodeArithmetic, code_arithmetic
from latent_core.types import Dataset, Floats
from ui.spaces import Space
from ui.views.learn.faces.readings import read_attribute
from ui.views.learn.sampling_figures import SEED, random_codes

GOAL = "glasses"
GROUPS = {
    "glasses": "with glasses",
    "plain": "without glasses",
    "open": "mouth open",
    "closed": "mouth closed",
}
COUNTS = (1, 3, 10, 30)
N_MEASURED = 64
"""Random codes that a difference is added to."""


def group_rows(data: Dataset, group: str, count: int) -> NDArray[np.int64]:
    """Indices of `count` random images of a group, by the factors they were made from."""
    glasses, mouth = data.factors["glasses"], data.factors["mouth_open"]
    members = {
        "glasses": glasses > 0.5,
        "plain": glasses < 0.5,
        "open": mouth > 0.5,
        "closed": mouth < 0.05,
    }[group]
    rows = np.random.default_rng(SEED).permutation(np.flatnonzero(members))
    return rows[:count].astype(np.int64)


def face_sum(space: Space, face: Floats, add: str, subtract: str, count: int) -> CodeArithmetic:
    """mean(add) − mean(subtract) + face, with `count` images of each group."""
    codes = space.encodings.mean
    start, minus = (group_rows(space.data, group, count) for group in (add, subtract))
    used = np.union1d(start, minus)
    return code_arithmetic(codes, codes[start], codes[minus], face[None], exclude=used.tolist())


@dataclass(frozen=True, slots=True, kw_only=True)
class SumShares:
    """How often a sum puts glasses on random faces in which the classifier reads none.

    Parameters
    ----------
    by_count
        From the images per group to the share that has glasses afterwards.
    random
        The share with a random direction as long as the difference of the largest groups.
    n_faces
        The faces that the shares are of.
    """

    by_count: dict[int, float]
    random: float
    n_faces: int


def sum_shares(space: Space) -> SumShares:
    """Add the difference of the groups with and without glasses to random faces."""
    drawn = random_codes(space).sample(N_MEASURED, random_state=SEED)
    faces = drawn[~read_attribute(space.model.decode(drawn), GOAL)]
    differences = {count: _glasses_direction(space, count) for count in COUNTS}
    direction = np.random.default_rng(SEED).standard_normal(space.encodings.latent_dim)
    length = np.linalg.norm(differences[COUNTS[-1]]) / np.linalg.norm(direction)
    other: Floats = np.asarray(direction * length, np.float32)

    def share(difference: Floats) -> float:
        return float(read_attribute(space.model.decode(faces + difference), GOAL).mean())

    return SumShares(
        by_count={count: share(difference) for count, difference in differences.items()},
        random=share(other),
        n_faces=len(faces),
    )


def _glasses_direction(space: Space, count: int) -> Floats:
    """``(D,)``: the mean code of faces with glasses minus that of faces without."""
    codes = space.encodings.mean
    means = [
        codes[group_rows(space.data, name, count)].mean(axis=0) for name in ("glasses", "plain")
    ]
    difference: Floats = means[0] - means[1]
    return difference
