"""Shipped cards: complete, consistent with their files, decoders consistent with weights."""

from __future__ import annotations

import numpy as np
import pytest

import latent_core as lc
from latent_core import card_files
from latent_core.architectures import ARCHITECTURES
from latent_core.cache.entry import verify
from latent_core.datasets.factors import factors_of_card
from latent_core.evaluation.replicate_statistics import config_hash
from latent_core.installed import DATASETS
from latent_core.models.onnx_export import decoder_with_weights, run_decoder
from latent_core.preprocessing.config import PreprocessingConfig
from latent_core.workspace import encodings_key

MODELS, DATA = lc.list_models(), lc.list_datasets()
SHIPPED_BYTES = 14 * 2**20
"""Maximum size of a data set, so that a clone of the repository stays small."""


def raw(folder):
    return card_files.read_json(folder / "card.json")


@pytest.fixture(params=MODELS)
def card(request):
    return lc.load_card(request.param)


@pytest.fixture(params=DATA)
def data(request):
    return lc.load_dataset(request.param)


def test_models_and_data_sets_are_shipped():
    assert len(MODELS) > 5
    assert {"digits", "faces", "furniture", "dsprites"} <= set(DATA)


def test_a_model_card_is_complete_and_has_its_command(card):
    for text in (card.title, card.description, card.paper, card.license):
        assert len(text) > 3
    assert card.dataset in DATA
    if card.is_precomputed:
        assert {"metric", "sample_noun"} <= set(lc.load_dataset(card.dataset).card["codes"])
        return
    assert card.architecture["name"] in ARCHITECTURES
    assert card.image_shape == lc.load_dataset(card.dataset).image_shape
    PreprocessingConfig.from_card(card.preprocessing, card.image_shape, card.id)
    command = "add-torchvision" if card.is_backbone else "train"
    assert card.training["command"].startswith(f"python -m latent_core {command} ")


def test_a_trained_model_loads_the_weights_on_its_card(card):
    if not card.weights_sha256:
        pytest.skip("not trained, or torchvision's weights")
    assert raw(card.folder)["weights"]["file"] == card.weights.name
    model = lc.load_model(card.id)
    assert card_files.sha256_file(card.weights) == card.weights_sha256
    assert model.card.latent_dim == card.latent_dim


def test_a_model_with_a_decoder_has_its_onnx_export(card):
    if not (card.decodes and card.weights.is_file()):
        pytest.skip("no decoder or no weights")
    entry = raw(card.folder)["decoder"]
    assert entry["sha256"] == card_files.sha256_file(card.folder / entry["file"])
    assert entry["weights_sha256"] == card.weights_sha256, "exported from these weights"
    codes = np.random.default_rng(0).normal(size=(5, card.latent_dim)).astype(np.float32)
    images = run_decoder(decoder_with_weights(card), codes)
    np.testing.assert_allclose(images, lc.load_model(card.id).decode(codes), rtol=0, atol=1e-4)


@pytest.mark.parametrize("model_id", [name for name in MODELS if lc.load_card(name).replicates])
def test_replicates_have_the_configuration_of_the_card(model_id):
    card = lc.load_card(model_id)
    assert card.replicates["command"].startswith(f"python -m latent_core replicate {card.id} ")
    assert card.replicates["config_hash"] == config_hash(card), (
        "train the replicates again: the configuration has changed"
    )


def test_an_evaluated_model_has_the_metrics_of_its_family(card):
    metrics = card.metrics
    if not metrics:
        pytest.skip("not evaluated")
    assert metrics["command"] == f"python -m latent_core evaluate {card.id} --write"
    if card.decodes and card.baseline:
        ratio = metrics["mse"] / metrics["mse_pca"]
        assert metrics["mse_ratio_to_pca"] == pytest.approx(ratio, rel=0.01)
    if card.family == "vae":
        assert len(metrics["kl_nats_per_dimension"]) == card.latent_dim
        assert sum(metrics["kl_nats_per_dimension"]) == pytest.approx(
            metrics["kl_total_nats"], abs=0.05
        )
    if card.is_classifier:
        assert 0 < metrics["accuracy"] <= 1
    if card.decodes and "n_images" in metrics:
        assert metrics["frechet_real_scattering_std"] > 0
        network = lc.load_dataset(card.dataset).card.get("evaluation_network")
        assert ("frechet_real_residual_std" in metrics) == (network is not None)
    if "class_frequencies_samples" in metrics:
        n_classes = len(lc.load_dataset(card.dataset).class_names)
        assert len(metrics["class_frequencies_samples"]) == n_classes
        assert sum(metrics["class_frequencies_samples"]) == pytest.approx(1, abs=0.01)


def test_a_baseline_is_a_pca_of_the_same_data_set(card):
    if card.family in ("pca", "classifier", "precomputed", "gan"):
        return
    baseline = lc.load_card(str(card.baseline))
    assert baseline.family == "pca"
    assert (baseline.dataset, baseline.image_shape) == (card.dataset, card.image_shape)
    assert baseline.latent_dim >= card.latent_dim


def test_precomputed_results_are_complete(card):
    folder = card.folder / "store"
    if not folder.is_dir():
        pytest.skip("no precomputed results")
    assert all(verify(path) for path in folder.glob("*.entry"))
    if card.is_precomputed:
        return
    key = encodings_key(card, lc.load_dataset(card.dataset))
    assert (folder / f"{key}.entry").is_file(), "opening the model computes nothing"


def test_a_data_set_card_is_complete_and_has_its_command(data):
    fields = ["title", "description", "source", "license", "made_with"]
    for field in fields if "codes" in data.card else [*fields, "training_set"]:
        assert len(data.card[field]) > 2, field
    assert data.card["made_with"].startswith("python -m ")


def test_a_data_sets_files_have_the_checksums_on_its_card(data):
    folder = DATASETS.shipped / data.id
    for name, digest in data.card["sha256"].items():
        assert card_files.sha256_file(folder / name) == digest
    assert sum(path.stat().st_size for path in folder.iterdir()) <= SHIPPED_BYTES
    assert len(data) == data.card["count"]
    if data.labels is not None:
        assert set(np.unique(data.labels)) == set(range(len(data.class_names)))


def test_a_data_sets_factors_are_described_and_in_their_ranges(data):
    known = factors_of_card(data.card, data.id)
    assert list(data.factors) == list(known)
    for name, factor in known.items():
        values = data.factors[name]
        assert values.shape == (len(data),)
        assert factor.low - 1e-3 <= values.min() < values.max() <= factor.high + 1e-3
        assert factor.description
        assert set(factor.tied_to) <= set(known) - {name}
