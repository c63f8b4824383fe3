"""Family: two parents, the mixture of their genes, and a litter of children around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import streamlit as st

from latent_core.analysis.dimension_groups import (
    DimensionGroups,
    crossover,
    sample_deviations,
    sample_variations,
)
from latent_core.errors import InvalidInputError
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
from ui.sample_sources import item_from_code, item_from_sample
from ui.spaces import Space
from ui.tray import TrayItem
from ui.views.morph.endpoint_state import (
    FAMILY,
    SEPARATOR,
    endpoints_to_text,
    get_endpoints,
    is_linked,
    replace_endpoint,
    set_endpoints,
)
from ui.views.morph.export_panel import draw_family_export
from ui.views.morph.paths import fingerprint, session_memo
from ui.views.morph.pending import draw_pending, pending_groups, pending_map
from ui.views.morph.shared import (
    active_index,
    add_to_tray,
    draw_pair,
    endpoint_cards,
    handle_card_events,
    linked_number,
    remember_smoothing,
    rerun,
)
from ui.views.morph.side_map import draw_side_map

NAMES = ("A", "B")
HALF, AMOUNT = 0.5, 0.4


def draw_family_mode(space: Space) -> None:
    """Parents, child, litter, genes and map."""
    pending = pending_groups(space)
    groups = pending.result
    if groups is None:
        draw_pending(pending, "The genes")
        return
    left, right = st.columns([1.75, 1], gap="medium")
    with left:
        if draw_pair(space, FAMILY):
            _swap(space, groups)
        parents = get_endpoints(space, FAMILY)
        event = draw_crossover(key="morph.family", data=_data(space, groups, parents))
    _handle_event(space, groups, parents, event)
    with right, st.container(key="morph-side"):
        active = active_index(FAMILY)
        marks = [(name, parent.code) for name, parent in zip(NAMES, parents, strict=True)]
        clicked = draw_side_map(space, pending_map(space), [], marks, parents[active])
        st.caption(
            f"A click on the map replaces {NAMES[active]}; "
            "a picture of the tray can be dropped on A or B."
        )
        st.caption(groups_sentence(groups))
        position = crossover_state(space, len(groups))
        draw_family_export(
            space,
            lambda: offspring_codes(space, groups, parents, position),
            [parent.label for parent in parents],
        )
    if clicked is not None:
        replace_endpoint(space, FAMILY, active, clicked)
        rerun()
    _write_url(space, parents, position)


def _data(space: Space, groups: DimensionGroups, parents: Sequence[TrayItem]) -> CrossoverData:
    position, codes = crossover_state(space, len(groups)), space.encodings.mean
    name = fingerprint(space.encodings.fingerprint, space.model.card.weights_sha256)
    return CrossoverData(
        decoder=decoder_data(space.model.card),
        space=space_data(space.encodings),
        sheet=presenters.image_sheet(space),
        parents=np.stack([parent.code for parent in parents]),
        mean=codes.mean(axis=0),
        noise=session_memo(
            "morph.family.noise",
            f"{name} {position.seed}",
            lambda: sample_deviations(codes, N_VARIATIONS, position.seed),
        ),
        groups=groups,
        effect_maps=session_memo(
            "morph.family.heat", name, lambda: effect_map_images(space, groups)
        ),
        position=position,
        cards=endpoint_cards(space, "family", parents, NAMES),
        active=str(active_index(FAMILY)),
        smooth=session.recall("morph.smooth", False),
    )


def effect_map_images(space: Space, groups: DimensionGroups) -> list[str]:
    """For each gene, where it acts, over the mean of the data as the model decodes it."""
    ground = space.model.decode(space.encodings.mean.mean(axis=0)[None])[0]
    return effect_map_urls(ground, groups.effect_maps)


def groups_sentence(groups: DimensionGroups) -> str:
    """What the genes are, and how far they are kept apart."""
    count = len(groups) - groups.inactive
    words = (
        "A gene is a group of numbers of the code that change the same part of the picture: "
        f"{groups.dim} numbers, {count} gene{'' if count == 1 else 's'}"
    )
    if groups.inactive:
        words += f", and {len(groups.groups[-1])} silent, which change next to nothing"
    if count < 2:
        return f"{words}."
    if groups.within_similarity == 1:
        return f"{words}. Two of them change the same pixels to {groups.between_similarity:.0%}."
    return (
        f"{words}. Two numbers of one gene change the same pixels to {groups.within_similarity:.0%}, two of "
        f"different genes to {groups.between_similarity:.0%}: the nearer these are, the less the model keeps "
        "parts of the picture apart."
    )


# where one is


def crossover_state(space: Space, groups: int) -> CrossoverState:
    """Which child is shown: as left in this session, else as the address says, else in between."""
    kept: CrossoverState | None = session.recall(_state_key(space))
    if kept is None or len(kept.shares) != groups:
        kept = _linked_state(groups) if is_linked(space, "family") else _default_state(groups)
        _remember_state(space, kept)
    return kept


def _state_key(space: Space) -> str:
    return f"morph.family.here {space.model.card.id} {space.data.id}"


def _remember_state(space: Space, state: CrossoverState) -> None:
    session.remember(_state_key(space), state)


def _default_state(groups: int, amount: float = AMOUNT, seed: int = 0) -> CrossoverState:
    return CrossoverState(shares=(HALF,) * groups, amount=amount, seed=seed, child=0)


def _linked_state(groups: int) -> CrossoverState:
    try:
        shares = parse_shares(session.linked("genes"), groups)
    except InvalidInputError as error:
        session.notify(str(error))
        shares = (HALF,) * groups
    return CrossoverState(
        shares=shares,
        amount=linked_number("vary", AMOUNT, (0, 1)),
        seed=int(linked_number("seed", 0, (0, MAX_SEED))),
        child=int(linked_number("child", 0, (0, N_VARIATIONS))),
    )


def parse_shares(text: str | None, groups: int) -> tuple[float, ...]:
    """How much of each gene comes from B, as the address has it; half where it says nothing.

    Raises
    ------
    BadInput
        They aren't as many numbers in [0, 1] as there are genes.
    """
    if text is None:
        return (HALF,) * groups
    try:
        shares = tuple(float(part) for part in text.split(SEPARATOR))
    except ValueError:
        shares = ()
    if len(shares) != groups or not all(0 <= share <= 1 for share in shares):
        raise InvalidInputError(
            f"In the address: genes are {groups} numbers from 0 to 1 with {SEPARATOR} between, "
            f"not {text[:40]!r}; each is {HALF:g} now."
        )
    return shares


def offspring_codes(
    space: Space, groups: DimensionGroups, parents: Sequence[TrayItem], state: CrossoverState
) -> Floats:
    """The codes ``(9, D)`` of the mixture and of its litter."""
    a, b = (parent.code for parent in parents)
    centre = crossover(a, b, groups, state.shares)
    children = sample_variations(
        centre, space.encodings.mean, state.amount, N_VARIATIONS, state.seed
    )
    codes: Floats = np.concatenate([centre[None], children])
    return codes


# what was done


def _swap(space: Space, groups: DimensionGroups) -> None:
    """B becomes A; the children stay as they are."""
    set_endpoints(space, FAMILY, get_endpoints(space, FAMILY)[::-1])
    position = crossover_state(space, len(groups))
    _remember_state(
        space, replace(position, shares=tuple(round(1 - share, 4) for share in position.shares))
    )
    rerun()


def _handle_event(
    space: Space, groups: DimensionGroups, parents: Sequence[TrayItem], event: CrossoverEvent
) -> None:
    remember_smoothing(event)
    if event.moved is not None:
        other = event.moved.seed != crossover_state(space, len(groups)).seed
        _remember_state(space, event.moved)
        if other:
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
        _remember_state(
            space, _default_state(len(groups), state.amount, (state.seed + 1) % (MAX_SEED + 1))
        )
        rerun()


def offspring_label(parents: Sequence[TrayItem]) -> str:
    """Whose child it is; of grandparents nothing is said."""
    first, last = ("a child" if " × " in p.label else p.label for p in parents)
    return f"{first} × {last}"


def _write_url(space: Space, parents: Sequence[TrayItem], state: CrossoverState) -> None:
    session.write_url(
        model=space.model.card.id,
        data=space.data.id,
        mode="family",
        parents=endpoints_to_text(parents),
        groups=SEPARATOR.join(f"{share:.4g}" for share in state.shares),
        vary=f"{state.amount:.4g}",
        seed=state.seed,
        child=state.child,
    )
