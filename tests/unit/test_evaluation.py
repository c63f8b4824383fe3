from __future__ import annotations

import json

import numpy as np

import latent_core as lc
from latent_core.evaluation import baseline_error, write_metrics


def test_a_whole_rotation_loses_nothing(four_model):
    assert baseline_error(four_model, lc.load_dataset("four")) < 1e-12


def test_the_baseline_is_the_best_linear_model_of_as_many_dimensions():
    from sklearn.decomposition import PCA

    model, data = lc.load_model("digits-vae-2"), lc.load_dataset("digits")
    flat = data.pixels().reshape(len(data), -1)
    best = PCA(2).fit(flat)
    linear = best.inverse_transform(best.transform(flat)).clip(0, 1)
    floor = float(np.square(flat - linear).mean())
    assert floor < baseline_error(model, data) * 1.001 < floor * 1.02, "fitted to other images"


def test_what_is_on_the_cards_is_what_is_measured(four_model):
    data = lc.load_dataset("four")
    encodings = lc.encode(four_model, data)
    errors = lc.reconstruction_errors(four_model, data, encodings)
    metrics = lc.evaluate(four_model, data, encodings, errors)
    write_metrics(four_model, metrics)
    card = json.loads((four_model.card.folder / "card.json").read_text())
    assert card["metrics"]["mse"] == metrics["mse"]
    assert "evaluate four" in card["metrics"]["command"]
