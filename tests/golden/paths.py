"""Paths, crossover, variations and attribute directions on difficult codes."""

from __future__ import annotations

from typing import Any

import numpy as np

from latent_core.analysis.dimension_groups import DimensionGroups
from latent_core.analysis.directions.attribute_directions import AttributeDirections
from latent_core.analysis.variations import crossover, sample_deviations, sample_variations
from latent_core.interpolation import LatentPath, bilinear, slerp
from latent_core.types import Array, Floats
from tests.golden.arrays import to_text

AMOUNTS = (0.0, 0.3, 1.0)
SEED = 5


def inputs() -> dict[str, Any]:
    """Codes, among them zero, parallel and opposite ones, and where to evaluate."""
    rng = np.random.default_rng(3)
    codes = rng.normal(size=(40, 16)).astype(np.float32)
    codes[5], codes[6], codes[8], codes[11] = 0, 2 * codes[7], -codes[9], 0
    codes[12] = codes[13] * np.float32(1 + 1e-6)
    codes[14, 3] = 1e4
    weights = rng.uniform(-0.5, 1.5, 39)
    codes[15], weights[15] = 6 * codes[15], 1.5  # its norm would fall below 0
    times = np.sort(rng.uniform(-0.5, 1.5, 40))
    return {
        "codes": codes,
        "weights": weights,
        "times": times,
        "sampled": np.concatenate([rng.uniform(-1, 2, 20), times[[0, 7, 39]]]),
        "square": np.concatenate([rng.random((2, 12)), [[0, 1, 0, 1], [0, 0, 1, 1]]], axis=1),
        "group_weights": np.array([0.0, 1.0, 0.37]),
        "attribute_weights": rng.normal(size=(3, 16)).astype(np.float32),
        "attribute_directions": rng.normal(size=(3, 16)).astype(np.float32),
        "attribute_offsets": np.array([0.0, -3, 1e3], np.float32),
        "attribute_values": np.array([0.0, 20, -1e4]),
    }


GROUPS = ((3, 0, 7), (1, 2, 15, 4), (5, 6, 8, 9, 10, 11, 12, 13, 14))
NAMES = ("first", "second", "third")


def answers(given: dict[str, Any]) -> dict[str, Array]:
    """What the library computes from `inputs`, by name."""
    codes: Floats = given["codes"]
    path = LatentPath(kind="linear", times=given["times"], codes=codes)
    kinds = ("linear", "spherical")
    return {
        "slerp": slerp(codes[:-1], codes[1:], given["weights"]).astype(np.float32),
        "at": path.at(given["sampled"]),
        **{kind: bilinear(codes[16:20], *given["square"], kind) for kind in kinds},
        **_combinations(codes, given),
        **_attributes(codes[:4], given),
    }


def _combinations(codes: Floats, given: dict[str, Any]) -> dict[str, Array]:
    """Of the first codes: crossover, and variations with their mean and deviations."""
    groups = DimensionGroups(
        groups=GROUPS,
        effect_maps=np.ones((len(GROUPS), 1, 1), np.float32),
        within_similarity=1,
        between_similarity=0,
        has_inactive_group=False,
    )
    data = codes[16:]
    varied = [sample_variations(codes[0], data, amount, 4, SEED) for amount in AMOUNTS]
    return {
        "crossover": crossover(codes[0], codes[1], groups, given["group_weights"]),
        "mean": data.mean(axis=0),
        "deviations": sample_deviations(data, 4, SEED),
        "variations": np.stack(varied),
    }


def _attributes(codes: Floats, given: dict[str, Any]) -> dict[str, Array]:
    """Predictions of the attributes, and codes moved to values of them."""
    unused = np.ones(len(NAMES), np.float32)
    fitted = AttributeDirections(
        names=NAMES,
        weights=given["attribute_weights"],
        directions=given["attribute_directions"],
        offsets=given["attribute_offsets"],
        r2=unused,
        low=-unused,
        high=unused,
    )
    moved = [
        [fitted.move_to(code, name, value) for code in codes]
        for name, value in zip(NAMES, given["attribute_values"], strict=True)
    ]
    return {"predicted": fitted.predict(codes), "moved": np.array(moved)}


def write_paths() -> dict[str, Any]:
    """The vectors."""
    given = inputs()
    return {
        "groups": [list(group) for group in GROUPS],
        "amounts": list(AMOUNTS),
        "given": {name: to_text(array) for name, array in given.items()},
        "answers": {name: to_text(array) for name, array in answers(given).items()},
    }
