"""The models page: the models of one data set side by side, in pictures and in figures."""

from __future__ import annotations

import html
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import streamlit as st

import latent_core as lc
from latent_core.cards import ModelCard
from latent_core.values import Floats
from ui import state
from ui.frame import shown_errors, usable_models
from ui.gallery_named import examples_of
from ui.live.held import held
from ui.pictures import data_url
from ui.spaces import Space, open_space

SHOWN = 10
"""Pictures of the data set that every model is shown with, and samples drawn of each."""
_SEED = 4


@dataclass(frozen=True, slots=True)
class Column:
    """One figure of the cards, for people."""

    name: str
    words: str
    better: str
    """``"less"``, ``"more"`` or ``""``."""
    form: str = "{:.2f}"
    help: str = ""


COLUMNS = (
    Column("mse_ratio_to_pca", "error ÷ PCA's", "less", help="mean squared error of the "
           "reconstructions, as a share of what PCA with as many numbers has"),
    Column("accuracy_on_reconstructions", "still read", "more", "{:.1%}",
           "share of reconstructions in which the judge reads the right class"),
    Column("linear_accuracy", "read from codes", "more", "{:.1%}",
           "share of classes read rightly from the codes by logistic regression"),
    Column("knn_accuracy", "by neighbours", "more", "{:.1%}",
           "the same by the 10 nearest codes"),
    Column("frechet_reconstructions", "distance, rebuilt", "less",
           help="Fréchet distance of the reconstructions from the real pictures, in the judge's "
                "features; 0 is the same"),
    Column("frechet_samples", "distance, dreamt", "less",
           help="the same for pictures of random codes"),
    Column("kl_nats", "information, nats", "", "{:.0f}",
           "how much a code says of its picture: the KL divergence from the prior"),
    Column("active_units", "numbers in use", "", "{:.0f}", "dimensions that vary with the picture"),
    Column("analogies_right", "sums right", "", "{:.1%}",
           "share of questions such as king − man + woman whose nearest word is the right one, "
           "the words of the question left out"),
    Column("analogies_right_left_in", "left in", "", "{:.1%}",
           "the same when the words of the question may be the answer"),
    Column("analogies_right_plain", "without a sum", "", "{:.1%}",
           "the same when the answer is what is nearest to the last word alone"),
    Column("accuracy", "reads classes", "more", "{:.2%}", "of the test pictures"),
)  # fmt: skip


def draw_gallery() -> None:
    """Everything below the models page's title."""
    cards = [lc.load_card(model_id) for model_id in usable_models()]
    names = list(dict.fromkeys(card.dataset for card in cards))
    chosen = state.chosen("data", names, names[0])
    titles = {name: lc.load_dataset(name).title for name in names}
    dataset = state.segments("Data", "data", names, chosen, titles.__getitem__)
    state.write_address(data=dataset)
    own = [card for card in cards if card.dataset == dataset]
    st.html(_STYLE + _figures(own))
    spaces = {}
    for card in own:
        with shown_errors():
            spaces[card.id] = open_space(card.id, dataset)
    pictured = lc.load_dataset(dataset).given is None
    shown = list(spaces.values())
    st.html(_pictures(shown) if pictured else "".join(map(examples_of, shown)))
    for card in own:
        with st.expander(card.title):
            _draw_card(card)


def _figures(cards: list[ModelCard]) -> str:
    """One row a model, one column a figure; the best of each column stands out."""
    told = [c for c in COLUMNS if any(_number(card, c) is not None for card in cards)]
    if not told:
        return ""
    head = "".join(f'<th title="{html.escape(c.help)}">{html.escape(c.words)}</th>' for c in told)
    best = {c.name: _best(cards, c) for c in told}
    rows = "".join(
        f"<tr><th>{html.escape(card.title)}<small>{_about(card)}</small></th>"
        + "".join(_cell(card, c, best[c.name]) for c in told)
        + "</tr>"
        for card in cards
    )
    floor = next((m for card in cards if (m := card.metrics.get("frechet_real"))), None)
    bold = "Bold is the best of its column. " if any(best.values()) else ""
    note = f" Two halves of the real pictures are {floor:.2f} apart." if floor else ""
    return (
        f'<div class="ls-figures"><table><thead><tr><th></th>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
        f'<p class="ls-hint">{bold}Point at a heading for what it means.{note}</p>'
    )


def _about(card: ModelCard) -> str:
    taught = " · taught with the classes" if card.family == "classifier" else ""
    given = " · given, not computed" if card.given else ""
    return f"{card.latent_dim} numbers{taught}{given}"


def _number(card: ModelCard, column: Column) -> float | None:
    value = card.metrics.get(column.name)
    return float(value) if isinstance(value, int | float) else None


