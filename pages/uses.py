"""Uses page: what codes are good for, with figures beside pixels and PCA."""

from ui.layout import frame
from ui.views.uses.page import draw_uses_page

with frame(
    "What is a code good for?",
    "Tasks done with the [latent code] of each image instead of its pixels. Each figure is "
    "measured on held-out images, beside the same task with pixels and with PCA.",
    page="uses",
):
    draw_uses_page()
