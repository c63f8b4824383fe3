"""The cached health of a model on a data set, and its command."""

from __future__ import annotations

import json

import numpy as np

import latent_core as lc
from latent_core.__main__ import main
from latent_core.workspace import encode, health_key


def test_it_is_computed_once_per_content(four_model, store, monkeypatch):
    data = lc.load_dataset("four")
    first = lc.diagnose(four_model, data, store=store)
    monkeypatch.setattr("latent_core.workspace.health.diagnose", None)
    assert lc.diagnose(four_model, data, store=store).findings == first.findings
    assert first.reconstruction.n_images == 150
    assert first.reconstruction.mean < 1e-10, "a rotation loses nothing"


def test_training_images_are_part_of_the_key(four_model, store):
    data = lc.load_dataset("four")
    encodings = encode(four_model, data, store=store)
    images = np.zeros((5, 1, 2, 2), np.uint8)
    keys = {health_key(four_model.card, data, encodings, t) for t in (None, images, images + 1)}
    assert len(keys) == 3
    health = lc.diagnose(four_model, data, train_images=data.images_uint8[:50], store=store)
    assert health.reconstruction.n_train == 50


def test_the_command_prints_the_diagnosis_with_sample_sizes_or_json(four, capsys):
    assert main(["analyze", "four"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("diagnosis: ")
    assert "n = 150" in shown
    assert main(["analyze", "four", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["codes"]["n_codes"] == 150
