"""Inversions of a visitor: one at a time, stored in that visitor's session only."""

from __future__ import annotations

import threading
import time
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import latent_core as lc
from latent_core import workspace
from latent_core.cache.store import Store
from latent_core.errors import CancelledError, InvalidInputError
from latent_core.models.inversion import InversionConfig
from ui import spaces
from ui.background import inversion_jobs as module
from ui.background.inversion_jobs import InversionOutcome, find_codes, stop_inversion
from ui.background.job import Job
from ui.background.jobs import private_jobs

SHORT = InversionConfig(n_starts=1, n_steps=3)
LONG = InversionConfig(n_starts=1, n_steps=5000)
WAIT_S = 30


class Session:
    """The stored values of one visitor, in place of `ui.session`."""

    def __init__(self, name: str) -> None:
        self.name, self.kept = name, {}

    def visitor(self) -> str:
        return self.name

    def recall(self, name: str, default: Any = None) -> Any:
        return self.kept.get(name, default)

    def remember(self, name: str, value: Any) -> None:
        self.kept[name] = value

    def forget(self, name: str) -> None:
        self.kept.pop(name, None)


@pytest.fixture
def space() -> Any:
    return SimpleNamespace(model=lc.load_model("digits-vae-2"))


@pytest.fixture
def visit(monkeypatch):
    monkeypatch.setattr(spaces, "PATIENCE_S", WAIT_S)

    def arrive(name: str) -> Session:
        session = Session(name)
        monkeypatch.setattr(module, "session", session)
        return session

    return arrive


@pytest.fixture
def runs(monkeypatch) -> list[int]:
    """Number of images of each inversion that ran."""
    ran: list[int] = []
    real = module.invert

    def counted(model, images, *args, **options):
        ran.append(len(images))
        return real(model, images, *args, **options)

    monkeypatch.setattr(module, "invert", counted)
    return ran


def images_of(*numbers: int) -> np.ndarray:
    return lc.load_dataset("digits").images(list(numbers))


def test_only_new_images_are_inverted(space, visit, runs):
    visit("ann")
    first = find_codes(space, images_of(0, 1), SHORT)
    again = find_codes(space, images_of(1, 2, 0), SHORT)
    assert runs == [2, 1]
    np.testing.assert_array_equal(again.codes[[2, 0]], first.codes)
    assert again.completed


def test_another_model_config_or_start_is_inverted_again(space, visit, runs):
    visit("ann")
    other = SimpleNamespace(model=lc.load_model("digits-vae-16"))
    find_codes(space, images_of(0), SHORT)
    find_codes(other, images_of(0), SHORT)
    find_codes(space, images_of(0), InversionConfig(n_starts=1, n_steps=4))
    find_codes(space, images_of(0), SHORT, np.ones((1, 2), np.float32))
    assert runs == [1, 1, 1, 1]


def test_results_of_one_visitor_are_not_used_for_another(space, visit, runs, tmp_path, monkeypatch):
    monkeypatch.setattr(workspace, "default_store", lambda: Store(tmp_path / "cache"))
    ann = visit("ann")
    find_codes(space, images_of(0), SHORT)
    assert ann.recall("inversion.codes")
    assert not any(key.startswith("ann") for key in private_jobs()._jobs), (
        "discarded once the visitor has the result"
    )
    bob = visit("bob")
    assert bob.kept == {}
    find_codes(space, images_of(0), SHORT)
    assert runs == [1, 1], "inverted again, so that not even the time reveals it"
    assert not list(tmp_path.rglob("*")), "nothing on disk"


def test_a_new_inversion_cancels_the_previous_one(space, visit, monkeypatch):
    session = visit("ann")
    monkeypatch.setattr(spaces, "PATIENCE_S", 0.05)
    older = find_codes(space, images_of(0), LONG)
    assert isinstance(older, Job)
    assert session.recall("inversion.job") is older
    monkeypatch.setattr(spaces, "PATIENCE_S", WAIT_S)
    assert isinstance(find_codes(space, images_of(1), SHORT), InversionOutcome)
    assert older.ended.wait(WAIT_S)
    assert isinstance(older.error, CancelledError)
    assert session.recall("inversion.job") is None


def test_the_same_inversion_is_the_same_job(space, visit, monkeypatch, runs):
    visit("ann")
    monkeypatch.setattr(spaces, "PATIENCE_S", 0.01)
    job = find_codes(space, images_of(0), LONG)
    assert find_codes(space, images_of(0), LONG) is job
    stop_inversion()
    assert job.ended.wait(WAIT_S)
    assert len(runs) <= 1


def test_a_stopped_inversion_gives_the_best_codes_so_far_and_stores_none(space, visit, monkeypatch):
    session = visit("ann")
    first = np.array([[3.0, -3.0]], np.float32)
    monkeypatch.setattr(spaces, "PATIENCE_S", 0.01)
    job = find_codes(space, images_of(0), LONG, first)
    deadline = time.monotonic() + WAIT_S
    while job.points is None and time.monotonic() < deadline:
        threading.Event().wait(0.01)
    private_jobs().stop(job, "ann")
    monkeypatch.setattr(spaces, "PATIENCE_S", WAIT_S)
    stopped = find_codes(space, images_of(0), LONG, first)
    assert not stopped.completed
    image, model = images_of(0), space.model
    errors = [np.square(model.decode(code) - image).mean() for code in (first, stopped.codes)]
    assert errors[1] <= errors[0]
    assert not session.recall("inversion.codes")


def test_an_image_of_another_size_is_an_error(space, visit):
    session = visit("ann")
    with pytest.raises(InvalidInputError, match="the model takes"):
        find_codes(space, np.zeros((1, 1, 8, 8), np.float32), SHORT)
    assert session.recall("inversion.job") is None
