"""The result of an upload: the rank of its error and the support of its code."""

from __future__ import annotations

import numpy as np
import pytest

from latent_core import workspace
from latent_core.analysis.sample_report import report_images
from latent_core.preprocessing.config import PreprocessedImage
from latent_core.types import Floats
from ui.components.pipeline import PipelineView
from ui.spaces import Space, compute_space
from ui.views.encode.page import _pipeline_view
from ui.views.encode.results import EncodedUpload


@pytest.fixture(scope="module")
def space() -> Space:
    return compute_space("faces-vae-32", "faces", lambda _share, _words: None)


def view(space: Space, image: Floats) -> PipelineView:
    errors = workspace.reconstruction_errors(space.model, space.data, space.encodings)
    upload = EncodedUpload(
        name="a.png",
        preview="",
        preprocessed=PreprocessedImage(image=image, steps=()),
        report=report_images(space.model, space.encodings, errors, image[None])[0],
    )
    return _pipeline_view(space, None, upload)


def test_a_face_gets_the_rank_of_its_error_and_the_support_of_its_code(space: Space) -> None:
    found = view(space, space.data.images(slice(1))[0])
    assert "higher than that of " in found.sentence
    assert found.verdict == ("near data", None), "realism rates only the GAN of faces"
    assert not found.unusual


def test_a_plain_image_with_a_small_error_gets_no_rank(space: Space) -> None:
    found = view(space, np.full(space.model.card.image_shape, 0.5, np.float32))
    assert "blank" in found.sentence
    assert found.verdict is None
    assert "higher than" not in found.sentence
    assert found.unusual


def test_stripes_are_far_from_data(space: Space) -> None:
    stripes = np.broadcast_to(np.linspace(0, 1, 64, dtype=np.float32), (3, 64, 64))
    found = view(space, stripes)
    assert found.verdict is not None
    assert found.verdict[0] == "far from data"
    assert found.unusual
