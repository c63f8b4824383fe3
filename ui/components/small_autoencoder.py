"""A small autoencoder: a picture one can edit, its code, the decoded picture, codes in 3D."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from latent_core.types import Floats
from ui.components import draw_component
from ui.components.validate import get_field, parse_number

Part = Literal["picture", "numbers", "code", "decoded", "plot"]
MAX_CODE = 2.0
"""Largest absolute value of a code's number that is taken from the browser."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Affine:
    """``weight @ x + bias``, with ``weight`` ``(n_out, n_in)`` and ``bias`` ``(n_out,)``."""

    weight: Floats
    bias: Floats

    def __call__(self, x: Floats) -> Floats:
        """Of vectors ``(N, n_in)`` or one ``(n_in,)``."""
        result: Floats = x @ self.weight.T + self.bias
        return result

    def as_data(self) -> dict[str, Any]:
        """``AffineData`` of the contract."""
        return {"weight": self.weight.tolist(), "bias": self.bias.tolist()}


@dataclass(frozen=True, slots=True, kw_only=True)
class AutoencoderState:
    """What is shown.

    Parameters
    ----------
    picture
        ``(H * W,)`` in [0, 1].
    code
        ``(3,)``: of the picture, or where the sliders are.
    turned_degrees
        How far the plot was turned from its first view, at most, in degrees.
    """

    picture: Floats
    code: Floats
    turned_degrees: float = 0.0


def draw_small_autoencoder(  # noqa: PLR0913  one argument per thing that is shown
    *,
    key: str,
    encoder: Affine,
    decoder: Affine,
    codes: Floats,
    classes: NDArray[np.int64],
    class_names: Sequence[str],
    state: AutoencoderState,
    parts: Sequence[Part],
    edits_code: bool = False,
    target: Sequence[float] | None = None,
) -> AutoencoderState:
    """Draw the `parts`; gives the state, which the browser changes without the server.

    Parameters
    ----------
    codes, classes
        ``(N, 3)`` codes of the training pictures and ``(N,)`` their classes, for the plot.
    edits_code
        Whether the code is moved with sliders; else the picture is edited.
    target
        A code to mark in the plot.
    """
    data = {
        "encoder": encoder.as_data(),
        "decoder": decoder.as_data(),
        "codes": codes.tolist(),
        "classes": classes.tolist(),
        "class_names": list(class_names),
        "picture": state.picture.tolist(),
        "code": state.code.tolist(),
        "turned_degrees": state.turned_degrees,
        "parts": list(parts),
        "edits_code": edits_code,
        "target": None if target is None else list(target),
    }
    sent = draw_component("learn/small_autoencoder.js", key=key, data=data, events=("changed",))
    return parse_state(sent["changed"], len(state.picture)) or state


def parse_state(sent: object, n_cells: int) -> AutoencoderState | None:
    """The state in an event of the browser; None if it is invalid."""
    picture = _numbers(get_field(sent, "picture"), n_cells, 0, 1)
    code = _numbers(get_field(sent, "code"), 3, -MAX_CODE, MAX_CODE)
    turned = parse_number(sent, "turned_degrees", 0, 360)
    if picture is None or code is None or turned is None:
        return None
    return AutoencoderState(picture=picture, code=code, turned_degrees=turned)


def _numbers(values: object, count: int, low: float, high: float) -> Floats | None:
    if not isinstance(values, list) or len(values) != count:
        return None
    parsed = [parse_number({"value": value}, "value", low, high) for value in values]
    return None if None in parsed else np.array(parsed, np.float32)
