"""A test model without an encoder: the decoder of a shipped VAE on a GAN's card."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import numpy as np
from safetensors.torch import load_file, save_file

import latent_core as lc
from latent_core import card_files, workspace
from latent_core.cache.store import CacheEntry, Store
from latent_core.installed import DATASETS
from latent_core.io.sprite_sheet import pack_sprite_sheet
from latent_core.models import inversion

SOURCE, GENERATOR, DATASET = "digits-vae-16", "few-gan-16", "few"
N_IMAGES = 300
N_SELF_SAMPLES = 16


def make_generator(folder: Path) -> dict[str, str]:
    """Write the GAN, its VAE and 300 digits into `folder`; returns the environment for them.

    The stored encodings of the digits are the VAE's, so that no test waits for 300 inversions.
    """
    model, data = lc.load_model(SOURCE), lc.load_dataset("digits")
    environment = {"LATENT_MODELS": str(folder / "models"), "LATENT_DATA": str(folder / "data")}
    model_folder = folder / "models" / GENERATOR
    model_folder.mkdir(parents=True)
    (folder / "models" / SOURCE).symlink_to(model.card.folder, target_is_directory=True)
    (folder / "data" / "digits").parent.mkdir(parents=True)
    (folder / "data" / "digits").symlink_to(DATASETS.shipped / "digits", target_is_directory=True)
    _add_dataset(folder / "data" / DATASET, data)
    weights = load_file(model.card.weights).items()
    decoder = {name: tensor for name, tensor in weights if name.startswith("decoder.")}
    save_file(decoder, model_folder / "weights.safetensors")
    card = card_files.read_json(model.card.folder / "card.json")
    card |= {
        "title": "A generator",
        "family": "gan",
        "dataset": DATASET,
        "architecture": {"name": "generator", "width": 32, "hidden": 384},
        "weights": {"sha256": card_files.sha256_file(model_folder / "weights.safetensors")},
        "decoder": {},
        "metrics": {},
    }
    (model_folder / "card.json").write_text(json.dumps(card))
    with found_in(environment):
        _store_results(model)
    return environment


@contextmanager
def found_in(environment: dict[str, str]) -> Iterator[None]:
    """Use the models and data of `environment`."""
    with patch.dict(os.environ, environment):
        yield


def _add_dataset(folder: Path, source: lc.Dataset) -> None:
    images, labels = source.images_uint8[:N_IMAGES], source.labels[:N_IMAGES]
    folder.mkdir()
    (folder / "images.png").write_bytes(pack_sprite_sheet(images))
    np.save(folder / "labels.npy", labels.astype(np.uint8))
    card = {
        "title": "A few digits",
        "image_shape": list(images.shape[1:]),
        "count": len(images),
        "class_names": list(source.class_names),
        "sha256": {n: card_files.sha256_file(folder / n) for n in ("images.png", "labels.npy")},
    }
    (folder / "card.json").write_text(json.dumps(card))


def _store_results(source: lc.LatentModel) -> None:
    model, data = lc.load_model(GENERATOR), lc.load_dataset(DATASET)
    store = Store(model.card.folder / "store", shipped=[])
    codes = source.encode(data.images()).mean
    errors = inversion.self_inversion_errors(model, inversion.FAST, N_SELF_SAMPLES)
    results = {
        workspace.encodings_key(model.card, data): {"mean": codes},
        workspace.self_inversion_errors_key(model.card): {"errors": errors},
    }
    for key, arrays in results.items():
        store.get_or_compute(key, lambda arrays=arrays: CacheEntry(arrays=arrays, meta={}))
