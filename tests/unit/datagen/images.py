"""Helpers of the tests of rendered images."""

from __future__ import annotations

import numpy as np

from datagen.faces.factors import FACE_FACTORS

FACE = dict.fromkeys(FACE_FACTORS, 0.0) | {
    "age": 32.0,
    "sex": 0.9,
    "caucasian": 0.4,
    "african": 0.3,
    "asian": 0.3,
    "skin_tone": 0.3,
    "hair_length": 0.35,
    "hair_volume": 0.4,
    "hair_lightness": 0.6,
    "light_azimuth": 30.0,
    "light_elevation": 30.0,
    "brow_thickness": 0.5,
    "ground_lightness": 0.8,
    "shirt_lightness": 0.5,
}


def psnr_db(a: np.ndarray, b: np.ndarray) -> float:
    error = ((a.astype(float) - b.astype(float)) ** 2).mean()
    return float(10 * np.log10(255**2 / max(error, 1e-9)))
