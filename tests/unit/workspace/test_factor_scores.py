"""Disentanglement of a model beside PCA: factors, labels, and the cache."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

import latent_core as lc
from latent_core import workspace
from latent_core.__main__ import main
from latent_core.errors import InvalidInputError
from latent_core.evaluation.disentanglement.scores import disentanglement_scores
from latent_core.workspace import factor_scores as module
from latent_core.workspace.factor_scores import known_attributes


def encoded(four_model):
    data = lc.load_dataset("four")
    return data, lc.encode(four_model, data)


def test_it_is_measured_once_against_labels_where_there_are_no_factors(four_model, monkeypatch):
    data, encodings = encoded(four_model)
    found = workspace.disentanglement(data, encodings)
    wanted = disentanglement_scores(
        encodings.mean,
        {"class": data.labels.astype(np.float64)},
        categorical=["class"],
        n_splits=module.N_SPLITS,
    )
    assert found.model.scores == wanted.scores
    assert found.model.factors == ("class",)
    assert found.pca is not None
    assert found.pca.importance.shape == (encodings.latent_dim, 1)
    monkeypatch.setattr(module, "_measure", None)
    again = workspace.disentanglement(data, encodings)
    assert again.pca.scores == found.pca.scores
    np.testing.assert_array_equal(again.model.importance, found.model.importance)


def test_samples_without_a_label_do_not_count(four_model):
    data, encodings = encoded(four_model)
    labels = data.labels.astype(np.int64)
    labels[:60] = -1
    found = workspace.disentanglement(replace(data, labels=labels), encodings)
    assert found.model.n_held_out == (len(data) - 60) // 2


def test_data_without_factors_and_labels_is_refused_in_a_sentence(four_model):
    data, encodings = encoded(four_model)
    with pytest.raises(InvalidInputError, match="neither factors nor labels"):
        workspace.disentanglement(replace(data, labels=None), encodings)


def test_an_angle_over_a_full_circle_is_omitted_and_a_shape_is_categorical():
    factors, categorical, omitted = known_attributes(lc.load_dataset("dsprites"))
    assert (set(factors), categorical, omitted) == (
        {"shape", "scale", "x", "y"},
        ("shape",),
        ("orientation",),
    )


def test_the_command_prints_the_scores_with_their_baselines(four, capsys):
    assert main(["analyze", "four", "--disentanglement"]) == 0
    printed = capsys.readouterr().out
    assert "MIG: " in printed
    assert "PCA 0." in printed
    assert "n = 150 held out" in printed
    assert main(["analyze", "four", "--disentanglement", "--json"]) == 0
    scores = json.loads(capsys.readouterr().out)["disentanglement"]
    assert scores["model"]["n_held_out"] == 150
    assert scores["pca"]["scores"].keys() == scores["model"]["scores"].keys()
