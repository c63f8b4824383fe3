"""The tour of the Models page."""

from ui.tours.step import TourStep

STEPS = (
    TourStep(
        selector=".st-key-segments-data",
        title="Data set",
        text="Choose a data set; all models trained on it are compared.",
    ),
    TourStep(
        selector=".ls-models",
        title="Reconstructions",
        text="The same images by every model. Look for details that are lost.",
    ),
    TourStep(
        selector=".ls-summaries",
        title="Summary",
        text="What each model does well or badly, in one sentence.",
    ),
    TourStep(
        selector=".ls-metrics",
        title="Metrics",
        text="Each metric beside that of PCA, a linear model. Open a column's name for its "
        "meaning and for which direction is better.",
    ),
    TourStep(
        selector=".st-key-models-csv",
        title="Download",
        text="Save the table as CSV, or as LaTeX for a report.",
    ),
    TourStep(
        selector=".st-key-select-health",
        title="Health of one model",
        text="Choose one model for its measurements in detail, with baselines and a diagnosis.",
    ),
)
