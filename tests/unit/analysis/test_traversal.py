"""What a dimension says and where its track lies, against numpy and torch; codes along it; what
the browser may commit."""

from __future__ import annotations

import io

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from latent_core.analysis.traversal import (
    LatentDimensions,
    grid_codes,
    histograms,
    inactive_reason,
    latent_dimensions,
    traversal_codes,
    traversal_values,
)
from latent_core.analysis.traversal_sheet import sheet_layout, sheet_png
from latent_core.errors import InputTooLargeError, InvalidInputError
from latent_core.types import Encodings
from ui.components.dimensions import read_committed, read_wanted
from ui.views.dimensions.slider_state import label_of

RNG = np.random.default_rng(7)
SCALES = np.array([0.5, 3.0, 0.004, 1.0], np.float32)


def encodings(*, vae: bool = False, scales: np.ndarray = SCALES) -> Encodings:
    mean = (RNG.standard_normal((4000, len(scales))) * scales + 0.25).astype(np.float32)
    log_var = None
    if vae:
        mean *= np.float32([1, 0.3, 1, 1])
        log_var = np.tile(np.log(np.float32([0.01, 0.3, 1.0, 0.1])), (len(mean), 1))
    return Encodings(model_id="m", dataset_id="d", fingerprint="f", mean=mean, log_var=log_var)


def test_a_vae_is_ordered_by_its_divergence_from_the_prior():
    given_ = encodings(vae=True)
    dims = latent_dimensions(given_)
    posterior = torch.distributions.Normal(
        torch.tensor(given_.mean), torch.tensor(np.exp(given_.log_var / 2))
    )
    kl = torch.distributions.kl_divergence(posterior, torch.distributions.Normal(0.0, 1.0))
    np.testing.assert_allclose(dims.kl_or_variance, kl.mean(0).numpy(), rtol=1e-4)
    assert dims.unit == "nats"
    assert dims.order.tolist() == np.argsort(-kl.mean(0).numpy()).tolist() == [0, 3, 1, 2]


def test_other_models_are_ordered_by_variance():
    given_ = encodings()
    dims = latent_dimensions(given_)
    variance = given_.mean.astype(float).var(axis=0)
    np.testing.assert_allclose(dims.kl_or_variance, variance / variance.sum(), rtol=1e-4)
    assert dims.order.tolist() == [1, 3, 0, 2]


@pytest.mark.parametrize("vae", [True, False])
def test_a_dimension_that_hardly_varies_is_silent_and_last(vae):
    dims = latent_dimensions(encodings(vae=vae))
    assert dims.inactive.tolist() == [False, False, True, False]
    assert dims.order[-1] == 2
    assert 2 not in dims.active
    assert ("KL at most" if vae else "1% of the largest") in inactive_reason(dims)


def test_silent_ones_are_last_even_where_their_divergence_is_large():
    mean = np.stack([np.full(500, 5.0), RNG.standard_normal(500)], axis=1).astype(np.float32)
    given_ = Encodings(
        model_id="m", dataset_id="d", fingerprint="f", mean=mean, log_var=np.zeros_like(mean)
    )
    dims = latent_dimensions(given_)
    assert dims.kl_or_variance[0] > dims.kl_or_variance[1]
    assert dims.order.tolist() == [1, 0]


def test_a_track_goes_an_eighth_beyond_the_middle_99_percent():
    given_ = encodings()
    dims = latent_dimensions(given_)
    low, high = np.quantile(given_.mean, [0.005, 0.995], axis=0)
    for d in (1, 3):
        np.testing.assert_allclose(dims.low[d], low[d] - (high[d] - low[d]) / 8, rtol=1e-3)
        np.testing.assert_allclose(dims.high[d], high[d] + (high[d] - low[d]) / 8, rtol=1e-3)


def test_a_silent_track_is_as_long_as_the_prior_or_a_tenth_of_the_longest():
    prior = latent_dimensions(encodings(vae=True))
    assert prior.low[2] <= -2.5758
    assert prior.high[2] >= 2.5758
    dims = latent_dimensions(encodings())
    low, high = np.quantile(encodings().mean[:, 1], [0.005, 0.995])
    assert dims.high[2] - dims.low[2] == pytest.approx((high - low) / 10, rel=0.1)


def test_codes_all_alike_still_have_tracks():
    mean = np.ones((50, 3), np.float32)
    dims = latent_dimensions(Encodings(model_id="m", dataset_id="d", fingerprint="f", mean=mean))
    assert (dims.low < dims.high).all()


def test_histograms_count_as_numpy_does():
    given_ = encodings()
    dims = latent_dimensions(given_)
    counts = histograms(given_.mean, dims, 48)
    for d in range(4):
        edges = np.linspace(float(dims.low[d]), float(dims.high[d]), 49)
        np.testing.assert_array_equal(counts[d], np.histogram(given_.mean[:, d], edges)[0])
    inside = (given_.mean >= dims.low) & (given_.mean <= dims.high)
    np.testing.assert_array_equal(counts.sum(axis=1), inside.sum(axis=0))


@given(st.integers(0, 3), st.lists(st.floats(-50, 50, width=32), min_size=1, max_size=20))
def test_a_traversal_changes_one_number_and_nothing_else(dimension, values):
    code = np.float32([1, 2, 3, 4])
    codes = traversal_codes(code, dimension, values)
    assert codes.shape == (len(values), 4)
    np.testing.assert_array_equal(codes[:, dimension], np.float32(values))
    rest = np.delete(codes, dimension, axis=1)
    np.testing.assert_array_equal(rest, np.tile(np.delete(code, dimension), (len(values), 1)))


