"""Exported decoders: the same images as torch, and the same file when exported again."""

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
def test_every_shipped_decoder_gives_the_images_of_its_model(model_id):
    model = lc.load_model(model_id)
    decoder = decoder_with_weights(model.card)
    assert decoder is not None
    assert model.card.decoder.stat().st_size < 16_384  # the weights are external data
    data = lc.load_dataset(model.card.dataset)
    encoded = lc.encode(model, data).mean[:100]
    rng = np.random.default_rng(1)
    sampled = rng.normal(0, 3, (100, model.card.latent_dim)).astype(np.float32)
    for codes in (encoded, sampled, encoded[:1]):
        images = run_decoder(decoder, codes)
        assert images.shape == (len(codes), *model.card.image_shape)
        assert np.abs(images - model.decode(codes)).max() <= TOLERANCE
    assert len(decoder) < 6 * 2**20


@pytest.fixture
def copied_model(tmp_path, monkeypatch):
    """The folder of a copy of a model, whose files may be changed."""
    shutil.copytree(lc.load_card("digits-vae-2").folder, tmp_path / "models" / "digits-vae-2")
    monkeypatch.setenv("LATENT_MODELS", str(tmp_path / "models"))
    return tmp_path / "models" / "digits-vae-2"


def test_an_export_gives_the_shipped_file(copied_model):
    shipped = (copied_model / "decoder.onnx").read_bytes()
    card = (copied_model / "card.json").read_text()
    (copied_model / "decoder.onnx").unlink()
    assert export_decoder(lc.load_model("digits-vae-2")).read_bytes() == shipped
    assert (copied_model / "card.json").read_text() == card


def test_a_decoder_exported_from_earlier_weights_is_not_used(copied_model):
    card = json.loads((copied_model / "card.json").read_text())
    card["decoder"]["weights_sha256"] = "0" * 64
    (copied_model / "card.json").write_text(json.dumps(card))
    assert decoder_with_weights(lc.load_card("digits-vae-2")) is None


def test_a_decoder_file_is_read_with_the_weights_beside_it():
    model = lc.load_model("digits-vae-2")
    codes = np.random.default_rng(2).normal(size=(5, 2)).astype(np.float32)
    session = onnxruntime.InferenceSession(model.card.decoder)
    np.testing.assert_allclose(
        session.run(None, {"codes": codes})[0], model.decode(codes), atol=TOLERANCE
    )


def test_a_decoder_beside_other_weights_is_refused(copied_model):
    with (copied_model / "weights.safetensors").open("r+b") as file:
        file.seek(-1, 2)
        file.write(b"!")
    with pytest.raises(InvalidCardError, match="SHA-256 differs"):
        decoder_with_weights(lc.load_card("digits-vae-2"))


@pytest.mark.parametrize("damage", ["missing", "other"])
def test_a_missing_or_damaged_decoder_is_reported_with_the_command(copied_model, damage):
    if damage == "missing":
        (copied_model / "decoder.onnx").unlink()
    else:
        (copied_model / "decoder.onnx").write_bytes(b"damaged")
    with pytest.raises(InvalidCardError, match="latent_core export-onnx digits-vae-2"):
        lc.load_card("digits-vae-2").checked_decoder()


def test_a_decoder_with_other_images_is_not_written(copied_model, monkeypatch):
    before = (copied_model / "decoder.onnx").read_bytes()
    model = lc.load_model("digits-vae-2")
    monkeypatch.setattr(model, "decode", lambda codes: np.zeros((len(codes), 1, 28, 28)))
    with pytest.raises(InvalidCardError, match="differ by"):
        export_decoder(model)
    assert (copied_model / "decoder.onnx").read_bytes() == before
