"""A generator without training: the decoder of a VAE that ships, under a card of its own."""

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
from latent_core.io.sprite_sheet import pack_sprite_sheet
from latent_core.models import inversion

SOURCE, GENERATOR, FEW = "digits-vae-16", "few-gan-16", "few"
COUNT = 300
OWN = 16


def make_generator(folder: Path) -> dict[str, str]:
    """Put it, its VAE and 300 digits into `folder`; gives the environment that finds them.

    Its codes of the digits are the VAE's, so that nothing waits for 300 searches.
    """
    model, data = lc.load_model(SOURCE), lc.load_dataset("digits")
    places = {"LATENT_MODELS": str(folder / "models"), "LATENT_DATA": str(folder / "data")}
    home = folder / "models" / GENERATOR
    home.mkdir(parents=True)
    (folder / "models" / SOURCE).symlink_to(model.card.folder, target_is_directory=True)
    (folder / "data" / "digits").parent.mkdir(parents=True)
    (folder / "data" / "digits").symlink_to(
        card_files.data_dir() / "digits", target_is_directory=True
    )
    _add_few(folder / "data" / FEW, data.images[:COUNT], data.labels[:COUNT], data.class_names)
    weights = load_file(model.card.weights)
    save_file(
        {k: v for k, v in weights.items() if k.startswith("decoder.")}, home / "weights.safetensors"
    )
    card = card_files.read_json(model.card.folder / "card.json")
    card |= {
        "title": "A generator",
        "family": "gan",
        "dataset": FEW,
        "architecture": {"name": "generator", "width": 32, "hidden": 384},
        "weights": {"sha256": card_files.sha256_file(home / "weights.safetensors")},
        "decoder": {},
        "metrics": {},
    }
    (home / "card.json").write_text(json.dumps(card))
    with found_in(places):
        _ship(model)
    return places


@contextmanager
def found_in(places: dict[str, str]) -> Iterator[None]:
    """Models and data are those of the `places`."""
    with patch.dict(os.environ, places):
        yield


def _add_few(folder: Path, images: np.ndarray, labels: np.ndarray, names: tuple[str, ...]) -> None:
    folder.mkdir()
    (folder / "images.png").write_bytes(pack_sprite_sheet(images))
    np.save(folder / "labels.npy", labels.astype(np.uint8))
    card = {
        "title": "A few digits",
        "image_shape": list(images.shape[1:]),
        "count": len(images),
        "class_names": list(names),
        "sha256": {n: card_files.sha256_file(folder / n) for n in ("images.png", "labels.npy")},
    }
    (folder / "card.json").write_text(json.dumps(card))


def _ship(source: lc.LatentModel) -> None:
    model, data = lc.load_model(GENERATOR), lc.load_dataset(FEW)
    store = Store(model.card.folder / "store", shipped=[])
    codes = source.encode(data.pixels()).mean
    own = inversion.self_inversion_errors(model, inversion.FAST, OWN)
    kept = {
        workspace.encodings_key(model.card, data): {"mean": codes},
        workspace.self_inversion_errors_key(model.card): {"errors": own},
    }
    for key, arrays in kept.items():
        store.get_or_compute(key, lambda arrays=arrays: CacheEntry(arrays=arrays, meta={}))
