"""The Models page: the models of one data set compared, or the health of one of them."""

from __future__ import annotations

import html
from functools import partial

import streamlit as st

import latent_core as lc
from latent_core.errors import LatentError
from latent_core.evaluation.tables import metrics_csv, metrics_latex
from latent_core.models.card import ModelCard
from ui import session, widgets
from ui.catalog import Catalog, read_catalog
from ui.components.decoder import decoder_data
from ui.layout import shown_errors
from ui.spaces import open_space
from ui.views.models.factor_table import draw_factor_table
from ui.views.models.health.page import choose_one_model, draw_health
from ui.views.models.metrics_table import draw_metrics_tables
from ui.views.models.reconstructions import draw_reconstructions
from ui.views.models.summaries import draw_summaries
from ui.views.models.words import examples_table
from ui.wording.text import escape_markdown


def draw_models_page() -> None:
    """Draw the content of the Models page."""
    catalog = read_catalog()
    if catalog.cards:
        _draw_usable(list(catalog.cards.values()))
    _draw_unusable(catalog)
    if not catalog.cards:
        raise LatentError("No model can be used; see docs/add-a-model.md.")


def _draw_usable(cards: list[ModelCard]) -> None:
    dataset_id = _choose_dataset(cards)
    shown = [card for card in cards if card.dataset == dataset_id]
    examined = choose_one_model(shown)
    session.write_url(data=dataset_id, health=examined)
    if examined is not None:
        draw_health(next(card for card in shown if card.id == examined))
        return
    images = st.container()
    draw_summaries(shown)
    draw_metrics_tables(shown)
    _draw_downloads(shown)
    draw_factor_table(shown)
    for card in shown:
        with st.expander(escape_markdown(card.title)):
            _draw_card(card)
    data = lc.load_dataset(dataset_id)
    with images:  # drawn last: decoding may take a while, and what follows is there meanwhile
        if data.precomputed is None:
            draw_reconstructions(shown, data)
        else:
            _draw_examples(shown)


def _draw_unusable(catalog: Catalog) -> None:
    """Draw an expander with the models and data sets that cannot be used, and why."""
    reasons = [("Model", *item) for item in catalog.unusable_models.items()]
    reasons += [("Data set", *item) for item in catalog.unusable_datasets.items()]
    if not reasons:
        return
    with st.expander(f"{len(reasons)} cannot be used", icon=":material/info:"):
        rows = "".join(
            f"<dt>{kind} {html.escape(name)}</dt><dd>{html.escape(reason)}</dd>"
            for kind, name, reason in reasons
        )
        st.html(f'{_STYLE}<dl class="ls-facts">{rows}</dl>')


def _choose_dataset(cards: list[ModelCard]) -> str:
    """Buttons with the data sets of the models; gives the chosen id."""
    names = list(dict.fromkeys(card.dataset for card in cards))
    dataset_of = {card.id: card.dataset for card in cards}
    default = dataset_of.get(session.chosen_or_linked("model") or "", names[0])
    chosen = session.chosen("data", names, default)
    titles = {name: lc.load_dataset(name).title for name in names}
    return widgets.segmented_choice("Data", "data", names, chosen, titles.__getitem__)


def _draw_examples(cards: list[ModelCard]) -> None:
    """Draw nearest neighbors, for data sets of precomputed codes."""
    for card in cards:
        with shown_errors():
            st.html(examples_table(open_space(card.id, card.dataset)))


def _draw_downloads(cards: list[ModelCard]) -> None:
    """Draw buttons for the metrics as files."""
    files = {
        "csv": ("Metrics, CSV", "text/csv", metrics_csv),
        "tex": ("Metrics, LaTeX", "application/x-tex", metrics_latex),
    }
    with st.container(horizontal=True):
        for suffix, (label, mime, write) in files.items():
            st.download_button(
                label,
                partial(write, cards),
                f"{cards[0].dataset}-metrics.{suffix}",
                mime,
                key=f"models.{suffix}",
                icon=":material/download:",
                on_click="ignore",
            )


def _draw_card(card: ModelCard) -> None:
    st.markdown(escape_markdown(card.description))
    decoder = decoder_data(card)["onnx"] if card.decodes else None
    facts = {
        "training command": card.training.get("command", "–"),
        "paper": card.paper,
        "license": card.license,
        "decoder in the browser": f"{decoder['bytes'] / 2**20:.1f} MB" if decoder else "none",
        "weights, SHA-256": f"{card.weights_sha256[:16]}…" if card.weights_sha256 else "–",
    }
    lines = "".join(
        f"<dt>{html.escape(name)}</dt><dd>{html.escape(str(value))}</dd>"
        for name, value in facts.items()
    )
    st.html(f'{_STYLE}<dl class="ls-facts">{lines}</dl>')


_STYLE = """
<style>
  .ls-facts { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: 0; }
  .ls-facts dt { opacity: .7; } .ls-facts dd { margin: 0; overflow-wrap: anywhere; }
  @media (max-width: 640px) {
    .ls-facts { grid-template-columns: minmax(0, 1fr); gap: .1rem; }
    .ls-facts dd { margin-bottom: .7rem; }
  }
</style>
"""
