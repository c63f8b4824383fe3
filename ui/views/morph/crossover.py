"""Family: two parents, the mixture of their genes, and a litter of children around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import streamlit as st

from latent_core.analysis.dimension_groups import DimensionGroups
from latent_core.analysis.variations import crossover, sample_deviations, sample_variations
from latent_core.errors import InvalidInputError
from latent_core.types import Floats
from ui import presenters, session
from ui.components.crossover import CHILDREN, MOST_SEED, Birth, FamilyData, FamilyEvent, draw_family
from ui.components.decoder import decoder_data, space_data
from ui.images import heat_urls
from ui.sample_sources import code_pick, sample_pick
from ui.session import TrayItem
from ui.spaces import Space
from ui.views.morph.endpoint_state import FAMILY, MARK, is_linked, keep, picks, put, texts
from ui.views.morph.export_panel import draw_family_export
from ui.views.morph.paths import fingerprint, once
from ui.views.morph.pending import ask_genes, ask_map, draw_waiting
from ui.views.morph.shared import (
    active_of,
    add_to_tray,
    again,
    answer_cards,
    cards_of,
    draw_pair,
    linked_number,
    note_smooth,
)
from ui.views.morph.side_map import draw_side

NAMES = ("A", "B")
HALF, AMOUNT = 0.5, 0.4


def draw_family_of_two(space: Space) -> None:
    """Parents, child, litter, genes and map."""
    asked = ask_genes(space)
    genes = asked.result
    if genes is None:
        draw_waiting(asked, "The genes")
        return
    left, right = st.columns([1.75, 1], gap="medium")
    with left:
        if draw_pair(space, FAMILY):
            _swap(space, genes)
        parents = picks(space, FAMILY)
        event = draw_family(key="morph.family", data=_data(space, genes, parents))
    _answer(space, genes, parents, event)
    with right, st.container(key="morph-side"):
        active = active_of(FAMILY)
        marks = [(name, parent.code) for name, parent in zip(NAMES, parents, strict=True)]
        clicked = draw_side(space, ask_map(space), [], marks, parents[active])
        st.caption(
            f"A click on the map replaces {NAMES[active]}; "
            "a picture of the tray can be dropped on A or B."
        )
        st.caption(genes_in_words(genes))
        here = birth_of(space, len(genes))
        draw_family_export(
            space,
            lambda: family_of(space, genes, parents, here),
            [parent.label for parent in parents],
        )
    if clicked is not None:
        put(space, FAMILY, active, clicked)
        again()
    _write(space, parents, here)


def _data(space: Space, genes: DimensionGroups, parents: Sequence[TrayItem]) -> FamilyData:
    here, codes = birth_of(space, len(genes)), space.encodings.mean
    name = fingerprint(space.encodings.fingerprint, space.model.card.weights_sha256)
    return FamilyData(
        decoder=decoder_data(space.model.card),
        space=space_data(space.encodings),
        sheet=presenters.sheet_of(space),
        parents=np.stack([parent.code for parent in parents]),
        mean=codes.mean(axis=0),
        noise=once(
            "morph.family.noise",
            f"{name} {here.seed}",
            lambda: sample_deviations(codes, CHILDREN, here.seed),
        ),
        genes=genes,
        heat=once("morph.family.heat", name, lambda: heat_pictures(space, genes)),
        here=here,
        cards=cards_of(space, "family", parents, NAMES),
        active=str(active_of(FAMILY)),
        smooth=session.recall("morph.smooth", False),
    )


def heat_pictures(space: Space, genes: DimensionGroups) -> list[str]:
    """For each gene, where it acts, over the mean of the data as the model decodes it."""
    ground = space.model.decode(space.encodings.mean.mean(axis=0)[None])[0]
    return heat_urls(ground, genes.effect_maps)


def genes_in_words(genes: DimensionGroups) -> str:
    """What the genes are, and how far they are kept apart."""
    count = len(genes) - genes.has_inactive_group
    words = (
        "A gene is a group of numbers of the code that change the same part of the picture: "
        f"{genes.latent_dim} numbers, {count} gene{'' if count == 1 else 's'}"
    )
    if genes.has_inactive_group:
        words += f", and {len(genes.groups[-1])} silent, which change next to nothing"
    if count < 2:
        return f"{words}."
    if genes.within_similarity == 1:
        return f"{words}. Two of them change the same pixels to {genes.between_similarity:.0%}."
    return (
        f"{words}. Two numbers of one gene change the same pixels to {genes.within_similarity:.0%}, two of "
        f"different genes to {genes.between_similarity:.0%}: the nearer these are, the less the model keeps "
        "parts of the picture apart."
    )


# where one is


def birth_of(space: Space, genes: int) -> Birth:
    """Which child is shown: as left in this session, else as the address says, else in between."""
    kept: Birth | None = session.recall(_name(space))
    if kept is None or len(kept.shares) != genes:
        kept = _linked_birth(genes) if is_linked(space, "family") else _new_birth(genes)
        _stay(space, kept)
    return kept


def _name(space: Space) -> str:
    return f"morph.family.here {space.model.card.id} {space.data.id}"


def _stay(space: Space, birth: Birth) -> None:
    session.remember(_name(space), birth)


def _new_birth(genes: int, amount: float = AMOUNT, seed: int = 0) -> Birth:
    return Birth(shares=(HALF,) * genes, amount=amount, seed=seed, child=0)


def _linked_birth(genes: int) -> Birth:
    try:
        shares = read_shares(session.linked("genes"), genes)
    except InvalidInputError as error:
        session.notify(str(error))
        shares = (HALF,) * genes
    return Birth(
        shares=shares,
        amount=linked_number("vary", AMOUNT, (0, 1)),
        seed=int(linked_number("seed", 0, (0, MOST_SEED))),
        child=int(linked_number("child", 0, (0, CHILDREN))),
    )


def read_shares(text: str | None, genes: int) -> tuple[float, ...]:
    """How much of each gene comes from B, as the address has it; half where it says nothing.

    Raises
    ------
    BadInput
        They aren't as many numbers in [0, 1] as there are genes.
    """
    if text is None:
        return (HALF,) * genes
    try:
        shares = tuple(float(part) for part in text.split(MARK))
    except ValueError:
        shares = ()
    if len(shares) != genes or not all(0 <= share <= 1 for share in shares):
        raise InvalidInputError(
            f"In the address: genes are {genes} numbers from 0 to 1 with {MARK} between, "
            f"not {text[:40]!r}; each is {HALF:g} now."
        )
    return shares


def family_of(
    space: Space, genes: DimensionGroups, parents: Sequence[TrayItem], birth: Birth
) -> Floats:
    """The codes ``(9, D)`` of the mixture and of its litter."""
    a, b = (parent.code for parent in parents)
    centre = crossover(a, b, genes, birth.shares)
    children = sample_variations(centre, space.encodings.mean, birth.amount, CHILDREN, birth.seed)
    codes: Floats = np.concatenate([centre[None], children])
    return codes


# what was done


def _swap(space: Space, genes: DimensionGroups) -> None:
    """B becomes A; the children stay as they are."""
    keep(space, FAMILY, picks(space, FAMILY)[::-1])
    here = birth_of(space, len(genes))
    _stay(space, replace(here, shares=tuple(round(1 - share, 4) for share in here.shares)))
    again()


def _answer(
    space: Space, genes: DimensionGroups, parents: Sequence[TrayItem], event: FamilyEvent
) -> None:
    note_smooth(event)
    if event.moved is not None:
        other = event.moved.seed != birth_of(space, len(genes)).seed
        _stay(space, event.moved)
        if other:
            again()
    answer_cards(space, FAMILY, event)
    if event.picked is not None:
        put(space, FAMILY, active_of(FAMILY), sample_pick(space, event.picked))
        again()
    if event.kept is not None:
        code = family_of(space, genes, parents, event.kept)[event.kept.child]
        add_to_tray(space, code, child_in_words(parents))
    if event.crowned is not None:
        slot, birth = event.crowned
        code = family_of(space, genes, parents, birth)[birth.child]
        put(space, FAMILY, slot, code_pick(space, code, child_in_words(parents)))
        _stay(space, _new_birth(len(genes), birth.amount, (birth.seed + 1) % (MOST_SEED + 1)))
        again()


def child_in_words(parents: Sequence[TrayItem]) -> str:
    """Whose child it is; of grandparents nothing is said."""
    first, last = ("a child" if " × " in p.label else p.label for p in parents)
    return f"{first} × {last}"


def _write(space: Space, parents: Sequence[TrayItem], birth: Birth) -> None:
    session.write_address(
        model=space.model.card.id,
        data=space.data.id,
        mode="family",
        parents=texts(parents),
        genes=MARK.join(f"{share:.4g}" for share in birth.shares),
        vary=f"{birth.amount:.4g}",
        seed=birth.seed,
        child=birth.child,
    )
