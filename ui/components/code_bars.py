"""A code as bars with the range of the data, and the panel that shows it large."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_core.errors import InvalidInputError
from latent_core.types import Floats
from ui.components import draw_component


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeBars:
    """A code and the range of the data's codes.

    Parameters
    ----------
    values
        ``(D,)``.
    low, high
        ``(D,)``, 1st and 99th percentile of the data's codes.
    active
        ``(D,)`` whether the dimension is active (used by the model), where that is known.
    std
        ``(D,)``, the standard deviation of each dimension that a VAE's encoder gives.
    """

    values: Floats
    low: Floats
    high: Floats
    active: NDArray[np.bool_] | None = None
    std: Floats | None = None

    def __post_init__(self) -> None:
        shapes = {np.shape(array) for array in (self.values, self.low, self.high)}
        shapes |= {np.shape(array) for array in (self.active, self.std) if array is not None}
        if len(shapes) != 1 or np.ndim(self.values) != 1:
            raise InvalidInputError(
                f"A code and its ranges must all have shape (D,), not {sorted(shapes)}."
            )

    def as_data(self) -> dict[str, Any]:
        """The payload; five significant digits, more than a bar can show."""
        return {
            "values": _rounded(self.values),
            "low": _rounded(self.low),
            "high": _rounded(self.high),
            "active": None if self.active is None else [bool(used) for used in self.active],
            "std": None if self.std is None else _rounded(self.std),
        }


def _rounded(array: Floats) -> list[float]:
    return [float(f"{value:.5g}") for value in array]


def draw_code_panel(*, key: str, code: CodeBars) -> None:
    """Draw a code as large bars whose values are read by pointer, touch and arrow keys."""
    draw_component("panels/code.js", key=key, data={"code": code.as_data()}, events=())
