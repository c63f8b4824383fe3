"""Map page: a projection of the latent space."""

from ui.layout import frame
from ui.views.map.page import draw_map_page

with frame(
    "What does this space look like?",
    "Each point is the [latent code] of one image or word, projected to 2D or 3D. Point anywhere, "
    "also between the points: a model with a [decoder] shows the image of the code there.",
    page="map",
):
    draw_map_page()
