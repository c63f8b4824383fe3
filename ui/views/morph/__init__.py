"""The page about what lies between pictures."""

from ui.views.morph.page import draw_morph

__all__ = ["draw_morph"]
