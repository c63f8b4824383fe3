"""The dimensions page: a slider per number of the code, the picture, and where that is."""

from __future__ import annotations

import numpy as np
import streamlit as st

from latent_core.projection import TSNE, Projection, ProjectionMethod
from ui import presenters, session, tray
from ui.components.decoder import decoder_data, inverse_data, map_inverse, space_data
from ui.components.dimensions import code_channel, draw_preview, draw_sliders
from ui.components.dimensions_types import SlidersEvent
from ui.components.map import MapDecoder, MapEvent, draw_map
from ui.factor_tables import attribute_sliders, correlates
from ui.jobs import Job
from ui.layout import choose_dataset, choose_model, controls, shown_errors
from ui.point_colors import color_of, default_color, label_colors
from ui.sample_sources import (
    draw_sample_picker,
    item_from_code,
    item_from_sample,
    item_to_text,
    mean_code_item,
    random_item,
)
from ui.spaces import Space, draw_progress, open_space, projection_job
from ui.tray import TrayItem
from ui.views.dimensions.slider_state import (
    SliderState,
    apply_commit,
    current_state,
    item_of_code,
    set_start,
)
from ui.views.dimensions.traversal_sheet import draw_sheet_expander

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
        model_id = choose_model(needs_decoder=True)
    with columns[1]:
        dataset_id = choose_dataset(model_id)
    space = open_space(model_id, dataset_id)
    current_state(space)
    with columns[2], st.popover("Start from…", icon=":material/start:", width="stretch"):
        picked = draw_sample_picker(space, "dimensions.from") or tray.take_clicked(model_id)
        if picked is not None:
            set_start(space, picked)
    _draw_sliders_and_map(space, projection_job(space, _flat_method()))


def _flat_method() -> ProjectionMethod:
    """The map that was on the screen, where it is flat."""
    method: ProjectionMethod = session.recall("shown.spec", TSNE(n_components=2))
    return method if method.n_components == 2 else TSNE(n_components=2)


@st.fragment
def _draw_sliders_and_map(space: Space, job: Job) -> None:
    """Sliders beside picture and map; what is done redraws only this."""
    st.html(_STYLE)
    left, right = st.columns([1.9, 1], gap="medium")
    with right, st.container(key="dimensions-now"):
        draw_preview(key="dimensions.stage", card=space.model.card, encodings=space.encodings)
        if job.result is not None:
            _draw_map(space, job.result)
        elif job.error is not None:
            st.caption(f"There is no map to follow on: {job.error}")
        else:
            draw_progress(job)
    with left:
        _draw_sliders(space)
        draw_sheet_expander(space, current_state(space))
    now = current_state(space)
    session.write_url(model=space.model.card.id, data=space.data.id, **now.url_parameters)


def _draw_map(space: Space, made: Projection) -> None:
    """The map with a mark where the code is; a click on it is a new start."""
    event = _draw_following_map(space, made)
    if event.picked is not None:
        set_start(space, item_from_sample(space, event.picked))
    elif event.placed is not None:
        code = map_inverse(made).codes(np.array([event.placed], np.float32))[0]
        set_start(space, item_from_code(space, code, "a place on the map"))


def _draw_following_map(space: Space, made: Projection) -> MapEvent:
    card, inverse = space.model.card, inverse_data(made)
    assert inverse is not None
    return draw_map(
        key="dimensions.map",
        points=made.points,
        fingerprint=made.fingerprint,
        color=color_of(space, default_color(space)),
        labels=label_colors(space),
        sheet=presenters.image_sheet(space),
        selected=current_state(space).start.sample,
        toolbar=False,
        height=MAP_HEIGHT,
        follow=code_channel(card, space.encodings),
        decoder=MapDecoder(
            decoder=decoder_data(card), space=space_data(space.encodings), inverse=inverse
        ),
    )


def _draw_sliders(space: Space) -> None:
    """The sliders; what was done on them is kept, a new start is sent to them."""
    now = current_state(space)
    event = SlidersEvent()
    with shown_errors():
        event = _sliders(space, now)
        if event.committed is not None:
            another = apply_commit(space, event.committed)
            if another or _in_tray(space) != tray.contains(space.model.card.id, now.code):
                st.rerun()
    if event.wanted is not None:
        set_start(
            space, mean_code_item(space) if event.wanted == "mean" else _next_random_item(space)
        )
        st.rerun()
    if event.saved is not None:
        tray.add(item_of_code(space, event.saved, now.start))
        st.rerun()


def _in_tray(space: Space) -> bool:
    """Whether the tray holds the current code."""
    return tray.contains(space.model.card.id, current_state(space).code)


def _sliders(space: Space, now: SliderState) -> SlidersEvent:
    return draw_sliders(
        key="dimensions.sliders",
        card=space.model.card,
        encodings=space.encodings,
        revision=now.revision,
        code=now.code,
        start=now.start.code,
        name=item_to_text(now.start),
        label=now.start_label,
        labels=space.data.labels,
        locked=now.locked,
        in_tray=_in_tray(space),
        correlates=correlates(space.data, space.encodings),
        attributes=attribute_sliders(space.data, space.encodings),
    )


def _next_random_item(space: Space) -> TrayItem:
    """The next random draw of this session."""
    draws = session.recall("dimensions.draws", 0) + 1
    session.remember("dimensions.draws", draws)
    return random_item(space, draws)
