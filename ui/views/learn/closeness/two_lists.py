"""The step in which nearest neighbors in pixels and in codes are compared."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ui import session
from ui.components.examples import Example, draw_examples
from ui.images import data_url
from ui.spaces import Space, wait_for
from ui.views.learn.bottleneck.spaces import network_space
from ui.views.learn.closeness.measured import (
    N_NEIGHBORS,
    N_QUERIES,
    Nearness,
    nearness,
    neighbors,
    pixels_of,
)
from ui.views.learn.lesson import NOTHING_YET, Feedback, done, not_yet
from ui.views.learn.picture_row import Picture, draw_picture_row

_KEPT = "lesson.query"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListsState:
    """How many of the nearest images are of the chosen digit's class; None before a choice."""

    label: str | None
    by_pixels: int
    by_code: int
    measured: Nearness


def measured_digits() -> tuple[Space, Nearness]:
    """The digits under the network of 16 numbers, and the figures; measured first if needed."""
    space = network_space(16)
    key = f"lesson nearness {space.encodings.fingerprint}"
    return space, wait_for(key, lambda _report, _show: nearness(space))


def draw_lists() -> ListsState:
    """Draw digits to choose from, and both lists of neighbors of the chosen one."""
    space, found = measured_digits()
    kept: int | None = session.recall(_KEPT)
    picked = draw_examples(
        key="learn.queries",
        examples=[
            Example(id=i, label=space.data.label(i), picture=_url(space, i)) for i in found.offered
        ],
        chosen=kept if kept in found.offered else None,
        caption="Digits:",
    )
    query = picked if picked is not None else kept if kept in found.offered else None
    session.remember(_KEPT, query)
    if query is None:
        return ListsState(label=None, by_pixels=0, by_code=0, measured=found)
    rows = np.array([query])
    by_pixels = neighbors(pixels_of(space.data), rows, "euclidean")[0]
    by_code = neighbors(space.encodings.mean, rows, "euclidean")[0]
    label = space.data.label(query)
    for title, near in (("Nearest in pixels", by_pixels), ("Nearest in the code", by_code)):
        draw_picture_row(
            title,
            [
                Picture(
                    url=_url(space, i),
                    caption=space.data.label(i),
                    marked=_differs(space, i, label),
                )
                for i in near.tolist()
            ],
            side_px=64,
        )
    return ListsState(
        label=label,
        by_pixels=sum(not _differs(space, i, label) for i in by_pixels.tolist()),
        by_code=sum(not _differs(space, i, label) for i in by_code.tolist()),
        measured=found,
    )


def _url(space: Space, index: int) -> str:
    return data_url(space.data.images(slice(index, index + 1))[0])


def _differs(space: Space, index: int, label: str) -> bool:
    """Whether an image is of another class; such ones are framed."""
    return space.data.label(index) != label


def check_lists(state: ListsState) -> Feedback:
    """A digit is chosen of whose class the code finds more neighbors than the pixels do."""
    if state.label is None:
        return NOTHING_YET
    counts = (
        f"Of {N_NEIGHBORS} neighbors, {state.by_pixels} are a {state.label} in pixels and "
        f"{state.by_code} in the code"
    )
    if state.by_code > state.by_pixels:
        return done(f"{counts}.")
    return not_yet(f"{counts}: the code is no better here. Take another digit.")


def why_lists(state: ListsState) -> str:
    """Why it is so, with the figures of the state."""
    found = state.measured
    return (
        "Pixels are compared place by place: a digit moved or slanted a little has other pixels. "
        f"The code holds what matters for drawing it. Over {N_QUERIES:,} test images, "
        f"{100 * found.code:.1f} % of the neighbors in the code are of the same class, against "
        f"{100 * found.pixels:.1f} % in pixels and {100 * found.chance:.0f} % by chance: better, "
        "but not by much."
    )
