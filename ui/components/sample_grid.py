"""The grid of samples: random codes drawn and decoded in the browser, as far as one scrolls."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from latent_core.sampling import CodeDistribution
from latent_core.sampling.truncation import MIN_KEPT, log_radii
from latent_core.types import Floats
from ui.components import draw_component, publish
from ui.components.map import Sheet
from ui.components.quantize import to_base64

MAX_SEED = 999_999
MAX_TEMPERATURE = 2.0
MIN_TRUNCATION = MIN_KEPT
MAX_SAMPLE = 999_999
"""The largest number of a sample that can be looked at and linked."""
MODULE = "samples/index.js"


@dataclass(frozen=True, slots=True, kw_only=True)
class GridState:
    """What a person has chosen in the grid.

    Parameters
    ----------
    seed, temperature, truncation
        As in `CodeDistribution.sample`.
    nearest
        Whether each sample is shown beside the nearest of the data.
    selected
        Number of the sample that is looked at, or None.
    """

    seed: int = 0
    temperature: float = 1.0
    truncation: float = 1.0
    nearest: bool = False
    selected: int | None = None

    @property
    def is_valid(self) -> bool:
        """Whether every value is in the range that the grid has."""
        return (
            0 <= self.seed <= MAX_SEED
            and 0 <= self.temperature <= MAX_TEMPERATURE
            and MIN_TRUNCATION <= self.truncation <= 1
            and (self.selected is None or 0 <= self.selected <= MAX_SAMPLE)
        )

    def code(self, distribution: CodeDistribution, index: int) -> Floats:
        """The code ``(D,)`` of sample `index`."""
        drawn: Floats = distribution.sample(
            1,
            random_state=self.seed,
            temperature=self.temperature,
            truncation=self.truncation,
            first=index,
        )[0]
        return drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class GridData:
    """Data of the grid.

    Parameters
    ----------
    decoder
        From `ui.components.decoder`; None for a model without a decoder.
    space
        From `ui.components.decoder`.
    distribution
        What the samples are drawn from.
    sheet
        Sprite sheet of the data set; None without images.
    names
        Names of the data's samples, shown where there are no images.
    typical_distance
        Median distance of a code of the data to its nearest other.
    sample_noun
        What one sample of the data is called.
    state
        What was chosen.
    """

    decoder: dict[str, Any] | None
    space: dict[str, Any]
    distribution: CodeDistribution
    sheet: Sheet | None
    names: tuple[str, ...]
    typical_distance: float
    sample_noun: str
    state: GridState


def draw_sample_grid(*, key: str, data: GridData, on_change: Callable[[GridState], None]) -> None:
    """Draw the grid; `on_change` gets what a person chose, before the page is drawn again."""
    shown = {
        "decoder": data.decoder,
        "space": data.space,
        "distribution": distribution_data(data.distribution),
        "sheet": None if data.sheet is None else asdict(data.sheet),
        "names": {"url": publish(json.dumps(data.names).encode())} if data.names else None,
        "typical_distance": data.typical_distance,
        "sample_noun": data.sample_noun,
        "state": asdict(data.state),
    }

    def handle(sent: dict[str, Any]) -> None:
        if (state := parse_grid_state(sent["changed"])) is not None:
            on_change(state)

    draw_component(MODULE, key=key, data=shown, events=("changed",), on_events=handle)


def parse_grid_state(sent: dict[str, Any] | None) -> GridState | None:
    """The state that the browser sent, or None if there is none or it is out of range."""
    if sent is None:
        return None
    state = GridState(**{name: sent[name] for name in asdict(GridState())})
    return state if state.is_valid else None


def distribution_data(distribution: CodeDistribution) -> dict[str, Any]:
    """What the browser needs to draw the same codes: ``DistributionSpec``."""
    parameters = (distribution.means, distribution.factors)
    packed = np.concatenate([array.ravel() for array in parameters]).astype("<f4").tobytes()
    radii, probabilities = log_radii(distribution.latent_dim)
    return {
        "url": publish(packed),
        "dim": distribution.latent_dim,
        "diagonal": distribution.factors.ndim == 2,
        "cumulative_weights": distribution.cumulative_weights.tolist(),
        "log_radii": to_base64(radii, "<f8"),
        "log_probabilities": to_base64(probabilities, "<f8"),
    }
