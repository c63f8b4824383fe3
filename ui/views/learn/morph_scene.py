"""Two images and the paths between their codes: the slider of the page Morph, for lessons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from latent_core.interpolation import LatentPath, NeighborGraph
from ui import session
from ui.components.decoder import decoder_data
from ui.components.morph import draw_path_slider
from ui.components.morph_types import PathPosition, TwoEndpointsData
from ui.morphing.cards import endpoint_cards
from ui.morphing.default_endpoints import default_samples
from ui.morphing.paths import (
    annotate_path,
    fingerprint,
    paths_between,
    session_memo,
    support_limits,
)
from ui.sample_sources import item_from_sample
from ui.spaces import Space, open_space
from ui.visitor.tray import TrayItem

MODEL, DATA = "digits-vae-16", "digits"
HALF_WIDTH = 0.06
"""How far from half way counts as half way, as a fraction of the path."""
STYLE = """<style>
  .st-key-learn-scene .ls-morph .ls-morph-row button.ls-morph-tray,
  .st-key-learn-scene .ls-morph .ls-smooth,
  .st-key-learn-scene .ls-morph .ls-button-group [aria-disabled=true],
  .st-key-learn-without-strips .ls-path-strips, .st-key-learn-center .ls-path-strips {
    display: none; }
  .st-key-learn-with-strips .ls-morph .ls-morph-top,
  .st-key-learn-center .ls-morph .ls-morph-top { --low: calc(100vh - 640px); }
  .st-key-learn-scene .ls-endpoint { pointer-events: none; }
</style>"""


@dataclass(frozen=True, slots=True, kw_only=True)
class MorphState:
    """Where the slider is, and what was seen.

    Parameters
    ----------
    position
        The kind of path and the time.
    halfway
        The kinds of path that were seen half way.
    moved
        Whether the slider was moved or a path chosen.
    """

    position: PathPosition
    halfway: frozenset[str] = frozenset()
    moved: bool = False

    def after(self, position: PathPosition) -> MorphState:
        """The state once the slider rests at `position`."""
        is_half = abs(position.time - 0.5) <= HALF_WIDTH
        seen = self.halfway | {position.kind} if is_half else self.halfway
        return MorphState(position=position, halfway=seen, moved=True)


def scene_space() -> Space:
    """The space of the lesson."""
    return open_space(MODEL, DATA)


def endpoints(space: Space) -> list[TrayItem]:
    """The two samples whose midpoint is farthest from the data, of one typical per class."""
    return [item_from_sample(space, index) for index in default_samples(space)[:2]]


def all_paths(space: Space, graph: NeighborGraph | None) -> dict[str, LatentPath]:
    """The paths between the endpoints by kind; geodesic only with a graph."""
    a, b = (item.code for item in endpoints(space))
    return {path.kind: path for path in paths_between(a, b, graph)}


def draw_paths(
    space: Space,
    name: str,
    kinds: Sequence[str],
    graph: NeighborGraph | None = None,
    waiting: str = "",
) -> MorphState:
    """Draw the slider with the paths `kinds`, and give the state, which is kept under `name`."""
    st.html(STYLE)
    ends = endpoints(space)
    key = fingerprint(space.encodings.fingerprint, graph is None, tuple(kinds), *ends)
    annotated = session_memo(
        f"learn.paths.{name}",
        key,
        lambda: [
            annotate_path(space, None, path)
            for kind, path in all_paths(space, graph).items()
            if kind in kinds
        ],
    )
    state: MorphState = session.recall_or_store(
        f"learn.morph.{name}", MorphState(position=PathPosition(kind="linear", time=0.0))
    )
    event = draw_path_slider(
        key=f"learn.morph.{name}",
        data=TwoEndpointsData(
            decoder=decoder_data(space.model.card),
            paths=annotated,
            key=f"{key} {waiting}",
            limits=support_limits(space),
            position=state.position,
            cards=endpoint_cards(space, "learn", ends, ("A", "B")),
            active="",
            waiting=waiting,
            smooth=session.recall("morph.smooth", False),
        ),
    )
    if event.smooth is not None:
        session.remember("morph.smooth", event.smooth)
    if event.moved is not None:
        state = state.after(event.moved)
        session.remember(f"learn.morph.{name}", state)
    return state
