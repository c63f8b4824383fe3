"""What a teacher's link shows and hides in the session of who opened it."""

from __future__ import annotations

import html

import streamlit as st

from latent_core.errors import InvalidInputError
from ui import session
from ui.classroom.link import HIDE, NOTE, ClassNote, parse_hidden, unpack_note

_STYLE = """
<style>
  .st-key-frame-note { flex-flow: row; align-items: flex-start; gap: .8rem; padding: .6rem .9rem;
    border-left: 4px solid var(--st-primary-color); border-radius: 6px;
    background: color-mix(in srgb, var(--st-primary-color) 8%, transparent); }
  .st-key-frame-note > :first-child { flex: 1 1 auto; min-width: 0; }
  .st-key-frame-note > :last-child { flex: none; width: auto; }
  .ls-note p { margin: 0; white-space: pre-line; overflow-wrap: anywhere; max-width: 75ch; }
  .ls-note p:first-child { font-weight: 650; font-size: 1.1rem; }
</style>
"""


def opened_note() -> ClassNote | None:
    """The title and text of the link that this session began with; None without any.

    For one that cannot be read, a notice is shown once, and the link goes on without it.
    """
    packed = session.kept_parameters().get(NOTE)
    if packed is None:
        return None
    try:
        return unpack_note(packed)
    except InvalidInputError as error:
        session.notify(str(error))
        session.keep_parameter(NOTE, None)
        return None


def hidden_parts() -> frozenset[str]:
    """What the link of this session hides, names in `HIDEABLE`."""
    try:
        return parse_hidden(session.kept_parameters().get(HIDE, ""))
    except InvalidInputError as error:
        session.notify(str(error))
        session.keep_parameter(HIDE, None)
        return frozenset()


def draw_note() -> None:
    """Draw title and text of the link, until they are dismissed."""
    note = opened_note()
    if note is None or session.recall("note.dismissed"):
        return
    paragraphs = "".join(f"<p>{html.escape(part)}</p>" for part in (note.title, note.text) if part)
    with st.container(key="frame-note"):
        st.html(
            f'{_STYLE}<section class="ls-note" aria-label="For the class">{paragraphs}</section>'
        )
        st.button(
            "Dismiss",
            key="frame.note.dismiss",
            type="tertiary",
            icon=":material/close:",
            on_click=session.remember,
            args=("note.dismissed", True),
        )
