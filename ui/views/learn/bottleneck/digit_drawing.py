"""A visitor's drawing, or one of our digits, encoded and decoded by a model of the digits."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

import latent_core as lc
from latent_core.analysis.knn_probe import PROBE_NEIGHBORS, class_votes
from latent_core.analysis.sample_report import SampleReport, report_images
from latent_core.datasets.splits import indices_for_test
from latent_core.io.uploads import RejectedFile
from latent_core.notebook import compact_repr
from latent_core.types import Floats
from latent_core.workspace import load_uploads
from ui import presenters
from ui.components.code_bars import CodeBars
from ui.components.pipeline import PipelineData, PipelineView, draw_pipeline
from ui.images import data_url, difference_url, preview_url
from ui.spaces import Space


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DigitImage:
    """An image as the models of the digits take it.

    Parameters
    ----------
    image
        ``(1, 28, 28)`` in [0, 1].
    original
        What it was made from, as a ``data:`` URL.
    is_own
        Whether the visitor drew it.
    """

    image: Floats
    original: str
    is_own: bool

    __repr__ = compact_repr


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """The report of a model on an image.

    Parameters
    ----------
    votes
        The class that most of the nearest codes have, and how many of them.
    n_images
        How many images of the data set its error is compared with.
    """

    report: SampleReport
    votes: tuple[str, int]
    n_images: int

    @property
    def error(self) -> float:
        """The reconstruction error."""
        return self.report.error or 0.0

    @property
    def percent_below(self) -> int:
        """How many percent of the images have a smaller reconstruction error, cut to integers."""
        return int(100 * (1 - self.report.reconstruction_percentile) + 1e-9)

    @property
    def class_sentence(self) -> str:
        """The vote of the nearest codes."""
        name, count = self.votes
        return f"Of the {PROBE_NEIGHBORS} nearest codes, {count} are of a {name}."


def image_of_drawing(space: Space, png: bytes | None) -> DigitImage | None:
    """The preprocessed drawing; None without one, or where it cannot be read."""
    if png is None:
        return None
    item = next(iter(load_uploads(space.model, [("drawing", png)])))
    if isinstance(item, RejectedFile):
        return None
    upload, preprocessed = item
    return DigitImage(image=preprocessed.image, original=preview_url(upload.image), is_own=True)


def dataset_image(dataset_id: str, index: int) -> DigitImage:
    """An image of a data set."""
    image = lc.load_dataset(dataset_id).images(slice(index, index + 1))[0]
    return DigitImage(image=image, original=data_url(image), is_own=False)


def first_of_classes(dataset_id: str) -> list[int]:
    """The index of the first test image of each class."""
    data = lc.load_dataset(dataset_id)
    if data.labels is None:
        return []
    rows = indices_for_test(data)
    classes, first = np.unique(data.labels[rows], return_index=True)
    return [int(index) for index in rows[first[classes >= 0]]]


def encoded(space: Space, shown: DigitImage) -> Encoded:
    """Encode and decode the image with the model of the space."""
    report = report_images(space.model, space.encodings, space.errors, shown.image[None])[0]
    votes = class_votes(space.data, space.encodings, report.code)
    return Encoded(
        report=report,
        votes=("?", 0) if votes is None else votes.votes[0],
        n_images=len(space.data),
    )


def draw_encoded(
    key: str, space: Space, shown: DigitImage | None, found: Encoded | None, hint: str = ""
) -> None:
    """Draw the image, its code and its reconstruction."""
    view = None
    if shown is not None and found is not None:
        report = found.report
        view = _view(shown, report.reconstruction, presenters.code_bars(space, report.code))
        view = replace(view, sentence=report.reconstruction_sentence())
    card = space.model.card
    data = PipelineData(
        image_shape=card.image_shape, latent_dim=card.latent_dim, view=view, hint=hint
    )
    draw_pipeline(key=key, data=data)


def draw_decoded(
    key: str, shown: DigitImage, decoded: Floats, code: CodeBars, caption: str
) -> None:
    """Draw the image, a code and what was decoded from it."""
    view = replace(_view(shown, decoded, code), sentence=caption)
    shape = tuple(int(side) for side in shown.image.shape)
    data = PipelineData(
        image_shape=(shape[0], shape[1], shape[2]),
        latent_dim=len(np.asarray(code.values)),
        view=view,
    )
    draw_pipeline(key=key, data=data)


def _view(shown: DigitImage, decoded: Floats, code: CodeBars) -> PipelineView:
    return PipelineView(
        original=shown.original,
        model_input=data_url(shown.image),
        decoded=data_url(decoded),
        difference=difference_url(shown.image, decoded),
        code=code,
        original_caption="" if shown.is_own else "one of our test images",
    )
