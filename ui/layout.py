"""The frame of every page: title, hint, notices, the common selectboxes, and the tray."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from latent_core.encoding import is_compatible
from latent_core.errors import LatentError
from ui import session, widgets
from ui.background.jobs import turn_page
from ui.catalog import read_catalog
from ui.classroom.opened import draw_note, hidden_parts
from ui.classroom.share import close_share, draw_share, open_share
from ui.components.page_header import draw_page_header
from ui.components.tray import TrayEvent, TrayThumb, draw_tray
from ui.page_style import page_style
from ui.tours import TOURS
from ui.tours.offer import offer_html
from ui.url_codec import pack_code
from ui.visitor import tray
from ui.visitor.restored_tray import restore_tray
from ui.wording.glossary import GLOSSARY
from ui.wording.info import STYLE, with_meanings
from ui.wording.text import escape_markdown

PAGES = Path(__file__).resolve().parents[1] / "pages"
DEFAULT_MODEL = "digits-vae-16"


def open_page(name: str) -> NoReturn:
    """Leave this page for that of ``pages/{name}.py``."""
    st.switch_page(PAGES / f"{name}.py")


@contextmanager
def frame(title: str, hint: str, *, page: str) -> Iterator[None]:
    """Draw title and hint above the content of the block, and the tray below it.

    In the hint, ``[word]`` opens the meaning of `word` in the glossary. `page` is a name in
    `ui.tours.TOURS`, whose tour is offered beside the hint.

    A `LatentError` inside the block is shown as an error message; the rest of the page stays.
    """
    turn_page(session.visitor())
    st.html(page_style(presenting=session.is_presenting(), hidden=hidden_parts()))
    if session.changed("page", title):
        tray.forget_click()
        close_share()
    _draw_header(page)
    draw_note()
    st.title(title, anchor=False)
    st.html(f'{STYLE}<p class="ls-hint">{with_meanings(hint)}{offer_html(page)}</p>')
    notices = st.container()
    with shown_errors():
        yield
    for sentence in session.notices_to_show(title):
        notices.warning(escape_markdown(sentence), icon=":material/info:")
    _draw_tray()
    draw_share(title)


@contextmanager
def shown_errors() -> Iterator[None]:
    """Show a `LatentError` as an error message; other exceptions are not caught."""
    try:
        yield
    except LatentError as error:
        st.error(escape_markdown(str(error)), icon=":material/error:")


def controls(*widths: float) -> list[DeltaGenerator]:
    """A row of columns for widgets; on a phone, two to a row."""
    with st.container(key="frame-controls"):
        return st.columns(list(widths), vertical_alignment="bottom")


def _draw_header(page: str) -> None:
    """Draw the buttons of the header, and apply what was chosen there."""
    with st.container(key="frame-buttons"):
        event = draw_page_header(
            key="frame.header",
            presenting=session.is_presenting(),
            glossary=GLOSSARY,
            page=page,
            tour=TOURS[page],
        )
    if event.shared:
        open_share()
    presented = event.presented
    if presented is not None and presented != session.is_presenting():
        session.choose("presenter", session.ON if presented else session.OFF)
        session.update_url()
        st.rerun()


def choose_model(*, label: str = "Model", needs_decoder: bool = False) -> str:
    """A selectbox with the models that can be used; gives the chosen id.

    Parameters
    ----------
    label
        The label of the selectbox.
    needs_decoder
        Whether to offer only models with a decoder.
    """
    catalog = read_catalog()
    titles = {
        name: card.title
        for name, card in catalog.cards.items()
        if not needs_decoder or card.decodes
    }
    if not titles:
        raise LatentError("No model can be used; the Models page lists the reasons.")
    default = DEFAULT_MODEL if DEFAULT_MODEL in titles else next(iter(titles))
    requested = session.chosen_or_linked("model")
    if requested in catalog.unusable_models:
        session.notify(f"{catalog.unusable_models[requested]} Showing {titles[default]} instead.")
        session.choose("model", default)
    elif requested in catalog.cards and requested not in titles:
        session.notify(
            f"{catalog.cards[requested].title} has no decoder, which this page needs; it shows "
            f"{titles[default]} instead."
        )
        session.choose("model", default)
    elif requested not in titles and session.recall("choice.model") is not None:
        session.notify(
            f"The model {requested!r} is not there any more; it was deleted or renamed. Showing "
            f"{titles[default]} instead."
        )
    model_id = session.chosen("model", titles, default)
    return widgets.selectbox_choice(label, "model", list(titles), model_id, titles.__getitem__)


def choose_dataset(model_id: str) -> str:
    """A selectbox with the data sets of the model's image shape; gives the chosen id."""
    catalog = read_catalog()
    card = catalog.cards[model_id]
    titles = {d.id: d.title for d in catalog.datasets.values() if is_compatible(card, d)}
    own = card.dataset if card.dataset in titles else next(iter(titles))
    if session.changed("data.of", model_id):
        session.choose_unless_linked("data", own)
    dataset_id = session.chosen("data", titles, own)
    label = "Data" if card.is_precomputed else "Images"
    return widgets.selectbox_choice(label, "data", list(titles), dataset_id, titles.__getitem__)


def _draw_tray() -> None:
    """Draw the tray at the bottom of the page."""
    name = str(session.recall_or_store("public_name", uuid.uuid4().hex))  # the visitor's is secret
    with st.container(key="frame-tray"):
        thumbs = [
            TrayThumb(
                key=item.key,
                picture=item.image_url,
                label=item.label,
                model=item.model_id,
                code=pack_code(item.code),
                sample=item.sample,
            )
            for item in tray.items()
        ]
        draw_tray(key="frame.tray", items=thumbs, session=name, on_event=_change_tray)


def _change_tray(event: TrayEvent) -> None:
    """Apply what was done on the tray, before the page is drawn."""
    if event.removed is not None:
        tray.remove(event.removed)
    if event.moved is not None:
        tray.move(*event.moved)
    if event.cleared:
        tray.clear()
    if event.chosen is not None:
        tray.click(event.chosen)
    if event.restored:
        restore_tray(event.restored)
