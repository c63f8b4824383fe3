"""What a visitor's session remembers: choices, the selected sample, notices.

With `ui.widgets`, the only module that uses `st.session_state`; alone, it uses the query
parameters.  A choice is looked up in the session, then in the link, then in its default; choices
are written to the URL, so that the link opened elsewhere shows the same.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterable
from typing import Any

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from latent_core.errors import UnknownNameError
from ui.url_codec import current_parameters

_NEVER_SELECTED = "never"
_KEPT_PARAMETERS = ("hide", "note")
"""Parameters of a teacher's link (`ui.classroom`), which the link of every page keeps."""
_KEPT_ON_EVERY_PAGE = {"presenter", *_KEPT_PARAMETERS}
ON, OFF = "1", "0"
"""The values of a switch in a link."""
NOTICE_S = 10.0
"""How long a notice stays at least, in seconds."""
_KINDS = {
    "data": "data set",
    "method": "projection",
    "n_components": "number of dimensions",
    "health": "model",
}


def visitor() -> str:
    """A random name of this session, which nobody else knows."""
    context = get_script_run_ctx()
    session_id = "" if context is None else context.session_id
    return str(recall_or_store("visitor", f"{uuid.uuid4().hex} {session_id}"))


def is_connected(visitor: str) -> bool:
    """Whether the page of a `visitor` is connected to this server."""
    session_id = visitor.partition(" ")[2]
    return runtime.exists() and runtime.get_instance().is_active_session(session_id)


def recall_or_store(name: str, default: Any) -> Any:
    """What is stored under `name`; `default` is stored where there is nothing yet."""
    return st.session_state.setdefault(f"kept.{name}", default)


def remember(name: str, value: Any) -> None:
    """Store `value` under `name` for this session."""
    st.session_state[f"kept.{name}"] = value


def recall(name: str, default: Any = None) -> Any:
    """What is stored under `name`, else `default`."""
    return st.session_state.get(f"kept.{name}", default)


def forget(name: str) -> None:
    """Remove what is stored under `name`."""
    st.session_state.pop(f"kept.{name}", None)


def changed(name: str, value: Any) -> bool:
    """Whether `value` differs from the last one passed under `name`."""
    before = recall(f"last.{name}")
    remember(f"last.{name}", value)
    return bool(before != value)


# ── choices and links ───────────────────────────────────────────────────────────────────────


def chosen(name: str, allowed: Iterable[str], default: str) -> str:
    """The visitor's choice of `name`, always one of `allowed`.

    For an unknown value in the link, a notice is shown and the default is used.
    """
    options = list(allowed)
    kept = recall(f"choice.{name}")
    if kept in options:
        return str(kept)
    value = linked(name)
    if value is not None and value not in options:
        error = UnknownNameError(_KINDS.get(name, name), value, options)
        notify(f"In the link: {error} Showing {default!r} instead.")
    choice = value if value in options else default
    choose(name, choice)
    return choice


def chosen_or_linked(name: str) -> str | None:
    """The choice of `name` made in this session, else the value in the link."""
    kept: str | None = recall(f"choice.{name}")
    return linked(name) if kept is None else kept


def choose(name: str, value: str) -> None:
    """Store the visitor's choice."""
    remember(f"choice.{name}", value)


def choose_unless_linked(name: str, value: str) -> None:
    """Choose `value`, unless nothing was chosen yet and the link has a value."""
    if recall(f"choice.{name}") is not None or linked(name) is None:
        choose(name, value)


def linked(name: str) -> str | None:
    """The query parameter `name`, read from links of any version."""
    return query().get(name)


def write_url(**values: str | int | None) -> None:
    """Make the URL a link to what is shown; None leaves a parameter out."""
    kept = {"presenter": ON} if is_presenting() else {}
    kept |= kept_parameters()
    own = {name: value for name, value in values.items() if name not in _KEPT_ON_EVERY_PAGE}
    written = {name: str(value) for name, value in own.items() if value is not None} | kept
    if st.query_params.to_dict() != written:
        st.query_params.from_dict(written)


def update_url(**values: str | int | None) -> None:
    """Change some parameters of the URL; the others stay."""
    write_url(**{**query(), **values})


def query() -> dict[str, str]:
    """The query parameters of the URL, in their current names."""
    return current_parameters(st.query_params.to_dict())


def kept_parameters() -> dict[str, str]:
    """The parameters of the link that this session began with that every page keeps."""
    found = {name: recall_or_store(f"link.{name}", linked(name)) for name in _KEPT_PARAMETERS}
    return {name: value for name, value in found.items() if value}


def keep_parameter(name: str, value: str | None) -> None:
    """Set one of `kept_parameters`; None removes it."""
    remember(f"link.{name}", value)


def is_presenting() -> bool:
    """Whether the page is shown for a projector: large text, no captions, high contrast."""
    return chosen("presenter", [OFF, ON], OFF) == ON


def selected_sample(count: int) -> int | None:
    """The index of the selected sample, below `count`, or None."""
    kept = recall("sample", _NEVER_SELECTED)
    if kept == _NEVER_SELECTED:
        kept = None
        text = linked("sample")
        if text is None:
            return None
        if text.isascii() and text.isdecimal() and len(text) < 10 and int(text) < count:
            kept = int(text)
        else:
            notify(
                f"In the link: there is no sample {text[:20]!r}; known: 0 to {count - 1}. "
                "Click a point to select one."
            )
            update_url(sample=None)
        remember("sample", kept)
    return int(kept) if kept is not None and kept < count else None


def select_sample(index: int | None) -> None:
    """Select a sample, or none."""
    remember("sample", index)


# ── notices ─────────────────────────────────────────────────────────────────────────────────


def notify(sentence: str) -> None:
    """Show `sentence` at the top of the page that is being drawn, for `NOTICE_S` at least."""
    recall_or_store("notices", {}).setdefault(sentence, None)


def notices_to_show(page: str) -> list[str]:
    """The notices of this run of `page`.

    A notice stays in the runs that follow within `NOTICE_S`, since a component may cause one at
    once; it goes with the page.
    """
    now = time.monotonic()
    same_page = not changed("notices.page", page)
    notices: dict[str, float | None] = {
        sentence: shown_at
        for sentence, shown_at in recall("notices", {}).items()
        if shown_at is None or (same_page and now - shown_at < NOTICE_S)
    }
    remember("notices", {sentence: at or now for sentence, at in notices.items()})
    return list(notices)
