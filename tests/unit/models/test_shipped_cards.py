"""Every card that ships: complete, true to its files, and its decoder true to its weights."""

from __future__ import annotations

import numpy as np
import pytest

import latent_core as lc
from latent_core import card_files
from latent_core.architectures import ARCHITECTURES
from latent_core.cache.entry import verify
from latent_core.datasets.factors import factors_of_card
from latent_core.evaluation.replicate_statistics import config_hash
from latent_core.models.onnx_export import decoder_with_weights, run_decoder
from latent_core.preprocessing.config import PreprocessingConfig
from latent_core.workspace import encodings_key

MODELS, DATA = lc.list_models(), lc.list_datasets()
SHIPPED_BYTES = 14 * 2**20
"""A data set is no larger, so that a clone of everything stays small."""


def raw(folder):
    return card_files.read_json(folder / "card.json")


@pytest.fixture(params=MODELS)
def card(request):
    return lc.load_card(request.param)


@pytest.fixture(params=DATA)
def data(request):
    return lc.load_dataset(request.param)


def test_there_is_something_to_look_at():
    assert len(MODELS) > 5
    assert {"digits", "faces", "furniture", "dsprites"} <= set(DATA)


def test_a_models_card_says_what_it_is_and_how_it_was_made(card):
    for words in (card.title, card.description, card.paper, card.license):
        assert len(words) > 3
    assert card.dataset in DATA
    if card.is_precomputed:
        assert {"metric", "sample_noun"} <= set(lc.load_dataset(card.dataset).card["codes"])
        return
    assert card.architecture["name"] in ARCHITECTURES
    assert card.image_shape == lc.load_dataset(card.dataset).image_shape
    PreprocessingConfig.from_card(card.preprocessing, card.image_shape, card.id)
    verb = "backbone" if card.is_backbone else "train"
    assert card.training["command"].startswith(f"python -m latent_core {verb} ")


def test_a_trained_model_names_its_weights_and_loads_them(card):
    if not card.weights_sha256:
        pytest.skip("not trained yet, or torchvision's own")
    assert raw(card.folder)["weights"]["file"] == card.weights.name
    model = lc.load_model(card.id)
    assert card_files.sha256_file(card.weights) == card.weights_sha256
    assert model.card.latent_dim == card.latent_dim


def test_what_decodes_has_a_decoder_for_browsers_that_agrees_with_torch(card):
    if not (card.decodes and card.weights.is_file()):
        pytest.skip("nothing to decode with")
    told = raw(card.folder)["decoder"]
    assert told["sha256"] == card_files.sha256_file(card.folder / told["file"])
    assert told["weights_sha256"] == card.weights_sha256, "made from these weights"
    codes = np.random.default_rng(0).normal(size=(5, card.latent_dim)).astype(np.float32)
    made = run_decoder(decoder_with_weights(card), codes)
    np.testing.assert_allclose(made, lc.load_model(card.id).decode(codes), rtol=0, atol=1e-4)


@pytest.mark.parametrize("model_id", [name for name in MODELS if lc.load_card(name).replicates])
def test_what_further_trainings_gave_is_of_the_recipe_that_ships(model_id):
    card = lc.load_card(model_id)
    assert card.replicates["command"].startswith(f"python -m latent_core replicate {card.id} ")
    assert card.replicates["config_hash"] == config_hash(card), (
        "teach it again: the recipe has changed"
    )


def test_a_measured_model_has_the_figures_of_its_family(card):
    figures = card.metrics
    if not figures:
        pytest.skip("not measured yet")
    assert figures["command"] == f"python -m latent_core evaluate {card.id} --write"
    if card.decodes and card.baseline:
        ratio = figures["mse"] / figures["mse_pca"]
        assert figures["mse_ratio_to_pca"] == pytest.approx(ratio, rel=0.01)
    if card.family == "vae":
        assert len(figures["kl_nats_per_dimension"]) == card.latent_dim
        assert sum(figures["kl_nats_per_dimension"]) == pytest.approx(
            figures["kl_total_nats"], abs=0.05
        )
    if card.is_classifier:
        assert 0 < figures["accuracy"] <= 1
    if card.has_gaussian_prior and "evaluation_classifier" in figures:
        judge = lc.load_card(figures["evaluation_classifier"])
        assert judge.dataset == card.dataset
        assert len(figures["class_frequencies_samples"]) == judge.architecture["classes"]
        if not judge.attribute_thresholds:
            assert sum(figures["class_frequencies_samples"]) == pytest.approx(1, abs=0.01)


def test_a_baseline_is_a_linear_model_of_the_same_pictures(card):
    if card.family in ("pca", "classifier", "precomputed", "gan"):
        return
    baseline = lc.load_card(str(card.baseline))
    assert baseline.family == "pca"
    assert (baseline.dataset, baseline.image_shape) == (card.dataset, card.image_shape)
    assert baseline.latent_dim >= card.latent_dim


def test_what_was_laid_beside_a_model_is_whole(card):
    folder = card.folder / "store"
    if not folder.is_dir():
        pytest.skip("nothing laid beside it")
    assert all(verify(path) for path in folder.glob("*.entry"))
    if card.is_precomputed:
        return
    key = encodings_key(card, lc.load_dataset(card.dataset))
    assert (folder / f"{key}.entry").is_file(), "so that opening it computes nothing"


def test_a_data_card_says_what_it_is_and_how_it_was_made(data):
    fields = ["title", "description", "source", "license", "made_with"]
    for field in fields if "codes" in data.card else [*fields, "training_set"]:
        assert len(data.card[field]) > 2, field
    assert data.card["made_with"].startswith("python -m ")


def test_a_data_sets_files_are_those_its_card_names(data):
    folder = card_files.data_dir() / data.id
    for name, digest in data.card["sha256"].items():
        assert card_files.sha256_file(folder / name) == digest
    assert sum(path.stat().st_size for path in folder.iterdir()) <= SHIPPED_BYTES
    assert len(data) == data.card["count"]
    if data.labels is not None:
        assert set(np.unique(data.labels)) == set(range(len(data.class_names)))


def test_a_data_sets_factors_are_told_of_and_lie_in_their_ranges(data):
    known = factors_of_card(data.card, data.id)
    assert list(data.factors) == list(known)
    for name, about in known.items():
        values = data.factors[name]
        assert values.shape == (len(data),)
        assert about.low - 1e-3 <= values.min() < values.max() <= about.high + 1e-3
        assert about.description
        assert set(about.tied_to) <= set(known) - {name}
