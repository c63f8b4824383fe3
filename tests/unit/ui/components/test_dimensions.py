"""Events of the sliders: commits, requested starts, labels."""

from __future__ import annotations

import numpy as np
import pytest

from latent_core.analysis.traversal import (
    latent_dimensions,
)
from latent_core.errors import InvalidInputError
from latent_core.types import Encodings
from ui.components.dimensions_types import parse_commit, parse_requested_start
from ui.views.dimensions.slider_state import code_label

RNG = np.random.default_rng(7)
SCALES = np.array([0.5, 3.0, 0.004, 1.0], np.float32)


def encodings(*, vae: bool = False, scales: np.ndarray = SCALES) -> Encodings:
    mean = (RNG.standard_normal((4000, len(scales))) * scales + 0.25).astype(np.float32)
    log_var = None
    if vae:
        mean *= np.float32([1, 0.3, 1, 1])
        log_var = np.tile(np.log(np.float32([0.01, 0.3, 1.0, 0.1])), (len(mean), 1))
    return Encodings(model_id="m", dataset_id="d", fingerprint="f", mean=mean, log_var=log_var)


# what the browser may say

GOOD = {"revision": 2, "z": [0.5, -1, 0.25, 3], "start": "s4", "label": "7", "locked": [3, 1]}


def test_a_commit_is_read():
    done = parse_commit(GOOD, latent_dimensions(encodings()))
    assert done is not None
    np.testing.assert_array_equal(done.code, np.float32([0.5, -1, 0.25, 3]))
    assert done.code.dtype == np.float32
    assert (done.revision, done.start, done.label, done.locked) == (2, "s4", "7", (1, 3))


def test_float32_survives_the_way_there_and_back():
    import json

    code = np.float32([0.1, 1 / 3, -2.7182817, 1e-8])
    sent = json.loads(json.dumps(GOOD | {"z": code.tolist()}))
    done = parse_commit(sent, latent_dimensions(encodings()))
    assert done is not None
    np.testing.assert_array_equal(done.code, code)


@pytest.mark.parametrize(
    "change",
    [
        {"z": None},
        {"z": ["1", 2, 3, 4]},
        {"z": [True, 2, 3, 4]},
        {"revision": "2"},
        {"revision": True},
        {"start": 4},
        {"label": None},
        {"locked": 3},
    ],
)
def test_what_makes_no_sense_is_no_commit(change):
    assert parse_commit(GOOD | change, latent_dimensions(encodings())) is None


@pytest.mark.parametrize(
    ("z", "words"),
    [
        ([1, 2, 3], "3 dimensions, the model has 4"),
        ([1, 2, 3, float("nan")], "NaN or infinity"),
        ([1, 2, 1e9, 4], "z3 = 1e"),
        ([1, 2, 1e300, 4], "z3 = 1e"),
    ],
)
def test_a_code_that_is_none_is_refused_in_one_sentence(z, words):
    with pytest.raises(InvalidInputError, match=words):
        parse_commit(GOOD | {"z": z}, latent_dimensions(encodings()))


def test_of_locks_and_labels_only_what_can_be_is_kept():
    sent = GOOD | {"locked": [1, 1, 9, -1, "2", True, 2.0, None], "label": "x" * 500}
    done = parse_commit(sent, latent_dimensions(encodings()))
    assert done is not None
    assert done.locked == (1,)
    assert len(done.label) == 120


def test_only_known_starts_are_wanted():
    assert parse_requested_start({"start": "mean"}) == "mean"
    assert parse_requested_start({"start": "mixture"}) == "mixture"
    assert parse_requested_start({"start": "rm -r"}) is None
    assert parse_requested_start("mean") is None


def test_a_code_of_ones_own_is_called_after_what_was_changed():
    start = np.float32([1, 2, 3])
    assert code_label(np.float32([1, 2, -1.25]), start) == "z3 = −1.2"
    assert code_label(np.float32([1, 2.5, -1.25]), start) == "edited code"
