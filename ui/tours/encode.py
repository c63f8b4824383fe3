"""The tour of the Encode page."""

from ui.tours.step import TourStep

STEPS = (
    TourStep(
        selector=".st-key-segments-source",
        title="Source",
        text="Draw an image, upload some, or take a photo.",
    ),
    TourStep(
        selector=".st-key-encode-drawing_pad",
        title="Drawing pad",
        text="Draw here with mouse, finger or pen; the result follows each stroke.",
    ),
    TourStep(
        selector=".st-key-encode-examples",
        title="Examples",
        text="Or click one of these images to see what happens to it.",
    ),
    TourStep(
        selector=".st-key-encode-pipeline",
        title="Encoder and decoder",
        text="Preprocessing, encoder, latent code, decoder and reconstruction, from left to "
        "right. Compare the first image with the last one.",
    ),
    TourStep(
        selector=".st-key-select-model",
        title="Model",
        text="Choose another model, and the same image gets another code and another "
        "reconstruction.",
    ),
)
