"""The dialog *Share*: a link for a class, with title, text, what is hidden, and its QR code."""

from __future__ import annotations

import html
from urllib.parse import urlsplit

import streamlit as st

from latent_core.errors import InvalidInputError
from ui import session
from ui.classroom.contents import link_contents
from ui.classroom.link import (
    HIDEABLE,
    MAX_ADDRESS,
    MAX_TEXT,
    MAX_TITLE,
    ClassNote,
    class_address,
    cleaned_note,
    has_readable_code,
)
from ui.classroom.network import is_local, reachable_url
from ui.classroom.opened import hidden_parts, opened_note
from ui.classroom.qr import svg_code
from ui.visitor import own
from ui.wording.text import escape_markdown

_OPEN, _DRAFT = "share.open", "share.draft"
_STYLE = """
<style>
  dl.ls-share[class] { display: grid; grid-template-columns: max-content minmax(0, 1fr);
    gap: .15rem .9rem; margin: 0; padding: 0; font-size: .93rem; }
  .ls-share dt { opacity: .75; } dl.ls-share > dd { margin: 0; overflow-wrap: anywhere; }
  .ls-qr { display: block; width: min(100%, 22rem); margin: 0 auto; image-rendering: pixelated;
    border-radius: 4px; }
</style>
"""
_OWN_CODES = {"start", "endpoints", "corners", "waypoints", "parents"}
"""Parameters that may hold the code of an image that is in no data set."""
_Draft = tuple[ClassNote, frozenset[str]]


def open_share() -> None:
    """Show the dialog from this run on, until it is closed."""
    default: _Draft = (opened_note() or ClassNote(), hidden_parts())
    session.remember(_OPEN, session.recall(_DRAFT, default))


def close_share() -> None:
    """Close the dialog; what was written stays for the next time."""
    session.forget(_OPEN)


def draw_share(page: str) -> None:
    """Draw the dialog where it is open.

    Parameters
    ----------
    page
        The title of the page that is shared.
    """
    if session.recall(_OPEN) is not None:
        _draw_dialog(page)


@st.dialog("Share with a class", width="large", on_dismiss=close_share)
def _draw_dialog(page: str) -> None:
    parameters = session.query()
    left, right = st.columns([1.15, 1], gap="large")
    with left:
        note, hidden = _draw_fields()
        st.markdown("**The link opens**")
        items = "".join(
            f"<dt>{html.escape(term)}</dt><dd>{html.escape(value)}</dd>"
            for term, value in link_contents(page, parameters)
        )
        st.html(f'{_STYLE}<dl class="ls-share">{items}</dl>')
        for sentence in _limits(parameters):
            st.caption(escape_markdown(sentence))
    with right:
        _draw_address(class_address(_page_url(), parameters, note, hidden))


def _draw_fields() -> _Draft:
    """Draw the fields for title, text and what is hidden; gives what they hold."""
    first: _Draft = session.recall(_OPEN, (ClassNote(), frozenset()))
    title = st.text_input(
        "Title for the class", first[0].title, max_chars=MAX_TITLE, key="share.title"
    )
    text = st.text_area(
        "Text for the class", first[0].text, max_chars=MAX_TEXT, height=110, key="share.text"
    )
    hidden = frozenset(
        name
        for name, words in HIDEABLE.items()
        if st.checkbox(escape_markdown(f"Hide {words}"), name in first[1], key=f"share.hide.{name}")
    )
    try:
        note = cleaned_note(title, text)
    except InvalidInputError as error:
        st.error(escape_markdown(str(error)))
        note = ClassNote()
    draft: _Draft = (note, hidden)
    session.remember(_DRAFT, draft)
    return draft


def _page_url() -> str:
    """The address of the page without query, as others may reach it."""
    port = st.get_option("server.port")
    url = str(st.context.url or f"http://localhost:{port}/")
    if not urlsplit(url).path:
        url += "/"
    return reachable_url(url, _listens_at())


def _listens_at() -> str:
    return str(st.get_option("server.address") or "0.0.0.0")  # noqa: S104 - Streamlit's default


def _draw_address(address: str) -> None:
    """Draw the QR code and the address, or why there is no QR code."""
    if has_readable_code(address):
        st.html(svg_code(address))
    else:
        st.warning(
            f"The address has {len(address):,} characters; a QR code that can be read from a "
            f"screen holds {MAX_ADDRESS:,}. Shorten the text, or send the address itself."
        )
    st.code(address, language=None)
    if is_local(urlsplit(address).hostname or ""):
        st.warning(
            "Only this computer reaches this address. For others, start the app with "
            "**make run HOST=0.0.0.0**."
        )


def _limits(parameters: dict[str, str]) -> list[str]:
    """Sentences on what a link cannot hold."""
    found = ["Everybody who opens it has a session of their own; nothing is sent back to yours."]
    if {parameters.get("model"), parameters.get("model_b")} & set(own.own_models()):
        found.append("Your own model is listed for you only: the link opens another model.")
    if _OWN_CODES & parameters.keys():
        found.append(
            "Images of your own are in the link as codes, from which they can be decoded "
            "approximately."
        )
    return found
