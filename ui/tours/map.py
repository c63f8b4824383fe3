"""The tour of the Map page."""

from ui.tours.step import TourStep

STEPS = (
    TourStep(
        selector=".st-key-frame-controls",
        title="Model, data and projection",
        text="Choose the model, its images and the projection, the method that places codes of "
        "many dimensions in a plane.",
    ),
    TourStep(
        selector=".st-key-map-plot",
        title="Map",
        text="Each point is the latent code of one sample. Point at one to see its image, "
        "between points to decode that place; wheel or + and − zoom.",
    ),
    TourStep(
        selector=".st-key-select-color",
        title="Color",
        text="Color the points by class, reconstruction error, factor or latent dimension, and "
        "look for regions of one color.",
    ),
    TourStep(
        selector=".st-key-map-inspector",
        title="Selected sample",
        text="Click a point: here are its image, its reconstruction, its code and its nearest "
        "neighbors.",
    ),
    TourStep(
        selector=".st-key-map-actions",
        title="Go on with it",
        text="Use the selected sample as an endpoint of a path, vary its latent dimensions, or "
        "compare it with an image of your own.",
    ),
    TourStep(
        selector=".ls-tray",
        title="Tray",
        text="Images added to the tray stay here on every page. Click one to use it.",
    ),
)
