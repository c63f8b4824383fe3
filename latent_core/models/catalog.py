"""The models that are installed, and how they are wired to each other.

A model knows no other one; what it needs of others is handed to it here.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache, partial

from latent_core import card_files
from latent_core.errors import InvalidCardError, LatentError, UnknownNameError
from latent_core.models.card import ModelCard, read_model_card
from latent_core.models.model import BACKBONE_BATCH_SIZE, TorchModel, _read_weights


def list_models() -> list[str]:
    """The ids of all models, sorted."""
    return card_files.list_ids(card_files.models_dir())


def load_card(model_id: str) -> ModelCard:
    """The card of `model_id`.

    Raises
    ------
    UnknownName, BadCard
        There is no such model; its card is incomplete.
    """
    known = list_models()
    if model_id not in known:
        raise UnknownNameError("model", model_id, known)
    return read_model_card(model_id)


def load_model(model_id: str) -> TorchModel:
    """The model `model_id`, loaded once per process while its weights stay the same.

    Raises
    ------
    UnknownName
        There is no such model.
    BadCard
        Its card is incomplete, or its weights are missing, damaged or of another shape.
    """
    card = load_card(model_id)
    files = (card.weights, card.folder / "card.json")
    stamps = tuple(path.stat().st_mtime_ns if path.is_file() else 0 for path in files)
    return _load(model_id, str(card.folder), stamps)


def evaluator_for(dataset_id: str) -> TorchModel | None:
    """The classifier that was trained on this data set's training pictures, or None."""
    for model_id in list_models():
        try:
            card = load_card(model_id)
        except LatentError:
            continue  # told where models are chosen
        if card.is_classifier and card.dataset == dataset_id:
            return load_model(model_id)
    return None


@lru_cache(maxsize=8)
def _load(model_id: str, folder: str, stamps: tuple[int, ...]) -> TorchModel:
    """Load and check a model; `folder` and `stamps` say when it must be done again."""
    return load_from_card(read_model_card(model_id))


def load_from_card(card: ModelCard) -> TorchModel:
    """The model of a card, which may lie in any folder.

    Raises
    ------
    BadCard
        Its weights are missing, damaged or of another shape.
    """
    from latent_core.architectures import build

    if card.is_precomputed:
        return TorchModel(card, None)
    weights = card.checked_weights()
    options = dict(card.architecture)
    net = build(str(options.pop("name", "")), card.image_shape, card.latent_dim, **options)
    try:
        net.load_state_dict(_read_weights(weights))
    except (ValueError, RuntimeError) as error:
        first = str(error).strip().splitlines()[-1].strip()
        raise InvalidCardError(
            f"The weights of {card.id!r} don't fit its architecture: {first}"
        ) from error
    net.eval().requires_grad_(False)
    if not card.is_backbone:
        return TorchModel(
            card,
            net,
            load_perceptual_model=partial(_perceptual_model_of, card),
            load_init_model=partial(_init_model_of, card),
        )
    digest = card.weights_sha256 or card_files.sha256_file(weights)  # results are kept under it
    return TorchModel(replace(card, weights_sha256=digest), net, BACKBONE_BATCH_SIZE)


def _perceptual_model_of(card: ModelCard) -> TorchModel | None:
    """The classifier of a model's data, where codes are searched for and it takes such images."""
    judge = evaluator_for(card.dataset) if card.needs_inversion else None
    return judge if judge and judge.card.image_shape == card.image_shape else None


def _init_model_of(card: ModelCard) -> TorchModel | None:
    """The autoencoder that a generator was anchored to, if its weights are here."""
    if not card.training.get("anchor"):
        return None
    try:
        return load_model(str(card.training["start"]))
    except LatentError:
        return None
