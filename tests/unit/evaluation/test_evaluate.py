"""Metrics of models, against scikit-learn and against the shipped cards."""

from __future__ import annotations

import json

import numpy as np
import pytest

import latent_core as lc
from latent_core.datasets.splits import indices_for_test
from latent_core.evaluation.evaluate import write_metrics
from latent_core.evaluation.reconstruction import baseline_errors


def test_pca_with_all_components_has_no_error(four_model):
    assert max(baseline_errors(four_model, lc.load_dataset("four"))) < 1e-12


def test_the_baseline_is_pca_with_as_many_dimensions():
    from sklearn.decomposition import PCA

    model, data = lc.load_model("digits-vae-2"), lc.load_dataset("digits")
    flat = data.images().reshape(len(data), -1)
    best = PCA(2).fit(flat)
    reconstructed = best.inverse_transform(best.transform(flat))
    floors = [float(np.square(flat - p).mean()) for p in (reconstructed, reconstructed.clip(0, 1))]
    for floor, ours in zip(floors, baseline_errors(model, data), strict=True):
        assert floor < ours * 1.001 < floor * 1.02, "fitted to other images of the same kind"


def test_the_metrics_are_written_to_the_card_with_the_number_of_test_images(four_model):
    data = lc.load_dataset("four")
    encodings = lc.encode(four_model, data)
    errors = lc.reconstruction_errors(four_model, data, encodings)
    metrics = lc.evaluate(four_model, data, encodings, errors)
    assert metrics["mse"] == pytest.approx(errors[indices_for_test(data)].mean(), abs=1e-6)
    write_metrics(four_model, metrics)
    card = json.loads((four_model.card.folder / "card.json").read_text())
    assert card["metrics"]["mse"] == metrics["mse"]
    assert card["metrics"]["n_images"] == 150
    assert "150 test images" in card["metrics"]["data"]
    assert "evaluate four" in card["metrics"]["command"]


@pytest.mark.parametrize(
    ("model_id", "max_ratio"),
    [
        ("digits-ae-16", 0.18),
        ("digits-vae-16", 0.24),
        ("digits-vae-2", 0.72),
        ("fashion-vae-16", 0.6),
    ],
)
def test_shipped_models_have_the_reconstruction_error_on_their_cards(model_id, max_ratio):
    model = lc.load_model(model_id)
    data = lc.load_dataset(model.card.dataset)
    rows = indices_for_test(data)
    errors = lc.reconstruction_errors(model, data, lc.encode(model, data))
    metrics = model.card.metrics
    assert metrics["mse"] == pytest.approx(errors[rows].mean(), abs=2e-6)
    assert metrics["mse_ratio_to_pca"] <= max_ratio
    assert metrics["mse"] / metrics["mse_ratio_to_pca"] == pytest.approx(
        baseline_errors(model, data, rows)[0], rel=2e-3
    )


def test_all_metrics_on_one_shipped_card_are_reproduced():
    model, data = lc.load_model("digits-vae-2"), lc.load_dataset("digits")
    encodings = lc.encode(model, data)
    errors = lc.reconstruction_errors(model, data, encodings)
    measured = lc.evaluate(model, data, encodings, errors)
    written = {k: v for k, v in model.card.metrics.items() if "pixels" not in k and k != "command"}
    assert written.keys() == measured.keys()
    for name, value in written.items():
        if isinstance(value, str | int):
            assert value == measured[name]
        else:
            np.testing.assert_allclose(value, measured[name], atol=2e-3, rtol=0.01)
