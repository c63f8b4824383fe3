"""`DiffusersLoader`: the autoencoder of a folder that diffusers saved."""

from __future__ import annotations

import inspect
import json
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from latent_core.errors import InvalidInputError, LatentError
from latent_core.files import write_file
from latent_core.installation import requires_extra
from latent_core.models.onnx.formats import PixelFormat
from latent_core.opening.models.hypotheses import Shape
from latent_core.opening.models.loaded_graphs import LoadedGraphs
from latent_core.torchvision_compat import import_torchvision
from latent_core.untrusted import parse_json, reading

CONFIG, WEIGHTS = "config.json", "diffusion_pytorch_model.safetensors"
CLASSES = ("AutoencoderKL", "AutoencoderTiny")
SIGNED = PixelFormat(scale=(2.0,), offset=(-1.0,))
"""Both classes take and give pixels in [-1, 1]."""
MAX_LEVELS, MAX_BLOCKS, MAX_CHANNELS = 8, 16, 4096
"""Of a config: levels, blocks of a level, and every other whole number."""


class DiffusersLoader:
    """``config.json`` with the safetensors file beside it."""

    kind = "diffusers autoencoder (config.json and safetensors)"

    def reads(self, files: Mapping[str, bytes]) -> bool:
        """Whether ``config.json`` is one of diffusers."""
        return b'"_diffusers_version"' in files.get(CONFIG, b"")

    def load(self, files: Mapping[str, bytes], image_shapes: Sequence[Shape] = ()) -> LoadedGraphs:
        """The graphs for the largest of these shapes of images that fits."""
        config = _config(files[CONFIG])
        shape = _image_shape(config, image_shapes)
        module = _module(config, _weights(files))
        import torch

        from latent_core.opening.models.pytorch.scaled_latents import ScaledLatents
        from latent_core.opening.models.pytorch.torch_modules import export_method

        network = ScaledLatents.from_config(module, module.config)
        example = torch.zeros(2, *shape)
        with torch.inference_mode():
            codes = torch.zeros(2, *network.encode(example)[0].shape[1:])
        note = (
            f"{config['_class_name']} for images of {' × '.join(map(str, shape))}, with codes "
            f"scaled as its config says: {network.description}."
        )
        return LoadedGraphs(
            graphs={
                "encoder": export_method(network.encode, example),
                "decoder": export_method(network.decode, codes),
            },
            notes=(note,),
            stated=(SIGNED, SIGNED),
        )


def _config(content: bytes) -> dict[str, Any]:
    with reading(f"{CONFIG} cannot be read", "save the model again", InvalidInputError):
        config = parse_json(content.decode())
        if not isinstance(config, dict):
            raise InvalidInputError("it is no object")
    name = config.get("_class_name")
    if name not in CLASSES:
        raise InvalidInputError(
            f"{CONFIG} names the class {str(name)[:60]!r}; of diffusers, {' and '.join(CLASSES)} "
            "open. Export encoder and decoder of another one to ONNX."
        )
    for key, value in config.items():
        numbers = value if isinstance(value, list) else [value]
        limit = MAX_BLOCKS if "block" in key and "channels" not in key else MAX_CHANNELS
        is_small = all(not isinstance(n, int) or n <= limit for n in numbers)
        if len(numbers) > max(MAX_LEVELS, _latent_channels(config)) or not is_small:
            raise InvalidInputError(f"{CONFIG}: {key[:40]!r} is too large; correct it.")
    return config


def _latent_channels(config: Mapping[str, Any]) -> int:
    channels = config.get("latent_channels", 4)
    return min(channels, MAX_CHANNELS) if isinstance(channels, int) else 0


def _image_shape(config: Mapping[str, Any], image_shapes: Sequence[Shape]) -> Shape:
    """The largest shape that the network takes.

    Raises
    ------
    InvalidInputError
        There is none.
    """
    widths = config.get("encoder_block_out_channels", config.get("block_out_channels", [64] * 4))
    with reading(f"{CONFIG} cannot be read", "save the model again", InvalidInputError):
        channels, multiple = int(config.get("in_channels", 3)), 2 ** (len(widths) - 1)
    fitting = [
        shape
        for shape in image_shapes
        if shape[0] == channels and shape[1] % multiple == shape[2] % multiple == 0
    ]
    if not fitting:
        raise InvalidInputError(
            f"This {config['_class_name']} takes images of {channels} channels whose sides are "
            f"divisible by {multiple}, and no data set has such ones; open yours first."
        )
    return max(fitting, key=lambda shape: shape[1] * shape[2])


def _weights(files: Mapping[str, bytes]) -> bytes:
    names = sorted(name for name in files if name.endswith(".safetensors"))
    if WEIGHTS in names or len(names) == 1:
        return files[WEIGHTS if WEIGHTS in names else names[0]]
    if names:
        raise InvalidInputError(f"There are {len(names)} .safetensors files; keep {WEIGHTS} only.")
    raise InvalidInputError(
        f"There is no {WEIGHTS} beside {CONFIG}; a .bin file can run code and is not opened. Save "
        "the model again: vae.save_pretrained(folder, safe_serialization=True)."
    )


def _module(config: Mapping[str, Any], weights: bytes) -> Any:
    """The module with its weights, in float32 and evaluation mode.

    Raises
    ------
    LatentError
        diffusers is not installed.
    InvalidInputError
        The weights are not those of the config.
    """
    with suppress(LatentError):  # diffusers imports torchvision where it is installed
        import_torchvision("models")
    with requires_extra("diffusers"):
        import diffusers
    import torch

    kind = getattr(diffusers, config["_class_name"])
    known = {k: v for k, v in config.items() if k in inspect.signature(kind.__init__).parameters}
    with reading(f"{CONFIG} and the weights don't fit", "save both again", InvalidInputError):
        with torch.device("meta"):
            count = sum(tensor.numel() for tensor in kind(**known).state_dict().values())
        if 2 * count > len(weights):  # two bytes are the smallest number
            raise InvalidInputError(f"the config has {count:,} weights, more than the file")
        with tempfile.TemporaryDirectory() as folder:
            write_file(Path(folder, CONFIG), json.dumps(known).encode())
            write_file(Path(folder, WEIGHTS), weights)
            module, info = kind.from_pretrained(
                folder,
                use_safetensors=True,
                local_files_only=True,
                low_cpu_mem_usage=False,
                output_loading_info=True,
            )
    wrong = {name: info[f"{name}_keys"] for name in ("missing", "unexpected", "mismatched")}
    if any(wrong.values()):
        listed = "; ".join(
            f"{len(keys)} {name}: {', '.join(map(str, list(keys)[:3]))}"
            for name, keys in wrong.items()
            if keys
        )
        raise InvalidInputError(
            f"The weights are not those of {CONFIG}: {listed}. Save both again."
        )
    return module.float()
