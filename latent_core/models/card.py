"""`ModelCard`: the metadata of a model, from ``card.json`` in its folder ``models/<id>``."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from latent_core.card_files import sha256_file
from latent_core.environment import env_folder
from latent_core.errors import InvalidCardError
from latent_core.files import read_regular_file

FAMILIES = ("pca", "ae", "vae", "gan", "classifier", "encoder", "precomputed")
ONNX = "onnx"
"""The name of the architecture of models that are two ONNX graphs."""
TORCHVISION = "torchvision"
"""The name of the architecture for all torchvision networks."""
WEIGHTS = "weights.safetensors"


def torch_hub_dir() -> Path:
    """The folder where torch caches downloaded weights."""
    cache = env_folder("XDG_CACHE_HOME", Path.home() / ".cache")
    return env_folder("TORCH_HOME", cache / "torch") / "hub" / "checkpoints"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCard:
    """The metadata of a model: what it is, where it comes from, and its metrics.

    Parameters
    ----------
    id
        The name of its folder.
    title, description
        A short name and one sentence, for people.
    family
        One of `FAMILIES`.
    dataset
        Id of the data set it was trained for.
    image_shape
        ``(C, H, W)``; zeros for precomputed codes.
    latent_dim
        D.
    architecture
        ``{"name": …, **options}`` of `architectures.build`.
    preprocessing
        How an image is prepared for it; see `PreprocessingConfig`.
    paper, license
        The reference of the method; the license of the weights.
    training
        The training configuration; see `TrainingConfig`.
    weights_sha256
        Checksum of the weights; empty before the first training.  Results of a model without one
        are not cached.
    decoder_sha256
        Checksum of ``decoder.onnx``; empty without one exported from these weights.
    baseline
        Id of the PCA model it is compared with.
    metrics
        The result of `evaluate`.
    replicates
        The metrics of further trainings; see `train_replicates`.
    folder
        The folder of the card.
    weights_file
        Name of the weights file; for a torchvision network that of its download, for two ONNX
        graphs that of one of them.
    origin
        Of a model that was opened: its files, and what was found out about them.
    """

    id: str
    image_shape: tuple[int, int, int]
    latent_dim: int
    title: str = ""
    description: str = ""
    family: str = "ae"
    dataset: str = ""
    architecture: dict[str, Any] = field(default_factory=dict)
    preprocessing: dict[str, Any] = field(default_factory=dict)
    paper: str = ""
    license: str = ""
    training: dict[str, Any] = field(default_factory=dict)
    weights_sha256: str = ""
    decoder_sha256: str = ""
    baseline: str | None = None
    metrics: dict[str, Any] = field(default_factory=dict)
    replicates: dict[str, Any] = field(default_factory=dict)
    folder: Path = Path()
    weights_file: str = WEIGHTS
    origin: dict[str, Any] = field(default_factory=dict)

    def __repr__(self) -> str:
        return (
            f"ModelCard(id={self.id!r}, family={self.family!r}, dataset={self.dataset!r}, "
            f"image_shape={self.image_shape}, latent_dim={self.latent_dim})"
        )

    @property
    def encodes(self) -> bool:
        """Whether it has an encoder."""
        return self.family not in ("gan", "precomputed")

    @property
    def needs_inversion(self) -> bool:
        """Whether codes of images are found by optimization: it has no encoder, but gradients."""
        return self.decodes and not self.encodes and not self.is_onnx

    @property
    def decodes(self) -> bool:
        """Whether it has a decoder."""
        return self.family not in ("classifier", "encoder", "precomputed")

    @property
    def has_gaussian_prior(self) -> bool:
        """Whether it was trained with the prior N(0, I), so that samples from it can be decoded."""
        return self.family in ("vae", "gan")

    @property
    def is_precomputed(self) -> bool:
        """Whether its codes are part of the data set and it has no network."""
        return self.family == "precomputed"

    @property
    def is_available(self) -> bool:
        """Whether its weights are present, where it needs any."""
        return self.is_precomputed or self.weights.is_file()

    @property
    def attribute_thresholds(self) -> dict[str, float]:
        """The threshold of each binary attribute: whether a factor is above it.

        Raises
        ------
        InvalidCardError
            They are not an object of factor names and numbers.
        """
        thresholds = self.training.get("attribute_thresholds", {})
        if isinstance(thresholds, dict) and all(
            isinstance(value, int | float) for value in thresholds.values()
        ):
            return {name: float(value) for name, value in thresholds.items()}
        raise InvalidCardError(
            f"'attribute_thresholds' of {self.id!r} must be an object like {{\"age\": 0.5}}, a "
            f"threshold for each factor, not {thresholds!r}."
        )

    @property
    def is_backbone(self) -> bool:
        """Whether it is a torchvision network, trained on ImageNet."""
        return bool(self.architecture.get("name") == TORCHVISION)

    @property
    def is_onnx(self) -> bool:
        """Whether it is two ONNX graphs, which give no gradients."""
        return bool(self.architecture.get("name") == ONNX)

    @property
    def is_classifier(self) -> bool:
        """Whether it predicts the classes or attributes of its data set."""
        return self.family == "classifier" and not self.is_backbone

    @property
    def weights(self) -> Path:
        """The path of the weights; a torchvision network's may be in torch's download cache."""
        own = self.folder / (self.weights_file if self.is_onnx else WEIGHTS)
        if not self.is_backbone:
            return own
        folders = (self.folder, torch_hub_dir())
        names = (str(Path(self.weights_file).with_suffix(".safetensors")), self.weights_file)
        candidates = [own, *(folder / name for name in names for folder in folders)]
        return next((path for path in candidates if path.is_file()), candidates[-1])

    @property
    def decoder(self) -> Path:
        """The path of the exported decoder."""
        return self.folder / "decoder.onnx"

    def checked_weights(self) -> Path:
        """The path of the weights, after a check of their checksum.

        Raises
        ------
        InvalidCardError
            They are missing, or their checksum is not that on the card.
        """
        if not self.weights.is_file() and self.is_backbone:
            raise InvalidCardError(self._missing_download())
        if not self.weights.is_file():
            remedy = "open it again" if self.is_onnx else f"train it with `{self._train_command}`"
            raise InvalidCardError(f"Model {self.id!r} has no {self.weights.name}; {remedy}.")
        if self.is_backbone and not self.weights_sha256:
            return self.weights
        digest = sha256_file(self.weights)
        if not self.weights_sha256:
            raise InvalidCardError(
                f'The card of {self.id!r} has no checksum of its weights; add "weights": '
                f'{{"sha256": "{digest}"}} if {self.weights.name} is the right file.'
            )
        if digest != self.weights_sha256:
            raise InvalidCardError(
                f"The weights of {self.id!r} are not those on its card (SHA-256 differs); copy "
                "both files again, or retrain the model."
            )
        return self.weights

    @property
    def _train_command(self) -> str:
        return f"python -m latent_core train {self.id}"

    def _missing_download(self) -> str:
        name = self.architecture.get("backbone")
        return (
            f"Model {self.id!r} needs {self.weights_file}, which is neither in {self.folder} nor "
            f"in {torch_hub_dir()}; torchvision's {name}(weights='DEFAULT') downloads it, as does "
            f"`python -m latent_core add-torchvision {name} --dataset {self.dataset} --download`."
        )

    def checked_decoder(self) -> bytes | None:
        """The bytes of the exported decoder, after a check of their checksum.

        Returns
        -------
        bytes or None
            None where the card has no decoder exported from these weights.

        Raises
        ------
        InvalidCardError
            The file is missing, or its checksum is not that on the card.
        """
        if not self.decoder_sha256:
            return None
        data = read_regular_file(self.decoder) if self.decoder.is_file() else b""
        if hashlib.sha256(data).hexdigest() != self.decoder_sha256:
            raise InvalidCardError(
                f"The decoder.onnx of {self.id!r} is missing or not the one on its card (SHA-256 "
                f"differs); export it again with `python -m latent_core export-onnx {self.id}`."
            )
        return data
