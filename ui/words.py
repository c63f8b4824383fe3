"""TODO."""

from __future__ import annotations

from latent_core.errors import InvalidInputError
from latent_core.types import PrecomputedCodes
from ui.spaces import Space


def given_of(space: Space) -> PrecomputedCodes:
    """What the space has instead of pictures."""
    if space.data.precomputed is None:
        raise InvalidInputError(
            f"{space.data.title} has pictures; nothing is given in their place."
        )
    return space.data.precomputed


def name_of(space: Space, index: int) -> str:
    """What a sample is called."""
    return space.data.label(index) or f"{space.data.sample_noun} {index:,}"
