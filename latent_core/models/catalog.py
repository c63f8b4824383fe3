"""The installed models, by id, and the other models each one needs.

A model looks up no other model; the catalog passes it functions that load them.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from threading import Lock

from latent_core import card_files
from latent_core.cache.lru import LRU
from latent_core.cache.memory import NETWORKS, memory_share
from latent_core.errors import InvalidCardError, LatentError
from latent_core.files import Stamp, read_regular_file, stamp_of
from latent_core.installed import MODELS
from latent_core.models.card import ModelCard
from latent_core.models.card_reader import read_model_card
from latent_core.models.model import Model
from latent_core.models.onnx.model import DECODER, ENCODER, OnnxModel
from latent_core.models.torch_model import BACKBONE_BATCH_SIZE, TorchModel
from latent_core.models.weights_file import read_weights
from latent_core.untrusted import reading

_SLACK = 100_000
"""Parameters that a file may lack, such as counters of batch normalization, before it is loaded."""


def list_models() -> list[str]:
    """The ids of all installed models, sorted."""
    return MODELS.list_ids()


def load_card(model_id: str) -> ModelCard:
    """The card of `model_id`; parsed once per process while its file is unchanged.

    Raises
    ------
    UnknownNameError, InvalidInputError
        There is no such model, or none at all.
    InvalidCardError
        A field of its card is missing or invalid.
    """
    folder = MODELS.find(model_id)
    return _read_card(model_id, folder, stamp_of(folder / "card.json"))


@lru_cache(maxsize=256)
def _read_card(model_id: str, folder: Path, stamp: Stamp) -> ModelCard:
    """The card; `folder` and `stamp` are in the key, so that a changed file is read again."""
    return read_model_card(model_id)


def load_model(model_id: str) -> Model:
    """The model `model_id`; loaded once per process while its card and weights are unchanged.

    Raises
    ------
    UnknownNameError
        There is no such model.
    InvalidCardError
        Its card is invalid, or its weights are missing, damaged or of another shape.
    """
    card = load_card(model_id)
    files = (card.weights, card.folder / "card.json")
    return _load(model_id, stamp_of(*files))


def evaluator_for(dataset_id: str) -> TorchModel | None:
    """The classifier among the models of a data set; None without one."""
    for model_id in list_models():
        try:
            card = load_card(model_id)
        except LatentError:
            continue  # the page and command that list models show the error
        if card.is_classifier and card.dataset == dataset_id:
            return load_network(model_id)
    return None


def load_network(model_id: str) -> TorchModel:
    """The model `model_id`, if it is a PyTorch network.

    Raises
    ------
    UnknownNameError, InvalidCardError
        As `load_model`; or it is another kind of model.
    """
    return as_network(load_model(model_id))


def load_network_from_card(card: ModelCard) -> TorchModel:
    """As `load_network`, of a card whose folder may be anywhere."""
    return as_network(load_from_card(card))


def as_network(model: Model) -> TorchModel:
    """`model`, if it is a PyTorch network; raises `InvalidCardError` otherwise."""
    if not isinstance(model, TorchModel):
        raise InvalidCardError(
            f"{model.card.id!r} is no PyTorch network, which this needs; choose another model."
        )
    return model


def _network_bytes(model: Model) -> int:
    """The bytes of its weights."""
    if isinstance(model, OnnxModel):
        return model.n_bytes
    assert isinstance(model, TorchModel)
    return 0 if model.net is None else sum(t.nbytes for t in model.net.state_dict().values())


_loaded: LRU[tuple[str, Stamp], Model] = LRU(
    partial(memory_share, NETWORKS), _network_bytes, min_count=2
)
_loading = Lock()


def _load(model_id: str, stamp: Stamp) -> Model:
    """Load a model; `stamp` is in the key, so that changed files are reloaded."""
    with _loading:
        if (model := _loaded.get((model_id, stamp))) is None:
            model = load_from_card(read_model_card(model_id))
            _loaded.put((model_id, stamp), model)
    return model


def load_from_card(card: ModelCard) -> Model:
    """The model of a card, whose folder may be anywhere.

    Raises
    ------
    InvalidCardError
        Its weights are missing, damaged or of another shape.
    """
    if card.is_precomputed:
        return TorchModel(card, None)
    if card.is_onnx:
        return _load_onnx(card)
    return _load_torch(card)


def _load_onnx(card: ModelCard) -> OnnxModel:
    """The model of a card whose architecture names the checksums of its graphs."""
    card.checked_weights()
    graphs = {}
    for name in (ENCODER, DECODER):
        if digest := str(card.architecture.get(f"{name}_sha256", "")):
            path = card.folder / f"{name}.onnx"
            content = read_regular_file(path) if path.is_file() else b""
            if hashlib.sha256(content).hexdigest() != digest:
                raise InvalidCardError(
                    f"The {path.name} of {card.id!r} is missing or not the one on its card; open "
                    "the model again."
                )
            graphs[name] = content
    return OnnxModel(card, graphs)


def _load_torch(card: ModelCard) -> TorchModel:
    """The network of a card with its weights."""
    from latent_core.architectures import build, count_parameters

    weights = card.checked_weights()
    options = dict(card.architecture)
    name, tensors = str(options.pop("name", "")), read_weights(weights)
    n_values = sum(tensor.numel() for tensor in tensors.values())
    count = count_parameters(name, card.image_shape, card.latent_dim, **options)
    if count > n_values + _SLACK:
        raise InvalidCardError(
            f"The weights of {card.id!r} don't fit its architecture, which has {count:,} "
            f"parameters: {weights.name} has {n_values:,}; correct 'architecture' on its card."
        )
    net = build(name, card.image_shape, card.latent_dim, **options)
    with reading(f"The weights of {card.id!r} don't fit its architecture", "retrain it"):
        net.load_state_dict(tensors)
    net.eval().requires_grad_(False)
    if not card.is_backbone:
        return TorchModel(
            card,
            net,
            load_perceptual_model=partial(_perceptual_model_of, card),
            load_init_model=partial(_init_model_of, card),
        )
    digest = card.weights_sha256 or card_files.sha256_file(weights)  # part of the cache keys
    return TorchModel(replace(card, weights_sha256=digest), net, BACKBONE_BATCH_SIZE)


def _perceptual_model_of(card: ModelCard) -> TorchModel | None:
    """The classifier whose features an inversion compares, if it takes the same images."""
    classifier = evaluator_for(card.dataset) if card.needs_inversion else None
    is_same_shape = classifier is not None and classifier.card.image_shape == card.image_shape
    return classifier if is_same_shape else None


def _init_model_of(card: ModelCard) -> TorchModel | None:
    """The VAE that a generator was trained to reconstruct from, if its weights are present."""
    if not card.training.get("reconstruction_weight"):
        return None
    try:
        return load_network(str(card.training.get("init_from", "")))
    except LatentError:
        return None
