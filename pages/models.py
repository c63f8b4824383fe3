"""The page that asks: which model is good at what."""

from ui.layout import frame
from ui.views.models.page import draw_gallery

with frame(
    "Which model is good at what?",
    "The same pictures through every model of a data set, and what was measured on each, "
    "beside what a linear model reaches.",
):
    draw_gallery()
