"""Cards: the human-readable half of a model or data set, checked when read.

A card is ``card.json`` in the folder ``models/<id>`` or ``data/<id>``.
"""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from latent_core.card_files import models_dir, read_json, required_field, sha256_file
from latent_core.errors import InvalidCardError

FAMILIES = ("pca", "ae", "vae", "gan", "classifier", "given")
TORCHVISION = "torchvision"
"""The architecture that is any network of torchvision's."""
WEIGHTS = "weights.safetensors"
_FILE = re.compile(r"\w[\w.-]{0,120}\.(safetensors|pth)", re.ASCII)


def torch_hub_dir() -> Path:
    """Where torch keeps the weights that it fetches."""
    cache = os.environ.get("XDG_CACHE_HOME", "~/.cache")
    home = os.environ.get("TORCH_HOME", f"{cache}/torch")
    return Path(home).expanduser() / "hub" / "checkpoints"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCard:
    """What a model is, where it came from, and how good it is.

    Parameters
    ----------
    id, title, description
        The folder's name; the name and a sentence for people.
    family
        One of `FAMILIES`.
    dataset
        The data set it was trained for.
    image_shape
        ``(C, H, W)``; zeros where codes are given.
    latent_dim
        D.
    architecture
        ``{"name": …, **options}`` of `architectures.build`.
    preparation
        How a picture is made ready for it; see `prepare.Preparation`.
    training
        The recipe; see `recipe.Recipe`.
    weights_sha256
        Of the weights; empty before the first training.
    decoder_sha256
        Of ``decoder.onnx``; empty where there is none made from these weights.
    metrics
        What `evaluate` measured.
    again
        What further trainings gave; see `spread`.
    weights_file
        What the weights of a network of torchvision's are called.
    """

    id: str
    title: str
    description: str
    family: str
    dataset: str
    image_shape: tuple[int, int, int]
    latent_dim: int
    architecture: dict[str, Any]
    preprocessing: dict[str, Any]
    paper: str
    license: str
    training: dict[str, Any]
    weights_sha256: str = ""
    decoder_sha256: str = ""
    baseline: str | None = None
    metrics: dict[str, Any] = field(default_factory=dict)
    replicates: dict[str, Any] = field(default_factory=dict)
    folder: Path = Path()
    weights_file: str = WEIGHTS

    @property
    def encodes(self) -> bool:
        """Whether it has an encoder."""
        return self.family not in ("gan", "given")

    @property
    def needs_inversion(self) -> bool:
        """Whether a picture's code is searched for, since it decodes and has no encoder."""
        return self.decodes and not self.encodes

    @property
    def decodes(self) -> bool:
        """Whether it makes pictures of codes."""
        return self.family not in ("classifier", "given")

    @property
    def has_gaussian_prior(self) -> bool:
        """Whether it was taught to make pictures of codes drawn from N(0, I)."""
        return self.family in ("vae", "gan")

    @property
    def is_precomputed(self) -> bool:
        """Whether its codes come with the data set and no network computes them."""
        return self.family == "given"

    @property
    def is_available(self) -> bool:
        """Whether what it needs beside the card is there."""
        return self.is_precomputed or self.weights.is_file()

    @property
    def attribute_thresholds(self) -> dict[str, float]:
        """What a classifier answers by yes or no: whether a factor is above its number.

        Raises
        ------
        BadCard
            They aren't factors with a number each.
        """
        asked = self.training.get("questions", {})
        if isinstance(asked, dict) and all(isinstance(v, int | float) for v in asked.values()):
            return {name: float(value) for name, value in asked.items()}
        raise InvalidCardError(
            f"'questions' of {self.id!r} must be factors with a number each: {asked!r}."
        )

    @property
    def is_backbone(self) -> bool:
        """Whether it is a network of torchvision's, taught on other pictures."""
        return bool(self.architecture.get("name") == TORCHVISION)

    @property
    def is_classifier(self) -> bool:
        """Whether it names the classes of its data set."""
        return self.family == "classifier" and not self.is_backbone

    @property
    def weights(self) -> Path:
        """The weights' path; of a network of torchvision's, wherever they are found."""
        own = self.folder / WEIGHTS
        if not self.is_backbone:
            return own
        folders = (self.folder, torch_hub_dir())
        names = (str(Path(self.weights_file).with_suffix(".safetensors")), self.weights_file)
        found = [own, *(folder / name for name in names for folder in folders)]
        return next((path for path in found if path.is_file()), found[-1])

    @property
    def decoder(self) -> Path:
        """The exported decoder's path."""
        return self.folder / "decoder.onnx"

    def checked_weights(self) -> Path:
        """The weights' path, once their checksum agrees with the card.

        Raises
        ------
        BadCard
            They are missing or differ.
        """
        if not self.weights.is_file() and self.is_backbone:
            raise InvalidCardError(self._how_to_fetch())
        if not self.weights.is_file():
            command = f"python -m latent_core train {self.id}"
            raise InvalidCardError(
                f"Model {self.id!r} has no weights.safetensors; make it with `{command}`."
            )
        named = bool(self.weights_sha256) or not self.is_backbone
        if named and sha256_file(self.weights) != self.weights_sha256:
            raise InvalidCardError(
                f"The weights of {self.id!r} are not those its card names (SHA-256 differs); "
                "copy both files again, or train the model anew."
            )
        return self.weights

    def _how_to_fetch(self) -> str:
        name = self.architecture.get("backbone")
        return (
            f"Model {self.id!r} needs {self.weights_file}, which is neither in {self.folder} nor "
            f"in {torch_hub_dir()}; it is what torchvision's {name}(weights='DEFAULT') fetches, as does "
            f"`python -m latent_core backbone {name} --dataset {self.dataset} --download`."
        )

    def checked_decoder(self) -> bytes | None:
        """The exported decoder's bytes, or None where the card names none.

        Raises
        ------
        BadCard
            The card names one, and it is missing or another.
        """
        if not self.decoder_sha256:
            return None
        data = self.decoder.read_bytes() if self.decoder.is_file() else b""
        if hashlib.sha256(data).hexdigest() != self.decoder_sha256:
            raise InvalidCardError(
                f"The decoder.onnx of {self.id!r} is missing or not the one its card names; "
                f"make it again with `python -m latent_core export {self.id}`."
            )
        return data


