"""The models page: the models of one data set side by side, in words, figures and pictures."""

from __future__ import annotations

import html

import streamlit as st

import latent_core as lc
from latent_core.errors import LatentError
from latent_core.evaluation.summary import summary_sentence
from latent_core.models.card import ModelCard
from ui import session
from ui.components.decoder import decoder_data
from ui.layout import available_models, shown_errors
from ui.spaces import open_space
from ui.views.models.factor_table import draw_factor_table
from ui.views.models.label import examples_table
from ui.views.models.metrics_table import draw_metrics_table
from ui.views.models.reconstructions import draw_reconstructions


def draw_models_page() -> None:
    """Everything below the models page's title."""
    cards = [lc.load_card(model_id) for model_id in available_models()]
    if not cards:
        raise LatentError("No model can be used; see README, “Add a model”.")
    names = list(dict.fromkeys(card.dataset for card in cards))
    seen = {card.id: card.dataset for card in cards}.get(session.wanted("model") or "", names[0])
    chosen = session.chosen("data", names, seen)
    titles = {name: lc.load_dataset(name).title for name in names}
    dataset = session.segmented_choice("Data", "data", names, chosen, titles.__getitem__)
    session.write_url(data=dataset)
    own = [card for card in cards if card.dataset == dataset]
    st.html(_STYLE + _summaries(own))
    draw_metrics_table(own)
    draw_factor_table(own)
    data = lc.load_dataset(dataset)
    if data.precomputed is None:
        draw_reconstructions(own, data)
    else:
        _draw_examples(own)
    for card in own:
        with st.expander(card.title):
            _draw_card(card)


def _draw_examples(cards: list[ModelCard]) -> None:
    """What is near to what, where samples have names and no pictures."""
    for card in cards:
        with shown_errors():
            st.html(examples_table(open_space(card.id, card.dataset)))


def _summaries(cards: list[ModelCard]) -> str:
    """What each is good and bad at."""
    known = {card.id: card for card in cards}
    shown = "".join(
        f"<strong>{html.escape(card.title)}</strong>"
        f"<span>{html.escape(summary_sentence(card, known.get(card.baseline or '')))}</span>"
        for card in cards
    )
    return f'<div class="ls-verdicts">{shown}</div>'


def _draw_card(card: ModelCard) -> None:
    st.write(card.description)
    decoder = decoder_data(card)["onnx"] if card.decodes else None
    facts = {
        "trained by": card.training.get("command", "–"),
        "paper": card.paper,
        "licence": card.license,
        "decoder in the browser": f"{decoder['bytes'] / 2**20:.1f} MB" if decoder else "none",
        "weights, SHA-256": f"{card.weights_sha256[:16]}…" if card.weights_sha256 else "not named",
    }
    lines = "".join(
        f"<dt>{html.escape(name)}</dt><dd>{html.escape(str(value))}</dd>"
        for name, value in facts.items()
    )
    st.html(f'<dl class="ls-facts">{lines}</dl>')


_STYLE = """
<style>
  .ls-verdicts { display: grid; grid-template-columns: max-content minmax(0, 46rem);
    gap: .45rem 1.6rem; margin: .2rem 0 .6rem; line-height: 1.45; }
  .ls-verdicts strong { font-weight: 600; }
  .ls-facts { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: 0; }
  .ls-facts dt { opacity: .7; } .ls-facts dd { margin: 0; overflow-wrap: anywhere; }
  @media (max-width: 640px) {
    .ls-verdicts, .ls-facts { grid-template-columns: minmax(0, 1fr); gap: .1rem; }
    .ls-verdicts span, .ls-facts dd { margin-bottom: .7rem; }
  }
</style>
"""
