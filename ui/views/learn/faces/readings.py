"""Faces of the generator: the ones of random codes, and what a classifier reads from them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from latent_core.errors import InvalidInputError
from latent_core.models.catalog import evaluator_for
from latent_core.models.torch_model import TorchModel
from latent_core.types import Floats
from ui.spaces import Space
from ui.views.learn.sampling_figures import SEED, Verdict, random_codes, verdicts

MODEL, DATA = "faces-gan-64", "faces"
N_RATED = 256
"""Random codes whose verdicts are counted."""
N_TRIED = 16
"""Random codes of which the first good one is the face until one is chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceShares:
    """Of `N_RATED` random codes, the share of each level of support and of realism that matters.

    Parameters
    ----------
    far
        Whose verdict is "far from data".
    unlike
        Whose image is unlike the data.
    """

    far: float
    unlike: float


def face_shares(space: Space) -> FaceShares:
    """Decode and rate `N_RATED` random codes; takes seconds."""
    found = verdicts(space, random_codes(space).sample(N_RATED, random_state=SEED))
    return FaceShares(far=_share(found, "worse", "far from data"), unlike=_share(found, "image"))


def _share(found: list[Verdict], part: str, level: str = "unlike the data") -> float:
    return float(np.mean([getattr(one, part) == level for one in found]))


def first_good_code(space: Space) -> Floats:
    """``(D,)``: of `N_TRIED` random codes the first with the verdict "near data", if any."""
    codes = random_codes(space).sample(N_TRIED, random_state=SEED)
    good = [one.worse == "near data" for one in verdicts(space, codes)]
    chosen: Floats = codes[int(np.argmax(good))]
    return chosen


def attribute_classifier() -> TorchModel:
    """The classifier of attributes of faces.

    Raises
    ------
    InvalidInputError
        It is not installed.
    """
    found = evaluator_for(DATA)
    if found is None:
        raise InvalidInputError(
            f"No classifier of attributes of {DATA!r} is installed, which this step needs; "
            "install the models again."
        )
    return found


def read_attribute(images: Floats, name: str) -> NDArray[np.bool_]:
    """Whether the classifier sees an attribute in each image ``(N, C, H, W)``."""
    classifier = attribute_classifier()
    column = list(classifier.card.attribute_thresholds).index(name)
    return classifier.predict_attributes(images)[:, column]
