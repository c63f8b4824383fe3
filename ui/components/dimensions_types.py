"""Data and events of the sliders on the Dimensions page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from latent_core.analysis.directions.latent_directions import LatentDirections
from latent_core.analysis.traversal import LatentDimensions
from latent_core.notebook import compact_repr
from latent_core.types import Floats

MAX_LABEL_LENGTH = 120  # characters

Source = Literal["mean", "mixture", "prior"]
Base = Literal["code", "mean"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """The state of the sliders after one was released or another start was chosen.

    Parameters
    ----------
    revision
        Revision of the start that the browser had.
    code
        ``(D,)``.
    start, label
        The start as in a link, and its label.
    locked
        Locked dimensions, ascending.
    """

    revision: int
    code: Floats
    start: str
    label: str
    locked: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leakage:
    """The change of an attribute along a direction, in its standard deviations."""

    name: str
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectionSlider:
    """What a slider that moves the code along a direction shows of it.

    Parameters
    ----------
    name, unit
        For display.
    digits
        Decimal places of its values.
    range, predicted_range
        Of the values that are shown without "under" or "over", and of the slider.
    caption, hint
        What is known of the direction: beside the slider, and on hovering.
    evidence
        Its score on held-out samples and those of its controls, in one sentence.
    leakage, leakage_note
        What else changes along it, in standard deviations, and how that was measured.
    is_weak
        Whether it is no better than its controls.
    """

    name: str
    unit: str = ""
    digits: int
    range: tuple[float, float]
    predicted_range: tuple[float, float]
    caption: str = ""
    hint: str = ""
    evidence: str = ""
    leakage: tuple[Leakage, ...] = ()
    leakage_note: str = ""
    is_weak: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DirectionGroup:
    """Directions of one kind, with a slider for each of them.

    Parameters
    ----------
    id, title, help
        Identifies the group; its heading, and one sentence about it.
    directions
        The F directions.
    sliders
        F sliders, in the same order.
    is_open
        Whether it is unfolded at first.
    """

    id: str
    title: str
    help: str
    directions: LatentDirections
    sliders: tuple[DirectionSlider, ...]
    is_open: bool

    __repr__ = compact_repr


@dataclass(frozen=True, slots=True, kw_only=True)
class SlidersEvent:
    """Events since the last run: a commit, a requested start, a code for the tray."""

    committed: Commit | None = None
    wanted: Source | None = None
    saved: Floats | None = None


def parse_commit(sent: object, dims: LatentDimensions) -> Commit | None:
    """The commit in an event of the browser; None if it is invalid.

    Raises
    ------
    InvalidInputError
        Its code is no code of this space.
    """
    if not isinstance(sent, dict) or (code := parse_code(sent, dims)) is None:
        return None
    revision, start, label, locked = (sent.get(n) for n in ("revision", "start", "label", "locked"))
    if isinstance(revision, bool) or not isinstance(revision, int):
        return None
    if not isinstance(start, str) or not isinstance(label, str) or not isinstance(locked, list):
        return None
    valid = sorted({d for d in locked if type(d) is int and 0 <= d < len(dims)})
    return Commit(
        revision=revision,
        code=code,
        start=start,
        label=label[:MAX_LABEL_LENGTH],
        locked=tuple(valid),
    )


def parse_requested_start(sent: object) -> Source | None:
    """The requested start: the mean code, a sample of the mixture or of the prior, or None."""
    start = sent.get("start") if isinstance(sent, dict) else None
    return start if start in get_args(Source) else None


def parse_code(sent: object, dims: LatentDimensions) -> Floats | None:
    """The code ``z`` of an event, or None.

    Raises
    ------
    InvalidInputError
        It is no code of this space.
    """
    values = sent.get("z") if isinstance(sent, dict) else None
    if not isinstance(values, list) or not all(type(value) in (int, float) for value in values):
        return None
    return dims.check(np.array(values, np.float64))
