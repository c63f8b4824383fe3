"""What every page has: the question, a quiet hint, notices, and the tray below."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import latent_core as lc
from latent_core.encoding import is_compatible
from latent_core.errors import LatentError
from latent_core.types import Dataset
from ui import session
from ui.components import tray
from ui.components.tray import TrayEvent, TrayThumb

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
    """Title and hint above what the block draws, the tray below it.

    A `LatentError` inside the block becomes one sentence on the page; the rest stays.
    """
    st.html(_colours() + _STYLE)
    if session.changed("page", title):
        session.forget("tray.chosen")
    st.title(title, anchor=False)
    st.html(f'<p class="ls-hint">{hint}</p>')
    notices = st.container()
    with shown_errors():
        yield
    for sentence in session.take_notices():
        notices.warning(sentence, icon=":material/info:")
    draw_tray()


def _colours() -> str:
    """The theme's colours by the names that components know them by, for the page as well."""
    told = []
    for name in ("primary", "background", "border", "text"):
        light, dark = (st.get_option(f"theme.{base}.{name}Color") for base in ("light", "dark"))
        if light and dark:
            told.append(f"--st-{name}-color: light-dark({light}, {dark});")
    return f"<style>.stApp {{ {' '.join(told)} }}</style>"


@contextmanager
def shown_errors() -> Iterator[None]:
    """Turn a `LatentError` into a sentence on the page; everything else stays loud."""
    try:
        yield
    except LatentError as error:
        st.error(str(error), icon=":material/error:")


def controls(*widths: float) -> list[DeltaGenerator]:
    """A row of places for widgets; on a phone, two to a row."""
    with st.container(key="frame-controls"):
        return st.columns(list(widths), vertical_alignment="bottom")


def choose_model(*, decoding: bool = False) -> str:
    """A selectbox with the models that can be used; gives the chosen id.

    Parameters
    ----------
    decoding
        Only those that lead from a code to a picture.
    """
    usable = usable_models()
    titles = {name: t for name, t in usable.items() if not decoding or lc.load_card(name).decodes}
    if not titles:
        raise LatentError("No model can be used; see README, “Add a model”.")
    default = DEFAULT_MODEL if DEFAULT_MODEL in titles else next(iter(titles))
    wanted = session.wanted("model")
    if wanted in usable and wanted not in titles:
        session.notify(
            f"{usable[wanted]} has no decoder, which this page needs; it shows "
            f"{titles[default]} instead."
        )
        session.choose("model", default)
    model_id = session.chosen("model", titles, default)
    return session.select_one("Model", "model", list(titles), model_id, titles.__getitem__)


def choose_data(model_id: str) -> str:
    """A selectbox with the data sets of the model's shape; gives the chosen id."""
    card = lc.load_card(model_id)
    titles = {data.id: data.title for data in usable_data() if is_compatible(card, data)}
    own = card.dataset if card.dataset in titles else next(iter(titles))
    if session.changed("data.of", model_id):
        session.choose_unless_linked("data", own)
    dataset_id = session.chosen("data", titles, own)
    label = "Data" if card.is_precomputed else "Pictures"
    return session.select_one(label, "data", list(titles), dataset_id, titles.__getitem__)


def usable_data() -> list[Dataset]:
    """The data sets that can be used; the others are told about."""
    usable = []
    for dataset_id in lc.list_datasets():
        try:
            usable.append(lc.load_dataset(dataset_id))
        except LatentError as error:
            session.notify(str(error))
    return usable


def usable_models() -> dict[str, str]:
    """The titles of the models that can be used, by id; the others are told about."""
    usable = {}
    for model_id in lc.list_models():
        try:
            card = lc.load_card(model_id)
            lc.load_dataset(card.dataset)
            if card.is_available:
                usable[model_id] = card.title
            elif card.is_backbone:
                card.checked_weights()  # says which file is missing
        except LatentError as error:
            session.notify(str(error))
    return usable


def draw_tray() -> None:
    """The pictures picked so far, at the bottom of every page."""
    with st.container(key="frame-tray"):
        thumbs = [
            TrayThumb(key=item.key, picture=item.picture, label=item.label)
            for item in session.tray()
        ]
        event = tray.draw_tray(key="frame.tray", items=thumbs)
    if event.removed is not None:
        session.take_from_tray(event.removed)
    if event.moved is not None:
        session.move_in_tray(*event.moved)
    if event.cleared:
        session.clear_tray()
    if event.chosen is not None:
        session.look_at_tray(event.chosen)
    if event != TrayEvent():
        st.rerun()
