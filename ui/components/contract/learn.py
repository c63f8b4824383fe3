"""The payloads of the components of the lessons."""

from __future__ import annotations

from typing import Literal

from ui.components.contract.specs import Fraction, Index, Number, Payload


class AffineData(Payload):
    """``weight @ x + bias``; a row of ``weight`` per output."""

    weight: list[list[Number]]
    bias: list[Number]


class SmallAutoencoderData(Payload):
    encoder: AffineData
    decoder: AffineData
    codes: list[tuple[Number, Number, Number]]
    classes: list[Index]
    class_names: list[str]
    picture: list[Fraction]
    code: tuple[Number, Number, Number]
    turned_degrees: Number
    parts: list[Literal["picture", "numbers", "code", "decoded", "plot"]]
    edits_code: bool
    target: tuple[Number, Number, Number] | None


class PlanePoint(Payload):
    """A point ``at`` from (0, 0) to (1, 1); ``group`` is the place of its color in the palette."""

    name: str
    at: tuple[Fraction, Fraction]
    group: Index
    movable: bool


class PointPlaneData(Payload):
    points: list[PlanePoint]
    shows_cosine: bool
    target: tuple[Fraction, Fraction] | None


class StepKeysData(Payload):
    """Nothing is shown."""
