"""Widgets whose choice survives a change of page, and stands in the link."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.elements.lib.mutable_expander_container import ExpanderContainer
from streamlit.elements.lib.mutable_popover_container import PopoverContainer

from ui import session
from ui.wording.text import escape_markdown


def _widget(kind: str, name: str, value: Any) -> tuple[str, Callable[[], None]]:
    """The key of a widget that shows `value`, and what stores the visitor's choice of `name`."""
    key = f"{kind}.{name}"
    st.session_state[key] = value

    def store() -> None:
        session.choose(name, str(st.session_state[key]))

    return key, store


def selectbox_choice(
    label: str,
    name: str,
    options: list[str],
    value: str,
    format_func: Callable[[str], str],
    **extra: Any,
) -> str:
    """A selectbox; gives the chosen option."""
    key, store = _widget("select", name, value)
    labels = _distinct_labels({option: format_func(option) for option in options})
    st.selectbox(label, options, key=key, format_func=labels.__getitem__, on_change=store, **extra)
    return str(session.recall(f"choice.{name}", value))


def _distinct_labels(labels: dict[str, str]) -> dict[str, str]:
    """The labels of options; those of the same label get the option as well.

    The browser sends a label, not an option.
    """
    counts = Counter(labels.values())
    return {
        option: label if counts[label] == 1 else f"{label} ({option})"
        for option, label in labels.items()
    }


def segmented_choice(
    label: str,
    name: str,
    options: list[str],
    value: str,
    format_func: Callable[[str], str],
    **extra: Any,
) -> str:
    """Like `selectbox_choice`, as a row of buttons."""
    key, store = _widget("segments", name, value)
    st.segmented_control(
        label,
        options,
        key=key,
        format_func=lambda option: escape_markdown(format_func(option)),
        on_change=store,
        required=True,
        **extra,
    )
    return str(session.recall(f"choice.{name}", value))


def multiselect_choice(
    label: str, name: str, options: list[str], format_func: Callable[[str], str], **extra: Any
) -> list[str]:
    """A multiselect; gives the chosen options, which `session.remember` may set under `name`."""
    key = f"multiselect.{name}"

    def store() -> None:
        session.remember(name, list(st.session_state[key]))

    chosen = [option for option in session.recall(name, []) if option in options]
    st.session_state[key] = chosen
    st.multiselect(label, options, key=key, format_func=format_func, on_change=store, **extra)
    return chosen


def prediction_choice(
    label: str,
    name: str,
    options: list[str],
    format_func: Callable[[str], str],
    **extra: Any,
) -> str | None:
    """Radio buttons of which none is chosen at first; gives the chosen option, or None."""
    kept: str | None = session.recall(f"choice.{name}")
    key, store = _widget("radio", name, kept if kept in options else None)
    st.radio(
        label,
        options,
        index=None,
        key=key,
        format_func=lambda option: escape_markdown(format_func(option)),
        on_change=store,
        **extra,
    )
    chosen: str | None = session.recall(f"choice.{name}")
    return chosen if chosen in options else None


def number_choice(label: str, name: str, default: int, below: int) -> int:
    """A field for a number from 0 to `below` - 1; gives the chosen one.

    For an invalid number in the link, a notice is shown and `default` is used.
    """
    text = session.chosen_or_linked(name)
    is_number = text is not None and text.isascii() and text.isdecimal() and len(text) < 12
    is_valid = text is None or (is_number and int(text) < below)
    if not is_valid:
        session.notify(
            f"In the link: {name} must be from 0 to {below - 1}, not {str(text)[:20]!r}."
        )
        session.choose(name, str(default))
    value = default if text is None or not is_valid else int(text)
    key, store = _widget("number", name, value)
    st.number_input(label, 0, below - 1, key=key, on_change=store)
    return int(st.session_state[key])


def slider_choice(
    label: str,
    name: str,
    options: list[str],
    value: str,
    format_func: Callable[[str], str],
    **extra: Any,
) -> str:
    """Like `selectbox_choice`, as a slider over the options."""
    key, store = _widget("slider", name, value)
    st.select_slider(label, options, key=key, format_func=format_func, on_change=store, **extra)
    return str(session.recall(f"choice.{name}", value))


def remembered_expander(label: str, name: str) -> ExpanderContainer:
    """An expander that is closed at first, and says whether it is `open`."""
    box = st.expander(
        escape_markdown(label), expanded=session.recall(name, False), key=name, on_change="rerun"
    )
    session.remember(name, box.open)
    return box


def popover(label: str, name: str, **extra: Any) -> tuple[PopoverContainer, Callable[[], None]]:
    """A popover, and what closes it: the `on_click` of a button in it."""
    key = f"popover-{name}"

    def close() -> None:
        st.session_state[key] = False

    return st.popover(label, key=key, on_change="rerun", width="stretch", **extra), close


def text_field(label: str, name: str, value: str, **extra: Any) -> None:
    """A text input that shows `value`; `take_submitted_text` gives what was typed."""
    key = f"text.{name}"
    st.session_state[key] = value

    def store() -> None:
        session.remember(f"typed.{name}", str(st.session_state[key]))

    st.text_input(escape_markdown(label), key=key, max_chars=120, on_change=store, **extra)


def take_submitted_text(name: str) -> str | None:
    """What was just typed into the text field `name`; given once."""
    text: str | None = session.recall(f"typed.{name}")
    session.forget(f"typed.{name}")
    return text
