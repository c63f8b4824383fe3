"""What a visitor's session remembers: choices, the selected picture, the tray.

The only file that touches `st.session_state` and the address.  A choice is looked for in
the session, then in the address, then in its default; what is chosen is written to the
address, so that the address opened elsewhere shows the same.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import streamlit as st

from latent_core.errors import UnknownNameError
from latent_core.types import Floats
from ui.url_codec import current_value

TRAY_LIMIT = 64
_KINDS = {"data": "data set", "method": "map method", "dims": "number of dimensions"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayItem:
    """A picture that the visitor picked.

    Parameters
    ----------
    picture
        Its address as ``data:image/png``.
    label
        A few words; shown as text.
    model_id
        Whose code it is.
    code
        ``(D,)``.
    sample
        Its number in the data set, or None for a visitor's own.
    """

    picture: str
    label: str
    model_id: str
    code: Floats
    sample: int | None = None
    key: str = field(default_factory=lambda: uuid.uuid4().hex[:12])


def visitor() -> str:
    """A name for this session, known to nobody else."""
    return str(_kept("visitor", uuid.uuid4().hex))


def _kept(name: str, default: Any) -> Any:
    return st.session_state.setdefault(f"kept.{name}", default)


def remember(name: str, value: Any) -> None:
    """Keep `value` under `name` for this session."""
    st.session_state[f"kept.{name}"] = value


def recall(name: str, default: Any = None) -> Any:
    """What is kept under `name`."""
    return st.session_state.get(f"kept.{name}", default)


def forget(name: str) -> None:
    """Keep nothing under `name` any more."""
    st.session_state.pop(f"kept.{name}", None)


def chosen(name: str, allowed: Iterable[str], default: str) -> str:
    """The visitor's choice of `name`, always one of `allowed`.

    An unknown name in the address is told in one sentence, and the default is taken.
    """
    options = list(allowed)
    kept = recall(f"choice.{name}")
    if kept in options:
        return str(kept)
    wanted = st.query_params.get(name)
    if wanted is not None and wanted not in options:
        kind = _KINDS.get(name, name)
        notify(
            f"In the address: {UnknownNameError(kind, wanted, options)} Showing {default!r} instead."
        )
    value = wanted if wanted in options else default
    remember(f"choice.{name}", value)
    return str(value)


def wanted(name: str) -> str | None:
    """The choice of `name` made before, else what the address says of it."""
    kept: str | None = recall(f"choice.{name}")
    return linked(name) if kept is None else kept


def choose(name: str, value: str) -> None:
    """Note the visitor's choice."""
    remember(f"choice.{name}", value)


def picture(count: int) -> int | None:
    """The selected picture's number, below `count`, or None."""
    kept = recall("picture")
    if kept is None and "picture" in st.query_params:
        wanted = st.query_params["picture"]
        if wanted.isascii() and wanted.isdecimal() and len(wanted) < 10 and int(wanted) < count:
            kept = int(wanted)
        else:
            notify(
                f"In the address: there is no picture {wanted[:20]!r}; known: 0 to {count - 1}. "
                "Click a point to choose one."
            )
            del st.query_params["picture"]
        remember("picture", kept)
    return int(kept) if kept is not None and kept < count else None


def select(index: int | None) -> None:
    """Select a picture, or none."""
    remember("picture", index)


def linked(name: str) -> str | None:
    """What the address says of `name`."""
    value = st.query_params.get(name)
    return None if value is None else current_value(name, value)


def write_address(**values: str | int | None) -> None:
    """Make the address say what is shown."""
    wanted = {name: str(value) for name, value in values.items() if value is not None}
    if st.query_params.to_dict() != wanted:
        st.query_params.from_dict(wanted)


def notify(sentence: str) -> None:
    """Have `sentence` shown at the top of the page that is being drawn, once."""
    notices: list[str] = _kept("notices", [])
    if sentence not in notices:
        notices.append(sentence)


def take_notices() -> list[str]:
    """The sentences not yet shown."""
    notices: list[str] = list(recall("notices", []))
    remember("notices", [])
    return notices


def tray() -> list[TrayItem]:
    """The pictures picked so far."""
    items: list[TrayItem] = _kept("tray", [])
    return items


def put_in_tray(item: TrayItem) -> bool:
    """Add `item` unless its code is there already or the tray is full; says whether it was."""
    items = tray()
    if in_tray(item.model_id, item.code):
        return False
    if len(items) >= TRAY_LIMIT:
        notify(f"The tray holds {TRAY_LIMIT} pictures; remove one before you add another.")
        return False
    items.append(item)
    return True


def in_tray(model_id: str, code: Floats) -> bool:
    """Whether the tray holds this code of this model."""
    return any(i.model_id == model_id and np.array_equal(i.code, code) for i in tray())


def take_from_tray(key: str) -> None:
    """Remove the picture `key`."""
    remember("tray", [item for item in tray() if item.key != key])


def move_in_tray(key: str, to: int) -> None:
    """Put the picture `key` at place `to`."""
    moved = [item for item in tray() if item.key == key]
    rest = [item for item in tray() if item.key != key]
    remember("tray", rest[:to] + moved + rest[to:])


def clear_tray() -> None:
    """Empty the tray."""
    remember("tray", [])


def changed(name: str, value: Any) -> bool:
    """Whether `value` differs from the last one given under `name`."""
    before = recall(f"last.{name}")
    remember(f"last.{name}", value)
    return bool(before != value)


def choose_unless_linked(name: str, value: str) -> None:
    """Choose `value`, unless nothing was chosen yet and the address names something."""
    if recall(f"choice.{name}") is not None or name not in st.query_params:
        choose(name, value)


def select_one(
    label: str, name: str, options: list[str], value: str, words: Callable[[str], str], **extra: Any
) -> str:
    """A selectbox whose choice survives changing pages and is one of `options`."""
    key = f"select.{name}"
    st.session_state[key] = value

    def note() -> None:
        choose(name, str(st.session_state[key]))

    st.selectbox(label, options, key=key, format_func=words, on_change=note, **extra)
    return str(recall(f"choice.{name}", value))


def text_field(label: str, name: str, value: str, **extra: Any) -> None:
    """A text input that says `value`; what is typed instead is told once by `typed`."""
    key = f"text.{name}"
    st.session_state[key] = value

    def note() -> None:
        remember(f"typed.{name}", str(st.session_state[key]))

    st.text_input(label, key=key, max_chars=120, on_change=note, **extra)


def typed(name: str) -> str | None:
    """What was typed into the text field `name` just now, once."""
    text: str | None = recall(f"typed.{name}")
    forget(f"typed.{name}")
    return text


def segments(
    label: str, name: str, options: list[str], value: str, words: Callable[[str], str]
) -> str:
    """Like `select_one`, as a few buttons side by side."""
    key = f"segments.{name}"
    st.session_state[key] = value

    def note() -> None:
        choose(name, str(st.session_state[key]))

    st.segmented_control(label, options, key=key, format_func=words, on_change=note, required=True)
    return str(recall(f"choice.{name}", value))


def look_at_tray(key: str) -> None:
    """Select the picture of the data set that the tray's picture `key` is, if it is one."""
    remember("tray.chosen", key)
    for item in tray():
        if item.key == key and item.sample is not None and item.model_id == recall("choice.model"):
            select(item.sample)
            remember("looking", "picture")


def chosen_in_tray(model_id: str) -> TrayItem | None:
    """The tray's picture that was clicked on this page just now, if it is of this model; once."""
    key = recall("tray.chosen")
    forget("tray.chosen")
    return next((i for i in tray() if i.key == key and i.model_id == model_id), None)