def _best(cards: list[ModelCard], column: Column) -> float | None:
    known = [v for card in cards if (v := _number(card, column)) is not None]
    if len(known) < 2 or not column.better:
        return None
    return min(known) if column.better == "less" else max(known)


def _cell(card: ModelCard, column: Column, best: float | None) -> str:
    value = _number(card, column)
    if value is None:
        return '<td class="ls-none">–</td>'
    spread = card.metrics.get(f"{column.name}_deviation")
    told = column.form.format(value) + (f" ± {column.form.format(spread)}" if spread else "")
    return f"<td{' class=ls-best' if value == best else ''}>{told}</td>"


def _pictures(spaces: list[Space]) -> str:
    """The same pictures through every model, and what each dreams."""
    if not spaces:
        return ""
    chosen = _shown_pictures(spaces[0])
    rows = [("the pictures", _row(spaces[0].data.pixels(chosen)))]
    for space in spaces:
        if space.model.card.decodes:
            made = held("rebuilt", space.encodings.fingerprint, partial(_rebuilt, space, chosen))
            rows.append((space.model.card.title, made))
    rows.append(("", ""))
    for space in spaces:
        if space.model.card.family in ("vae", "gan"):
            made = held("dreamt", space.encodings.fingerprint, partial(_dreamt, space))
            rows.append((f"{space.model.card.title}, of random codes", made))
    lines = "".join(
        f"<tr><th>{html.escape(name)}</th><td>{pictures}</td></tr>" for name, pictures in rows
    )
    return f'<div class="ls-rows"><table>{lines}</table></div>'


def _shown_pictures(space: Space) -> Any:
    """One of each class where there are classes, else the first few."""
    labels = space.data.labels
    if labels is None:
        return np.arange(SHOWN)
    firsts = [int(np.flatnonzero(labels == k)[0]) for k in np.unique(labels)]
    return np.array(firsts[:SHOWN])


def _rebuilt(space: Space, chosen: Any) -> str:
    return _row(space.model.decode(space.encodings.mean[chosen]))


def _dreamt(space: Space) -> str:
    rng = np.random.default_rng(_SEED)
    codes = rng.standard_normal((SHOWN, space.encodings.latent_dim)).astype(np.float32)
    return _row(space.model.decode(codes))


def _row(images: Floats) -> str:
    return "".join(f'<img src="{data_url(image)}" alt="">' for image in images)


def _draw_card(card: ModelCard) -> None:
    st.write(card.description)
    size = card.decoder.stat().st_size / 2**20 if card.decoder_sha256 else None
    facts = {
        "trained by": card.training.get("command", "–"),
        "paper": card.paper,
        "licence": card.licence,
        "decoder in the browser": f"{size:.1f} MB" if size else "none",
        "weights, SHA-256": f"{card.weights_sha256[:16]}…" if card.weights_sha256 else "none",
    }
    lines = "".join(
        f"<dt>{html.escape(name)}</dt><dd>{html.escape(str(value))}</dd>"
        for name, value in facts.items()
    )
    st.html(f'<dl class="ls-facts">{lines}</dl>')


_STYLE = """
<style>
  .ls-figures, .ls-rows { overflow-x: auto; }
  .ls-figures table, .ls-rows table { border-collapse: collapse;
    font-variant-numeric: tabular-nums; }
  .ls-figures th, .ls-figures td { padding: .42rem .8rem; text-align: right; white-space: nowrap; }
  .ls-figures tbody th { text-align: left; font-weight: 600; }
  .ls-figures thead th { font-weight: 500; font-size: .78rem; opacity: .75; vertical-align: bottom;
    white-space: normal; max-width: 6.4rem; cursor: help; }
  .ls-figures tbody tr { border-top: 1px solid var(--st-border-color, #8884); }
  .ls-figures small { display: block; font-weight: 400; opacity: .7; }
  .ls-figures .ls-best { font-weight: 700; color: var(--st-primary-color); }
  .ls-figures .ls-none { opacity: .4; }
  .ls-rows th { text-align: left; font-weight: 500; padding-right: 1rem; font-size: .88rem;
    max-width: 15rem; }
  .ls-rows td { white-space: nowrap; padding: 2px 0; }
  .ls-rows img { width: 56px; image-rendering: pixelated; border-radius: 4px; margin-right: 4px; }
  .ls-rows tr:nth-child(1) img { box-shadow: 0 0 0 2px var(--st-primary-color); }
  .ls-facts { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: 0; }
  .ls-facts dt { opacity: .7; } .ls-facts dd { margin: 0; overflow-wrap: anywhere; }
</style>
"""
