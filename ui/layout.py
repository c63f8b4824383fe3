"""The frame of every page: title, hint, notices, the common selectboxes, and the tray."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from latent_core.encoding import is_compatible
from latent_core.errors import LatentError
from ui import session, tray
from ui.catalog import read_catalog
from ui.components.tray import TrayEvent, TrayThumb, draw_tray
from ui.jobs import turn_page
from ui.text import escape_markdown

DEFAULT_MODEL = "digits-vae-16"

_STYLE = """
<style>
  .stMainBlockContainer { padding: 3.4rem 1.6rem 5.6rem; max-width: 1680px; }
  .stMainBlockContainer h1 { padding: 0; margin: 0; letter-spacing: -0.01em; }
  .stMainBlockContainer [data-testid="stVerticalBlock"] { gap: 0.55rem; }
  .stAppHeader { height: 3rem; min-height: 3rem; background: transparent;
    backdrop-filter: blur(14px); }
  .ls-hint { opacity: 0.72; margin: 0.1rem 0 0; font-size: 0.95rem; }
  .st-key-frame-tray { position: fixed; left: 0; right: 0; bottom: 0; z-index: 90;
    padding: 0.35rem 1.6rem; background: var(--st-background-color, Canvas);
    border-top: 1px solid var(--st-border-color, #8884); }
  [data-testid="stWidgetLabel"] p { font-size: 0.78rem; opacity: 0.75; }
  .ls-step { width: 44px; height: 44px; object-fit: contain; image-rendering: pixelated;
    border-radius: 4px; background: #8882; display: block; }
  .ls-refused { margin: 0 0 0.3rem; padding: 0.45rem 0.7rem; border-left: 3px solid #c2410c;
    border-radius: 4px; background: color-mix(in srgb, #c2410c 9%, transparent); }
  .ls-nearest { display: grid; grid-template-columns: repeat(4, 1fr); gap: 8px; }
  .ls-nearest figure { margin: 0; text-align: center; }
  .ls-nearest img { width: 100%; image-rendering: pixelated; border-radius: 4px; display: block; }
  .ls-nearest figcaption { font-size: 0.78rem; opacity: 0.75; }
  .ls-gain { display: flex; gap: 10px; align-items: center; }
  .ls-gain figure { margin: 0; text-align: center; }
  .ls-gain img { width: 64px; image-rendering: pixelated; border-radius: 4px; display: block; }
  .ls-gain figcaption { font-size: 0.78rem; opacity: 0.75; }
  .ls-gain p { margin: 0 0 0 0.4rem; }
  @media (max-width: 640px) {
    .stMainBlockContainer { padding: 3.2rem 0.8rem 6rem; }
    .st-key-frame-tray { padding: 0.35rem 0.8rem; }
    .st-key-frame-controls [data-testid="stColumn"] { min-width: 40%; flex: 1 1 40%; }
  }
</style>
"""


@contextmanager
def frame(title: str, hint: str) -> Iterator[None]:
    """Draw title and hint above the content of the block, and the tray below it.

    A `LatentError` inside the block is shown as an error message; the rest of the page stays.
    """
    turn_page(session.visitor())
    st.html(_theme_variables() + _STYLE)
    if session.changed("page", title):
        tray.forget_click()
    st.title(title, anchor=False)
    st.html(f'<p class="ls-hint">{hint}</p>')
    notices = st.container()
    with shown_errors():
        yield
    for sentence in session.take_notices():
        notices.warning(escape_markdown(sentence), icon=":material/info:")
    _draw_tray()


def _theme_variables() -> str:
    """The theme's colors as the CSS variables that components use, for the page as well."""
    variables = []
    for name in ("primary", "background", "border", "text"):
        light, dark = (st.get_option(f"theme.{base}.{name}Color") for base in ("light", "dark"))
        if light and dark:
            variables.append(f"--st-{name}-color: light-dark({light}, {dark});")
    return f"<style>.stApp {{ {' '.join(variables)} }}</style>"


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


def choose_model(*, needs_decoder: bool = False) -> str:
    """A selectbox with the models that can be used; gives the chosen id.

    Parameters
    ----------
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
    model_id = session.chosen("model", titles, default)
    return session.selectbox_choice("Model", "model", list(titles), model_id, titles.__getitem__)


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
    return session.selectbox_choice(label, "data", list(titles), dataset_id, titles.__getitem__)


def _draw_tray() -> None:
    """Draw the tray at the bottom of the page, and apply what was done on it."""
    with st.container(key="frame-tray"):
        thumbs = [
            TrayThumb(key=item.key, picture=item.image_url, label=item.label)
            for item in tray.items()
        ]
        event = draw_tray(key="frame.tray", items=thumbs)
    if event.removed is not None:
        tray.remove(event.removed)
    if event.moved is not None:
        tray.move(*event.moved)
    if event.cleared:
        tray.clear()
    if event.chosen is not None:
        tray.click(event.chosen)
    if event != TrayEvent():
        st.rerun()
