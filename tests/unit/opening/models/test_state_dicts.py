"""State dicts as training scripts save them, and the class that they belong to."""

from __future__ import annotations

import argparse
import io
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import save

import latent_core as lc
from latent_core.__main__ import main
from latent_core.errors import InvalidInputError
from latent_core.opening.models.loaders import load_graphs
from latent_core.opening.models.pytorch.state_dicts import load_weights, read_state_dict

SOURCE = """
import torch

class VAE(torch.nn.Module):
    def __init__(self, dims=6):
        super().__init__()
        self.encoder = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(4, 2 * dims))
        self.decoder = torch.nn.Sequential(
            torch.nn.Linear(dims, 4), torch.nn.Sigmoid(), torch.nn.Unflatten(1, (1, 2, 2))
        )

    def encode(self, images):
        return self.encoder(images).chunk(2, dim=1)
"""


def saved(value: Any, **options: Any) -> bytes:
    file = io.BytesIO()
    torch.save(value, file, **options)
    return file.getvalue()


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    (tmp_path / "strangers_net.py").write_text(SOURCE)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    monkeypatch.delitem(sys.modules, "strangers_net", raising=False)
    torch.manual_seed(0)
    return __import__("strangers_net").VAE()


def forms(state: dict[str, Any]) -> dict[str, bytes]:
    return {
        "plain.pt": saved(state),
        "legacy.pth": saved(state, _use_new_zipfile_serialization=False),
        "parallel.pt": saved({f"module.{k}": v for k, v in state.items()}),
        "compiled.pt": saved({f"_orig_mod.module.{k}": v for k, v in state.items()}),
        "script.ckpt": saved({"epoch": 3, "model_state_dict": state, "optimizer": {}}),
        "lightning.ckpt": saved(
            {
                "state_dict": {f"model.{k}": v for k, v in state.items()},
                "hyper_parameters": {"lr": 1e-3},
            }
        ),
        "weights.safetensors": save(state),
    }


@pytest.mark.parametrize("name", list(forms({})))
def test_a_state_dict_is_read_as_scripts_save_it(module: Any, name: str) -> None:
    state = {key: tensor.clone() for key, tensor in module.state_dict().items()}
    tensors, notes = read_state_dict(name, forms(state)[name])
    for tensor in module.state_dict().values():
        tensor.zero_()
    notes += load_weights(module, tensors)
    for key, tensor in module.state_dict().items():
        torch.testing.assert_close(tensor, state[key])
    assert bool(notes) == (name not in ("plain.pt", "legacy.pth", "weights.safetensors"))


def test_objects_beside_weights_are_named_and_not_made(module: Any) -> None:
    content = saved(
        {"state_dict": module.state_dict(), "hyper_parameters": argparse.Namespace(a=1)}
    )
    with pytest.raises(InvalidInputError, match=r"argparse\.Namespace"):
        read_state_dict("lightning.ckpt", content)


def test_what_does_not_fit_is_listed_with_shapes(module: Any) -> None:
    state = dict(module.state_dict())
    state["encoder.2.weight"] = state.pop("encoder.1.weight")
    state["decoder.0.bias"] = torch.zeros(9)
    with pytest.raises(InvalidInputError) as error:
        load_weights(module, state)
    for part in ("1 missing: encoder.1.weight (12, 4)", "encoder.2.weight (12, 4)", "(9,)"):
        assert part in str(error.value)


def test_weights_and_a_class_open_on_the_command_line(
    four: Path, module: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    path = four / "weights.pt"
    path.write_bytes(saved(module.state_dict()))
    command = ["open-model", str(path), "--class", "strangers_net:VAE", "--data", "four"]
    assert main([*command, "--choice", "0", "--id", "mine"]) == 0, capsys.readouterr().err
    model = lc.load_model("mine")
    images = lc.load_dataset("four").images(slice(20))
    with torch.inference_mode():
        mean, log_var = module.eval().encode(torch.from_numpy(images.copy()))
        decoded = module.decoder(mean)
    found = model.encode(images)
    assert found.log_var is not None
    origin = model.card.origin
    if origin["encoder"]["pixels"]["scale"] == [1.0]:  # the best reading of an untrained network
        np.testing.assert_allclose(found.mean, mean, atol=1e-5)
        np.testing.assert_allclose(found.log_var, log_var, atol=1e-5)
        np.testing.assert_allclose(model.decode(found.mean), decoded, atol=1e-5)


def test_weights_without_a_class_say_what_is_missing(module: Any) -> None:
    with pytest.raises(InvalidInputError, match="--class"):
        load_graphs({"weights.safetensors": save(dict(module.state_dict()))})
