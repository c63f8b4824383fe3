"""Data sets of precomputed codes, such as word embeddings: codes and names without images."""

from __future__ import annotations

from latent_core.errors import InvalidInputError
from latent_core.types import PrecomputedCodes
from ui.spaces import Space


def precomputed_codes(space: Space) -> PrecomputedCodes:
    """The precomputed codes of the data set.

    Raises
    ------
    InvalidInputError
        The data set has images.
    """
    if space.data.precomputed is None:
        raise InvalidInputError(
            f"{space.data.title} has images, not precomputed codes; choose another data set."
        )
    return space.data.precomputed


def sample_name(space: Space, index: int) -> str:
    """The label of a sample, else its noun and index."""
    return space.data.label(index) or f"{space.data.sample_noun} {index:,}"
