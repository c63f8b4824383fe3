"""What recommendations should be like and unlike: images that are clicked, or names of words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st

from latent_core.analysis.analogies import find_name
from latent_core.errors import InvalidInputError
from ui import session, widgets
from ui.components.examples import Example, draw_examples
from ui.sample_sources import convert_item, item_from_sample, item_from_text, item_to_text
from ui.spaces import Space
from ui.visitor import tray
from ui.visitor.tray import TrayItem
from ui.words import precomputed_codes, sample_name

PLUS, MINUS = "like", "unlike"
"""The two kinds, by their names in a link."""
TITLES = {PLUS: "More like", MINUS: "Less like"}
TRAY, RANDOM, RESULTS = "tray", "random", "results"
MAX_SEEDS = 12
"""Of each kind."""
N_RANDOM = 16
POOL = "uses.pool"
FIRST_CODE = 1_000_000_000
"""Ids of items that are no samples start here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeds:
    """What results should be like (`plus`) and unlike (`minus`)."""

    plus: tuple[TrayItem, ...] = ()
    minus: tuple[TrayItem, ...] = ()

    @property
    def samples(self) -> list[int]:
        """Indices of those that are samples of the data."""
        return [item.sample for item in (*self.plus, *self.minus) if item.sample is not None]


def current_seeds(space: Space) -> Seeds:
    """The seeds of this session or of the link; else the tray, or one sample."""
    of = f"{space.model.card.id} {space.data.id}"
    before = session.recall("like.of")
    if before not in {None, of}:  # the numbers are of other samples
        session.choose(PLUS, _texts(_default(space)))
        session.choose(MINUS, "")
    session.remember("like.of", of)
    if session.chosen_or_linked(PLUS) is None and session.chosen_or_linked(MINUS) is None:
        session.choose(PLUS, _texts(_default(space)))
    return Seeds(plus=_read(space, PLUS), minus=_read(space, MINUS))


def _default(space: Space) -> list[TrayItem]:
    items = tray_items(space)[:MAX_SEEDS]
    return items or [item_from_sample(space, random_samples(space)[0])]


def tray_items(space: Space) -> list[TrayItem]:
    """The items of the tray that are samples or codes of this space."""
    if space.data.precomputed is not None:
        return []
    found = [convert_item(space, item) for item in tray.items()]
    return [item for item in found if item is not None]


def random_samples(space: Space) -> list[int]:
    """Indices of random samples, always the same ones."""
    return [int(i) for i in np.random.default_rng(0).permutation(len(space.data))[:N_RANDOM]]


def _texts(items: Sequence[TrayItem]) -> str:
    return ",".join(item_to_text(item) for item in items)


def _read(space: Space, kind: str) -> tuple[TrayItem, ...]:
    """The seeds of one kind; for those that are not valid, a notice is shown."""
    text = session.chosen_or_linked(kind) or ""
    found = []
    for part in text.split(",")[:MAX_SEEDS] if text else []:
        try:
            found.append(item_from_text(space, part))
        except InvalidInputError as error:
            session.notify(str(error))
    session.choose(kind, _texts(found))
    return tuple(found)


def _toggle(space: Space, kind: str, item: TrayItem) -> None:
    """Add a seed, or remove the one that is there."""
    text = item_to_text(item)
    seeds = current_seeds(space)
    own, other = (seeds.plus, seeds.minus) if kind == PLUS else (seeds.minus, seeds.plus)
    kept = [seed for seed in own if item_to_text(seed) != text]
    if len(kept) == len(own):
        kept.append(item)
    if len(kept) > MAX_SEEDS:
        session.notify(f"Up to {MAX_SEEDS} are used; remove one before you add another.")
        return
    session.choose(kind, _texts(kept))
    rest = [seed for seed in other if item_to_text(seed) != text]
    session.choose(MINUS if kind == PLUS else PLUS, _texts(rest))


