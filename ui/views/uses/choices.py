"""The controls of a use, kept in the session and in the link, and the place of its results."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui import session, widgets


def control_row(*widths: float) -> list[DeltaGenerator]:
    """A row of columns for the controls of a use."""
    with st.container(key="uses-controls"):
        return st.columns(list(widths), vertical_alignment="bottom")


def figures_and_pictures() -> list[DeltaGenerator]:
    """Two columns for the results of a use: its table of figures, and its pictures."""
    return st.columns([5, 6], gap="medium")


def choose_one(
    label: str, name: str, options: Mapping[str, str], default: str, *, help_text: str = ""
) -> str:
    """A selectbox; gives the chosen one of `options`, which are titles by value."""
    chosen = session.chosen(name, options, default)
    return widgets.selectbox_choice(
        label, name, list(options), chosen, options.__getitem__, help=help_text or None
    )


def choose_step(
    label: str,
    name: str,
    options: Sequence[str],
    default: str,
    *,
    show: Callable[[str], str] = str,
    help_text: str = "",
) -> str:
    """A slider over a few values; gives the chosen one."""
    chosen = session.chosen(name, options, default)
    return widgets.slider_choice(label, name, list(options), chosen, show, help=help_text or None)
