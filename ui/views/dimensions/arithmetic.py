"""Arithmetic on the images of the tray: start − minus + plus, decoded, beside its baselines."""

from __future__ import annotations

from itertools import chain

import numpy as np
import streamlit as st

from latent_core.analysis.arithmetic import CodeArithmetic, code_arithmetic
from latent_core.analysis.support import support_of_encodings
from ui import session, widgets
from ui.arithmetic_equation import equation_html, figure_html
from ui.attributes.factor_tables import (
    factor_title,
    format_with_unit,
    known_factors,
    ordered_factors,
)
from ui.images import data_url
from ui.sample_sources import convert_item, item_from_code
from ui.spaces import Space
from ui.views.dimensions.arithmetic_example import GROUPS, example_groups
from ui.views.dimensions.slider_state import set_start
from ui.visitor import tray
from ui.visitor.tray import TrayItem
from ui.wording.text import escape_markdown

TITLES = {"start": "Start with", "minus": "− without", "plus": "+ with"}
N_FACTORS = 3
"""Factors that are compared between the neighbors of the sum and those of plus."""


def draw_arithmetic(space: Space) -> None:
    """Draw an expander with three groups of images, their sum, and what is near it."""
    box = widgets.remembered_expander(
        "Arithmetic on images: start − minus + plus", "dimensions.arithmetic"
    )
    if not box.open:
        return
    with box:
        items = _items_by_key(space)
        chosen = _choose_groups(space, items)
        if all(chosen.values()):
            _draw_sum(space, {name: [items[one] for one in chosen[name]] for name in GROUPS})


def _items_by_key(space: Space) -> dict[str, TrayItem]:
    """The items of the tray that are codes of this model."""
    converted = {item.key: convert_item(space, item) for item in tray.items()}
    return {key: item for key, item in converted.items() if item is not None}


def _choose_groups(space: Space, items: dict[str, TrayItem]) -> dict[str, list[str]]:
    """Draw a field per group of the sum, and what to do while the tray has too few images."""
    if len(items) < len(GROUPS):
        st.caption(
            "Add at least three images to the tray, for example a smiling woman, a woman and a "
            "man; the smile is what is left when the woman is subtracted."
        )
    _draw_example_button(space)
    numbers = {item.key: number for number, item in enumerate(tray.items(), start=1)}
    chosen = {}
    for column, name in zip(st.columns(len(GROUPS)), GROUPS, strict=True):
        with column:
            chosen[name] = widgets.multiselect_choice(
                TITLES[name],
                _choice(space, name),
                list(items),
                lambda key: f"{numbers[key]}: {items[key].label}",
                placeholder="Images of the tray",
            )
    return chosen


def _choice(space: Space, group: str) -> str:
    """The name of a choice in the session."""
    return f"arithmetic.{group}.{space.encodings.fingerprint[:12]}"


def _draw_example_button(space: Space) -> None:
    found = example_groups(space)
    if found is None:
        return
    if st.button(
        escape_markdown(f"Try: {found.title}"),
        icon=":material/calculate:",
        key="arithmetic.example",
    ):
        for member in chain.from_iterable(found.groups.values()):
            tray.add(member)
        # one item per sample: the tray may hold it twice, put there with another model
        keys = {item.sample: key for key, item in _items_by_key(space).items()}
        for group, members in found.groups.items():
            chosen = [keys[one.sample] for one in members if one.sample in keys]
            session.remember(_choice(space, group), chosen)
        st.rerun()


def _draw_sum(space: Space, groups: dict[str, list[TrayItem]]) -> None:
    """Draw the sum of the groups, its nearest images, and those without the sum."""
    codes = {name: np.stack([item.code for item in group]) for name, group in groups.items()}
    samples = [
        item.sample for group in groups.values() for item in group if item.sample is not None
    ]
    found = code_arithmetic(
        space.encodings.mean, codes["start"], codes["minus"], codes["plus"], exclude=samples
    )
    images = [data_url(image) for image in space.model.decode(np.stack([*found.terms, found.code]))]
    level = support_of_encodings(space.encodings).levels(found.code[None])[0]
    captions = _term_captions({name: len(group) for name, group in groups.items()})
    st.html(_STYLE + equation_html(images, [*captions, f"the sum: {level}"]))
    st.html(_neighbors_html(space, found))
    changes = _factor_sentence(space, found)
    if changes:
        st.caption(escape_markdown(changes))
    with st.container(horizontal=True):
        item = item_from_code(space, found.code, "sum of images", images[-1])
        if st.button("Vary its dimensions", icon=":material/tune:", key="arithmetic.start"):
            set_start(space, item)
            st.rerun()
        is_kept = tray.contains(space.model.card.id, found.code)
        if st.button("Add to tray", disabled=is_kept, key="arithmetic.keep"):
            tray.add(item)
            st.rerun()


def _term_captions(counts: dict[str, int]) -> list[str]:
    return [name if counts[name] == 1 else f"{name}, mean of {counts[name]}" for name in GROUPS]


def _neighbors_html(space: Space, found: CodeArithmetic) -> str:
    shared_start, shared_plus = found.shared
    count = len(found.nearest)
    rows = (
        ("Nearest images to the sum", found.nearest, ""),
        (
            "Without the sum: nearest to the start",
            found.baselines[0],
            f"{shared_start} of {count} are the same as above.",
        ),
        (
            "Nearest to plus",
            found.baselines[1],
            f"{shared_plus} of {count} are the same as above.",
        ),
    )
    parts = []
    for title, indices, note in rows:
        images = space.data.images(indices)
        figures = "".join(
            figure_html(data_url(image), space.data.label(int(i)) or f"image {i:,}")
            for image, i in zip(images, indices, strict=True)
        )
        parts.append(f"<p><strong>{title}.</strong> {note}</p><div>{figures}</div>")
    return f'<div class="ls-sum-neighbors">{"".join(parts)}</div>'


def _factor_sentence(space: Space, found: CodeArithmetic) -> str:
    """The known factors that differ most between neighbors of the sum and of plus alone."""
    factors = ordered_factors(space.data)
    if not factors:
        return ""
    known, changes = known_factors(space.data), []
    for name, values in factors.items():
        ends = [float(values[found.baselines[1]].mean()), float(values[found.nearest].mean())]
        spread = float(values.std()) or 1.0
        changes.append((abs(ends[1] - ends[0]) / spread, name, ends))
    parts = [
        f"{factor_title(name)} {format_with_unit(ends[0], known[name])} → "
        f"{format_with_unit(ends[1], known[name])}"
        for _, name, ends in sorted(changes, reverse=True)[:N_FACTORS]
    ]
    return (
        f"What the sum changed most, from the {found.baselines.shape[1]} images nearest to plus to "
        f"the {len(found.nearest)} nearest to the sum (means): {'; '.join(parts)}."
    )


_STYLE = """
<style>
  .ls-sum-neighbors img { width: 100%; display: block; border-radius: 5px;
    image-rendering: pixelated; }
  .ls-sum-neighbors figcaption { font-size: .87rem; line-height: 1.25; padding-top: 2px;
    overflow-wrap: anywhere; }
  .ls-sum-neighbors p { margin: .5rem 0 .25rem; }
  .ls-sum-neighbors > div { display: grid; gap: 8px;
    grid-template-columns: repeat(auto-fill, minmax(60px, 1fr)); }
  .ls-sum-neighbors figure { margin: 0; max-width: 90px; }
</style>
"""
