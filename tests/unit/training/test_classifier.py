"""Classifiers: trained on classes and on attributes, and what they cannot do."""

from __future__ import annotations

import numpy as np
import pytest

import latent_core as lc
from datagen.chunks import write_chunks
from latent_core.datasets.factors import binary_attributes
from latent_core.datasets.training_data import load_training_data
from latent_core.errors import InvalidCardError, InvalidInputError
from latent_core.training.trainer import train
from tests.unit.training.conftest import CLASSIFIER, IMAGES, LABELS, WIDTHS


def test_a_classifier_is_trained_and_its_features_are_codes(family_card):
    train(family_card(CLASSIFIER, objective="cross-entropy", epochs=12), IMAGES, LABELS)
    model = lc.load_model("classifier")
    images = IMAGES.astype(np.float32) / 255
    assert (model.classify(images) == LABELS).mean() > 0.95
    assert model.encode(images).mean.shape == (64, 4)


def test_a_classifier_cannot_decode_and_an_autoencoder_cannot_classify(family_card, four_model):
    train(family_card(CLASSIFIER, objective="cross-entropy"), IMAGES, LABELS)
    with pytest.raises(InvalidInputError, match="no decoder; choose a model with one"):
        lc.load_model("classifier").decode(np.zeros((1, 4), np.float32))
    with pytest.raises(InvalidInputError, match="is not a classifier"):
        four_model.classify(np.zeros((1, 1, 2, 2), np.float32))


def test_a_classifier_predicts_binary_attributes(family_card):
    factors = {"bright": LABELS.astype(np.float32), "dull": 1 - LABELS.astype(np.float32)}
    thresholds = {"bright": 0.5, "dull": 0.5}
    fields = CLASSIFIER | {"architecture": {"name": "classifier", "classes": 2, **WIDTHS}}
    card = family_card(
        fields, objective="cross-entropy", epochs=80, attribute_thresholds=thresholds
    )
    attributes = binary_attributes(factors, card.attribute_thresholds, card.id)
    assert attributes.tolist() == np.stack([LABELS == 1, LABELS == 0], 1).tolist()
    train(card, IMAGES, attributes.astype(np.int64))
    predicted = lc.load_model("classifier").predict_attributes(IMAGES.astype(np.float32) / 255)
    assert (predicted == attributes).mean() > 0.95


def test_training_data_are_the_images_and_the_labels_that_the_card_names(family_card, tmp_path):
    factors = {"size": np.arange(64, dtype=np.float32), "kind": LABELS.astype(np.float32)}
    write_chunks(IMAGES, factors, tmp_path / "parts")
    thresholds = {"size": 9.5}
    card = family_card(CLASSIFIER, objective="cross-entropy", attribute_thresholds=thresholds)
    images, labels = load_training_data(card, tmp_path / "parts")
    assert np.array_equal(images, IMAGES)
    assert labels.tolist() == [[0]] * 10 + [[1]] * 54
    card = family_card(CLASSIFIER, objective="cross-entropy", class_factor="kind")
    assert np.array_equal(load_training_data(card, tmp_path / "parts")[1], LABELS)
    card = family_card(CLASSIFIER, objective="cross-entropy", class_factor="age")
    with pytest.raises(InvalidCardError, match=r"'age'.* size, kind"):
        load_training_data(card, tmp_path / "parts")


def test_attribute_thresholds_that_are_not_numbers_are_refused(family_card):
    card = family_card(CLASSIFIER, attribute_thresholds=["age"], objective="mse")
    with pytest.raises(InvalidCardError, match=r"threshold for each factor, not \['age'\]"):
        _ = card.attribute_thresholds
