"""Fixtures: a linear autoencoder of four pixels with a known inverse, and a store per test."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from latent_core import card_files, workspace
from latent_core.cache.store import Store
from latent_core.io.sprite_sheet import pack_sprite_sheet
from latent_core.models import catalog, model

os.environ["LATENT_HOME"] = tempfile.mkdtemp()  # not the models of whoever runs the tests
os.environ.setdefault("LATENT_MAP_PROCESSES", "0")  # no stand-in of a test is known there
ROTATION = np.linalg.qr(np.random.default_rng(0).normal(size=(4, 4)))[0].astype(np.float32)
MEAN = np.array([0.5, 0.4, 0.6, 0.5], np.float32)
CARD: dict[str, Any] = {
    "title": "Four pixels",
    "description": "A rotation of four pixels.",
    "family": "pca",
    "dataset": "four",
    "image_shape": [1, 2, 2],
    "latent_dim": 4,
    "architecture": {"name": "linear"},
    "preprocessing": {"color": "gray", "background": "dark", "fit_mode": "stretch"},
    "paper": "none",
    "license": "MIT",
    "training": {"objective": "pca", "seed": 0},
    "metrics": {},
}


@pytest.fixture
def four(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folders with the model `four` and the data set `four` of 300 images, and no others."""
    monkeypatch.setenv("LATENT_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("LATENT_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("LATENT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("LATENT_HOME", str(tmp_path / "home"))
    add_model(tmp_path / "models" / "four")
    add_dataset(tmp_path / "data" / "four")
    workspace.default_store.cache_clear()
    yield tmp_path
    workspace.default_store.cache_clear()


def add_model(folder: Path, **changes: Any) -> None:
    """Write the model into `folder`, with changed fields on its card."""
    folder.mkdir(parents=True, exist_ok=True)
    tensors = {"mean": torch.tensor(MEAN), "components": torch.tensor(ROTATION)}
    save_file(tensors, folder / "weights.safetensors")
    digest = card_files.sha256_file(folder / "weights.safetensors")
    card = CARD | {"weights": {"sha256": digest}} | changes
    (folder / "card.json").write_text(json.dumps(card))


def add_dataset(folder: Path, count: int = 300) -> None:
    """Write a data set of random images of 2 × 2 pixels into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(1)
    images = rng.integers(0, 256, (count, 1, 2, 2), np.uint8)
    (folder / "images.png").write_bytes(pack_sprite_sheet(images))
    np.save(folder / "labels.npy", (images[:, 0, 0, 0] > 127).astype(np.uint8))
    digests = {n: card_files.sha256_file(folder / n) for n in ("images.png", "labels.npy")}
    card = {
        "title": "Four pixels",
        "image_shape": [1, 2, 2],
        "count": count,
        "class_names": ["dark", "bright"],
        "sha256": digests,
    }
    (folder / "card.json").write_text(json.dumps(card))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


@pytest.fixture
def four_model(four: Path) -> model.TorchModel:
    return catalog.load_model("four")
