"""Which column is the label, the name, the code or a factor: shown, and corrected."""

from __future__ import annotations

import streamlit as st

from latent_core.opening.datasets import Column, DatasetDraft
from latent_core.opening.datasets.columns import Role
from ui.wording.text import escape_markdown

NONE = ""
MAX_LABEL_COLUMNS = 500
"""Columns from which the label can be chosen."""


def correct_roles(draft: DatasetDraft, key: str) -> DatasetDraft:
    """Draw a widget per role; gives the draft with the roles that are chosen there.

    Parameters
    ----------
    key
        Another for every other source, whose roles are then those that were found.
    """
    if not draft.columns:
        return draft
    left, right = st.columns(2)
    flat = [c for c in draft.columns if c.values.ndim == 1][:MAX_LABEL_COLUMNS]
    with left:
        label = _choose_one("Label", flat, draft.names_with("label"), f"open.data.label.{key}")
    chosen: dict[str, Role] = dict.fromkeys(draft.names_with("label"), "left out")
    if draft.kind == "embeddings":
        texts = [column for column in flat if column.is_text]
        with right:
            name = _choose_one("Name", texts, draft.names_with("name"), f"open.data.name.{key}")
        chosen |= dict.fromkeys(draft.names_with("name"), "left out")
        chosen |= {name: "name"} if name else {}
    chosen |= {label: "label"} if label else {}
    numbers = [c for c in draft.columns if not c.is_text and c.name != label]
    if numbers:
        chosen |= _choose_numbers(draft, numbers, key)
    return draft.with_roles(chosen)


def _choose_one(title: str, columns: list[Column], found: list[str], key: str) -> str:
    """The name of the column in a role that one can have; empty for none."""
    options = [NONE, *(column.name for column in columns if column.name)]
    index = options.index(found[0]) if found and found[0] in options else 0
    return str(st.selectbox(title, options, index, format_func=_shown, key=key))


def _shown(name: str) -> str:
    return escape_markdown(name) or "(none)"


def _choose_numbers(draft: DatasetDraft, numbers: list[Column], key: str) -> dict[str, Role]:
    """Roles of the columns of numbers: code, factor, or left out."""
    flat = [column.name for column in numbers if column.values.ndim == 1]
    left, right = st.columns(2)
    with left:
        factors = st.multiselect(
            "Factors",
            flat,
            [name for name in draft.names_with("factor") if name in flat],
            format_func=escape_markdown,
            key=f"open.data.factors.{key}",
            help="Known numbers about each sample, such as an age: they color the map and are no "
            "part of the code.",
        )
    names = [column.name for column in numbers if column.name not in factors]
    with right:
        left_out = st.multiselect(
            "Left out",
            names,
            [name for name in draft.names_with("left out") if name in names],
            format_func=escape_markdown,
            key=f"open.data.left_out.{key}",
        )
    rest: Role = "code" if draft.kind == "embeddings" else "left out"
    roles: dict[str, Role] = dict.fromkeys(names, rest)
    return roles | dict.fromkeys(factors, "factor") | dict.fromkeys(left_out, "left out")
