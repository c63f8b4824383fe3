"""The page that asks: what does each number do."""

from ui.layout import frame
from ui.views.dimensions.page import draw_dimensions

with frame(
    "What does each number do?",
    "A code is a few numbers; each slider is one of them. Move one and watch the picture. "
    "Behind each: where the data lies.",
):
    draw_dimensions()
