"""Dimensions page: a slider per latent dimension."""

from ui.layout import frame
from ui.views.dimensions.page import draw_dimensions

with frame(
    "What does each dimension do?",
    "A [latent code] is a short list of numbers that stands for an image; each slider is one "
    "latent dimension. Move one and watch the image. Behind each slider: the distribution of the "
    "data.",
    page="dimensions",
):
    draw_dimensions()
