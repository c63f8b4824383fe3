"""The exported decoders: the same pictures as torch, the same file as made anew."""

from __future__ import annotations

import json
import shutil

import numpy as np
import onnxruntime
import pytest

import latent_core as lc
from latent_core.errors import InvalidCardError
from latent_core.models.onnx_export import (
    TOLERANCE,
    decoder_with_weights,
    export_decoder,
    run_decoder,
)

DECODING = [i for i in lc.list_models() if lc.load_card(i).decodes]


@pytest.mark.parametrize("model_id", DECODING)
def test_every_model_ships_a_decoder_that_makes_the_same_pictures(model_id):
    model = lc.load_model(model_id)
    decoder = decoder_with_weights(model.card)
    assert decoder is not None
    assert model.card.decoder.stat().st_size < 16_384  # its numbers are the weights', not a copy
    data = lc.load_dataset(model.card.dataset)
    real = lc.encode(model, data).mean[:100]
    rng = np.random.default_rng(1)
    drawn = rng.normal(0, 3, (100, model.card.latent_dim)).astype(np.float32)
    for codes in (real, drawn, real[:1]):
        made = run_decoder(decoder, codes)
        assert made.shape == (len(codes), *model.card.image_shape)
        assert np.abs(made - model.decode(codes)).max() <= TOLERANCE
    assert len(decoder) < 6 * 2**20


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """A model whose files may be changed."""
    shutil.copytree(lc.load_card("digits-vae-2").folder, tmp_path / "models" / "digits-vae-2")
    monkeypatch.setenv("LATENT_MODELS", str(tmp_path / "models"))
    return tmp_path / "models" / "digits-vae-2"


def test_the_command_makes_the_shipped_file_again(copied):
    shipped = (copied / "decoder.onnx").read_bytes()
    card = (copied / "card.json").read_text()
    (copied / "decoder.onnx").unlink()
    assert export_decoder(lc.load_model("digits-vae-2")).read_bytes() == shipped
    assert (copied / "card.json").read_text() == card


def test_a_decoder_of_earlier_weights_is_not_used(copied):
    card = json.loads((copied / "card.json").read_text())
    card["decoder"]["weights_sha256"] = "0" * 64
    (copied / "card.json").write_text(json.dumps(card))
    assert decoder_with_weights(lc.load_card("digits-vae-2")) is None


def test_a_decoder_opens_where_it_lies_with_the_weights_beside_it():
    model = lc.load_model("digits-vae-2")
    codes = np.random.default_rng(2).normal(size=(5, 2)).astype(np.float32)
    session = onnxruntime.InferenceSession(model.card.decoder)
    np.testing.assert_allclose(
        session.run(None, {"codes": codes})[0], model.decode(codes), atol=TOLERANCE
    )


def test_a_decoder_beside_other_weights_is_one_sentence(copied):
    with (copied / "weights.safetensors").open("r+b") as file:
        file.seek(-1, 2)
        file.write(b"!")
    with pytest.raises(InvalidCardError, match="SHA-256 differs"):
        decoder_with_weights(lc.load_card("digits-vae-2"))


@pytest.mark.parametrize("damage", ["missing", "other"])
def test_a_missing_or_damaged_decoder_is_one_sentence(copied, damage):
    if damage == "missing":
        (copied / "decoder.onnx").unlink()
    else:
        (copied / "decoder.onnx").write_bytes(b"not it")
    with pytest.raises(InvalidCardError, match="latent_core export-onnx digits-vae-2"):
        lc.load_card("digits-vae-2").checked_decoder()


def test_a_decoder_that_decodes_otherwise_is_not_written(copied, monkeypatch):
    before = (copied / "decoder.onnx").read_bytes()
    model = lc.load_model("digits-vae-2")
    monkeypatch.setattr(model, "decode", lambda codes: np.zeros((len(codes), 1, 28, 28)))
    with pytest.raises(InvalidCardError, match="is off by"):
        export_decoder(model)
    assert (copied / "decoder.onnx").read_bytes() == before
