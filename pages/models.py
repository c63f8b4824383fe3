"""Models page: the models of a data set compared."""

from ui.layout import frame
from ui.views.models.page import draw_models_page

with frame(
    "Which model is good at what?",
    "[Reconstructions|reconstruction] of the same images by every model of a data set, and the "
    "metrics of each model beside those of PCA, a linear model.",
    page="models",
):
    draw_models_page()
