"""The factors of a face: their ranges, how they are sampled, and which depend on others."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from datagen.faces.morph_targets import SHAPES
from datagen.factor_table import DECIMALS, FactorTable
from latent_core.datasets.factors import Factor

Doubles = NDArray[np.float64]

ADULT_AGE_YEARS = 18.0
_ANCESTRY = ("african", "asian", "caucasian")

FACE_FACTORS: dict[str, Factor] = {
    "age": Factor(low=5, high=85, description="from child to old", unit="years"),
    "sex": Factor(low=0, high=1, description="features from female to male"),
    "african": Factor(
        low=0, high=1, description="share of the shape's ancestry", tied_to=_ANCESTRY[1:]
    ),
    "asian": Factor(
        low=0, high=1, description="share of the shape's ancestry", tied_to=("african", "caucasian")
    ),
    "caucasian": Factor(
        low=0, high=1, description="share of the shape's ancestry", tied_to=_ANCESTRY[:2]
    ),
    "weight": Factor(low=-1, high=1, description="from lean to full"),
    **{name: Factor(low=-1, high=1, description="from less to more") for name in SHAPES},
    "smile": Factor(low=0, high=1, description="from none to broad"),
    "mouth_open": Factor(low=0, high=1, description="from closed to open"),
    "brow": Factor(low=-1, high=1, description="eyebrows from lowered to raised"),
    "eyes_closed": Factor(low=0, high=1, description="from open to closed"),
    "yaw": Factor(
        low=-50, high=50, description="from the picture's left to its right", unit="degrees"
    ),
    "pitch": Factor(
        low=-20, high=20, description="from looking down to looking up", unit="degrees"
    ),
    "roll": Factor(low=-10, high=10, description="tilted to the left or the right", unit="degrees"),
    "light_azimuth": Factor(
        low=-80, high=80, description="light from the left to the right", unit="degrees"
    ),
    "light_elevation": Factor(low=0, high=60, description="above the horizon", unit="degrees"),
    "skin_tone": Factor(low=0, high=1, description="from light to dark", tied_to=_ANCESTRY),
    "blush": Factor(low=0, high=1, description="redness of cheeks and lips"),
    "eye_colour": Factor(low=0, high=1, description="from brown to blue", tied_to=_ANCESTRY),
    "hair_length": Factor(low=0, high=1, description="from cropped to below the shoulders"),
    "hair_curl": Factor(low=0, high=1, description="from straight to coiled", tied_to=_ANCESTRY),
    "hair_volume": Factor(low=0, high=1, description="from flat to full"),
    "hair_parting": Factor(low=-1, high=1, description="parted on the picture's left to its right"),
    "hair_sweep": Factor(low=-1, high=1, description="from a fringe to combed back"),
    "baldness": Factor(
        low=0, high=1, description="from none to a bald crown", tied_to=("sex", "age")
    ),
    "hair_lightness": Factor(low=0, high=1, description="from black to blond", tied_to=_ANCESTRY),
    "hair_redness": Factor(low=0, high=1, description="from ash to copper"),
    "greyness": Factor(low=0, high=1, description="share of grey in the hair", tied_to=("age",)),
    "brow_thickness": Factor(low=0, high=1, description="eyebrows from thin to thick"),
    "beard": Factor(low=0, high=1, description="0 none, to a full beard", tied_to=("sex", "age")),
    "moustache": Factor(low=0, high=1, description="0 none, to thick", tied_to=("sex", "age")),
    "glasses": Factor(low=0, high=1, description="0 without, 1 with"),
    "glasses_shape": Factor(low=0, high=1, description="from round to square"),
    "glasses_tone": Factor(low=0, high=1, description="frame from black to gold"),
    "shirt_hue": Factor(low=0, high=1, description="turn of the colour circle", ordered=False),
    "shirt_lightness": Factor(low=0, high=1, description="from dark to light"),
    "ground_hue": Factor(low=0, high=1, description="turn of the colour circle", ordered=False),
    "ground_lightness": Factor(low=0, high=1, description="from dark to light"),
}


def sample_face_factors(count: int, seed: int) -> FactorTable:
    """Factors of `count` faces, ``(count,)`` float32 each, within their ranges.

    Independent factors are sampled independently. A dependent factor (see `Factor.tied_to`) is
    sampled given those it depends on: no beard without an adult and male face, gray hair and
    baldness increase with age, and skin tone, eye color and hair depend on ancestry.
    """
    rng = np.random.default_rng(seed)
    sampled = _sample_identity(rng, count) | _sample_appearance(rng, count)
    sampled |= _sample_dependent(rng, sampled, count)
    return {
        name: np.clip(sampled[name], factor.low, factor.high).round(DECIMALS).astype(np.float32)
        for name, factor in FACE_FACTORS.items()
    }


def _sample_identity(rng: np.random.Generator, count: int) -> dict[str, Doubles]:
    ancestry = rng.dirichlet([0.5, 0.5, 0.5], count).T
    sampled = dict(zip(_ANCESTRY, ancestry, strict=True))
    sampled["age"] = 5 + 80 * rng.beta(1.1, 1.5, count)
    sampled["sex"] = rng.beta(0.4, 0.4, count)
    sampled["weight"] = rng.normal(0, 0.45, count)
    return sampled | {name: rng.normal(0, 0.5, count) for name in SHAPES}


def _sample_appearance(rng: np.random.Generator, count: int) -> dict[str, Doubles]:
    uniform: tuple[str, ...] = ("hair_volume", "hair_redness", "brow_thickness", "blush")
    uniform += ("glasses_shape", "glasses_tone", "shirt_hue", "shirt_lightness")
    uniform += ("ground_hue", "ground_lightness")
    sampled = {name: rng.uniform(0, 1, count) for name in uniform}
    return sampled | {
        "smile": rng.uniform(0, 1, count) ** 1.2,
        "mouth_open": rng.uniform(0, 1, count) ** 3,
        "brow": rng.normal(0, 0.45, count),
        "eyes_closed": rng.uniform(0, 1, count) * np.where(rng.uniform(size=count) < 0.2, 1, 0.12),
        "yaw": rng.uniform(-50, 50, count),
        "pitch": rng.normal(0, 8, count),
        "roll": rng.normal(0, 3.5, count),
        "light_azimuth": rng.uniform(-80, 80, count),
        "light_elevation": rng.uniform(0, 60, count),
        "hair_length": rng.uniform(0, 1, count),
        "hair_parting": rng.uniform(-1, 1, count),
        "hair_sweep": rng.uniform(-1, 1, count),
        "glasses": (rng.uniform(size=count) < 0.3).astype(float),
    }


def _sample_dependent(
    rng: np.random.Generator, sampled: dict[str, Doubles], count: int
) -> dict[str, Doubles]:
    age, sex, african = sampled["age"], sampled["sex"], sampled["african"]
    caucasian = sampled["caucasian"]
    adult_male = np.clip((age - ADULT_AGE_YEARS) / 6, 0, 1) * (sex > 0.6)
    baldness = adult_male * np.clip((age - 25) / 50, 0, 1) * rng.uniform(-0.5, 1.5, count)
    skin_tone = african * 0.78 + sampled["asian"] * 0.33 + caucasian * 0.2
    return {
        "skin_tone": skin_tone + rng.normal(0, 0.1, count),
        "eye_colour": rng.uniform(0, 1, count) * (0.15 + 0.85 * caucasian),
        "hair_curl": african * 0.6 + rng.uniform(0, 1, count) ** 2 * (1 - 0.6 * african),
        "hair_lightness": rng.uniform(0, 1, count) * (0.15 + 0.85 * caucasian),
        "baldness": baldness,
        "greyness": np.clip((age - 40) / 36, 0, 1) * rng.uniform(0, 1.4, count),
        "beard": adult_male * np.clip(rng.uniform(-0.9, 1, count), 0, 1),
        "moustache": adult_male * np.clip(rng.uniform(-0.9, 1, count), 0, 1),
    }
