"""PyTorch modules of strangers as the networks that `TorchModel` runs and ONNX is exported from."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable
from typing import Any

import torch

from latent_core.errors import InvalidInputError
from latent_core.models.onnx.formats import PixelFormat
from latent_core.opening.models.outputs import image_tensor, posterior
from latent_core.types import Floats
from latent_core.untrusted import reading


class ModuleNetwork(torch.nn.Module):
    """A module with `encode` and `decode` as this library's networks have them.

    Parameters
    ----------
    module
        The stranger's, in evaluation mode.
    encoder, decoder
        What encodes and decodes, of the module.
    """

    def __init__(
        self,
        module: torch.nn.Module,
        encoder: Callable[[Any], Any] | None,
        decoder: Callable[[Any], Any] | None,
        formats: tuple[PixelFormat, PixelFormat],
        image_shape: tuple[int, int, int],
    ) -> None:
        super().__init__()
        self.module = module
        self._encoder, self._decoder = encoder, decoder
        self._taken, self._given = formats
        self._image_shape = image_shape
        self.latent_shape: tuple[int, ...] = ()
        self.family = "gan" if encoder is None else "encoder" if decoder is None else "ae"

    @property
    def latent_dim(self) -> int:
        """D."""
        return math.prod(self.latent_shape)

    def posterior(self, images: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor | None]:
        """Mean and log-variance of images in [0, 1], in the shape that the module gives them."""
        assert self._encoder is not None
        pixels = images * self._taken.scale[0] + self._taken.offset[0]
        if self._taken.layout.endswith("NHWC"):
            pixels = pixels.permute(0, 2, 3, 1)
        if self._taken.layout.startswith("flat"):
            pixels = pixels.flatten(1)
        mean, log_var = posterior(self._encoder(pixels))
        return mean, log_var

    def encode(self, images: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor | None]:
        """Mean and log-variance ``(N, D)`` of images in [0, 1]."""
        mean, log_var = self.posterior(images)
        return mean.flatten(1), None if log_var is None else log_var.flatten(1)

    def decode(self, codes: torch.Tensor) -> torch.Tensor:
        """Images ``(N, C, H, W)`` in [0, 1] of codes ``(N, D)``."""
        assert self._decoder is not None
        pixels = image_tensor(self._decoder(codes.reshape(-1, *self.latent_shape)))
        channels, height, width = self._image_shape
        if self._given.layout.endswith("NHWC"):
            pixels = pixels.reshape(-1, height, width, channels).permute(0, 3, 1, 2)
        images: torch.Tensor = pixels.reshape(-1, *self._image_shape)
        if self._given.is_logit:
            return images.sigmoid()
        return (images - self._given.offset[0]) / self._given.scale[0]


def module_network(
    module: torch.nn.Module,
    formats: tuple[PixelFormat, PixelFormat],
    images: Floats,
    latent_dim: int | None = None,
) -> ModuleNetwork:
    """The network of a module; its latent shape and family are found with images.

    Raises
    ------
    InvalidInputError
        It has nothing that encodes or decodes, or that fails with these images.
    """
    module.eval()
    encoder, decoder = _part(module, "encode"), _part(module, "decode")
    if encoder is None and decoder is None:
        raise InvalidInputError(
            f"{type(module).__name__} has neither encode and decode nor encoder and decoder; give "
            "functions: wrap(encode=…, decode=…)."
        )
    shape: tuple[int, int, int] = images.shape[1:]
    network = ModuleNetwork(module, encoder, decoder, formats, shape)
    with torch.inference_mode():
        if encoder is not None:
            _measure(network, torch.from_numpy(images[:2].copy()))
        elif latent_dim is None:
            raise InvalidInputError(
                "This module only decodes; say how many latent dimensions it has (latent_dim)."
            )
        else:
            network.latent_shape = (latent_dim,)
        if decoder is not None:
            with reading(f"{type(module).__name__} cannot decode", "correct it", InvalidInputError):
                network.decode(torch.zeros(2, network.latent_dim))
    return network


def _measure(network: ModuleNetwork, images: torch.Tensor) -> None:
    """Find the latent shape, and whether there is a log-variance."""
    name = type(network.module).__name__
    with reading(f"{name} cannot encode images", "correct it", InvalidInputError):
        mean, log_var = network.posterior(images)
        network.latent_shape = tuple(mean.shape[1:])
    if log_var is not None and network.family == "ae":
        network.family = "vae"


def _part(module: torch.nn.Module, verb: str) -> Callable[[Any], Any] | None:
    for name in (verb, f"{verb}r"):
        part = getattr(module, name, None)
        if callable(part):
            return part  # type: ignore[no-any-return]
    return None


def module_graphs(network: ModuleNetwork, images: Floats) -> dict[str, bytes]:
    """Encoder and decoder of a network as ONNX files, of any batch size.

    Raises
    ------
    InvalidInputError
        PyTorch cannot export it.
    """
    graphs = {}
    if network.family != "gan":
        graphs["encoder"] = export_method(network.encode, torch.from_numpy(images[:2].copy()))
    if network.family != "encoder":
        graphs["decoder"] = export_method(network.decode, torch.zeros(2, network.latent_dim))
    return graphs


def export_method(forward: Callable[[Any], Any], example: torch.Tensor) -> bytes:
    """A module's method of one argument as an ONNX file, of any batch size.

    Parameters
    ----------
    forward
        Bound to the module, which is in evaluation mode.
    example
        An argument of two or more rows.

    Raises
    ------
    InvalidInputError
        PyTorch cannot export it.
    """

    class Part(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.network = forward.__self__  # type: ignore[attr-defined]

        def forward(self, value: torch.Tensor) -> Any:
            output = forward(value)
            return (
                tuple(part for part in output if part is not None)
                if isinstance(output, tuple)
                else output
            )

    with (
        reading("PyTorch cannot export this module", "export it yourself", InvalidInputError),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")  # of the exporter about its own internals
        part = Part().eval()
        with torch.inference_mode():
            outputs = part(example)
        is_posterior = isinstance(outputs, tuple)
        program = torch.onnx.export(
            part,
            (example,),
            output_names=["mean", "log_var"][: len(outputs)] if is_posterior else None,
            dynamic_shapes=({0: torch.export.Dim("N")},),
            external_data=False,
            verbose=False,
        )
        assert program is not None
        content: bytes = program.model_proto.SerializeToString()
    return content
