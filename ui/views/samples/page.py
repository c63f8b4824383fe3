"""The Samples page: a grid of random codes, decoded in the browser, and the selected one."""

from __future__ import annotations

import html

import numpy as np
import streamlit as st

from latent_core.analysis.traversal import latent_dimensions
from latent_core.cache.memo import memoize
from latent_core.neighbors import nearest
from latent_core.sampling import CodeDistribution, Sampler
from latent_core.workspace import code_set
from ui import session
from ui.components.decoded_point import draw_decoded_point
from ui.components.decoder import decoder_data, space_data
from ui.components.sample_grid import GridData, draw_sample_grid
from ui.layout import choose_dataset, choose_model, controls, shown_errors
from ui.presenters import image_sheet_or_none
from ui.spaces import Space, open_space
from ui.views.samples.choices import (
    choose_sampler,
    fit_distribution,
    grid_state,
    keep_grid_state,
    measured_holes,
    url_parameters,
)
from ui.views.samples.explanation import prior_explanation
from ui.views.samples.figures import draw_figures
from ui.views.samples.selected import sample_item, selected_sample_data
from ui.visitor import tray
from ui.wording.text import escape_markdown

N_REFERENCE = 1000
"""Codes whose distance to the nearest other is the baseline."""


def draw_samples() -> None:
    """Draw the content of the Samples page."""
    columns = controls(2.4, 2.2, 3.4)
    with columns[0]:
        model_id = choose_model()
    with columns[1]:
        dataset_id = choose_dataset(model_id)
    space = open_space(model_id, dataset_id)
    holes = measured_holes(space)
    with columns[2]:
        sampler = choose_sampler(space, code_set(space.encodings, space.data), holes)
    distribution = fit_distribution(space, sampler)
    if not space.model.card.decodes:
        _draw_missing_decoder(space)
    _draw_grid(space, sampler, distribution, prior_explanation(holes, space.model.card.family))
    draw_figures(space)


def _draw_missing_decoder(space: Space) -> None:
    noun = space.data.sample_noun
    st.info(
        f"This model has no decoder, so a code cannot become a new {escape_markdown(noun)}: each "
        f"tile shows the {escape_markdown(noun)} of the data with the nearest code.",
        icon=":material/info:",
    )


@st.fragment
def _draw_grid(
    space: Space, sampler: Sampler, distribution: CodeDistribution, explanation: str
) -> None:
    """The grid beside the selected sample; events rerun only this fragment."""
    card = space.model.card
    left, right = st.columns([1.9, 1], gap="medium")
    with left:
        data = GridData(
            decoder=decoder_data(card) if card.decodes else None,
            space=space_data(space.encodings),
            distribution=distribution,
            sheet=image_sheet_or_none(space),
            names=() if space.data.precomputed is None else space.data.precomputed.names,
            typical_distance=typical_distance(space),
            sample_noun=space.data.sample_noun,
            state=grid_state(),
        )
        draw_sample_grid(key="samples.grid", data=data, on_change=keep_grid_state)
    with right, shown_errors():
        if card.decodes:
            _draw_selected(space, distribution)
        st.html(f'<p class="ls-hint" data-role="holes">{html.escape(explanation)}</p>')
    parameters = url_parameters(sampler, grid_state())
    session.write_url(model=card.id, data=space.data.id, **parameters)


def _draw_selected(space: Space, distribution: CodeDistribution) -> None:
    state = grid_state()
    if state.selected is None:
        st.caption("Click a sample to see its verdict and the nearest images of the data.")
        return
    code, index = state.code(distribution, state.selected), state.selected
    event = draw_decoded_point(
        key="samples.selected", data=selected_sample_data(space, code, index, state.seed)
    )
    if event.tray:
        tray.add(sample_item(space, code, index, state.seed))
        st.rerun()


def typical_distance(space: Space) -> float:
    """The median distance of a code of the data to its nearest other, in the active dimensions."""

    def compute() -> float:
        is_active = ~latent_dimensions(space.encodings).inactive
        codes = space.encodings.mean[:, is_active]
        chosen = np.random.default_rng(0).permutation(len(codes))[:N_REFERENCE]
        _, distance = nearest(codes, codes[chosen], min(2, len(codes)))
        return max(float(np.median(distance[:, -1])), np.finfo(np.float32).tiny.item())

    return memoize("typical distance", space.encodings.fingerprint, compute)
