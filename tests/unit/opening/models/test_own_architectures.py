"""Weights of this library's architectures open without a card: sizes come from names and shapes."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save

import latent_core as lc
from latent_core.__main__ import main
from latent_core.aliases import state_dict_in_current_names
from latent_core.architectures import ARCHITECTURES
from latent_core.errors import InvalidInputError
from latent_core.installed import MODELS
from latent_core.models.onnx_export import decoder_with_weights, run_decoder
from latent_core.models.torch_model import TorchModel
from latent_core.opening.models.inspection import inspect_model
from latent_core.opening.models.pytorch.recognition import recognize
from latent_core.opening.models.pytorch.state_dicts import shapes_of

SHIPPED = sorted(card.id for card in map(lc.load_card, lc.list_models()) if not card.is_precomputed)


def weights_of(model_id: str) -> bytes:
    return lc.load_card(model_id).weights.read_bytes()


@pytest.mark.parametrize("model_id", SHIPPED)
def test_every_architecture_is_recognized_with_its_sizes(model_id: str) -> None:
    card = lc.load_card(model_id)
    shapes = shapes_of(state_dict_in_current_names(load_file(card.weights)))
    found = recognize(shapes)
    assert found is not None
    assert (found.name, found.latent_dim) == (card.architecture["name"], card.latent_dim)
    assert found.square() == card.image_shape
    with torch.device("meta"):
        net = ARCHITECTURES[found.name](card.image_shape, found.latent_dim, **found.options)
    assert shapes_of(net.state_dict()) == shapes


def test_weights_alone_give_the_same_codes_and_images() -> None:
    shipped = lc.load_model("digits-vae-16")
    model = lc.open_model({"weights.safetensors": weights_of("digits-vae-16")}, dataset="digits")
    images = lc.load_dataset("digits").images(slice(30))
    expected, found = shipped.encode(images), model.encode(images)
    np.testing.assert_array_equal(found.mean, expected.mean)
    assert (found.log_var is None) == (expected.log_var is None)
    np.testing.assert_array_equal(model.decode(found.mean), shipped.decode(expected.mean))
    assert model.card.family == shipped.card.family
    assert isinstance(model, TorchModel)
    content = decoder_with_weights(model.card)
    assert content is not None
    np.testing.assert_allclose(
        run_decoder(content, found.mean), model.decode(found.mean), atol=1e-5
    )


def test_a_checkpoint_with_prefixes_opens_in_a_shell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tensors = load_file(lc.load_card("digits-gan-32").weights)
    wrapped = {f"_orig_mod.module.{name}": t.half() for name, t in tensors.items()}
    path = tmp_path / "gan.ckpt"
    torch.save({"epoch": 3, "state_dict": wrapped}, path)
    assert main(["open-model", str(path), "--data", "digits", "--id", "mine"]) == 0
    assert "'generator'" in capsys.readouterr().out
    codes = np.random.default_rng(0).normal(size=(4, 32)).astype("f4")
    model = lc.load_model("mine")
    expected = lc.load_model("digits-gan-32").decode(codes)
    np.testing.assert_allclose(model.decode(codes), expected, atol=0.02)  # float16
    assert model.card.needs_inversion
    assert (MODELS.own / "mine" / "weights.safetensors").is_file()


def test_a_classifier_opens_as_an_encoder_alone() -> None:
    draft = inspect_model({"w.safetensors": weights_of("digits-cnn-64")}, datasets=["digits"])
    assert draft.probe.is_decided
    card = lc.load_card(draft.save("Mine"))
    assert (card.family, card.is_classifier, card.decodes) == ("encoder", False, False)


def test_what_does_not_fit_is_listed() -> None:
    tensors = load_file(lc.load_card("digits-vae-16").weights)
    tensors["decoder.0.bias"] = torch.zeros(7)
    with pytest.raises(InvalidInputError, match=r"decoder\.0\.bias \(7,\) instead of \(384,\)"):
        lc.open_model({"w.safetensors": save(tensors)})
    tensors["decoder.0.bias"] = torch.full((384,), float("nan"))
    with pytest.raises(InvalidInputError, match="NaN"):
        lc.open_model({"w.safetensors": save(tensors)})


def test_weights_of_an_unknown_network_ask_for_a_class() -> None:
    file = io.BytesIO()
    torch.save({"layer.weight": torch.zeros(3, 4)}, file)
    with pytest.raises(InvalidInputError, match="--class"):
        lc.open_model({"w.pt": file.getvalue()})
