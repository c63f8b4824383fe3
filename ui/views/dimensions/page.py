"""The dimensions page: a slider per number of the code, the picture, and where that is."""

from __future__ import annotations

import numpy as np
import streamlit as st

from latent_core.projection import TSNE, Projection, ProjectionMethod
from ui import presenters, session
from ui.components.decoder import decoder_data, inverse_data, inverse_of_map, space_data
from ui.components.dimensions import SlidersEvent, code_channel, draw_sliders, draw_stage
from ui.components.map import LiveMap, MapEvent, draw_map
from ui.factor_tables import movers, steered
from ui.jobs import Job
from ui.layout import choose_data, choose_model, controls, shown_errors
from ui.point_colors import colour_of, labels_of, usual_colour
from ui.sample_sources import (
    code_pick,
    draw_sources,
    mean_pick,
    pick_text,
    random_pick,
    sample_pick,
)
from ui.session import TrayItem
from ui.spaces import Space, draw_wait, map_job, open_space
from ui.views.dimensions.slider_state import Sitting, begin, commit, kept_of, sitting_of
from ui.views.dimensions.traversal_sheet import draw_sheet

MAP_HEIGHT = 236

_STYLE = """
<style>
  .stColumn:has(.st-key-dimensions-now) > .stVerticalBlock,
  [data-testid="stLayoutWrapper"]:has(> .st-key-dimensions-now) { height: 100%; }
  .st-key-dimensions-now { flex: none; height: auto; position: sticky; top: 3.1rem; z-index: 20; }
  .st-key-dimensions-map .ls-decoder-status { display: none; }
  @media (min-width: 900px) { .st-key-dimensions-now { margin-top: -4.7rem; } }
  @media (max-width: 640px) {
    .stColumn:has(.st-key-dimensions-now), .st-key-dimensions-now,
    .stColumn:has(.st-key-dimensions-now) > .stVerticalBlock,
    [data-testid="stLayoutWrapper"]:has(> .st-key-dimensions-now) { display: contents; }
    .st-key-dimensions-map { flex: 1 1 100%; }
    .st-key-dimensions-stage { flex: 1 1 100%; order: -1; position: sticky; top: 3rem;
      z-index: 20; }
  }
</style>
"""


def draw_dimensions() -> None:
    """Everything below the dimensions page's title."""
    columns = controls(2.4, 2.2, 1.8, 3.4)
    with columns[0]:
        model_id = choose_model(decoding=True)
    with columns[1]:
        dataset_id = choose_data(model_id)
    space = open_space(model_id, dataset_id)
    sitting_of(space)
    with columns[2], st.popover("Start from…", icon=":material/start:", width="stretch"):
        picked = draw_sources(space, "dimensions.from") or session.chosen_in_tray(model_id)
        if picked is not None:
            begin(space, picked)
    _work(space, map_job(space, _shown_spec()))


def _shown_spec() -> ProjectionMethod:
    """The map that was on the screen, where it is flat."""
    spec: ProjectionMethod = session.recall("shown.spec", TSNE(n_components=2))
    return spec if spec.n_components == 2 else TSNE(n_components=2)


@st.fragment
def _work(space: Space, job: Job) -> None:
    """Sliders beside picture and map; what is done redraws only this."""
    st.html(_STYLE)
    left, right = st.columns([1.9, 1], gap="medium")
    with right, st.container(key="dimensions-now"):
        draw_stage(key="dimensions.stage", card=space.model.card, encodings=space.encodings)
        if job.result is not None:
            _follow_map(space, job.result)
        elif job.error is not None:
            st.caption(f"There is no map to follow on: {job.error}")
        else:
            draw_wait(job)
    with left:
        _slide(space)
        draw_sheet(space, sitting_of(space))
    now = sitting_of(space)
    session.write_address(model=space.model.card.id, data=space.data.id, **now.address)


def _follow_map(space: Space, made: Projection) -> None:
    """The map with a mark where the code is; a click on it is a new start."""
    event = _map(space, made)
    if event.picked is not None:
        begin(space, sample_pick(space, event.picked))
    elif event.placed is not None:
        code = inverse_of_map(made).inverse_transform(np.array([event.placed], np.float32))[0]
        begin(space, code_pick(space, code, "a place on the map"))


def _map(space: Space, made: Projection) -> MapEvent:
    card, inverse = space.model.card, inverse_data(made)
    assert inverse is not None
    return draw_map(
        key="dimensions.map",
        points=made.points,
        fingerprint=made.fingerprint,
        colour=colour_of(space, usual_colour(space)),
        labels=labels_of(space),
        sheet=presenters.sheet_of(space),
        selected=sitting_of(space).start.sample,
        tools=False,
        height=MAP_HEIGHT,
        follow=code_channel(card, space.encodings),
        decoder=LiveMap(
            decoder=decoder_data(card), space=space_data(space.encodings), inverse=inverse
        ),
    )


def _slide(space: Space) -> None:
    """The sliders; what was done on them is kept, a new start is sent to them."""
    now = sitting_of(space)
    event = SlidersEvent()
    with shown_errors():
        event = _sliders(space, now)
        if event.committed is not None:
            another = commit(space, event.committed)
            if another or _is_kept(space) != session.in_tray(space.model.card.id, now.code):
                st.rerun()
    if event.wanted is not None:
        begin(space, mean_pick(space) if event.wanted == "mean" else _drawn(space))
        st.rerun()
    if event.saved is not None:
        session.put_in_tray(kept_of(space, event.saved, now.start))
        st.rerun()


def _is_kept(space: Space) -> bool:
    """Whether the tray holds the current code."""
    return session.in_tray(space.model.card.id, sitting_of(space).code)


def _sliders(space: Space, now: Sitting) -> SlidersEvent:
    return draw_sliders(
        key="dimensions.sliders",
        card=space.model.card,
        encodings=space.encodings,
        turn=now.turn,
        code=now.code,
        start=now.start.code,
        name=pick_text(now.start),
        label=now.words,
        labels=space.data.labels,
        locked=now.locked,
        in_tray=_is_kept(space),
        movers=movers(space.data, space.encodings),
        steering=steered(space.data, space.encodings),
    )


def _drawn(space: Space) -> TrayItem:
    """The next random draw of this session."""
    draws = session.recall("dimensions.draws", 0) + 1
    session.remember("dimensions.draws", draws)
    return random_pick(space, draws)