def read_model_card(model_id: str) -> ModelCard:
    """The card of a model.

    Raises
    ------
    BadCard
        A field is missing or wrong.
    """
    folder = models_dir() / model_id
    raw = read_json(folder / "card.json")
    latent_dim = required_field(raw, "latent_dim", int, model_id)
    family = required_field(raw, "family", str, model_id)
    shape = [0, 0, 0] if family == "given" else _image_shape(raw, model_id)
    if not 1 <= latent_dim <= 4096:
        raise InvalidCardError(f"'latent_dim' of {model_id!r} must be 1 to 4096, not {latent_dim}.")
    if family not in FAMILIES:
        known = ", ".join(FAMILIES)
        raise InvalidCardError(
            f"Model {model_id!r} is of unknown family {family!r}; known: {known}."
        )
    weights = required_field(raw, "weights", dict, model_id)
    decoder = required_field(raw, "decoder", dict, model_id) if "decoder" in raw else {}
    weights_file = str(weights.get("file", WEIGHTS))
    if not _FILE.fullmatch(weights_file):
        raise InvalidCardError(
            f"'weights' on the card of {model_id!r} must name a file like {WEIGHTS}, "
            f"not {weights_file!r}."
        )
    texts = {
        name: required_field(raw, name, str, model_id)
        for name in ("title", "description", "dataset", "paper", "licence")
    }
    dicts = {
        name: required_field(raw, name, dict, model_id)
        for name in ("architecture", "preparation", "training", "metrics")
    }
    return ModelCard(
        id=model_id,
        family=family,
        image_shape=(shape[0], shape[1], shape[2]),
        latent_dim=latent_dim,
        weights_sha256=str(weights.get("sha256", "")),
        decoder_sha256=str(decoder.get("sha256", "")) if _is_current(decoder, weights) else "",
        baseline=raw.get("baseline"),
        replicates=required_field(raw, "again", dict, model_id) if "again" in raw else {},
        folder=folder,
        weights_file=weights_file,
        **texts,
        **dicts,
    )


def _image_shape(raw: dict[str, Any], model_id: str) -> list[int]:
    shape: list[int] = required_field(raw, "image_shape", list, model_id)
    if len(shape) != 3 or not all(isinstance(n, int) and 0 < n <= 4096 for n in shape):
        raise InvalidCardError(
            f"'image_shape' of {model_id!r} must be three sizes [C, H, W], not {shape}."
        )
    return shape


def _is_current(decoder: dict[str, Any], weights: dict[str, Any]) -> bool:
    """Whether a decoder was made from these weights and not from earlier ones."""
    return bool(decoder.get("weights_sha256") == weights.get("sha256"))
