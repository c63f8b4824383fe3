"""The page that asks: what does each number do."""

from ui.dimensions import draw_dimensions
from ui.frame import frame

with frame(
    "What does each number do?",
    "A code is a few numbers; each slider is one of them. Move one and watch the picture. "
    "Behind each: where the data lies.",
):
    draw_dimensions()
