"""The Dimensions page: a slider per latent dimension, the decoded image, and a map."""

from __future__ import annotations

import numpy as np
import streamlit as st

from latent_core.projection import TSNE, Projection, ProjectionMethod
from ui import presenters, session, widgets
from ui.attributes.attribute_groups import fitted_directions
from ui.attributes.direction_groups import direction_groups
from ui.attributes.factor_tables import correlates, factor_title, ordered_factors
from ui.background.job import Job
from ui.background.jobs import map_jobs
from ui.components.decoded_point import map_decoder
from ui.components.decoder import is_wide, map_inverse
from ui.components.dimensions import (
    code_channel,
    draw_preview,
    draw_sliders,
    listed_dimensions,
)
from ui.components.dimensions_types import SlidersEvent
from ui.components.map import MapEvent, draw_map
from ui.layout import choose_dataset, choose_model, controls, shown_errors
from ui.point_colors import color_of, default_color, label_colors
from ui.sample_sources import (
    draw_sample_popover,
    item_from_code,
    item_from_sample,
    item_to_text,
    mean_code_item,
    next_sample,
)
from ui.spaces import Space, draw_progress, open_space, projection_job, redraw_when_ended
from ui.views.dimensions.arithmetic import draw_arithmetic
from ui.views.dimensions.marked import draw_marking
from ui.views.dimensions.marked_sliders import marked_group
from ui.views.dimensions.slider_state import (
    SliderState,
    apply_commit,
    current_state,
    item_of_code,
    set_start,
)
from ui.views.dimensions.traversal_sheet import draw_sheet_expander
from ui.visitor import tray
from ui.wording.text import escape_markdown

MAP_HEIGHT = 236

_STYLE = """
<style>
  .stColumn:has(.st-key-dimensions-side) > .stVerticalBlock,
  [data-testid="stLayoutWrapper"]:has(> .st-key-dimensions-side) { height: 100%; }
  .st-key-dimensions-side { flex: none; height: auto; position: sticky; top: 3.1rem; z-index: 20; }
  .st-key-dimensions-map .ls-decoder-status { display: none; }
  @media (min-width: 900px) { .st-key-dimensions-side { margin-top: -4.7rem; } }
  @media (max-width: 640px) {
    .stColumn:has(.st-key-dimensions-side), .st-key-dimensions-side,
    .stColumn:has(.st-key-dimensions-side) > .stVerticalBlock,
    [data-testid="stLayoutWrapper"]:has(> .st-key-dimensions-side) { display: contents; }
    .st-key-dimensions-map { flex: 1 1 100%; }
    .st-key-dimensions-preview { flex: 1 1 100%; order: -1; position: sticky; top: 3rem;
      z-index: 20; }
  }
</style>
"""


def draw_dimensions() -> None:
    """Draw the content of the Dimensions page."""
    columns = controls(2.4, 2.2, 1.8, 3.4)
    with columns[0]:
        model_id = choose_model(needs_decoder=True)
    with columns[1]:
        dataset_id = choose_dataset(model_id)
    space = open_space(model_id, dataset_id)
    current_state(space)
    with columns[2]:
        picked = draw_sample_popover(space, "dimensions.start", "Start from…", ":material/start:")
    if picked is not None:
        set_start(space, picked)
        st.rerun()
    if (clicked := tray.take_clicked(model_id)) is not None:
        set_start(space, clicked)
    _draw_sliders_and_map(space, projection_job(space, _method_2d()))


def _method_2d() -> ProjectionMethod:
    """The method of the map that was shown last if that is 2D, else t-SNE."""
    method: ProjectionMethod = session.recall("map.method", TSNE(n_components=2))
    return method if method.n_components == 2 else TSNE(n_components=2)


