"""The class that the nearest codes vote for."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

import latent_core as lc
from latent_core.analysis.knn_probe import PROBE_NEIGHBORS, class_votes


@pytest.fixture
def pieces(four: Path):
    model, data = lc.load_model("four"), lc.load_dataset("four")
    return data, lc.encode(model, data)


def test_the_votes_are_those_of_the_nearest_codes(pieces) -> None:
    data, encodings = pieces
    code = encodings.mean[:20].mean(axis=0)
    order = np.linalg.norm(encodings.mean - code, axis=1).argsort()[:PROBE_NEIGHBORS]
    expected = np.bincount(data.labels[order], minlength=2)
    votes = class_votes(data, encodings, code)
    assert votes is not None
    assert votes.count == PROBE_NEIGHBORS
    assert {data.class_names.index(name): n for name, n in votes.votes} == {
        label: n for label, n in enumerate(expected.tolist()) if n
    }
    assert votes.votes[0][1] == expected.max()
    assert votes.share() == expected.max() / PROBE_NEIGHBORS


def test_an_image_of_the_data_does_not_vote_for_itself(pieces) -> None:
    data, encodings = pieces
    alone = dataclasses.replace(data, labels=np.where(np.arange(len(data)) == 5, 1, 0))
    votes = class_votes(alone, encodings, encodings.mean[5])
    assert votes is not None
    assert votes.votes == (("dark", PROBE_NEIGHBORS),)


def test_unlabelled_images_do_not_vote(pieces) -> None:
    data, encodings = pieces
    code = encodings.mean[7]
    assert class_votes(dataclasses.replace(data, labels=None), encodings, code) is None
    few = np.where(np.arange(len(data)) < 4, 1, -1)
    votes = class_votes(dataclasses.replace(data, labels=few), encodings, code)
    assert votes is not None
    assert votes.votes == (("bright", 4),)
