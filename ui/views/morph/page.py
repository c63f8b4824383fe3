"""The Morph page: choose a space and a mode."""

from __future__ import annotations

import streamlit as st

from ui import session, widgets
from ui.layout import choose_dataset, choose_model, controls, shown_errors
from ui.spaces import Space, open_space
from ui.views.morph.crossover import draw_family_mode
from ui.views.morph.endpoint_state import MODES
from ui.views.morph.four_corners import draw_four_corners
from ui.views.morph.two_endpoints import draw_two_endpoints
from ui.views.morph.waypoints import draw_waypoints

DRAW = {
    "two": draw_two_endpoints,
    "four": draw_four_corners,
    "many": draw_waypoints,
    "family": draw_family_mode,
}
_STYLE = """
<style>
  @media (min-width: 641px) {
    [data-testid="stColumn"]:has(.st-key-morph-side) {
      position: sticky; top: 3.4rem; align-self: flex-start; }
  }
  @media (min-width: 1200px) {
    .st-key-morph-ends { margin-bottom: -3.05rem; z-index: 1; pointer-events: none; }
    .st-key-morph-ends > * { pointer-events: auto; }
  }
</style>
"""


def draw_morph() -> None:
    """Draw the content of the Morph page."""
    columns = controls(2.2, 2, 3.4)
    with columns[0]:
        model_id = choose_model(needs_decoder=True)
    with columns[1]:
        dataset_id = choose_dataset(model_id)
    with columns[2]:
        mode = session.chosen("mode", MODES, "two")
        mode = widgets.segmented_choice("Mode", "mode", list(MODES), mode, MODES.__getitem__)
    space = open_space(model_id, dataset_id)
    st.html(_STYLE)
    _draw(space, mode)


@st.fragment
def _draw(space: Space, mode: str) -> None:
    """Draw one mode; its events rerun only this fragment."""
    with shown_errors():
        DRAW[mode](space)
