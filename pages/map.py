"""The page that asks: what does this space look like."""

from ui.explorer import draw_explorer
from ui.frame import frame

with frame(
    "What does this space look like?",
    "Each point is one picture, placed by the numbers the model gives it. "
    "Point at the map to see pictures; click one to watch the model decode it.",
):
    draw_explorer()
