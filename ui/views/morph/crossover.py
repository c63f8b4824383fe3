"""Family mode: two parents, their crossover by dimension groups, and variations of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import streamlit as st

from latent_core.analysis.dimension_groups import DimensionGroups
from latent_core.analysis.variations import crossover, sample_deviations, sample_variations
from latent_core.types import Floats
from ui import presenters, session
from ui.components.crossover import (
    MAX_SEED,
    N_VARIATIONS,
    CrossoverData,
    CrossoverEvent,
    CrossoverState,
    draw_crossover,
)
from ui.components.decoder import decoder_data, space_data
from ui.images import effect_map_urls
from ui.morphing.cards import endpoint_cards
from ui.morphing.paths import fingerprint, session_memo
from ui.morphing.pending import draw_pending, pending_groups, pending_map
from ui.sample_sources import item_from_code, item_from_sample
from ui.spaces import Space
from ui.views.morph.crossover_state import (
    crossover_parameters,
    current_crossover,
    default_crossover,
    set_crossover,
)
from ui.views.morph.endpoint_cards import (
    active_index,
    add_to_tray,
    draw_pair,
    handle_card_events,
    remember_smoothing,
    rerun,
)
from ui.views.morph.endpoint_state import (
    FAMILY,
    endpoints_to_text,
    get_endpoints,
    replace_endpoint,
    set_endpoints,
)
from ui.views.morph.sheet_export import draw_family_export
from ui.views.morph.side_map import draw_side_map
from ui.visitor.tray import TrayItem

NAMES = ("A", "B")


def draw_family_mode(space: Space) -> None:
    """Draw parents, crossover, variations, dimension groups and map."""
    pending = pending_groups(space)
    groups = pending.result
    if groups is None:
        draw_pending(pending, "Dimension groups")
        return
    left, right = st.columns([1.75, 1], gap="medium")
    with left:
        swapped, row = draw_pair(space, FAMILY)
        if swapped:
            _swap(space, groups)
        parents = get_endpoints(space, FAMILY)
        event = draw_crossover(key="morph.family", data=_data(space, groups, parents))
    _handle_event(space, groups, parents, event)
    state = current_crossover(space, len(groups))
    with right, st.container(key="morph-side"):
        clicked = _draw_side(space, groups, parents)
    labels = [parent.label for parent in parents]
    with row:
        draw_family_export(space, lambda: offspring_codes(space, groups, parents, state), labels)
    if clicked is not None:
        replace_endpoint(space, FAMILY, active_index(FAMILY), clicked)
        rerun()
    session.write_url(
        model=space.model.card.id,
        data=space.data.id,
        mode="family",
        parents=endpoints_to_text(parents),
        **crossover_parameters(state),
    )


def _draw_side(
    space: Space, groups: DimensionGroups, parents: Sequence[TrayItem]
) -> TrayItem | None:
    """Draw map and captions; gives the sample or point that was clicked on the map."""
    active = active_index(FAMILY)
    marks = [(name, parent.code) for name, parent in zip(NAMES, parents, strict=True)]
    clicked = draw_side_map(space, pending_map(space), [], marks, parents[active])
    st.caption(
        f"A click on the map replaces {NAMES[active]}; drop an image of the tray on A or B to "
        "replace it."
    )
    with st.expander("What are dimension groups?", icon=":material/help:"):
        st.caption(groups_sentence(groups))
    return clicked


def _data(space: Space, groups: DimensionGroups, parents: Sequence[TrayItem]) -> CrossoverData:
    state, codes = current_crossover(space, len(groups)), space.encodings.mean
    name = fingerprint(space.encodings.fingerprint, space.model.card.weights_sha256)
    return CrossoverData(
        decoder=decoder_data(space.model.card),
        space=space_data(space.encodings),
        sheet=presenters.image_sheet(space),
        parents=np.stack([parent.code for parent in parents]),
        mean=codes.mean(axis=0),
        noise=session_memo(
            "morph.family.noise",
            f"{name} {state.seed}",
            lambda: sample_deviations(codes, N_VARIATIONS, state.seed),
        ),
        groups=groups,
        effect_maps=session_memo(
            "morph.family.effect_maps", name, lambda: effect_map_images(space, groups)
        ),
        state=state,
        cards=endpoint_cards(space, "family", parents, NAMES),
        active=str(active_index(FAMILY)),
        smooth=session.recall("morph.smooth", False),
    )


def effect_map_images(space: Space, groups: DimensionGroups) -> list[str]:
    """For each dimension group where it changes the image, over the decoded mean code."""
    background = space.model.decode(space.encodings.mean.mean(axis=0)[None])[0]
    return effect_map_urls(background, groups.effect_maps)


def groups_sentence(groups: DimensionGroups) -> str:
    """What dimension groups are, how many there are, and how similar their effects are."""
    count = len(groups) - groups.has_inactive_group
    text = (
        "A dimension group contains latent dimensions that change the same part of the image: "
        f"{groups.latent_dim} dimensions, {count} group{'' if count == 1 else 's'}"
    )
    if groups.has_inactive_group:
        text += f", and {len(groups.groups[-1])} inactive dimensions with almost no effect"
    within, between = groups.within_similarity, groups.between_similarity
    if count < 2:
        return f"{text}."
    if within == 1:
        return f"{text}. The effect maps of two dimensions have a similarity of {between:.0%}."
    return (
        f"{text}. Similarity of effect maps: {within:.0%} for two dimensions of one group, "
        f"{between:.0%} for two of different groups; the closer these values are, the less the "
        "model separates parts of the image."
    )


def offspring_codes(
    space: Space, groups: DimensionGroups, parents: Sequence[TrayItem], state: CrossoverState
) -> Floats:
    """The codes ``(9, D)`` of the crossover and of its variations."""
    a, b = (parent.code for parent in parents)
    center = crossover(a, b, groups, state.shares)
    variations = sample_variations(
        center, space.encodings.mean, state.amount, N_VARIATIONS, state.seed
    )
    codes: Floats = np.concatenate([center[None], variations])
    return codes


def offspring_label(parents: Sequence[TrayItem]) -> str:
    """A label with both parents; a parent that is itself a crossover is not written out."""
    first, last = ("crossover" if " × " in p.label else p.label for p in parents)
    return f"{first} × {last}"


# ── events ──────────────────────────────────────────────────────────────────────────────────


def _swap(space: Space, groups: DimensionGroups) -> None:
    """Swap A and B; the offspring stay the same."""
    set_endpoints(space, FAMILY, get_endpoints(space, FAMILY)[::-1])
    state = current_crossover(space, len(groups))
    shares = tuple(round(1 - share, 4) for share in state.shares)
    set_crossover(space, replace(state, shares=shares))
    rerun()


def _handle_event(
    space: Space, groups: DimensionGroups, parents: Sequence[TrayItem], event: CrossoverEvent
) -> None:
    remember_smoothing(event)
    if event.moved is not None:
        seed_changed = event.moved.seed != current_crossover(space, len(groups)).seed
        set_crossover(space, event.moved)
        if seed_changed:
            rerun()
    handle_card_events(space, FAMILY, event)
    if event.picked is not None:
        replace_endpoint(space, FAMILY, active_index(FAMILY), item_from_sample(space, event.picked))
        rerun()
    if event.kept is not None:
        code = offspring_codes(space, groups, parents, event.kept)[event.kept.child]
        add_to_tray(space, code, offspring_label(parents))
    if event.parent_replaced is not None:
        slot, state = event.parent_replaced
        code = offspring_codes(space, groups, parents, state)[state.child]
        replace_endpoint(space, FAMILY, slot, item_from_code(space, code, offspring_label(parents)))
        seed = (state.seed + 1) % (MAX_SEED + 1)
        set_crossover(space, default_crossover(len(groups), state.amount, seed))
        rerun()
