"""The Morph page: paths between codes."""

from ui.views.morph.page import draw_morph

__all__ = ["draw_morph"]