@st.fragment
def _draw_sliders_and_map(space: Space, job: Job) -> None:
    """Sliders beside image and map; events rerun only this fragment."""
    st.html(_STYLE)
    left, right = st.columns([1.9, 1], gap="medium")
    with right, st.container(key="dimensions-side"):
        draw_preview(key="dimensions.preview", card=space.model.card, encodings=space.encodings)
        if job.result is not None:
            _draw_map(space, job.result)
        elif job.error is not None:
            st.caption(escape_markdown(f"No map: {job.error}"))
        else:
            draw_progress(job, map_jobs())
    with left:
        draw_marking(space)
        _draw_sliders(space)
        draw_sheet_expander(space, current_state(space))
        draw_arithmetic(space)
    now = current_state(space)
    session.write_url(model=space.model.card.id, data=space.data.id, **now.url_parameters)


def _draw_map(space: Space, projection: Projection) -> None:
    """Draw the map with a mark at the current code; a click on it is a new start."""
    event = _map_event(space, projection)
    if event.picked is not None:
        set_start(space, item_from_sample(space, event.picked))
    elif event.placed is not None:
        code = map_inverse(projection).inverse_transform(np.array([event.placed], np.float32))[0]
        set_start(space, item_from_code(space, code, "a point of the map"))


def _map_event(space: Space, projection: Projection) -> MapEvent:
    card = space.model.card
    return draw_map(
        key="dimensions.map",
        points=projection.points,
        fingerprint=projection.fingerprint,
        color=color_of(space, default_color(space)),
        labels=label_colors(space),
        sheet=presenters.image_sheet(space),
        selected=current_state(space).start.sample,
        toolbar=False,
        height=MAP_HEIGHT,
        channel=code_channel(card, space.encodings),
        decoder=map_decoder(card, space.encodings, projection, follows_code=True),
    )


def _draw_sliders(space: Space) -> None:
    """Draw the sliders, and apply their events."""
    now = current_state(space)
    event = SlidersEvent()
    with shown_errors():
        event = _sliders_event(space, now)
        if event.committed is not None:
            start_changed = apply_commit(space, event.committed)
            if start_changed or _in_tray(space) != tray.contains(space.model.card.id, now.code):
                st.rerun()
    if event.wanted is not None:
        set_start(
            space,
            mean_code_item(space)
            if event.wanted == "mean"
            else next_sample(space, "dimensions", event.wanted),
        )
        st.rerun()
    if event.saved is not None:
        tray.add(item_of_code(space, event.saved, now.start))
        st.rerun()


def _in_tray(space: Space) -> bool:
    """Whether the current code is in the tray."""
    return tray.contains(space.model.card.id, current_state(space).code)


def _sliders_event(space: Space, now: SliderState) -> SlidersEvent:
    colors = label_colors(space)
    groups, unfinished = direction_groups(
        space.model.card, space.data, space.encodings, _choose_fixed(space)
    )
    if (marked := marked_group(space)) is not None:
        groups.insert(0, marked)
    event = draw_sliders(
        key="dimensions.sliders",
        card=space.model.card,
        encodings=space.encodings,
        revision=now.revision,
        code=now.code,
        start=now.start.code,
        name=item_to_text(now.start),
        label=now.start_label,
        labels=None if colors is None else colors.palette_places(),
        locked=now.locked,
        in_tray=_in_tray(space),
        correlates=correlates(space.data, space.encodings, listed_dimensions(space.encodings)),
        directions=groups,
    )
    for job in unfinished[:1]:  # below the sliders, which it must not move when it goes
        st.caption("Testing directions on held-out images…")
        redraw_when_ended(job)
    return event


def _choose_fixed(space: Space) -> list[str]:
    """A field for the attributes that must not change along the directions of others."""
    attributes = list(ordered_factors(space.data))
    if len(attributes) < 2 or is_wide(space.encodings):
        return []
    names = fitted_directions(space.data, space.encodings).names
    return widgets.multiselect_choice(
        "Keep unchanged",
        f"dimensions.fixed.{space.encodings.fingerprint[:12]}",
        list(names),
        factor_title,
        placeholder="Keep unchanged: attributes that the other sliders must not move",
        label_visibility="collapsed",
    )
