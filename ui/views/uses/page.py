"""The Uses page: choose a model, data and a use; its controls and results."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

import streamlit as st

from latent_core.models.card import ModelCard
from latent_core.types import Dataset
from ui import session, widgets
from ui.layout import choose_dataset, choose_model, controls
from ui.spaces import open_space
from ui.views.uses.use import Use
from ui.wording.text import escape_markdown

PREFIX = "uses"
"""Of the names of the parameters of a use, in the session."""


def find_uses() -> dict[str, Use]:
    """The uses by id, in their order: those of the modules of this package with a ``USE``."""
    package = __name__.rpartition(".")[0]
    names = [m.name for m in iter_modules(import_module(package).__path__) if m.name != "page"]
    modules = [import_module(f"{package}.{name}") for name in names]
    uses = [module.USE for module in modules if hasattr(module, "USE")]
    return {use.id: use for use in sorted(uses, key=lambda use: use.order)}


def draw_uses_page() -> None:
    """Draw the content of the Uses page."""
    uses = find_uses()
    columns = controls(2.4, 2.2, 2.0, 3.4)
    with columns[0]:
        model_id = choose_model()
    with columns[1]:
        dataset_id = choose_dataset(model_id)
    with columns[2]:
        use = uses[_choose_use(uses)]
    space = open_space(model_id, dataset_id)
    st.markdown(escape_markdown(use.summary))
    missing = use.missing(space.model.card, space.data)
    if missing:
        session.write_url(model=model_id, data=dataset_id, use=use.id)
        _draw_missing(missing, uses, space.model.card, space.data)
        return
    params = use.choose(space)
    session.write_url(model=model_id, data=dataset_id, use=use.id, **params)
    use.draw(space, params)


def _choose_use(uses: dict[str, Use]) -> str:
    chosen = session.chosen("use", uses, next(iter(uses)))
    return widgets.selectbox_choice("Use", "use", list(uses), chosen, lambda i: uses[i].title)


def _draw_missing(missing: str, uses: dict[str, Use], card: ModelCard, data: Dataset) -> None:
    """Say what is missing, and which uses work without it."""
    others = [use.title for use in uses.values() if not use.missing(card, data)]
    st.info(
        escape_markdown(
            f"{missing} Choose another model or other data, or another use: {', '.join(others)}."
        ),
        icon=":material/info:",
    )
