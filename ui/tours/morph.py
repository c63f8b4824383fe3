"""The tour of the Morph page."""

from ui.tours.step import TourStep

STEPS = (
    TourStep(
        selector=".st-key-morph-ends",
        title="Endpoints",
        text="A and B are the two images between which the path runs. Change either of them, or "
        "swap them.",
    ),
    TourStep(
        selector=".ls-timeline",
        title="Interpolation",
        text="Drag the handle: each position on the path is a latent code, and its decoded image "
        "is shown above. The curve says how near the data is.",
    ),
    TourStep(
        selector=".ls-path-strips",
        title="Three paths",
        text="Linear, spherical and along the data: compare what lies between the same "
        "endpoints, and click an image to go there.",
    ),
    TourStep(
        selector=".st-key-morph-map",
        title="The path on the map",
        text="The same path among the codes of all images. Click a point to take it as an "
        "endpoint.",
    ),
    TourStep(
        selector=".st-key-segments-mode",
        title="Other forms",
        text="Interpolate between four images, go through several, or cross two images group by "
        "group.",
    ),
    TourStep(
        selector=".st-key-morph-export",
        title="Export",
        text="Save the path as a GIF, a video, a strip of images or its codes.",
    ),
)
