"""The factors of a face: their ranges, how they are drawn, and which ones nature ties together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from datagen.faces.morph_targets import SHAPES
from latent_core.factors import Factor

Floats = NDArray[np.float32]
Table = dict[str, Floats]


ADULT_YEARS = 18.0
DECIMALS = 3  # finer than the eye, and the table stays small
_ANCESTRY = ("african", "asian", "caucasian")

FACE_FACTORS: dict[str, Factor] = {
    "age": Factor(low=5, high=85, means="from child to old", unit="years"),
    "sex": Factor(low=0, high=1, means="features from female to male"),
    "african": Factor(low=0, high=1, means="share of the shape's ancestry", tied_to=_ANCESTRY[1:]),
    "asian": Factor(
        low=0, high=1, means="share of the shape's ancestry", tied_to=("african", "caucasian")
    ),
    "caucasian": Factor(
        low=0, high=1, means="share of the shape's ancestry", tied_to=_ANCESTRY[:2]
    ),
    "weight": Factor(low=-1, high=1, means="from lean to full"),
    **{name: Factor(low=-1, high=1, means="from less to more") for name in SHAPES},
    "smile": Factor(low=0, high=1, means="from none to broad"),
    "mouth_open": Factor(low=0, high=1, means="from closed to open"),
    "brow": Factor(low=-1, high=1, means="eyebrows from lowered to raised"),
    "eyes_closed": Factor(low=0, high=1, means="from open to closed"),
    "yaw": Factor(low=-50, high=50, means="from the picture's left to its right", unit="degrees"),
    "pitch": Factor(low=-20, high=20, means="from looking down to looking up", unit="degrees"),
    "roll": Factor(low=-10, high=10, means="tilted to the left or the right", unit="degrees"),
    "light_azimuth": Factor(
        low=-80, high=80, means="light from the left to the right", unit="degrees"
    ),
    "light_elevation": Factor(low=0, high=60, means="above the horizon", unit="degrees"),
    "skin_tone": Factor(low=0, high=1, means="from light to dark", tied_to=_ANCESTRY),
    "blush": Factor(low=0, high=1, means="redness of cheeks and lips"),
    "eye_colour": Factor(low=0, high=1, means="from brown to blue", tied_to=_ANCESTRY),
    "hair_length": Factor(low=0, high=1, means="from cropped to below the shoulders"),
    "hair_curl": Factor(low=0, high=1, means="from straight to coiled", tied_to=_ANCESTRY),
    "hair_volume": Factor(low=0, high=1, means="from flat to full"),
    "hair_parting": Factor(low=-1, high=1, means="parted on the picture's left to its right"),
    "hair_sweep": Factor(low=-1, high=1, means="from a fringe to combed back"),
    "baldness": Factor(low=0, high=1, means="from none to a bald crown", tied_to=("sex", "age")),
    "hair_lightness": Factor(low=0, high=1, means="from black to blond", tied_to=_ANCESTRY),
    "hair_redness": Factor(low=0, high=1, means="from ash to copper"),
    "greyness": Factor(low=0, high=1, means="share of grey in the hair", tied_to=("age",)),
    "brow_thickness": Factor(low=0, high=1, means="eyebrows from thin to thick"),
    "beard": Factor(low=0, high=1, means="0 none, to a full beard", tied_to=("sex", "age")),
    "moustache": Factor(low=0, high=1, means="0 none, to thick", tied_to=("sex", "age")),
    "glasses": Factor(low=0, high=1, means="0 without, 1 with"),
    "glasses_shape": Factor(low=0, high=1, means="from round to square"),
    "glasses_tone": Factor(low=0, high=1, means="frame from black to gold"),
    "shirt_hue": Factor(low=0, high=1, means="turn of the colour circle", ordered=False),
    "shirt_lightness": Factor(low=0, high=1, means="from dark to light"),
    "ground_hue": Factor(low=0, high=1, means="turn of the colour circle", ordered=False),
    "ground_lightness": Factor(low=0, high=1, means="from dark to light"),
}


def draw_faces(count: int, seed: int) -> Table:
    """`count` faces' factors, each ``(count,)`` float32 within its range.

    Independent factors are drawn on their own; a tied one (see `Factor.tied_to`) is drawn given
    those it depends on: a child or a woman has no beard, grey and bald heads come with age, and
    skin, eyes and hair go with ancestry, with room to differ.
    """
    rng = np.random.default_rng(seed)
    drawn = _people(rng, count) | _looks(rng, count)
    drawn |= _tied(rng, drawn, count)
    return {
        name: np.clip(drawn[name], factor.low, factor.high).round(DECIMALS).astype(np.float32)
        for name, factor in FACE_FACTORS.items()
    }


def _people(rng: np.random.Generator, count: int) -> dict[str, NDArray[np.float64]]:
    shares = rng.dirichlet([0.5, 0.5, 0.5], count).T
    drawn = dict(zip(_ANCESTRY, shares, strict=True))
    drawn["age"] = 5 + 80 * rng.beta(1.1, 1.5, count)
    drawn["sex"] = rng.beta(0.4, 0.4, count)
    drawn["weight"] = rng.normal(0, 0.45, count)
    return drawn | {name: rng.normal(0, 0.5, count) for name in SHAPES}


def _looks(rng: np.random.Generator, count: int) -> dict[str, NDArray[np.float64]]:
    even = ("hair_volume", "hair_redness", "brow_thickness", "blush", "glasses_shape")
    even += ("glasses_tone", "shirt_hue", "shirt_lightness", "ground_hue", "ground_lightness")
    drawn = {name: rng.uniform(0, 1, count) for name in even}
    return drawn | {
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


def _tied(
    rng: np.random.Generator, known: dict[str, NDArray[np.float64]], count: int
) -> dict[str, NDArray[np.float64]]:
    age, sex, african = known["age"], known["sex"], known["african"]
    fair = known["caucasian"]
    grown = np.clip((age - ADULT_YEARS) / 6, 0, 1) * (sex > 0.6)
    bald = grown * np.clip((age - 25) / 50, 0, 1) * rng.uniform(-0.5, 1.5, count)
    tone = african * 0.78 + known["asian"] * 0.33 + fair * 0.2
    return {
        "skin_tone": tone + rng.normal(0, 0.1, count),
        "eye_colour": rng.uniform(0, 1, count) * (0.15 + 0.85 * fair),
        "hair_curl": african * 0.6 + rng.uniform(0, 1, count) ** 2 * (1 - 0.6 * african),
        "hair_lightness": rng.uniform(0, 1, count) * (0.15 + 0.85 * fair),
        "baldness": bald,
        "greyness": np.clip((age - 40) / 36, 0, 1) * rng.uniform(0, 1.4, count),
        "beard": grown * np.clip(rng.uniform(-0.9, 1, count), 0, 1),
        "moustache": grown * np.clip(rng.uniform(-0.9, 1, count), 0, 1),
    }
