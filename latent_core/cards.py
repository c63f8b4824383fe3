"""Cards: the human-readable half of a model or data set, checked when read.

A card is ``card.json`` in the folder ``models/<id>`` or ``data/<id>``.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from latent_core.errors import BadCard

ROOT = Path(__file__).resolve().parent.parent
FAMILIES = ("pca", "ae", "vae", "gan", "classifier")
_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


def models_dir() -> Path:
    """Where models live: the environment's ``LATENT_MODELS``, else ``models/``."""
    return Path(os.environ.get("LATENT_MODELS", ROOT / "models"))


def data_dir() -> Path:
    """Where data sets live: the environment's ``LATENT_DATA``, else ``data/``."""
    return Path(os.environ.get("LATENT_DATA", ROOT / "data"))


def sha256_file(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def list_ids(folder: Path) -> list[str]:
    """The sub-folders of `folder` that hold a card, by name."""
    if not folder.is_dir():
        return []
    return sorted(p.parent.name for p in folder.glob("*/card.json") if _ID.fullmatch(p.parent.name))


def read_json(path: Path) -> dict[str, Any]:
    """The object in a JSON file.

    Raises
    ------
    BadCard
        The file is missing, not UTF-8, not JSON, or not an object.
    """
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise BadCard(f"Card {path.parent.name}/{path.name} cannot be read: {error}.") from error
    if not isinstance(value, dict):
        raise BadCard(f"Card {path.parent.name}/{path.name} must hold an object {{…}}.")
    return value


def write_json(path: Path, value: dict[str, Any]) -> None:
    """Write a card, replacing the old one in one step."""
    temporary = path.with_suffix(".tmp")
    temporary.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    temporary.replace(path)


def require(card: dict[str, Any], name: str, kind: type | tuple[type, ...], where: str) -> Any:
    """The field `name` of a card.

    Raises
    ------
    BadCard
        It is missing or of another type.
    """
    if name not in card:
        raise BadCard(f"The card of {where!r} has no {name!r}; add it (see README, “Add a model”).")
    if not isinstance(card[name], kind) or isinstance(card[name], bool):
        kinds = " or ".join(k.__name__ for k in (kind if isinstance(kind, tuple) else (kind,)))
        raise BadCard(f"{name!r} on the card of {where!r} must be {kinds}, not {card[name]!r}.")
    return card[name]


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
        ``(C, H, W)``.
    latent_dim
        D.
    architecture
        ``{"name": …, **options}`` of `architectures.build`.
    preparation
        How a picture is made ready for it; see `prepare.Preparation`.
    training
        The recipe; see `train.Recipe`.
    weights_sha256
        Of ``weights.safetensors``; empty before the first training.
    decoder_sha256
        Of ``decoder.onnx``; empty where there is none made from these weights.
    metrics
        What `evaluate` measured.
    """

    id: str
    title: str
    description: str
    family: str
    dataset: str
    image_shape: tuple[int, int, int]
    latent_dim: int
    architecture: dict[str, Any]
    preparation: dict[str, Any]
    paper: str
    licence: str
    training: dict[str, Any]
    weights_sha256: str = ""
    decoder_sha256: str = ""
    baseline: str | None = None
    metrics: dict[str, Any] = field(default_factory=dict)
    folder: Path = Path()

    @property
    def encodes(self) -> bool:
        """Whether it has an encoder; of a generator, codes are searched for."""
        return self.family != "gan"

    @property
    def decodes(self) -> bool:
        """Whether it makes pictures of codes."""
        return self.family != "classifier"

    @property
    def questions(self) -> dict[str, float]:
        """What a classifier answers by yes or no: whether a factor is above its number.

        Raises
        ------
        BadCard
            They aren't factors with a number each.
        """
        asked = self.training.get("questions", {})
        if isinstance(asked, dict) and all(isinstance(v, int | float) for v in asked.values()):
            return {name: float(value) for name, value in asked.items()}
        raise BadCard(f"'questions' of {self.id!r} must be factors with a number each: {asked!r}.")

    @property
    def weights(self) -> Path:
        """The weights' path."""
        return self.folder / "weights.safetensors"

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
        if not self.weights.is_file():
            command = f"python -m latent_core train {self.id}"
            raise BadCard(
                f"Model {self.id!r} has no weights.safetensors; make it with `{command}`."
            )
        if sha256_file(self.weights) != self.weights_sha256:
            raise BadCard(
                f"The weights of {self.id!r} are not those its card names (SHA-256 differs); "
                "copy both files again, or train the model anew."
            )
        return self.weights

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
            raise BadCard(
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
    shape = require(raw, "image_shape", list, model_id)
    latent_dim = require(raw, "latent_dim", int, model_id)
    family = require(raw, "family", str, model_id)
    if len(shape) != 3 or not all(isinstance(n, int) and 0 < n <= 4096 for n in shape):
        raise BadCard(f"'image_shape' of {model_id!r} must be three sizes [C, H, W], not {shape}.")
    if not 1 <= latent_dim <= 4096:
        raise BadCard(f"'latent_dim' of {model_id!r} must be 1 to 4096, not {latent_dim}.")
    if family not in FAMILIES:
        known = ", ".join(FAMILIES)
        raise BadCard(f"Model {model_id!r} is of unknown family {family!r}; known: {known}.")
    weights = require(raw, "weights", dict, model_id)
    decoder = require(raw, "decoder", dict, model_id) if "decoder" in raw else {}
    texts = {
        name: require(raw, name, str, model_id)
        for name in ("title", "description", "dataset", "paper", "licence")
    }
    dicts = {
        name: require(raw, name, dict, model_id)
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
        folder=folder,
        **texts,
        **dicts,
    )


def _is_current(decoder: dict[str, Any], weights: dict[str, Any]) -> bool:
    """Whether a decoder was made from these weights and not from earlier ones."""
    return bool(decoder.get("weights_sha256") == weights.get("sha256"))


def update_card(folder: Path, **fields: Any) -> None:
    """Replace top-level `fields` on the card in `folder`."""
    path = folder / "card.json"
    write_json(path, read_json(path) | fields)
