"""`PythaeLoader`: a folder that pythae saved, with its default networks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from latent_core.errors import InvalidInputError
from latent_core.models.onnx.formats import PixelFormat
from latent_core.opening.models.hypotheses import Shape
from latent_core.opening.models.loaded_graphs import LoadedGraphs
from latent_core.opening.models.pytorch.state_dicts import load_weights, read_state_dict
from latent_core.opening.models.refusals import EXPORTS, RefusedModelError
from latent_core.untrusted import parse_json, reading

CONFIG, WEIGHTS = "model_config.json", "model.pt"
_QUANTIZED = ("VQVAEConfig", "HRQVAEConfig")
MAX_SIDE, MAX_LATENT_DIM = 512, 16_384


class PythaeLoader:
    """``model_config.json`` and ``model.pt``; never the pickles of other networks."""

    kind = "pythae folder"

    def reads(self, files: Mapping[str, bytes]) -> bool:
        """Whether there is a configuration of pythae."""
        return CONFIG in files and b'"uses_default_encoder"' in files[CONFIG]

    def load(self, files: Mapping[str, bytes], image_shapes: Sequence[Shape] = ()) -> LoadedGraphs:
        """The graphs of the default networks with these weights."""
        name, image_shape, latent_dim = _config(files[CONFIG])
        if WEIGHTS not in files:
            raise InvalidInputError(f"There is no {WEIGHTS} beside {CONFIG}; add it.")
        tensors, _ = read_state_dict(WEIGHTS, files[WEIGHTS])
        used = {n: t for n, t in tensors.items() if n.startswith(("encoder.", "decoder."))}
        import torch

        from latent_core.opening.models.pytorch.pythae_networks import PythaeNetworks
        from latent_core.opening.models.pytorch.torch_modules import export_method

        network = PythaeNetworks(
            image_shape, latent_dim, is_variational="encoder.log_var.weight" in used
        )
        load_weights(network, used)
        network.eval().requires_grad_(False)
        notes = [f"{name} of pythae with its default networks."]
        if left := sorted(set(tensors) - set(used)):
            notes.append(f"Left out, since neither encoder nor decoder: {', '.join(left[:3])}.")
        unit = PixelFormat()
        return LoadedGraphs(
            graphs={
                "encoder": export_method(network.encode, torch.zeros(2, *image_shape)),
                "decoder": export_method(network.decode, torch.zeros(2, latent_dim)),
            },
            notes=tuple(notes),
            stated=(unit, unit),
        )


def _config(content: bytes) -> tuple[str, Shape, int]:
    """Name, ``(C, H, W)`` and D.

    Raises
    ------
    InvalidInputError
        Its networks are not the default ones, its codes are quantized, or a size is missing.
    """
    with reading(f"{CONFIG} cannot be read", "save the model again", InvalidInputError):
        config: dict[str, Any] = parse_json(content.decode())
        name = str(config.get("name", ""))[:60]
        if not (config["uses_default_encoder"] and config.get("uses_default_decoder")):
            raise RefusedModelError(
                "This model of pythae has networks of its own, which it saves as pickles; these "
                "can run code when they are opened, so they are not. Export them to ONNX.",
                EXPORTS["a pickled PyTorch model"],
            )
        if name in _QUANTIZED:
            raise InvalidInputError(
                f"{name} has a codebook; export an encoder that gives its vectors to ONNX"
            )
        channels, height, width = map(int, config["input_dim"])
        latent_dim = int(config["latent_dim"])
        sides = min(height, width), max(channels, height, width)
        if channels < 1 or sides[0] < 1 or sides[1] > MAX_SIDE:
            raise InvalidInputError(f"its images are {config['input_dim']}")
        if not 1 <= latent_dim <= MAX_LATENT_DIM:
            raise InvalidInputError(f"its codes have {latent_dim} numbers")
    return name, (channels, height, width), latent_dim
