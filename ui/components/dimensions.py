"""The sliders in the browser: what is sent, and what was done on them since the last run.

What the browser sends is checked before anybody sees it: a code that isn't one is a
`BadInput`, anything else that makes no sense is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from latent_core.analysis.traversal import (
    LatentDimensions,
    histograms,
    inactive_reason,
    latent_dimensions,
)
from latent_core.cache.memo import memoize
from latent_core.models.card import ModelCard
from latent_core.types import Encodings, Floats
from ui.components import draw_component, publish
from ui.components.decoder import decoder_data, space_data

BINS = 48
"""Of a histogram behind a track."""
MAX_LABEL_LENGTH = 120  # characters of a start's label

Source = Literal["mean", "random"]
Base = Literal["code", "mean"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """What stands after a release or a choice.

    Parameters
    ----------
    turn
        Of the start that the browser had then.
    code
        ``(D,)``.
    start, label
        The name of where it began, as in the address, and what people call it.
    locked
        Dimensions that stay, ascending.
    """

    revision: int
    code: Floats
    start: str
    label: str
    locked: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeSlider:
    """A factor by which a code can be pushed; see `latent_core.steering`.

    Parameters
    ----------
    name, unit, means
        For people; what its ends are.
    digits
        That its values need.
    range, reach
        Of the pictures, and of what is read from the data's codes.
    certainty
        R² of the reading.
    weights, offset, direction
        ``(D,)``, a number and ``(D,)``.
    """

    name: str
    unit: str
    ends: str
    digits: int
    range: tuple[float, float]
    predicted_range: tuple[float, float]
    r2: float
    weights: Floats
    offset: float
    direction: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class SlidersEvent:
    """What was done on the sliders: a commit, a new start, a code for the tray."""

    committed: Commit | None = None
    wanted: Source | None = None
    saved: Floats | None = None


def dimensions_of_encodings(encodings: Encodings) -> LatentDimensions:
    """The dimensions of some encodings, measured once."""
    return memoize("dimensions", encodings.fingerprint, lambda: latent_dimensions(encodings))


def store_id(card: ModelCard, encodings: Encodings) -> str:
    """What the components of a page call the code that they share."""
    return f"{card.id} {encodings.fingerprint[:12]}"


def draw_sliders(  # noqa: PLR0913  one argument per thing that is shown
    *,
    key: str,
    card: ModelCard,
    encodings: Encodings,
    revision: int,
    code: Floats,
    start: Floats,
    name: str,
    label: str,
    labels: NDArray[np.int64] | None = None,
    locked: Sequence[int] = (),
    in_tray: bool = False,
    correlates: Sequence[tuple[str, float] | None] = (),
    attributes: Sequence[AttributeSlider] = (),
) -> SlidersEvent:
    """Draw a slider per dimension and give what was done on them since the last run.

    Parameters
    ----------
    turn
        Counts the starts: only a new one changes what the browser has.
    code, start
        ``(D,)``: the current one, and where it began.
    name, label
        Of the start: in the address, and for people.
    labels
        ``(N,)`` classes that colour the plane of a model with two dimensions.
    locked
        Dimensions that a new start leaves alone.
    in_tray
        Whether the tray holds `code`.
    movers
        For each dimension the factor that moves with it most and their correlation, where the
        truth is known.
    steering
        The factors by which a code can be pushed.

    Raises
    ------
    BadInput
        The browser sent a code that is none.
    """
    dims = dimensions_of_encodings(encodings)
    data = {
        "name": store_id(card, encodings),
        "decoder": decoder_data(card),
        "dims": _dimensions_payload(encodings, dims) | {"correlates": [_correlate_payload(found) for found in correlates]},
        "attributes": _attributes_payload(attributes) if attributes else None,
        "plane": _plane_payload(encodings, labels) if len(dims) == 2 else None,
        "revision": revision,
        "z": code.tolist(),
        "start": {"code": start.tolist(), "name": name, "label": label},
        "locked": list(locked),
        "in_tray": in_tray,
    }
    received = draw_component("dimensions/index.js", key=key, data=data, events=("committed", "wanted", "saved"))
    sent = {event: _for_store(value, data["name"]) for event, value in received.items()}
    return SlidersEvent(
        committed=parse_commit(sent["committed"], dims),
        wanted=parse_requested_start(sent["wanted"]),
        saved=_code(sent["saved"], dims),
    )


def _attributes_payload(attributes: Sequence[AttributeSlider]) -> dict[str, Any]:
    """The factors for people, and what is read and pushed as one table of numbers."""
    about = [
        {
            "name": one.name,
            "unit": one.unit,
            "ends": one.ends,
            "digits": one.digits,
            "range": one.range,
            "predicted_range": one.predicted_range,
            "r2": round(one.r2, 3),
        }
        for one in attributes
    ]
    parts = [
        np.concatenate([one.weights for one in attributes]),
        np.concatenate([one.direction for one in attributes]),
        np.array([one.offset for one in attributes]),
    ]
    return {"attributes": about, "url": publish(np.concatenate(parts).astype("<f4").tobytes())}


def _correlate_payload(found: tuple[str, float] | None) -> dict[str, Any] | None:
    return None if found is None else {"name": found[0], "value": round(found[1], 3)}


def draw_preview(*, key: str, card: ModelCard, encodings: Encodings) -> None:
    """Draw the picture of the current code, which follows the sliders by itself."""
    data = {
        "channel": code_channel(card, encodings),
        "decoder": decoder_data(card),
        "space": space_data(encodings),
    }
    draw_component("dimensions/preview.js", key=key, data=data, events=())


def draw_traversal_sheet(
    *,
    key: str,
    card: ModelCard,
    encodings: Encodings,
    rows: Sequence[int],
    steps: int,
    around: Base,
) -> None:
    """Draw a traversal sheet, which follows the sliders by itself.

    Parameters
    ----------
    rows
        Dimensions, one to a row.
    steps
        How many pictures along each.
    around
        What the other dimensions are at: the current code or the data's mean.
    """
    data = {
        "name": store_id(card, encodings),
        "decoder": decoder_data(card),
        "rows": list(rows),
        "steps": steps,
        "around": around,
    }
    draw_component("dimensions/traversal_sheet.js", key=key, data=data, events=())


def code_channel(card: ModelCard, encodings: Encodings) -> str:
    """Where the sliders tell the current code, in ``bus.js``."""
    return f"code {store_id(card, encodings)}"


def _for_store(sent: object, name: str) -> object:
    """What was sent, unless it is about a space that was left meanwhile."""
    return sent if isinstance(sent, dict) and sent.get("name") == name else None


def parse_commit(sent: object, dims: LatentDimensions) -> Commit | None:
    """The commit in what the browser sent; None when it makes no sense.

    Raises
    ------
    BadInput
        It is one, but of no code of this space.
    """
    if not isinstance(sent, dict) or (code := _code(sent, dims)) is None:
        return None
    revision, start, label, locked = (sent.get(n) for n in ("revision", "start", "label", "locked"))
    if isinstance(revision, bool) or not isinstance(revision, int):
        return None
    if not isinstance(start, str) or not isinstance(label, str) or not isinstance(locked, list):
        return None
    known = sorted({d for d in locked if type(d) is int and 0 <= d < len(dims)})
    return Commit(revision=revision, code=code, start=start, label=label[:MAX_LABEL_LENGTH], locked=tuple(known))


def parse_requested_start(sent: object) -> Source | None:
    """The kind of start that the browser asked for, or None."""
    wanted = sent.get("start") if isinstance(sent, dict) else None
    return wanted if wanted in ("mean", "random") else None


def _code(sent: object, dims: LatentDimensions) -> Floats | None:
    """The code ``z`` in what was sent; None where there is none."""
    numbers = sent.get("z") if isinstance(sent, dict) else None
    if not isinstance(numbers, list) or not all(type(n) in (int, float) for n in numbers):
        return None
    return dims.check(np.array(numbers, np.float64))


def _dimensions_payload(encodings: Encodings, dims: LatentDimensions) -> dict[str, Any]:
    heights = memoize("heights", encodings.fingerprint, lambda: _histogram_bytes(encodings.mean, dims))
    return {
        "order": dims.order.tolist(),
        "kl_or_variance": dims.kl_or_variance.tolist(),
        "unit": dims.unit,
        "inactive": dims.inactive.tolist(),
        "inactive_reason": inactive_reason(dims),
        "mean": dims.mean.tolist(),
        "low": dims.low.tolist(),
        "high": dims.high.tolist(),
        "limit": dims.limit,
        "histograms": {"url": publish(heights), "bins": BINS},
    }


def _plane_payload(encodings: Encodings, labels: NDArray[np.int64] | None) -> dict[str, Any]:
    classes = None if labels is None else {"url": publish(labels.astype(np.uint8).tobytes())}
    return {"space": space_data(encodings), "classes": classes}


def _histogram_bytes(codes: Floats, dims: LatentDimensions) -> bytes:
    """The histograms as one byte per bin, the highest bin of each dimension 255."""
    counts = histograms(codes, dims, BINS)
    highest = np.maximum(counts.max(axis=1, keepdims=True), 1)
    levels: NDArray[np.uint8] = np.rint(255 * counts / highest).astype(np.uint8)
    return levels.tobytes()
