"""The page that asks: what does this space look like."""

from ui.layout import frame
from ui.views.map.page import draw_explorer

with frame(
    "What does this space look like?",
    "Each point is one picture or word, placed by the numbers that stand for it. Point anywhere, "
    "also between the points: a model that decodes draws what would be there.",
):
    draw_explorer()
