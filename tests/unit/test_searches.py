"""A visitor's searches: one at a time, remembered by that visitor's session and by nothing else."""

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
from ui import inversion_jobs as module
from ui import spaces
from ui.inversion_jobs import Sought, seek, stop_searching
from ui.jobs import Job, searches

QUICK = InversionConfig(n_starts=1, n_steps=3)
LONG = InversionConfig(n_starts=1, n_steps=5000)
WAIT_S = 30


class Session:
    """What `ui.state` keeps for one visitor."""

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
    """How many pictures each search that really ran had."""
    ran: list[int] = []
    real = module.invert

    def counted(model, images, *args, **options):
        ran.append(len(images))
        return real(model, images, *args, **options)

    monkeypatch.setattr(module, "invert", counted)
    return ran


def pictures(*numbers: int) -> np.ndarray:
    return lc.load_dataset("digits").images(list(numbers))


def test_a_code_is_found_once_and_only_new_pictures_are_searched_for(space, visit, runs):
    visit("ann")
    first = seek(space, pictures(0, 1), QUICK)
    again = seek(space, pictures(1, 2, 0), QUICK)
    assert runs == [2, 1]
    np.testing.assert_array_equal(again.codes[[2, 0]], first.codes)
    assert again.whole


def test_another_model_search_or_start_is_another_code(space, visit, runs):
    visit("ann")
    other = SimpleNamespace(model=lc.load_model("digits-vae-16"))
    seek(space, pictures(0), QUICK)
    seek(other, pictures(0), QUICK)
    seek(space, pictures(0), InversionConfig(n_starts=1, n_steps=4))
    seek(space, pictures(0), QUICK, first=np.ones((1, 2), np.float32))
    assert runs == [1, 1, 1, 1]


def test_one_visitor_never_meets_what_another_had_searched_for(
    space, visit, runs, tmp_path, monkeypatch
):
    monkeypatch.setattr(workspace.stores, "default_store", lambda: Store(tmp_path / "cache"))
    ann = visit("ann")
    seek(space, pictures(0), QUICK)
    assert ann.recall("codes found")
    assert not any(key.startswith("ann") for key in searches()._jobs), "dropped once it is known"
    bob = visit("bob")
    assert bob.kept == {}
    seek(space, pictures(0), QUICK)
    assert runs == [1, 1], "searched for anew, so that not even its speed tells"
    assert not list(tmp_path.rglob("*")), "nothing on disk"


def test_the_newest_search_cancels_the_one_before(space, visit, monkeypatch):
    session = visit("ann")
    monkeypatch.setattr(spaces, "PATIENCE_S", 0.05)
    older = seek(space, pictures(0), LONG)
    assert isinstance(older, Job)
    assert session.recall("search") is older
    monkeypatch.setattr(spaces, "PATIENCE_S", WAIT_S)
    assert isinstance(seek(space, pictures(1), QUICK), Sought)
    assert older.ended.wait(WAIT_S)
    assert isinstance(older.error, CancelledError)
    assert session.recall("search") is None


def test_the_same_question_is_answered_by_the_same_job(space, visit, monkeypatch, runs):
    visit("ann")
    monkeypatch.setattr(spaces, "PATIENCE_S", 0.01)
    job = seek(space, pictures(0), LONG)
    assert seek(space, pictures(0), LONG) is job
    stop_searching()
    assert job.ended.wait(WAIT_S)
    assert len(runs) <= 1


def test_stopping_keeps_the_best_so_far_and_does_not_take_it_for_the_answer(
    space, visit, monkeypatch
):
    session = visit("ann")
    first = np.array([[3.0, -3.0]], np.float32)
    monkeypatch.setattr(spaces, "PATIENCE_S", 0.01)
    job = seek(space, pictures(0), LONG, first=first)
    deadline = time.monotonic() + WAIT_S
    while job.points is None and time.monotonic() < deadline:
        threading.Event().wait(0.01)
    job.leave("ann")
    monkeypatch.setattr(spaces, "PATIENCE_S", WAIT_S)
    stopped = seek(space, pictures(0), LONG, first=first)
    assert not stopped.whole
    image, model = pictures(0), space.model
    errors = [np.square(model.decode(code) - image).mean() for code in (first, stopped.codes)]
    assert errors[1] <= errors[0]
    assert not session.recall("codes found")


def test_a_picture_of_another_size_is_told(space, visit):
    session = visit("ann")
    with pytest.raises(InvalidInputError, match="the model takes"):
        seek(space, np.zeros((1, 1, 8, 8), np.float32), QUICK)
    assert session.recall("search") is None
