"""A model that was read and tried, and what becomes of it when it is installed."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from latent_core.card_files import write_card
from latent_core.errors import LatentError
from latent_core.files import write_file
from latent_core.installed import Target
from latent_core.models.card import ONNX, WEIGHTS
from latent_core.models.catalog import list_models, load_card
from latent_core.models.onnx.adapters import canonical_decoder, canonical_encoder
from latent_core.models.onnx.formats import PixelFormat
from latent_core.opening.ids import check_free, free_id, new_folder
from latent_core.opening.models.hypotheses import Hypothesis
from latent_core.opening.models.loaded_graphs import OwnNetwork
from latent_core.opening.models.probe import Probe
from latent_core.opening.models.samples import SAMPLES_SUFFIX, install_samples


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelDraft:
    """A model that is not installed yet.

    Parameters
    ----------
    dataset_id
        The data set whose images it was tried on.
    graphs
        Its graphs, as their owner made them, by ``"encoder"`` and ``"decoder"``.
    files
        Names of the files with their SHA-256.
    probe
        What was found out.
    notes
        What was found out while the files were read.
    network
        The network that the graphs were exported from, where it is of this library.
    """

    dataset_id: str
    graphs: Mapping[str, bytes]
    files: Mapping[str, str]
    probe: Probe
    n_images: int
    notes: tuple[str, ...] = ()
    network: OwnNetwork | None = None

    def save(
        self,
        title: str,
        *,
        model_id: str | None = None,
        choice: int = 0,
        target: Target | None = None,
    ) -> str:
        """Install it, so that it is opened like a model that ships.

        A decoder alone gets a data set of its own samples.

        Parameters
        ----------
        title
            A name for people.
        model_id
            Name of its folder; by default made from the title.
        choice
            Which of the hypotheses of the probe.
        target
            Where; by default among the user's own models.

        Returns
        -------
        str
            The id.

        Raises
        ------
        InvalidInputError
            The id is taken or no id, or the files cannot be written.
        """
        target = target or Target.of_user()
        hypothesis = self.probe.hypotheses[choice]
        model_id = model_id or free_id(title, "model") + target.suffix
        check_free(model_id)
        graphs = self.canonical_graphs(hypothesis)
        network = self.network if _takes_images_as_they_are(hypothesis) else None
        card = self._card(title, hypothesis, graphs)
        if network is not None:
            graphs.pop("encoder", None)
            card |= _network_entries(network, graphs)
        is_generator = hypothesis.encoder is None
        if is_generator:
            card["dataset"] = f"{model_id}{SAMPLES_SUFFIX}"
        with new_folder(target.models / model_id) as folder:
            for name, content in graphs.items():
                write_file(folder / f"{name}.onnx", content)
            if network is not None:
                write_file(folder / WEIGHTS, network.weights)
            write_card(folder / "card.json", card)
        if is_generator:
            install_samples(model_id, target)
        return model_id

    @property
    def key(self) -> str:
        """Identifies the files and the data."""
        text = f"{sorted(self.files.items())} {self.dataset_id}"
        return hashlib.sha256(text.encode()).hexdigest()

    def canonical_graphs(self, hypothesis: Hypothesis) -> dict[str, bytes]:
        """The canonical graphs of a hypothesis."""
        shape, found = self.probe.image_shape, {}
        if hypothesis.encoder is not None:
            found["encoder"] = canonical_encoder(
                self.graphs["encoder"], hypothesis.encoder, shape, self.probe.latent_dim
            )
        if hypothesis.decoder is not None:
            found["decoder"] = canonical_decoder(self.graphs["decoder"], hypothesis.decoder, shape)
        return found

    def _card(
        self, title: str, hypothesis: Hypothesis, graphs: Mapping[str, bytes]
    ) -> dict[str, Any]:
        digests = {name: hashlib.sha256(content).hexdigest() for name, content in graphs.items()}
        main = "decoder" if "decoder" in graphs else "encoder"
        weights = {"file": f"{main}.onnx", "sha256": digests[main]}
        batch = self.probe.fixed_batch
        card = {
            "title": title,
            "description": f"Opened from {', '.join(self.files)}: {hypothesis.description}.",
            "family": family_of(hypothesis),
            "dataset": self.dataset_id,
            "image_shape": list(self.probe.image_shape),
            "latent_dim": self.probe.latent_dim,
            "architecture": {
                "name": ONNX,
                "latent_shape": list(self.probe.latent_shape),
                **({"fixed_batch": batch} if batch else {}),
                **{f"{name}_sha256": digest for name, digest in digests.items()},
            },
            "preprocessing": _preprocessing(self.dataset_id, self.probe.image_shape),
            "paper": "",
            "license": "",
            "training": {},
            "weights": weights,
            "metrics": {},
            "origin": self._origin(hypothesis),
        }
        if "decoder" in graphs and not batch:
            card["decoder"] = weights | {"weights_sha256": weights["sha256"]}
        return card

    def _origin(self, hypothesis: Hypothesis) -> dict[str, Any]:
        others = [h.error for h in self.probe.hypotheses if h is not hypothesis]
        errors = {
            "error": hypothesis.error,
            "error_of_mean_image": self.probe.error_of_mean_image,
            "error_of_next_hypothesis": min(others, default=math.nan),
        }
        known = {name: error for name, error in errors.items() if math.isfinite(error)}
        found = {
            "files": dict(self.files),
            "encoder": None if hypothesis.encoder is None else asdict(hypothesis.encoder),
            "decoder": None if hypothesis.decoder is None else asdict(hypothesis.decoder),
            "probe": {"n_images": self.n_images, **known},
            "warnings": list(self.probe.warnings),
        }
        plain: dict[str, Any] = json.loads(json.dumps(found))
        return plain


def family_of(hypothesis: Hypothesis) -> str:
    """The family of a model that is used in this way."""
    if hypothesis.encoder is None:
        return "gan"
    if hypothesis.decoder is None:
        return "encoder"
    is_variational = hypothesis.encoder.are_moments or hypothesis.encoder.log_var is not None
    return "vae" if is_variational else "ae"


def _takes_images_as_they_are(hypothesis: Hypothesis) -> bool:
    parts = (hypothesis.encoder, hypothesis.decoder)
    return all(part is None or part.pixels == PixelFormat() for part in parts)


def _network_entries(network: OwnNetwork, graphs: Mapping[str, bytes]) -> dict[str, Any]:
    """The entries of a card on the network, and on the decoder that the browser gets."""
    digest = hashlib.sha256(network.weights).hexdigest()
    entries: dict[str, Any] = {
        "architecture": dict(network.architecture),
        "family": network.family,
        "weights": {"file": WEIGHTS, "sha256": digest},
    }
    if "decoder" in graphs:
        exported = hashlib.sha256(graphs["decoder"]).hexdigest()
        entries["decoder"] = {
            "file": "decoder.onnx",
            "sha256": exported,
            "weights_sha256": digest,
        }
    return entries


def _preprocessing(dataset_id: str, image_shape: tuple[int, int, int]) -> dict[str, Any]:
    """How images of this data set are prepared for its other models, else only cropped."""
    for model_id in list_models():
        try:
            card = load_card(model_id)
        except LatentError:
            continue
        if card.dataset == dataset_id and card.image_shape == image_shape and card.preprocessing:
            return dict(card.preprocessing)
    color = "gray" if image_shape[0] == 1 else "rgb"
    return {"color": color, "background": "any", "fit_mode": "cover"}
