"""The page that asks: what does this space look like."""

from ui.explorer import draw_explorer
from ui.frame import frame

with frame(
    "What does this space look like?",
    "Each point is one picture, placed by the numbers the model gives it. "
    "Point anywhere on it, also between the points: the model draws what would be there.",
):
    draw_explorer()
