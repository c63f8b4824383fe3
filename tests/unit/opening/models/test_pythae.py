"""Folders of pythae with its default networks, opened without it and without its pickles."""

from __future__ import annotations

import importlib.util
import io
import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

import latent_core as lc
from latent_core.errors import InvalidInputError
from latent_core.opening.models.inspection import inspect_model
from latent_core.opening.models.refusals import RefusedModelError
from latent_core.opening.models.sources import read_files
from latent_core.torchvision_compat import import_torchvision
from tests.artefacts.readings import reading

CONFIG = {
    "name": "VAEConfig",
    "input_dim": [1, 28, 28],
    "latent_dim": 5,
    "uses_default_encoder": True,
    "uses_default_decoder": True,
    "reconstruction_loss": "mse",
}


def layers() -> dict[str, nn.Linear]:
    torch.manual_seed(0)
    sizes = {
        "encoder.layers.0.0": (784, 512),
        "encoder.embedding": (512, 5),
        "encoder.log_var": (512, 5),
        "decoder.layers.0.0": (5, 512),
        "decoder.layers.1.0": (512, 784),
    }
    return {name: nn.Linear(*size) for name, size in sizes.items()}


def folder(parts: dict[str, nn.Linear], **changes: Any) -> dict[str, bytes]:
    state = {
        f"{name}.{key}": tensor
        for name, layer in parts.items()
        for key, tensor in layer.state_dict().items()
    }
    file = io.BytesIO()
    torch.save({"model_state_dict": state}, file)
    config = json.dumps(CONFIG | changes).encode()
    return {"model_config.json": config, "model.pt": file.getvalue(), "environment.json": b"{}"}


@torch.inference_mode()
def test_codes_and_images_are_those_of_its_layers() -> None:
    parts = layers()
    draft = inspect_model(folder(parts), datasets=["digits"])
    model = lc.load_model(draft.save("Mine", choice=reading(draft, "[0, 1]", "[0, 1]")))
    images = lc.load_dataset("digits").images(slice(6))
    hidden = parts["encoder.layers.0.0"](torch.from_numpy(images.reshape(6, -1).copy())).relu()
    mean, log_var = (parts[f"encoder.{name}"](hidden) for name in ("embedding", "log_var"))
    pixels = parts["decoder.layers.1.0"](parts["decoder.layers.0.0"](mean).relu()).sigmoid()
    found = model.encode(images)
    assert found.log_var is not None
    np.testing.assert_allclose(found.mean, mean, atol=1e-4)
    np.testing.assert_allclose(found.log_var, log_var, atol=1e-4)
    np.testing.assert_allclose(model.decode(found.mean).reshape(6, -1), pixels, atol=1e-4)
    assert model.card.family == "vae"


@pytest.mark.skipif(importlib.util.find_spec("pythae") is None, reason="pythae is not installed")
def test_a_folder_that_pythae_saved_opens(tmp_path: Path) -> None:
    import_torchvision("models")
    from pythae.models import AE, AEConfig

    module = AE(AEConfig(input_dim=(1, 28, 28), latent_dim=5)).eval()
    module.save(os.fspath(tmp_path / "saved"))
    draft = inspect_model(read_files(tmp_path / "saved"), datasets=["digits"])
    model = lc.load_model(draft.save("Mine", choice=reading(draft, "[0, 1]", "[0, 1]")))
    images = lc.load_dataset("digits").images(slice(6))
    with torch.inference_mode():
        codes = module.encoder(torch.from_numpy(images.copy())).embedding
        decoded = module.decoder(codes).reconstruction
    found = model.encode(images)
    np.testing.assert_allclose(found.mean, codes, atol=1e-4)
    np.testing.assert_allclose(model.decode(found.mean), decoded, atol=1e-4)


def test_networks_of_ones_own_are_pickles_and_not_opened() -> None:
    files = folder(layers(), uses_default_encoder=False) | {"encoder.pkl": b"\x80\x04."}
    with pytest.raises(RefusedModelError, match="pickles") as error:
        lc.open_model(files)
    assert "torch.onnx.export" in error.value.code


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": "VQVAEConfig"}, "codebook"),
        ({"input_dim": [1, 28]}, "model_config"),
        ({"input_dim": [1, 10**6, 10**6]}, "1000000"),
        ({"latent_dim": 7}, r"encoder\.embedding\.weight"),
    ],
)
def test_configurations_that_are_not_opened(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidInputError, match=words):
        lc.open_model(folder(layers(), **changes))
