"""The tour of the Uses page."""

from ui.tours.step import TourStep

STEPS = (
    TourStep(
        selector=".st-key-select-use",
        title="Task",
        text="Choose what codes are used for: outliers, label errors, classification, clusters "
        "and others.",
    ),
    TourStep(
        selector=".st-key-select-model",
        title="Model",
        text="The model whose codes are used. Choose another one to compare them in the same task.",
    ),
    TourStep(
        selector=".st-key-uses-controls",
        title="Settings",
        text="The method and the difficulty of the task. Change one, and all figures are "
        "computed again.",
    ),
    TourStep(
        selector=".ls-figures",
        title="Figures with baselines",
        text="Measured on held-out images: codes beside pixels and PCA. A code is only useful "
        "where it is better than these.",
    ),
    TourStep(
        selector=".ls-tray",
        title="Tray",
        text="Images kept on any page stay here. Click one to use it.",
    ),
)
