"""The disentanglement of a model: scores beside baselines, and which dimension serves what."""

from __future__ import annotations

import html

import numpy as np
import streamlit as st

import latent_core as lc
from latent_core import workspace
from latent_core.cache.keys import content_key
from latent_core.evaluation.disentanglement.scores import DisentanglementScores
from latent_core.models.card import ModelCard
from latent_core.models.deferred import open_model
from latent_core.progress import ProgressCallback, subprogress
from latent_core.workspace.factor_scores import MAX_FITTED, known_attributes
from ui import widgets
from ui.attributes.factor_tables import factor_title
from ui.spaces import wait_for
from ui.wording.info import with_meanings

MEASURES = {
    "MIG": ("MIG", "how much more one dimension knows of a factor than any other"),
    "SAP": ("SAP", "how much better one dimension predicts a factor than any other"),
    "disentanglement": ("DCI disentanglement", "each dimension serves one factor"),
    "completeness": ("DCI completeness", "each factor is served by one dimension"),
    "informativeness": ("DCI informativeness", "how well all dimensions predict the factors"),
    "modularity": ("Modularity", "each dimension informs of one factor at most"),
    "FactorVAE": (
        "FactorVAE score",
        "which factor was fixed is seen from the dimension that varies least",
    ),
}
MAX_DIMENSIONS, MAX_FACTORS = 32, 24
"""The matrix shows the most important ones of more."""


def draw_disentanglement(card: ModelCard) -> None:
    """Draw a section that measures when it is opened; nothing for data without attributes."""
    data = lc.load_dataset(card.dataset)
    factors = known_attributes(data)[0]
    if not factors or card.latent_dim < 2:
        return
    box = widgets.remembered_expander(
        f"Disentanglement: {_count(len(factors))} against {card.latent_dim} dimensions",
        "models.disentanglement",
    )
    if not box.open:
        return
    with box:
        key = content_key("disentangled", weights=card.weights_sha256, data=data.fingerprint)
        found = wait_for(f"{card.id} {key}", lambda report, _show: _measure(card, report))
        st.html(f"{_STYLE}{scores_html(found)}{matrix_html(found.model)}{_note_html(found)}")


def _count(n_factors: int) -> str:
    return "1 factor" if n_factors == 1 else f"{n_factors} factors"


def _measure(card: ModelCard, report: ProgressCallback) -> workspace.ComparedDisentanglement:
    report(0.0, "loading the model")
    data = lc.load_dataset(card.dataset)
    encodings = lc.encode(open_model(card.id), data, progress=subprogress(report, 0.0, 0.1))
    return workspace.disentanglement(data, encodings, progress=subprogress(report, 0.1, 1.0))


def scores_html(found: workspace.ComparedDisentanglement) -> str:
    """A table of the scores, of the model, of PCA and of a random rotation."""
    head = "".join(
        f'<th scope="col">{title}</th>'
        for title in ("Score", "Model", "Rotated at random", *(["PCA"] if found.pca else []))
    )
    rows = "".join(_row_html(name, found) for name in MEASURES if name in found.model.scores)
    return (
        '<div class="lh-scores" tabindex="0" role="region" aria-label="Scores"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row_html(name: str, found: workspace.ComparedDisentanglement) -> str:
    title, meaning = MEASURES[name]
    score = found.model.scores[name]
    cells = [(score.mean, score.std), (score.rotated, score.rotated_std)]
    if found.pca is not None:
        cells.append((found.pca.scores[name].mean, found.pca.scores[name].std))
    figures = "".join(f"<td>{mean:.3f} ± {std:.3f}</td>" for mean, std in cells)
    return f'<tr><th scope="row">{title}<small>{html.escape(meaning)}</small></th>{figures}</tr>'


def matrix_html(found: DisentanglementScores) -> str:
    """Importances as a table: a row per factor, a column per dimension, darker for more."""
    importance = found.importance
    dims = np.sort(np.argsort(-importance.sum(axis=1), kind="stable")[:MAX_DIMENSIONS])
    kept = np.sort(np.argsort(-importance.max(axis=0), kind="stable")[:MAX_FACTORS])
    top = max(float(importance.max()), 1e-12)
    head = "".join(f'<th scope="col">z{d + 1}</th>' for d in dims)
    rows = "".join(
        f'<tr><th scope="row">{html.escape(factor_title(found.factors[f]))}</th>'
        + "".join(_cell_html(float(importance[d, f]), top) for d in dims)
        + "</tr>"
        for f in kept
    )
    return (
        "<h3>What predicts which factor</h3>"
        '<div class="lh-scores lh-importance" tabindex="0" role="region" '
        f'aria-label="Importances"><table><thead><tr><th></th>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _cell_html(value: float, top: float) -> str:
    percent = round(100 * value)
    return (
        f'<td style="--v:{round(100 * value / top)}%" title="{value:.1%}">'
        f"{percent if percent >= 5 else ''}</td>"
    )


def _note_html(found: workspace.ComparedDisentanglement) -> str:
    model = found.model
    pca = (
        f" PCA has as many components, fitted to at most {MAX_FITTED:,} of these images."
        if found.pca
        else ""
    )
    missing = [*model.left_out, *found.omitted]
    left_out = (
        f" Left out, as constant or without an order: {', '.join(map(factor_title, missing))}."
        if missing
        else ""
    )
    return (
        f'<p class="lh-note">{with_meanings("[MIG], [SAP] and [DCI] are from 0 to 1.")} '
        f"Mean ± standard deviation over {model.n_splits} random splits; forests are fitted to one "
        f"half and scored on the other, n = {model.n_held_out:,}. A rotation keeps all information "
        "and mixes the dimensions: scores that are no higher say that the axes mean nothing. "
        f"The matrix gives the importance of each dimension to the forest of a factor, in percent."
        f"{pca}{html.escape(left_out)}</p>"
    )


_STYLE = """
<style>
  .lh-scores { overflow-x: auto; } .lh-scores + h3 { font-size: .97rem; font-weight: 600; }
  .lh-scores table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
  .lh-scores th, .lh-scores td { padding: .3rem .6rem; text-align: right; white-space: nowrap; }
  .lh-scores th:first-child { text-align: left; padding-left: 0; font-weight: 500;
    white-space: normal; min-width: 9rem; }
  .lh-scores thead th { font-weight: 500; font-size: .87rem; opacity: .8; }
  .lh-scores tbody tr { border-top: 1px solid var(--st-border-color, #8884); }
  .lh-scores small { display: block; font-size: .87rem; opacity: .75; font-weight: 400; }
  .lh-importance td { text-align: center; min-width: 2.3rem; padding: .25rem; font-size: .87rem;
    background: color-mix(in srgb, var(--st-primary-color) calc(var(--v) * .6), transparent); }
  .lh-importance thead th { text-align: center; padding: .25rem; }
  .lh-note { font-size: .87rem; opacity: .8; max-width: 60rem; }
</style>
"""
