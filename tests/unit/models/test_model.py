"""`TorchModel`: encoding, decoding, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
import torch

import latent_core as lc
from latent_core.architectures import build
from latent_core.errors import InvalidInputError
from latent_core.models.card_reader import read_model_card
from latent_core.models.torch_model import TorchModel
from tests.conftest import MEAN, ROTATION


def test_encode_and_decode_are_those_of_the_known_rotation(four_model):
    images = lc.load_dataset("four").images()
    codes = four_model.encode(images).mean
    np.testing.assert_allclose(codes, (images.reshape(-1, 4) - MEAN) @ ROTATION.T, atol=1e-6)
    np.testing.assert_allclose(four_model.decode(codes), images, atol=1e-6)


@pytest.mark.parametrize("variational", [False, True])
def test_codes_do_not_depend_on_the_batch_size(four, variational):
    card = read_model_card("four")
    torch.manual_seed(0)
    net = build("conv", (1, 8, 8), 3, variational=variational, width=8, hidden=16).eval()
    images = np.random.default_rng(0).random((37, 1, 8, 8), np.float32)
    card = _with(card, image_shape=(1, 8, 8), latent_dim=3)
    whole = TorchModel(card, net, batch_size=64).encode(images)
    for batch_size in (1, 5, 37):
        part = TorchModel(card, net, batch_size=batch_size).encode(images)
        np.testing.assert_allclose(part.mean, whole.mean, atol=1e-6)
    assert (whole.log_var is not None) == variational


def _with(card, **changes):
    import dataclasses

    return dataclasses.replace(card, **changes)


def test_no_images_give_no_codes(four_model):
    assert four_model.encode(np.zeros((0, 1, 2, 2), np.float32)).mean.shape == (0, 4)
    assert four_model.decode(np.zeros((0, 4), np.float32)).shape == (0, 1, 2, 2)


@pytest.mark.parametrize(
    ("images", "words"),
    [
        (np.zeros((1, 2, 2)), "four axes"),
        (np.zeros((1, 1, 3, 3)), "the model takes"),
        (np.full((1, 1, 2, 2), np.nan), "NaN"),
        (np.full((1, 1, 2, 2), 2.0), "[0, 1]"),
        (np.array([["a"]], object), "must be numbers"),
    ],
)
def test_invalid_images_are_refused(four_model, images, words):
    with pytest.raises(InvalidInputError, match=words.replace("[", r"\[")):
        four_model.encode(images)


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        (np.zeros(4), "two axes"),
        (np.zeros((1, 5)), "the model has 4"),
        (np.full((1, 4), np.inf), "infinity"),
        (np.array([[None] * 4]), "must be numbers"),
    ],
)
def test_invalid_codes_are_refused(four_model, codes, words):
    with pytest.raises(InvalidInputError, match=words):
        four_model.decode(codes)
