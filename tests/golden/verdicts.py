"""Verdicts for realism at, above and below the limits, with each level of support."""

from __future__ import annotations

from typing import Any

import numpy as np

from latent_core.analysis.support import SUPPORT_LEVELS
from latent_core.analysis.verdict import combined_level
from latent_core.models.realism import ImageRealism

LIMITS = {"like": 0.25, "unlike": -1.5}


def write_verdicts() -> dict[str, Any]:
    """Limits, and cases with the library's answers."""
    realism = ImageRealism(
        dataset="golden",
        image_shape=(1, 8, 8),
        net=None,
        like_limit=LIMITS["like"],
        unlike_limit=LIMITS["unlike"],
        graph_sha256="",
    )
    edges = [np.nextafter(limit, side) for limit in LIMITS.values() for side in (-9.0, 9.0)]
    scores = [*LIMITS.values(), *map(float, edges), 0.0, -40.0, 40.0]
    cases = [
        {
            "support": support,
            "realism": score,
            "image": (image := realism.level(score)),
            "combined": combined_level(support, image),
        }
        for support in SUPPORT_LEVELS
        for score in scores
    ]
    return {"limits": LIMITS, "cases": cases}
