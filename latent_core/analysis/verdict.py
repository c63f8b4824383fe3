"""The verdict on a decoded image: the worse of its code's support and its own realism."""

from __future__ import annotations

from latent_core.analysis.support import SUPPORT_LEVELS, SupportLevel
from latent_core.models.realism import REALISM_LEVELS, RealismLevel


def combined_level(support: SupportLevel, image: RealismLevel | None) -> SupportLevel:
    """The level of the worse of the two; without a realism network that of `support`."""
    image_rank = 0 if image is None else REALISM_LEVELS.index(image)
    return SUPPORT_LEVELS[max(SUPPORT_LEVELS.index(support), image_rank)]
