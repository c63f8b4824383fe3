"""Folders of diffusers: the same codes and images as its own classes give."""

from __future__ import annotations

import importlib.util
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

import latent_core as lc
from latent_core.errors import InvalidInputError, LatentError
from latent_core.opening.models.inspection import inspect_model
from latent_core.opening.models.pytorch.scaled_latents import ScaledLatents
from latent_core.opening.models.sources import read_files
from latent_core.torchvision_compat import import_torchvision
from tests.artefacts.readings import reading

KL: dict[str, Any] = {
    "_class_name": "AutoencoderKL",
    "_diffusers_version": "0.30.0",
    "block_out_channels": [4, 4],
    "down_block_types": ["DownEncoderBlock2D"] * 2,
    "up_block_types": ["UpDecoderBlock2D"] * 2,
    "norm_num_groups": 1,
    "latent_channels": 2,
    "scaling_factor": 0.5,
    "shift_factor": 0.25,
}
TINY: dict[str, Any] = {
    "_class_name": "AutoencoderTiny",
    "_diffusers_version": "0.30.0",
    "encoder_block_out_channels": [4, 4],
    "decoder_block_out_channels": [4, 4],
    "num_encoder_blocks": [1, 1],
    "num_decoder_blocks": [1, 1],
    "latent_channels": 2,
}
IS_INSTALLED = importlib.util.find_spec("diffusers") is not None


def config_file(**changes: Any) -> bytes:
    return json.dumps(KL | changes).encode()


def module_of(config: dict[str, Any]) -> Any:
    with suppress(LatentError):
        import_torchvision("models")
    import diffusers

    torch.manual_seed(0)
    known = {key: value for key, value in config.items() if not key.startswith("_")}
    return getattr(diffusers, config["_class_name"])(**known).eval()


@pytest.mark.skipif(not IS_INSTALLED, reason="the extra diffusers is not installed")
@pytest.mark.parametrize("config", [KL, TINY], ids=["kl", "tiny"])
def test_codes_and_images_are_those_of_diffusers(tmp_path: Path, config: dict[str, Any]) -> None:
    module = module_of(config)
    module.save_pretrained(tmp_path / "pipeline" / "vae")
    draft = inspect_model(read_files(tmp_path / "pipeline"), datasets=["furniture"])
    model = lc.load_model(draft.save("Mine", choice=reading(draft, "[-1, 1]", "[-1, 1]")))
    images = lc.load_dataset("furniture").images(slice(5))
    with torch.inference_mode():
        output = module.encode(torch.from_numpy(2 * images - 1))
        latents = output.latent_dist.mean if config is KL else output.latents
        decoded = (module.decode(latents).sample.clamp(-1, 1) + 1) / 2
    shift, factor = (0.25, 0.5) if config is KL else (0.0, 1.0)
    found = model.encode(images)
    expected = (latents.numpy() - shift) * factor
    np.testing.assert_allclose(found.mean, expected.reshape(5, -1), atol=1e-4)
    np.testing.assert_allclose(model.decode(found.mean), decoded, atol=1e-4)
    assert (found.log_var is not None) == (config is KL)
    assert model.card.architecture["latent_shape"] == [2, 32, 32]


@pytest.mark.skipif(IS_INSTALLED, reason="the extra diffusers is installed")
def test_without_diffusers_its_extra_is_named() -> None:
    files = {"config.json": config_file(), "diffusion_pytorch_model.safetensors": b""}
    with pytest.raises(LatentError, match=r"latent-space-explorer\[diffusers\]"):
        lc.open_model(files)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"_class_name": "VQModel"}, "VQModel"),
        ({"layers_per_block": 10**9}, "layers_per_block"),
        ({"block_out_channels": [4] * 400}, "block_out_channels"),
        ({"in_channels": 7}, "7 channels"),
    ],
)
def test_configs_that_are_not_opened(changes: dict[str, Any], words: str) -> None:
    files = {"config.json": config_file(**changes), "x.safetensors": b""}
    with pytest.raises(InvalidInputError, match=words):
        lc.open_model(files)


def test_weights_that_can_run_code_are_not_opened() -> None:
    files = {"config.json": config_file(), "diffusion_pytorch_model.bin": b""}
    with pytest.raises(InvalidInputError, match="safe_serialization"):
        lc.open_model(files)


def test_latents_are_scaled_by_the_statistics_of_a_config() -> None:
    class Identity(torch.nn.Module):
        def encode(self, pixels: torch.Tensor) -> torch.Tensor:
            return pixels

        decode = encode

    config = {"scaling_factor": 2.0, "latents_mean": [1.0, 2.0], "latents_std": [4.0, 0.5]}
    network = ScaledLatents.from_config(Identity(), config)
    latents = torch.randn(3, 2, 4, 4)
    codes, log_var = network.encode(latents)
    assert log_var is None
    torch.testing.assert_close(codes[:, 0], (latents[:, 0] - 1) * 2 / 4)
    torch.testing.assert_close(codes[:, 1], (latents[:, 1] - 2) * 2 / 0.5)
    torch.testing.assert_close(network.decode(codes), latents)
