from __future__ import annotations

import json

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

import latent_core as lc
from latent_core import card_files
from latent_core.architectures import build
from latent_core.errors import InvalidCardError, InvalidInputError, UnknownNameError
from latent_core.models.card_reader import read_model_card
from latent_core.models.catalog import load_model
from latent_core.models.model import TorchModel
from tests.conftest import MEAN, ROTATION, add_model


def test_encode_and_decode_are_the_known_rotation(four_model):
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


def test_no_pictures_give_no_codes(four_model):
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
def test_bad_images_are_refused_in_a_sentence(four_model, images, words):
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
def test_bad_codes_are_refused_in_a_sentence(four_model, codes, words):
    with pytest.raises(InvalidInputError, match=words):
        four_model.decode(codes)


def test_an_unknown_model_is_named_with_its_nearest(four):
    with pytest.raises(UnknownNameError, match="Did you mean 'four'"):
        load_model("fours")


@pytest.mark.parametrize("hostile", ["../four", "/etc", "four/../four", ""])
def test_a_path_is_not_a_model(four, hostile):
    with pytest.raises(UnknownNameError):
        load_model(hostile)


def test_changed_weights_are_refused(four):
    path = four / "models" / "four" / "weights.safetensors"
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    with pytest.raises(InvalidCardError, match="SHA-256 differs"):
        load_model("four")


def test_missing_weights_name_the_command(four):
    (four / "models" / "four" / "weights.safetensors").unlink()
    with pytest.raises(InvalidCardError, match="latent_core train four"):
        load_model("four")


def test_weights_of_another_architecture_are_refused(four):
    folder = four / "models" / "four"
    save_file({"mean": torch.zeros(4)}, folder / "weights.safetensors")
    _card(folder, weights={"sha256": card_files.sha256_file(folder / "weights.safetensors")})
    with pytest.raises(InvalidCardError, match="don't fit"):
        load_model("four")


@pytest.mark.parametrize("field", ["title", "family", "image_shape", "latent_dim", "architecture"])
def test_a_card_without_a_field_says_which(four, field):
    folder = four / "models" / "four"
    card = json.loads((folder / "card.json").read_text())
    del card[field]
    (folder / "card.json").write_text(json.dumps(card))
    with pytest.raises(InvalidCardError, match=f"has no '{field}'"):
        load_model("four")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"family": "gnu"}, "unknown family"),
        ({"latent_dim": 0}, "1 to 4096"),
        ({"latent_dim": "4"}, "must be int"),
        ({"image_shape": [1, 2]}, "three sizes"),
        ({"architecture": {"name": "con"}}, "Did you mean 'conv'"),
        ({"architecture": {"name": "linear", "depth": 3}}, "does not take these options"),
    ],
)
def test_a_wrong_field_is_told(four, change, words):
    _card(four / "models" / "four", **change)
    with pytest.raises((InvalidCardError, UnknownNameError), match=words):
        load_model("four")


def test_a_card_that_is_not_json_is_told(four):
    (four / "models" / "four" / "card.json").write_text("{")
    with pytest.raises(InvalidCardError, match="cannot be read"):
        load_model("four")


def test_a_folder_dropped_in_appears(four):
    add_model(four / "models" / "mine", title="Mine")
    assert lc.list_models() == ["four", "mine"]
    assert lc.load_model("mine").card.title == "Mine"


def _card(folder, **changes):
    card = json.loads((folder / "card.json").read_text())
    (folder / "card.json").write_text(json.dumps(card | changes))
