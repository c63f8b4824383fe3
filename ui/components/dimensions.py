"""The components of the Dimensions page: sliders, preview image, traversal sheet.

Events of the browser are checked: an invalid code is an `InvalidInputError`, any other invalid
value is ignored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

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
from latent_core.types import Encodings, Floats, to_uint8
from ui.components import draw_component, publish
from ui.components.decoder import decoder_data, space_data
from ui.components.dimensions_types import (
    Base,
    DirectionGroup,
    SlidersEvent,
    parse_code,
    parse_commit,
    parse_requested_start,
)

MAX_LISTED = 64
"""Of more dimensions, only the most used ones have a slider of their own."""
BINS = 48
"""Bins of the histogram behind a slider."""


def dimensions_of_encodings(encodings: Encodings) -> LatentDimensions:
    """Statistics of the latent dimensions, computed once per encodings."""
    return memoize("dimensions", encodings.fingerprint, lambda: latent_dimensions(encodings))


def store_id(card: ModelCard, encodings: Encodings) -> str:
    """Identifies the code that the components of the page share in the browser."""
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
    correlates: Mapping[int, tuple[str, float] | None],
    directions: Sequence[DirectionGroup] = (),
) -> SlidersEvent:
    """Draw a slider per direction and dimension; gives the events since the last run.

    Parameters
    ----------
    revision
        Increases with each new start; the browser replaces its code only for a new revision.
    code, start
        ``(D,)``, the current code and the one it started from.
    name, label
        The start as in a link, and its label.
    labels
        ``(N,)`` places in the palette that color the points of a model with two dimensions.
    locked
        Dimensions that a new start does not change.
    in_tray
        Whether `code` is in the tray.
    correlates
        For each dimension that is listed, the factor with the highest rank correlation and that;
        None without one.
    directions
        The groups of directions, in the order in which they are shown.

    Raises
    ------
    InvalidInputError
        The browser sent an invalid code.
    """
    dims = dimensions_of_encodings(encodings)
    data = {
        "name": store_id(card, encodings),
        "decoder": decoder_data(card),
        "dims": _dimensions_payload(encodings, dims, list(correlates))
        | {"correlates": [_correlate_payload(one) for one in correlates.values()]},
        "directions": [_group_payload(group) for group in directions],
        "plane": _plane_payload(encodings, labels) if len(dims) == 2 else None,
        "revision": revision,
        "z": code.tolist(),
        "start": {"code": start.tolist(), "name": name, "label": label},
        "locked": list(locked),
        "in_tray": in_tray,
        "has_prior": card.has_gaussian_prior,
    }
    received = draw_component(
        "dimensions/index.js", key=key, data=data, events=("committed", "wanted", "saved")
    )
    sent = {event: _for_store(value, data["name"]) for event, value in received.items()}
    return SlidersEvent(
        committed=parse_commit(sent["committed"], dims),
        wanted=parse_requested_start(sent["wanted"]),
        saved=parse_code(sent["saved"], dims),
    )


def _group_payload(group: DirectionGroup) -> dict[str, Any]:
    """Display data, and the URL of weights, directions and offsets as float32."""
    found = group.directions
    table = np.concatenate([found.weights.ravel(), found.directions.ravel(), found.offsets])
    return {
        "id": group.id,
        "title": group.title,
        "help": group.help,
        "is_open": group.is_open,
        "directions": [asdict(slider) for slider in group.sliders],
        "url": publish(table.astype("<f4").tobytes()),
    }


def _correlate_payload(found: tuple[str, float] | None) -> dict[str, Any] | None:
    return None if found is None else {"name": found[0], "value": round(found[1], 3)}


def draw_preview(*, key: str, card: ModelCard, encodings: Encodings) -> None:
    """Draw the decoded image of the current code; it follows the sliders in the browser."""
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
    """Draw a traversal sheet; it follows the sliders in the browser.

    Parameters
    ----------
    rows
        The dimension of each row.
    steps
        Images per row.
    around
        Values of the other dimensions: the current code or the mean code.
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
    """The channel of ``bus.js`` on which the sliders publish the current code."""
    return f"code {store_id(card, encodings)}"


def _for_store(sent: object, name: str) -> object:
    """The event, or None if it is about another space than the current one."""
    return sent if isinstance(sent, dict) and sent.get("name") == name else None


def listed_dimensions(encodings: Encodings) -> list[int]:
    """The dimensions that have a slider of their own: all, or the `MAX_LISTED` most used ones."""
    dims = dimensions_of_encodings(encodings)
    if len(dims) <= MAX_LISTED:
        return list(range(len(dims)))
    return [int(d) for d in dims.order[:MAX_LISTED]]


def _dimensions_payload(
    encodings: Encodings, dims: LatentDimensions, listed: list[int]
) -> dict[str, Any]:
    heights = memoize(
        f"histograms {listed}",
        encodings.fingerprint,
        lambda: _histogram_bytes(encodings.mean, dims, listed),
    )
    return {
        "listed": listed,
        "order": dims.order[np.isin(dims.order, listed)].tolist(),
        "kl_or_variance": dims.kl_or_variance[listed].tolist(),
        "unit": dims.unit,
        "inactive": dims.inactive[listed].tolist(),
        "inactive_reason": inactive_reason(dims),
        "mean": dims.mean.tolist(),
        "low": dims.low[listed].tolist(),
        "high": dims.high[listed].tolist(),
        "limit": dims.limit,
        "histograms": {"url": publish(heights), "bins": BINS},
    }


def _plane_payload(encodings: Encodings, labels: NDArray[np.int64] | None) -> dict[str, Any]:
    classes = None if labels is None else {"url": publish(labels.astype(np.uint8).tobytes())}
    return {"space": space_data(encodings), "classes": classes}


def _histogram_bytes(codes: Floats, dims: LatentDimensions, listed: list[int]) -> bytes:
    """Histograms with one byte per bin; the highest bin of each dimension is 255."""
    counts = histograms(codes, dims, BINS, listed)
    highest = np.maximum(counts.max(axis=1, keepdims=True), 1)
    return to_uint8(counts / highest).tobytes()
