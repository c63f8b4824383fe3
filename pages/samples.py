"""Samples page: what the model imagines."""

from ui.layout import frame
from ui.views.samples.page import draw_samples

with frame(
    "What does the model imagine?",
    "Random [codes|code], decoded: images that are in no data set. Scroll for more, move the "
    "sliders, and click one to look at it.",
    page="samples",
):
    draw_samples()
