from __future__ import annotations

import threading

import pytest

from latent_core.errors import CancelledError, InvalidInputError
from ui.downloads import make_in_turn
from ui.jobs import export_jobs


@pytest.fixture(autouse=True)
def own_queue():
    export_jobs.cache_clear()
    yield
    export_jobs.cache_clear()


def test_a_file_is_made_and_forgotten():
    assert make_in_turn(lambda: b"file", "ann") == b"file"
    assert not export_jobs()._jobs

    def fail() -> bytes:
        raise InvalidInputError("too many frames")

    with pytest.raises(InvalidInputError, match="too many frames"):
        make_in_turn(fail, "ann")


def test_files_are_made_one_at_a_time_and_a_visitor_has_one_in_the_queue():
    started, go, made = threading.Event(), threading.Event(), []

    def slow() -> bytes:
        started.set()
        go.wait(5)
        return b"slow"

    def ask(visitor: str, make) -> None:
        try:
            made.append(make_in_turn(make, visitor))
        except CancelledError:
            made.append(b"dropped")

    first = threading.Thread(target=ask, args=("ann", slow))
    first.start()
    assert started.wait(5)
    queue = export_jobs()
    others = []
    for number, data in enumerate((b"one", b"two"), 2):
        others.append(threading.Thread(target=ask, args=("bob", lambda data=data: data)))
        others[-1].start()
        while len(queue._jobs) < number:
            threading.Event().wait(0.01)
    assert made == []
    go.set()
    for thread in (first, *others):
        thread.join(5)
    assert sorted(made) == [b"dropped", b"slow", b"two"]
