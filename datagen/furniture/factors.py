"""The factors of a piece of furniture: their ranges and how they are sampled."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from datagen.factor_table import DECIMALS, FactorTable
from latent_core.datasets.factors import Factor

KINDS = ("chair", "stool", "table", "desk")
CHAIR, STOOL, TABLE, DESK = range(4)
_KIND = ("kind",)

# the range for each kind, in the order of KINDS
_RANGES_BY_KIND: dict[str, tuple[tuple[float, float], ...]] = {
    "height": ((36, 54), (40, 80), (40, 78), (66, 80)),
    "width": ((38, 60), (28, 44), (70, 150), (95, 165)),
    "depth": ((38, 54), (28, 44), (50, 95), (48, 76)),
    "back_height": ((24, 68), (0, 0), (0, 0), (0, 0)),
    "back_tilt": ((0, 22), (0, 0), (0, 0), (0, 0)),
    "back_openness": ((0, 1), (0, 0), (0, 0), (0, 0)),
}

FURNITURE_FACTORS: dict[str, Factor] = {
    "kind": Factor(low=0, high=3, description="0 chair, 1 stool, 2 table, 3 desk", ordered=False),
    "height": Factor(
        low=36, high=80, description="of seat or top", unit="centimetres", tied_to=_KIND
    ),
    "width": Factor(
        low=28, high=165, description="of seat or top", unit="centimetres", tied_to=_KIND
    ),
    "depth": Factor(
        low=28, high=95, description="of seat or top", unit="centimetres", tied_to=_KIND
    ),
    "top_thickness": Factor(low=2, high=7, description="of seat or top", unit="centimetres"),
    "corner": Factor(low=0, high=1, description="outline from round to rectangular"),
    "leg_thickness": Factor(low=2, high=7, description="of each leg", unit="centimetres"),
    "leg_splay": Factor(low=0, high=1, description="from upright to spread"),
    "leg_square": Factor(low=0, high=1, description="0 round legs, 1 square ones"),
    "back_height": Factor(
        low=0, high=68, description="chairs only", unit="centimetres", tied_to=_KIND
    ),
    "back_tilt": Factor(low=0, high=22, description="chairs only", unit="degrees", tied_to=_KIND),
    "back_openness": Factor(low=0, high=1, description="from a panel to thin bars", tied_to=_KIND),
    "drawers": Factor(low=0, high=4, description="how many; desks only", tied_to=_KIND),
    "yaw": Factor(
        low=-60, high=60, description="from the picture's left to its right", unit="degrees"
    ),
    "hue": Factor(low=0, high=1, description="turn of the colour circle", ordered=False),
    "lightness": Factor(low=0, high=1, description="from dark to light"),
}


def sample_furniture_factors(count: int, seed: int) -> FactorTable:
    """Factors of `count` pieces, ``(count,)`` float32 each; all kinds are equally likely."""
    rng = np.random.default_rng(seed)
    kind = rng.integers(0, len(KINDS), count)
    sampled: dict[str, NDArray[np.float64]] = {"kind": kind.astype(float)}
    for name, factor in FURNITURE_FACTORS.items():
        uniform = rng.uniform(0, 1, count)
        low, high = np.full(count, factor.low), np.full(count, factor.high)
        if name in _RANGES_BY_KIND:
            low, high = np.array(_RANGES_BY_KIND[name], float)[kind].T
        sampled.setdefault(name, low + uniform * (high - low))
    sampled["drawers"] = np.where(kind == DESK, rng.integers(0, 5, count), 0)
    sampled["leg_square"] = np.round(sampled["leg_square"])
    return {name: sampled[name].round(DECIMALS).astype(np.float32) for name in FURNITURE_FACTORS}