@pytest.mark.parametrize("dimension", [-1, 4])
def test_there_is_no_such_dimension(dimension):
    with pytest.raises(InvalidInputError, match="this code has 0 to 3"):
        traversal_codes(np.zeros(4), dimension, [1.0])


@pytest.mark.parametrize(("code", "values"), [([0, np.nan], [1]), ([0, 1], [np.inf])])
def test_a_traversal_is_of_finite_numbers(code, values):
    with pytest.raises(InvalidInputError, match="NaN or infinity"):
        traversal_codes(np.array(code, float), 0, values)


def test_the_rows_of_a_sheet_go_from_end_to_end():
    dims = latent_dimensions(encodings())
    code = np.float32([0.1, 0.2, 0.0, 0.4])
    codes = grid_codes(dims, code, [3, 1], 5)
    assert codes.shape == (2, 5, 4)
    for row, d in zip(codes, [3, 1], strict=True):
        wanted = np.linspace(dims.low[d], dims.high[d], 5)
        np.testing.assert_allclose(row[:, d], wanted, rtol=1e-6)
        np.testing.assert_array_equal(np.delete(row, d, 1), np.tile(np.delete(code, d), (5, 1)))
    assert grid_codes(dims, code, [], 5).shape == (0, 5, 4)


@pytest.mark.parametrize("steps", [1, 65])
def test_steps_have_limits(steps):
    with pytest.raises(InvalidInputError, match="2 to 64 steps"):
        traversal_values(latent_dimensions(encodings()), 0, steps)


def test_dimensions_that_do_not_fit_together_are_refused():
    ones, yes = np.ones(2, np.float32), np.zeros(2, bool)
    order = np.arange(2)
    about = {"kl_or_variance": ones, "unit": "nats", "inactive": yes, "order": order, "mean": ones}
    with pytest.raises(InvalidInputError, match=r"is \(D,\)"):
        LatentDimensions(**about, low=np.zeros(3, np.float32), high=ones)
    with pytest.raises(InvalidInputError, match="end above"):
        LatentDimensions(**about, low=ones, high=ones)


# the PNG


def test_the_first_and_the_last_picture_of_a_sheet_are_where_the_layout_says():
    images = RNG.random((3, 5, 1, 7, 4)).astype(np.float32)
    ends = np.float32([[-1, 1]] * 3)
    layout = sheet_layout(3, 5, (1, 7, 4), 28)
    assert (layout.height, layout.width) == (28, 16)
    paper = Image.open(io.BytesIO(sheet_png(images, ["z1", "z2", "z16"], ends, 28)))
    assert paper.size == layout.size
    pixels = np.asarray(paper)
    for row, step in ((0, 0), (2, 4), (1, 3)):
        left, top = layout.cell_origin(row, step)
        tile = pixels[top : top + 28 : 4, left : left + 16 : 4]
        for channel in range(3):
            np.testing.assert_array_equal(tile[..., channel], np.rint(images[row, step, 0] * 255))
    assert (pixels[: layout.gap] == 255).all()
    beside = pixels[:, : layout.label_width]
    assert (beside < 128).any(), "names are written there"


def test_a_sheet_that_is_too_large_is_one_sentence():
    with pytest.raises(
        InputTooLargeError, match=r"67 megapixels .* fewer steps or smaller pictures"
    ):
        sheet_layout(24, 15, (3, 64, 64), 2048)
    with pytest.raises(InvalidInputError, match="R names"):
        sheet_png(np.zeros((1, 2, 1, 4, 4)), ["a", "b"], np.zeros((1, 2)), 16)
    with pytest.raises(InvalidInputError, match="at least one row"):
        sheet_layout(0, 5, (1, 28, 28), 28)


# what the browser may say

GOOD = {"revision": 2, "z": [0.5, -1, 0.25, 3], "start": "s4", "label": "7", "locked": [3, 1]}


def test_a_commit_is_read():
    done = read_committed(GOOD, latent_dimensions(encodings()))
    assert done is not None
    np.testing.assert_array_equal(done.code, np.float32([0.5, -1, 0.25, 3]))
    assert done.code.dtype == np.float32
    assert (done.turn, done.start, done.label, done.locked) == (2, "s4", "7", (1, 3))


def test_float32_survives_the_way_there_and_back():
    import json

    code = np.float32([0.1, 1 / 3, -2.7182817, 1e-8])
    sent = json.loads(json.dumps(GOOD | {"z": code.tolist()}))
    done = read_committed(sent, latent_dimensions(encodings()))
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
    assert read_committed(GOOD | change, latent_dimensions(encodings())) is None


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
        read_committed(GOOD | {"z": z}, latent_dimensions(encodings()))


def test_of_locks_and_labels_only_what_can_be_is_kept():
    sent = GOOD | {"locked": [1, 1, 9, -1, "2", True, 2.0, None], "label": "x" * 500}
    done = read_committed(sent, latent_dimensions(encodings()))
    assert done is not None
    assert done.locked == (1,)
    assert len(done.label) == 120


def test_only_known_starts_are_wanted():
    assert read_wanted({"start": "mean"}) == "mean"
    assert read_wanted({"start": "random"}) == "random"
    assert read_wanted({"start": "rm -r"}) is None
    assert read_wanted("mean") is None


def test_a_code_of_ones_own_is_called_after_what_was_changed():
    start = np.float32([1, 2, 3])
    assert label_of(np.float32([1, 2, -1.25]), start) == "z3 = −1.2"
    assert label_of(np.float32([1, 2.5, -1.25]), start) == "own code"
