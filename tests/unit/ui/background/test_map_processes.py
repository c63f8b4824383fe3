"""Maps that are computed in processes are the same, and end with whoever wants them."""

from __future__ import annotations

import numpy as np
import pytest

import latent_core as lc
from latent_core.errors import CancelledError, InvalidInputError, LatentError
from latent_core.projection import PCA, TSNE
from ui.background import map_processes
from ui.background.map_processes import SETTING, process_count, project


@pytest.fixture
def encodings(four):
    yield lc.encode(lc.load_model("four"), lc.load_dataset("four"))
    while map_processes._idle:
        map_processes._idle.pop().end()


def ignore(*_args: object) -> None:
    """A report or points that nobody looks at."""


def test_a_map_of_a_process_is_the_same(encodings):
    shown: list[np.ndarray] = []
    method = TSNE(n_components=2, perplexity=20)
    made = project(encodings, method, ignore, shown.append)
    np.testing.assert_array_equal(made.points, lc.project(encodings, method).points)
    assert shown[0].shape == made.points.shape
    assert made.fingerprint == lc.workspace.projection_key(encodings, method)


def test_a_process_is_used_again_and_its_errors_are_sentences(encodings):
    project(encodings, PCA(n_components=2), ignore, ignore)
    (worker,) = map_processes._idle
    with pytest.raises(LatentError, match="Perplexity 299"):
        project(encodings, TSNE(n_components=2, perplexity=299), ignore, ignore)
    assert map_processes._idle == [worker]


def test_a_map_that_nobody_wants_any_more_ends_at_once(encodings):
    project(encodings, PCA(n_components=2), ignore, ignore)
    (worker,) = map_processes._idle

    def cancelled(_points: object) -> None:
        raise CancelledError("nobody is left")

    with pytest.raises(CancelledError):
        project(encodings, TSNE(n_components=2, perplexity=20), ignore, cancelled)
    assert worker.process.poll() is not None
    assert map_processes._idle == []


def test_a_process_that_dies_is_one_sentence_and_the_next_map_is_computed(encodings):
    project(encodings, PCA(n_components=2), ignore, ignore)
    (worker,) = map_processes._idle

    def kill(_fraction: float, _message: str) -> None:
        worker.process.kill()

    with pytest.raises(LatentError, match="try again"):
        project(encodings, TSNE(n_components=2, perplexity=25), kill, ignore)
    assert project(encodings, PCA(n_components=3), ignore, ignore).n_components == 3


@pytest.mark.parametrize("text", ["-1", "two"])
def test_an_invalid_setting_is_one_sentence(monkeypatch, text):
    monkeypatch.setenv(SETTING, text)
    with pytest.raises(InvalidInputError, match=SETTING):
        process_count()
