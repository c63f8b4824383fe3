"""The digits under the networks that ship, and the image that all steps show."""

from __future__ import annotations

from ui import session
from ui.spaces import Space, open_space, wait_for
from ui.views.learn.bottleneck.digit_drawing import (
    DigitImage,
    dataset_image,
    first_of_classes,
    image_of_drawing,
)
from ui.views.learn.bottleneck.pca_widths import DATASET, PcaWidths, fit_pca_widths

NETWORKS = {2: "digits-vae-2", 16: "digits-vae-16"}
"""The networks of the digits that ship, by the width of their bottleneck."""
DIGIT = "lesson.digit"
"""Under which the session keeps the digit that was drawn."""
OUR_DIGIT = 4


def network_space(width: int) -> Space:
    """The digits encoded by the network of this width."""
    return open_space(NETWORKS[width], DATASET)


def pca_of_digits() -> PcaWidths:
    """PCA; fitted first if needed, while the page shows the progress."""
    return wait_for("lesson pca", lambda _report, _show: fit_pca_widths())


def chosen_image(space: Space, name: str, dataset_id: str) -> DigitImage | None:
    """The picked image of a data set, else the drawing that is kept under `name`, else None."""
    picked: int | None = session.recall(f"{name}.picked")
    if picked is not None:
        return dataset_image(dataset_id, picked)
    return image_of_drawing(space, session.recall(name))


def kept_image(space: Space) -> DigitImage:
    """The digit of the first step; if there is none yet, a test image of class `OUR_DIGIT`."""
    own = chosen_image(space, DIGIT, DATASET)
    return dataset_image(DATASET, first_of_classes(DATASET)[OUR_DIGIT]) if own is None else own
