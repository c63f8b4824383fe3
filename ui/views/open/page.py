"""The Open page: one's own model, or one's own images or embeddings."""

from __future__ import annotations

from ui import session, widgets
from ui.views.open.dataset_tab import draw_open_dataset
from ui.views.open.model_tab import draw_open_model
from ui.views.open.own_tab import draw_own

KINDS = {"model": "Model", "data": "Images or embeddings", "own": "Yours"}


def draw_open_page() -> None:
    """Draw the content of the Open page."""
    kind = session.chosen("open", KINDS, "model")
    kind = widgets.segmented_choice("What to open", "open", list(KINDS), kind, KINDS.__getitem__)
    session.write_url(open=kind)
    if kind == "model":
        draw_open_model()
    elif kind == "data":
        draw_open_dataset()
    else:
        draw_own()
