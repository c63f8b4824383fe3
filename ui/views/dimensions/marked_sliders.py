"""The directions that a visitor made in this session, and their sliders."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from latent_core.analysis.directions.evidence import leakage
from latent_core.analysis.directions.latent_directions import LatentDirections
from latent_core.analysis.directions.marked_directions import MIN_TESTED, MarkedDirection
from latent_core.types import Floats
from ui import session
from ui.attributes.attribute_groups import (
    N_BARS,
    attributes_of,
    evidence_sentence,
    fitted_directions,
)
from ui.attributes.factor_tables import digits_of_range, factor_title
from ui.components.decoder import is_wide
from ui.components.dimensions_types import DirectionGroup, DirectionSlider, Leakage
from ui.spaces import Space

MAX_MARKED = 8
HELP = "From the images you marked as less to those you marked as more."


def add_marked(space: Space, found: MarkedDirection) -> None:
    """Keep a direction for this session, under a name of its own; the oldest ones go."""
    before = marked_directions(space)
    if any(one.names == found.names for one in before):
        found = replace(found, names=(f"{found.names[0]} {len(before) + 1}",))
    session.remember(_key(space), [*before, found][-MAX_MARKED:])


def _key(space: Space) -> str:
    return f"marked {space.encodings.fingerprint}"


def marked_directions(space: Space) -> list[MarkedDirection]:
    """The directions that the visitor made in this space, the oldest first."""
    found: list[MarkedDirection] = session.recall(_key(space), [])
    return found


def marked_group(space: Space) -> DirectionGroup | None:
    """The sliders of `marked_directions`; None without any."""
    marked = marked_directions(space)
    if not marked:
        return None
    return DirectionGroup(
        id="marked",
        title="Marked directions",
        help=HELP,
        directions=joined_directions(marked),
        sliders=tuple(_slider(space, one) for one in marked),
        is_open=True,
    )


def joined_directions(marked: list[MarkedDirection]) -> LatentDirections:
    """Several directions as one table."""

    def rows(name: str) -> Floats:
        joined: Floats = np.concatenate([getattr(one, name) for one in marked])
        return joined

    return LatentDirections(
        names=tuple(one.names[0] for one in marked),
        weights=rows("weights"),
        offsets=rows("offsets"),
        directions=rows("directions"),
        low=rows("low"),
        high=rows("high"),
    )


def _slider(space: Space, marked: MarkedDirection) -> DirectionSlider:
    span = (float(marked.low[0]), float(marked.high[0]))
    evidence = marked.evidence
    counts = f"{marked.n_more:,} against {marked.n_less:,} images"
    is_weak = evidence is None or not evidence.exceeds_control
    if not marked.n_more:
        caption = "from a file: not tested here"
    elif evidence is None:
        caption = f"{counts}: not tested, mark at least {MIN_TESTED} of each"
    else:
        caption = f"{counts}{'; no better than its control' if is_weak else ''}"
    bars = _bars(space, marked)
    return DirectionSlider(
        name=marked.names[0],
        digits=digits_of_range(span[1] - span[0]),
        range=span,
        predicted_range=span,
        caption=caption,
        hint="0: the mean of the less group; 1: the mean of the more group.",
        evidence="" if evidence is None else evidence_sentence(evidence),
        leakage=bars,
        leakage_note="Change of known attributes over a quarter of the slider, in standard "
        "deviations, predicted from the code."
        if bars
        else "",
        is_weak=is_weak,
    )


def _bars(space: Space, marked: MarkedDirection) -> tuple[Leakage, ...]:
    """The known attributes that move most along a direction."""
    if is_wide(space.encodings) or not attributes_of(space.data):
        return ()
    attributes = fitted_directions(space.data, space.encodings)
    changes = leakage(space.encodings.mean, attributes, marked)[0]
    return tuple(
        Leakage(name=factor_title(attributes.names[g]), value=round(float(changes[g]), 3))
        for g in np.argsort(-np.abs(changes))[:N_BARS]
    )
