"""Morph page: paths between codes."""

from ui.layout import frame
from ui.views.morph import draw_morph

with frame(
    "What lies between?",
    "Two images are two points in [latent space], and every point on a path between them decodes "
    "to an image too. Drag the slider.",
    page="morph",
):
    draw_morph()
