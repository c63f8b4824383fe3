"""Clusters and recommendations of data with too little in it: one clear sentence each."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from latent_core import card_files
from latent_core.io.sprite_sheet import pack_sprite_sheet
from tests.conftest import add_dataset
from tests.pages.test_uses import drawn, opened


def add(folder: Path, count: int, kind: str) -> None:
    """A data set of constant images, of one class, or of random images."""
    add_dataset(folder, count)
    card = json.loads((folder / "card.json").read_text())
    if kind == "constant":
        images = np.full((count, 1, 2, 2), 7, np.uint8)
        (folder / "images.png").write_bytes(pack_sprite_sheet(images))
    if kind == "one class":
        np.save(folder / "labels.npy", np.zeros(count, np.uint8))
    card["sha256"] = {name: card_files.sha256_file(folder / name) for name in card["sha256"]}
    (folder / "card.json").write_text(json.dumps(card))


@pytest.mark.parametrize(
    ("count", "kind", "query", "sentence"),
    [
        (1, "random", {"use": "clusters"}, "all equal"),
        (1, "random", {"use": "more"}, "all equal"),
        (40, "constant", {"use": "clusters", "clustering": "mixture"}, "all equal"),
        (40, "constant", {"use": "more", "similarity": "nearest"}, "all equal"),
        (5, "random", {"use": "clusters", "clusters": "30"}, "30 clusters"),
        (40, "random", {"use": "clusters", "clusters": "30"}, "stability of 30"),
        (5, "random", {"use": "clusters", "clustering": "hdbscan"}, "no cluster of this size"),
        (5, "random", {"use": "more"}, "too few labels"),
    ],
)
def test_too_little_is_one_sentence(four, app, count, kind, query, sentence):
    add(four / "data" / "other", count, kind)
    opened(app, data="other", **query)
    (block,) = [*app.error, *app.info]
    assert sentence in block.value


@pytest.mark.parametrize("query", [{"use": "clusters"}, {"use": "more"}])
def test_one_class_has_no_figures_of_labels_but_pictures(four, app, query):
    add(four / "data" / "other", 40, "one class")
    opened(app, data="other", **query)
    assert not app.error
    assert 'class="ls-sheet"' in drawn(app)
    assert "ARI with labels" not in drawn(app)
