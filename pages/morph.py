"""The page that asks: what lies between."""

from ui.layout import frame
from ui.views.morph import draw_morph

with frame(
    "What lies between?",
    "Two pictures are two points in the space, and every point on a way between them is a "
    "picture too. Drag the slider.",
):
    draw_morph()
