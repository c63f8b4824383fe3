"""The Models page with every family, also without metrics and without inverted codes."""

from __future__ import annotations

import json

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

import latent_core as lc
from latent_core import card_files
from latent_core.architectures import build
from latent_core.evaluation.replicate_statistics import config_hash
from latent_core.io.sprite_sheet import pack_sprite_sheet
from latent_core.models import torch_model
from tests.conftest import CARD
from tests.pages.test_pages import ROOT, opened

SHAPE = (3, 8, 8)
ARCHITECTURES = {
    "ae": {"name": "conv", "width": 8, "hidden": 16},
    "gan": {"name": "generator", "width": 8, "hidden": 16},
    "classifier": {"name": "classifier", "width": 8, "classes": 2},
}


@pytest.fixture
def families(four):
    """Models of three families for one set of color images, and one of torchvision."""
    images = np.random.default_rng(0).integers(0, 256, (40, *SHAPE), np.uint8)
    folder = four / "data" / "color"
    folder.mkdir()
    (folder / "images.png").write_bytes(pack_sprite_sheet(images))
    sums = {"images.png": card_files.sha256_file(folder / "images.png")}
    card = {"title": "Color", "image_shape": list(SHAPE), "count": 40, "sha256": sums}
    (folder / "card.json").write_text(json.dumps(card))
    for family, architecture in ARCHITECTURES.items():
        options = dict(architecture)
        torch.manual_seed(0)
        net = build(str(options.pop("name")), SHAPE, 4, **options)
        add(four, family, architecture, net.state_dict(), title=f"The {family}")
    backbone = {"name": "torchvision", "backbone": "resnet18"}
    add(four, "classifier", backbone, None, title="Absent", id="absent")
    return four


def add(four, family, architecture, state, **changes):
    folder = four / "models" / changes.pop("id", family)
    folder.mkdir()
    about = {"family": family, "dataset": "color", "image_shape": SHAPE, "latent_dim": 4}
    weights = {"file": "resnet18-f37072fd.pth"}
    if state is not None:
        save_file(state, folder / "weights.safetensors")
        weights = {"sha256": card_files.sha256_file(folder / "weights.safetensors")}
    card = CARD | about | {"architecture": architecture, "weights": weights} | changes
    (folder / "card.json").write_text(json.dumps(card))


def test_every_family_is_shown_and_no_inversion_runs(app, families, monkeypatch):
    monkeypatch.setenv("TORCH_HOME", str(families / "nowhere"))
    monkeypatch.setattr(torch_model, "invert", None)  # an inversion would fail
    opened(app, "models", data="color")
    shown = " ".join(block.body for block in app.get("html"))
    assert not app.error
    for family in ARCHITECTURES:
        assert f"The {family}" in shown
    assert "Not yet evaluated" in shown
    reconstructions, samples = shown.split("<h2>Samples: decoded random codes</h2>")
    samples = samples.partition("</div></section></div>")[0]
    assert "<h3>The ae</h3>" in reconstructions
    assert "<h3>The gan, prior N(0, I)</h3>" in samples
    assert "<h3>The gan" not in reconstructions
    assert "<h3>The classifier</h3>" not in shown
    assert samples.count("<img") == 20, "ten of the autoencoder's mixture, ten of the GAN's prior"


def test_the_health_of_a_model_without_a_decoder_names_what_is_not_measured(app, families):
    opened(app, "models", data="color")
    app.selectbox(key="select.health").select("classifier").run()
    assert not app.exception
    shown = " ".join(block.body for block in app.get("html"))
    assert 'data-diagnosis="not assessable"' in shown
    measured, missing = shown.split("<h2>Not measured</h2>")
    assert "20 held-out" in measured
    assert "sensitivity" in missing


def test_a_metric_has_its_standard_deviation_and_what_it_is_over(app, families):
    ae, classifier = lc.load_card("ae"), lc.load_card("classifier")
    replicates = {"config_hash": config_hash(ae), "mse_ratio_to_pca": [0.4, 0.6]}
    card_files.update_card(ae.folder, metrics={"mse_ratio_to_pca": 0.5}, replicates=replicates)
    probed = {"n_images": 20, "linear_accuracy": 0.9, "linear_accuracy_std": 0.02}
    card_files.update_card(classifier.folder, metrics=probed)
    opened(app, "models", data="color")
    shown = " ".join(block.body for block in app.get("html"))
    assert "<small>0.50 ± 0.10 over 3 trainings</small>" in shown
    assert "± 2.0% over bootstrap resamples of the test images (one training)" in shown
    assert '<th scope="row">Pixels<small>' not in shown


def test_the_best_value_is_bold_only_beyond_the_noise(app, families):
    for model_id, r2 in {"ae": 0.2, "gan": 0.21}.items():
        metrics = {"linear_r2": r2, "linear_r2_std": 0.01, "knn_r2": r2, "mig": r2}
        card_files.update_card(lc.load_card(model_id).folder, metrics=metrics)
    opened(app, "models", data="color")
    shown = next(block.body for block in app.get("html") if "ls-metrics" in block.body)
    assert shown.count("class=ls-best") == 2, "kNN probe and MIG, not the linear probe"


def test_baselines_of_the_data_have_their_own_rows_and_are_never_the_best(app, families):
    pixels = {"linear_r2": 0.2, "linear_r2_pixels": 0.7}
    samples = {"recall_residual": 0.4, "recall_real_residual": 0.93}
    card_files.update_card(lc.load_card("ae").folder, metrics=pixels | samples)
    card_files.update_card(lc.load_card("gan").folder, metrics={"linear_r2": 0.1})
    opened(app, "models", data="color")
    shown = next(block.body for block in app.get("html") if "ls-metrics" in block.body)
    for title, value in {"Pixels": ">0.70", "Real images": ">0.93"}.items():
        row = shown[shown.index(f'<th scope="row">{title}<small>') :].partition("</tr>")[0]
        assert value in row
        assert "ls-best" not in row


def test_each_factor_has_its_r2_and_those_with_a_low_one_are_listed(app, families):
    ae, gan = lc.load_card("ae"), lc.load_card("gan")
    metrics = {"linear_r2_by_factor": {"faint": 0.2, "smile": 0.3, "jaw_width": -0.01}}
    card_files.update_card(ae.folder, metrics=metrics)
    card_files.update_card(
        gan.folder, metrics={"linear_r2_by_factor": {"faint": 0.1, "smile": 0.73}}
    )
    opened(app, "models", data="color")
    assert "R² by factor" in app.expander[0].label
    shown = app.expander[0].get("html")[0].body
    assert shown.index("<th>smile</th>") < shown.index("<th>faint</th>"), "highest R² first"
    assert "width:73%" in shown
    assert "0.30" in shown
    assert "for every model: jaw width." in shown
    assert "<th>jaw width</th>" not in shown


def test_a_link_with_only_a_model_shows_its_data(app, families):
    app.query_params["model"] = "four"
    app.switch_page(str(ROOT / "pages" / "models.py")).run()
    shown = " ".join(block.body for block in app.get("html"))
    assert app.query_params["data"] == "four"
    assert "The gan" not in shown


def test_a_model_without_weights_is_listed_with_the_missing_file(app, families, monkeypatch):
    monkeypatch.setenv("TORCH_HOME", str(families / "nowhere"))
    opened(app, "models", data="color")
    assert not app.warning
    assert "needs resnet18-f37072fd.pth" in app.expander[-1].get("html")[0].body
