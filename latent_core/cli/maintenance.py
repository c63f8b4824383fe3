"""Commands that maintain models, cards and the cache."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

import latent_core as lc
from latent_core.cli.common import reporter
from latent_core.errors import LatentError
from latent_core.installed import DATASETS, MODELS, list_ids

if TYPE_CHECKING:
    from latent_core.projection import ProjectionMethod


def add_torchvision(arguments: argparse.Namespace) -> None:
    from latent_core.models.torchvision_card import write_torchvision_card

    data = lc.load_dataset(arguments.dataset)
    card = write_torchvision_card(arguments.name, data, download=arguments.download)
    print(f"{card.folder}/card.json: {card.latent_dim} features")
    try:
        card.checked_weights()
    except LatentError as error:  # the card is valid without weights, which can be added later
        print(error, file=sys.stderr)


def export_onnx(arguments: argparse.Namespace) -> None:
    from latent_core.models.catalog import load_network
    from latent_core.models.onnx_export import export_decoder
    from latent_core.models.onnx_graph import embed_external_data

    model = load_network(arguments.model)
    path = export_decoder(model)
    size = len(embed_external_data(path.read_bytes(), model.card.weights))
    print(f"{path}: {size / 2**20:.2f} MiB with embedded weights")


def precompute(arguments: argparse.Namespace) -> None:
    from latent_core import workspace

    model = lc.load_model(arguments.model)
    data = lc.load_dataset(model.card.dataset)
    if arguments.mixture_only:
        path = workspace.add_mixture(model, data, reporter())
        print(f"{path}: {path.stat().st_size / 2**10:.0f} KiB" if path else "nothing is missing")
        return
    dims = (2, 3)
    methods: list[ProjectionMethod] = [
        *(lc.PCA(n_components=n) for n in dims if n <= model.card.latent_dim),
        *(lc.TSNE(n_components=n) for n in dims),
    ]
    folder = workspace.precompute(model, data, methods, reporter())
    total = sum(path.stat().st_size for path in folder.iterdir())
    print(f"{folder}: {total / 2**20:.1f} MiB")


def upgrade_cards(arguments: argparse.Namespace) -> None:
    from latent_core import card_files

    for folder in (MODELS.shipped, MODELS.own, DATASETS.shipped, DATASETS.own):
        for card_id in list_ids(folder):
            if card_files.upgrade_card_file(folder / card_id / "card.json"):
                print(f"{folder / card_id}/card.json: upgraded")


def cache(arguments: argparse.Namespace) -> None:
    from latent_core.workspace import default_store

    store = default_store()
    if arguments.action == "clear":
        store.clear()
    if arguments.action == "verify":
        print(store.verify())
    print(f"{store.folder}: {store.size() / 2**20:.1f} MiB in {len(store.entries())} entries")
