"""The health of one model: the diagnosis, then the measurements behind it."""

from __future__ import annotations

import html
import json
from dataclasses import dataclass
from functools import partial

import streamlit as st

import latent_core as lc
from latent_core import workspace
from latent_core.cache.keys import content_key
from latent_core.health import Health
from latent_core.health.storage import to_json
from latent_core.models.card import ModelCard
from latent_core.models.deferred import open_model
from latent_core.progress import ProgressCallback
from latent_core.types import Floats
from ui import session, widgets
from ui.layout import open_page
from ui.spaces import wait_for
from ui.views.models.health.diagnosis import diagnosis_html
from ui.views.models.health.disentanglement import draw_disentanglement
from ui.views.models.health.figures import figures_html
from ui.views.models.health.style import STYLE
from ui.views.models.health.worst_images import worst_images_html
from ui.wording.info import STYLE as INFO_STYLE

ALL_MODELS = "all"
"""The choice that compares the models of a data set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """A health, with the worst images and their reconstructions ``(10, C, H, W)``."""

    health: Health
    originals: Floats | None
    decoded: Floats | None


def choose_one_model(cards: list[ModelCard]) -> str | None:
    """A selectbox with the models of a data set; gives the id of one of them, None for all."""
    titles = {ALL_MODELS: "All models, compared"} | {card.id: card.title for card in cards}
    chosen = session.chosen("health", titles, ALL_MODELS) if _is_known(titles) else ALL_MODELS
    chosen = widgets.selectbox_choice(
        "Health of one model", "health", list(titles), chosen, titles.__getitem__
    )
    return None if chosen == ALL_MODELS else chosen


def _is_known(titles: dict[str, str]) -> bool:
    """Whether the choice is of this data set; one made for another data set is no mistake."""
    kept = session.recall("choice.health")
    return kept is None or kept in titles


def draw_health(card: ModelCard) -> None:
    """Draw the diagnosis of a model on its data set, and its measurements."""
    data = lc.load_dataset(card.dataset)
    about = json.dumps(data.card, sort_keys=True)
    parts = {"weights": card.weights_sha256, "data": data.fingerprint, "about": about}
    key = content_key("examined", model=card.id, version=workspace.HEALTH_VERSION, **parts)
    seen = wait_for(key, lambda report, _show: _examine(card, report))
    st.html(
        f"{INFO_STYLE}{STYLE}{diagnosis_html(card, seen.health)}"
        f"{figures_html(seen.health)}"
        f"{worst_images_html(seen.health, seen.originals, seen.decoded)}{_missing(seen.health)}"
    )
    with st.container(horizontal=True):
        _draw_actions(card, seen.health)
    st.html(_shell_command(card, seen.health))
    draw_disentanglement(card)


def _draw_actions(card: ModelCard, health: Health) -> None:
    """Draw the way to the errors on the map, and the download of all figures."""
    if health.reconstruction is not None and st.button(
        "Color the map by error", icon=":material/bubble_chart:", key="models.health.map"
    ):
        for name, value in {"model": card.id, "data": card.dataset, "color": "error"}.items():
            session.choose(name, value)
        open_page("map")
    st.download_button(
        "All figures, JSON",
        partial(_json, health),
        f"{card.id}-health.json",
        "application/json",
        key="models.health.json",
        icon=":material/download:",
        on_click="ignore",
    )


def _examine(card: ModelCard, report: ProgressCallback) -> Examined:
    """Measure; uses no Streamlit."""
    report(0.0, "loading the model")
    model, data = open_model(card.id), lc.load_dataset(card.dataset)
    health = lc.diagnose(model, data, progress=report)
    if health.reconstruction is None:
        return Examined(health=health, originals=None, decoded=None)
    rows = health.reconstruction.worst
    codes = lc.encode(model, data).mean[rows]
    return Examined(health=health, originals=data.images(rows), decoded=model.decode(codes))


def _json(health: Health) -> str:
    return json.dumps(to_json(health), indent=1)


def _shell_command(card: ModelCard, health: Health) -> str:
    """The command that prints the same."""
    command = f"<code>python -m latent_core analyze {html.escape(card.id)}</code>"
    overfitting = (
        "; with the training images, <code>--train-dir FOLDER</code> looks for overfitting"
    )
    more = "" if health.reconstruction is None else overfitting
    return f'<p class="lh-shell">The same in a shell: {command}{more}.</p>'


def _missing(health: Health) -> str:
    """What could not be measured, and why."""
    if not health.missing:
        return ""
    items = "".join(
        f"<li>{html.escape(name)}: {html.escape(reason)}</li>"
        for name, reason in health.missing.items()
    )
    return f'<section class="lh-missing"><h2>Not measured</h2><ul>{items}</ul></section>'