def draw_pool(space: Space, source: str, kind: str, results: Sequence[int]) -> bool:
    """Images to click, which become seeds of a kind; says whether one was clicked."""
    if source == TRAY:
        items = tray_items(space)
    else:
        indices = results[:N_RANDOM] if source == RESULTS else random_samples(space)
        items = [item_from_sample(space, int(i)) for i in indices]
    return _draw_row(space, POOL, "Click an image:", items, kind)


def draw_seeds(space: Space, seeds: Seeds) -> bool:
    """The seeds, which a click removes; says whether one was clicked."""
    is_clicked = False
    rows = [(PLUS, seeds.plus), (MINUS, seeds.minus)]
    shown = [(kind, items) for kind, items in rows if items]
    columns = st.columns(len(shown), gap="medium") if shown else []
    for column, (kind, items) in zip(columns, shown, strict=True):
        with column:
            title = f"{TITLES[kind]} (a click removes):"
            is_clicked |= _draw_row(space, f"uses.{kind}", title, items, kind)
    return is_clicked


def _draw_row(space: Space, key: str, caption: str, items: Sequence[TrayItem], kind: str) -> bool:
    """A row of images to click; the last one that was clicked is marked while it is a seed."""
    by_id = {_id_of(item, number): item for number, item in enumerate(items)}
    examples = [
        Example(id=i, label=_caption(space, item), picture=item.image_url)
        for i, item in by_id.items()
    ]
    clicked = session.recall(f"{key}.clicked")
    chosen = clicked if key == POOL and clicked in by_id and _is_seed(by_id[clicked]) else None
    revision = session.recall(f"{key}.revision", 0)
    picked = draw_examples(
        key=f"{key}.{revision}", caption=caption, examples=examples, chosen=chosen
    )
    if picked is None:
        return False
    session.remember(f"{key}.clicked", picked)
    if _is_seed(by_id[picked]):  # drawn anew, since the browser marks what is clicked
        session.remember(f"{key}.revision", revision + 1)
    _toggle(space, kind, by_id[picked])
    return True


def _id_of(item: TrayItem, number: int) -> int:
    """The index of a sample; for another item a number that no sample has."""
    return FIRST_CODE + number if item.sample is None else item.sample


def _is_seed(item: TrayItem) -> bool:
    texts = [session.chosen_or_linked(kind) or "" for kind in TITLES]
    return item_to_text(item) in ",".join(texts).split(",")


def _caption(space: Space, item: TrayItem) -> str:
    """The class of a sample, or its number; the label of another item."""
    if item.sample is None:
        return item.label
    return space.data.label(item.sample) or f"{item.sample:,}"


# ── samples without images ──────────────────────────────────────────────────────────────────


def draw_name_fields(space: Space) -> Seeds:
    """Fields for the names, or the numbers, of seeds, separated by commas; gives the seeds."""
    for kind in (PLUS, MINUS):
        typed = widgets.take_submitted_text(f"uses.{kind}")
        if typed is not None:
            session.choose(kind, _texts(_named(space, typed)))
    seeds = current_seeds(space)
    columns = st.columns(2)
    noun = space.data.sample_noun
    for column, kind, items in zip(columns, TITLES, (seeds.plus, seeds.minus), strict=True):
        with column:
            shown = ", ".join(_name(space, item) for item in items)
            title = f"{TITLES[kind]} ({noun}s, separated by commas)"
            widgets.text_field(title, f"uses.{kind}", shown)
    return seeds


def _name(space: Space, item: TrayItem) -> str:
    return item.label if item.sample is None else sample_name(space, item.sample)


def _named(space: Space, text: str) -> list[TrayItem]:
    """The samples with these names; for unknown ones a notice is shown."""
    codes = precomputed_codes(space)
    found = []
    for name in filter(None, (part.strip() for part in text.split(","))):
        try:
            if codes.names:
                index = find_name(codes.names, name, codes.sample_noun)
                found.append(item_from_sample(space, index))
            else:
                found.append(item_from_text(space, f"s{name.rpartition(' ')[2]}"))
        except InvalidInputError as error:
            session.notify(str(error))
    return found[:MAX_SEEDS]
