"""Compare page: two models of one data set."""

from ui.layout import frame
from ui.views.compare.page import draw_compare_page

with frame(
    "What do two models see differently?",
    "Two models give the same images two [latent spaces|latent space]. Images that are neighbors "
    "in one need not be in the other: select some on one [map], and find them on the other.",
    page="compare",
):
    draw_compare_page()
