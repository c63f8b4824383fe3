"""The tour of the Compare page."""

from ui.tours.step import TourStep

STEPS = (
    TourStep(
        selector=".st-key-select-model",
        title="First model",
        text="Choose a model and its data set.",
    ),
    TourStep(
        selector=".st-key-select-model_b",
        title="Second model",
        text="Choose another model of the same images. Both can differ in size, loss or training.",
    ),
    TourStep(
        selector=".st-key-compare-map_a",
        title="Linked maps",
        text="Point at a sample, click it or draw a lasso around several: the other map shows "
        "the same samples.",
    ),
    TourStep(
        selector=".st-key-compare-map_b",
        title="Aligned map",
        text="It is rotated and scaled to match the first one. Groups that are torn apart here "
        "are neighbors in one space only.",
    ),
    TourStep(
        selector=".ls-pair",
        title="Metrics of both",
        text="The metrics of the two models side by side, with the standard deviation over "
        "training seeds where it is known.",
    ),
)
