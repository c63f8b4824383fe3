"""`wrap`: any Python object that encodes and decodes, as a `LatentModel`."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Literal

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.image_arrays import to_images
from latent_core.models.card import ModelCard
from latent_core.models.model import Model
from latent_core.models.onnx.formats import LAYOUTS, Layout, PixelFormat
from latent_core.models.torch_model import TorchModel
from latent_core.opening.models.hypotheses import to_graph
from latent_core.opening.models.hypotheses import to_images as from_graph
from latent_core.opening.models.outputs import posterior_arrays, single_array
from latent_core.types import Array, Floats
from latent_core.untrusted import reading

N_EXAMPLES = 64
Formats = tuple[PixelFormat, PixelFormat]
"""Of what a model takes, and of what it gives."""


def wrap(  # noqa: PLR0913  one argument per thing that an object may leave open
    model: Any = None,
    *,
    example: Any,
    encode: Callable[[Any], Any] | None = None,
    decode: Callable[[Any], Any] | None = None,
    pixel_range: tuple[float, float] = (0.0, 1.0),
    output_range: tuple[float, float] | Literal["logits"] | None = None,
    layout: Layout | None = None,
    dataset: str = "",
    title: str = "wrapped model",
) -> Model:
    """An object that encodes or decodes images, as a model that every function here takes.

    Parameters
    ----------
    model
        A PyTorch module with `encode` and `decode`, or `encoder` and `decoder`; or an estimator
        of scikit-learn with `transform` and `inverse_transform`.  Not with `encode` or `decode`.
    example
        Some images, as `encode` takes them: its shape, and what the model is tried on.
    encode, decode
        Functions from an array of images to codes ``(N, D)``, or a mean and a log-variance; and
        from codes to images.
    pixel_range
        Darkest and brightest pixel of what the model takes.
    output_range
        Those of what it gives, or ``"logits"``; by default as `pixel_range`.
    layout
        Of what it takes and gives; by default flat rows for scikit-learn, else ``"NCHW"``.
    dataset
        Id of the data set that it was trained for.
    title
        A name for people.

    Returns
    -------
    Model
        For a PyTorch module a `TorchModel`, which gives gradients.  The module is put into
        evaluation mode.

    Raises
    ------
    InvalidInputError
        The object can neither encode nor decode, or fails with the example.
    """
    images = to_images(example)[:N_EXAMPLES]
    if layout is not None and layout not in LAYOUTS:
        raise InvalidInputError(f"layout must be one of {', '.join(LAYOUTS)}, not {layout!r}.")
    taken = _format(pixel_range, layout or "NCHW")
    given = taken if output_range is None else _format(output_range, layout or "NCHW")
    if model is not None and _is_torch_module(model):
        from latent_core.opening.models.pytorch.torch_modules import module_network

        network = module_network(model, (taken, given), images)
        made: Model = TorchModel(
            _card(title, dataset, images.shape[1:], network.latent_dim, network.family), network
        )
    else:
        if model is not None:
            encode, decode = _method(model, "transform"), _method(model, "inverse_transform")
            rows: Layout = layout or "flat NCHW"
            taken, given = replace(taken, layout=rows), replace(given, layout=rows)
        if encode is None and decode is None:
            raise InvalidInputError(
                "There is nothing to wrap: give a PyTorch module, an estimator with transform, or "
                "the functions encode and decode."
            )
        made = _wrap_functions((encode, decode), (taken, given), images, (title, dataset))
    return _with_fingerprint(made, images)


def _format(pixels: tuple[float, float] | Literal["logits"], layout: Layout) -> PixelFormat:
    if pixels == "logits":
        return PixelFormat(layout=layout, is_logit=True)
    try:
        low, high = map(float, pixels)
    except (TypeError, ValueError):
        low = high = 0.0
    if not high > low:
        raise InvalidInputError(
            f"A range of pixels is (darkest, brightest), such as (-1, 1), not {pixels!r}."
        )
    return PixelFormat(layout=layout, scale=(high - low,), offset=(low,))


def _is_torch_module(model: Any) -> bool:
    return any(base.__module__.startswith("torch.nn") for base in type(model).__mro__)


def _method(model: Any, name: str) -> Callable[[Any], Any] | None:
    method = getattr(model, name, None)
    return method if callable(method) else None


class FunctionModel(Model):
    """Functions on arrays as a model; without gradients."""

    def __init__(
        self,
        card: ModelCard,
        encode: Callable[[Any], Any] | None,
        decode: Callable[[Any], Any] | None,
        formats: Formats,
    ) -> None:
        super().__init__(card)
        self._encode, self._decode = encode, decode
        self._taken, self._given = formats

    def _invert(self, images: Floats) -> Floats:
        raise InvalidInputError(
            f"{self.card.title!r} has no encode function and gives no gradients; wrap it with one."
        )

    def _encode_batch(self, images: Floats) -> tuple[Floats, Floats | None]:
        assert self._encode is not None
        with reading("encode fails", "correct it", InvalidInputError):
            mean, log_var = posterior_arrays(self._encode(to_graph(images, self._taken)))
        flat = (len(images), -1)
        return mean.reshape(flat), None if log_var is None else log_var.reshape(flat)

    def _decode_batch(self, codes: Floats) -> Floats:
        assert self._decode is not None
        with reading("decode fails", "correct it", InvalidInputError):
            pixels: Array = single_array(self._decode(codes))
            return from_graph(pixels, self._given, self.card.image_shape)


def _wrap_functions(
    functions: tuple[Callable[[Any], Any] | None, Callable[[Any], Any] | None],
    formats: Formats,
    images: Floats,
    names: tuple[str, str],
) -> FunctionModel:
    encode, decode = functions
    if encode is None:
        raise InvalidInputError(
            "Only decode is given, so that the number of latent dimensions is not known; give "
            "encode as well, or wrap a PyTorch module."
        )
    with reading("encode fails with the example", "correct it", InvalidInputError):
        mean, log_var = posterior_arrays(encode(to_graph(images, formats[0])))
    if len(mean) != len(images):
        raise InvalidInputError(
            f"encode gives {len(mean)} rows for {len(images)} images; it must give one for each."
        )
    family = "encoder" if decode is None else "ae" if log_var is None else "vae"
    latent_dim = int(mean[0].size)
    card = _card(*names, images.shape[1:], latent_dim, family)
    return FunctionModel(card, encode, decode, formats)


def _card(
    title: str, dataset: str, image_shape: tuple[int, ...], latent_dim: int, family: str
) -> ModelCard:
    color = "gray" if image_shape[0] == 1 else "rgb"
    return ModelCard(
        id="wrapped",
        title=title,
        family=family,
        dataset=dataset,
        image_shape=image_shape,  # type: ignore[arg-type]  # (C, H, W)
        latent_dim=latent_dim,
        preprocessing={"color": color, "background": "any", "fit_mode": "cover"},
    )


def _with_fingerprint(model: Model, images: Floats) -> Model:
    """The model with a fingerprint of its answers, so that its results are cached."""
    digest = hashlib.sha256(model.card.title.encode())
    codes = np.zeros((1, model.card.latent_dim), np.float32)
    if model.card.encodes:
        posterior = model.encode(images)
        codes = posterior.mean
        for part in (posterior.mean, posterior.log_var):
            digest.update(b"" if part is None else part.tobytes())
    if model.card.decodes:
        decoded = model.decode(codes)
        digest.update(decoded.tobytes())
        if model.card.encodes:
            _warn_if_useless(images, decoded)
    model.card = replace(model.card, weights_sha256=digest.hexdigest())
    return model


def _warn_if_useless(images: Floats, decoded: Floats) -> None:
    """Warn where the mean image is a better reconstruction, as with a wrong range of pixels."""
    error = float(np.mean((decoded - images) ** 2))
    baseline = float(np.mean((images.mean(axis=0) - images) ** 2))
    if error > baseline > 0:
        warnings.warn(
            f"The example is reconstructed with a mean squared error of {error:.3g}, its mean "
            f"image has {baseline:.3g}: is it trained, and are pixel_range, output_range and "
            "layout right?",
            stacklevel=4,
        )
