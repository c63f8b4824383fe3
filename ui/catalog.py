"""The models and data sets that pages offer, and why others cannot be used."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import latent_core as lc
from latent_core.errors import LatentError
from latent_core.installed import MODELS
from latent_core.models.card import ModelCard
from latent_core.types import Dataset
from ui.visitor.own import own_datasets, own_models


@dataclass(frozen=True, slots=True)
class Catalog:
    """The models and data sets that are installed.

    Parameters
    ----------
    cards, datasets
        What can be used, by id.
    unusable_models, unusable_datasets
        Why each other one cannot be used, by id.
    """

    cards: dict[str, ModelCard] = field(default_factory=dict)
    datasets: dict[str, Dataset] = field(default_factory=dict)
    unusable_models: dict[str, str] = field(default_factory=dict)
    unusable_datasets: dict[str, str] = field(default_factory=dict)


def read_catalog() -> Catalog:
    """What is installed now; cards are read again only where they have changed."""
    catalog = Catalog()
    for dataset_id in (*lc.list_datasets(), *own_datasets()):
        with _reason_in(catalog.unusable_datasets, dataset_id):
            catalog.datasets[dataset_id] = lc.load_dataset(dataset_id)
    for model_id in (*lc.list_models(), *own_models()):
        with _reason_in(catalog.unusable_models, model_id):
            card = _card(model_id)
            if card.dataset not in catalog.datasets:
                lc.load_dataset(card.dataset)  # raises the error that names what is wrong
            if not card.is_available:
                card.checked_weights()  # raises the error that names the missing file
            catalog.cards[model_id] = card
    return catalog


@contextmanager
def _reason_in(reasons: dict[str, str], name: str) -> Iterator[None]:
    try:
        yield
    except LatentError as error:
        reasons[name] = str(error)


def _card(model_id: str) -> ModelCard:
    path = MODELS.find(model_id) / "card.json"
    stat = path.stat()
    return _read_card(model_id, path, (stat.st_mtime_ns, stat.st_size, stat.st_ino))


@lru_cache(maxsize=512)
def _read_card(model_id: str, path: Path, stamp: tuple[int, ...]) -> ModelCard:
    """The card; `path` and `stamp` are in the key, so that a changed card is read again."""
    return lc.load_card(model_id)
