"""The tour of the Open page."""

from ui.tours.step import TourStep

STEPS = (
    TourStep(
        selector=".st-key-segments-open",
        title="Model or data",
        text="Choose what to open: a model, a data set, or what you have opened before.",
    ),
    TourStep(
        selector='[data-testid="stFileUploader"]',
        title="Files",
        text="Drop an encoder and a decoder as ONNX files, or images and embeddings. Nothing in "
        "them is run as code.",
    ),
    TourStep(
        selector=".st-key-open-path",
        title="Folder",
        text="Where the app runs on your own computer, give a path instead of uploading.",
    ),
    TourStep(
        selector=".st-key-select-open-data",
        title="Images for the check",
        text="The model is tried on these images, and what was understood is shown before "
        "anything is saved.",
    ),
)
