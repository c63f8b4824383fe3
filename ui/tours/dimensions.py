"""The tour of the Dimensions page."""

from ui.tours.step import TourStep

STEPS = (
    TourStep(
        selector=".st-key-dimensions-start-0",
        title="Start",
        text="Choose the image whose code the sliders show first.",
    ),
    TourStep(
        selector=".ls-dim",
        title="Latent dimension",
        text="Each slider is one number of the code. Move it and watch the image; the bars are "
        "the distribution of the data.",
    ),
    TourStep(
        selector=".ls-filmstrip",
        title="Traversal",
        text="The images that this dimension alone gives, from its lowest to its highest usual "
        "value. Click one to go there.",
    ),
    TourStep(
        selector=".st-key-dimensions-preview",
        title="Decoded image",
        text="The image of the code as the sliders stand, and how near that code is to the data.",
    ),
    TourStep(
        selector=".ls-dims-directions",
        title="Directions",
        text="Attribute sliders move all dimensions at once, so that one property grows.",
    ),
    TourStep(
        selector=".st-key-dimensions-map",
        title="Position on the map",
        text="Where the changed code lies among the codes of the data.",
    ),
)
