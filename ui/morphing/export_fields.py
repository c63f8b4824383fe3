"""The fields of the export popovers; each keeps its last value."""

from __future__ import annotations

import streamlit as st

from ui import session


def number_field(label: str, name: str, default: int, span: tuple[int, int], step: int) -> int:
    """A number in `span`; the visitor's choice, as long as there is one, else `default`."""
    low, high = span
    value = min(max(int(session.recall(name, default)), low), high)
    key = f"{name}.field.{default}"  # a widget keeps its value when only the default changes
    chosen = int(st.number_input(label, low, high, value, step, key=key))
    if chosen == default:
        session.forget(name)
    else:
        session.remember(name, chosen)
    return chosen


def smooth_field(name: str) -> bool:
    """Whether frames are enlarged smoothly; by default as on the page."""
    shown = bool(session.recall("morph.smooth", False))
    return st.checkbox("Interpolate between pixels", shown, key=f"{name}.smooth.{shown}")


def checkbox_field(label: str, name: str, *, default: bool) -> bool:
    """A switch."""
    chosen = st.checkbox(label, session.recall(name, default), key=f"{name}.field")
    session.remember(name, chosen)
    return chosen
