"""Codes that are drawn from distributions, sample by sample."""

from __future__ import annotations

from typing import Any

import numpy as np

from latent_core.sampling import CodeDistribution
from latent_core.types import Floats
from tests.golden.arrays import to_text

INDICES = (0, 1, 2, 63, 64, 999_999, 2**31 - 1)
SETTINGS = (
    {"seed": 0, "temperature": 1.0, "truncation": 1.0},
    {"seed": 999_999, "temperature": 0.0, "truncation": 1.0},
    {"seed": 7, "temperature": 1.7, "truncation": 0.01},
    {"seed": 2**31 - 1, "temperature": 0.5, "truncation": 0.6},
)


def distributions() -> dict[str, CodeDistribution]:
    """A mixture of an odd number of dimensions, one dimension, and independent ones."""
    rng = np.random.default_rng(4)
    factors = np.tril(rng.normal(size=(4, 5, 5)))
    as_sent = {"means": rng.normal(0, 9, (4, 5)), "factors": factors}
    as_sent = {name: array.astype(np.float32).astype(float) for name, array in as_sent.items()}
    weights = np.array([0.4, 0.0, 0.35, 0.25])
    line = np.array([[2.5]])
    return {
        "mixture": CodeDistribution(weights=weights, **as_sent),
        "line": CodeDistribution(weights=np.ones(1), means=line, factors=line),
        "prior": CodeDistribution(
            weights=np.ones(1), means=np.zeros((1, 32)), factors=np.ones((1, 32))
        ),
    }


def codes_of(distribution: CodeDistribution, settings: dict[str, Any]) -> Floats:
    """The codes of the samples `INDICES`."""
    drawn = [
        distribution.sample(
            1,
            random_state=settings["seed"],
            temperature=settings["temperature"],
            truncation=settings["truncation"],
            first=index,
        )
        for index in INDICES
    ]
    return np.concatenate(drawn)


def write_samples() -> dict[str, Any]:
    """The vectors."""
    from ui.components.sample_grid import distribution_data

    spaces = {
        name: {
            "spec": distribution_data(one) | {"url": ""},
            "means": to_text(one.means.astype(np.float32)),
            "factors": to_text(one.factors.astype(np.float32)),
            "codes": [to_text(codes_of(one, settings)) for settings in SETTINGS],
        }
        for name, one in distributions().items()
    }
    return {"indices": list(INDICES), "settings": list(SETTINGS), "distributions": spaces}
