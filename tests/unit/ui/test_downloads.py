"""Files that are made on demand, with progress."""

from __future__ import annotations

import threading

import pytest
from streamlit.testing.v1 import AppTest

from ui import spaces
from ui.background.jobs import export_jobs
from ui.downloads import size_text


@pytest.fixture(autouse=True)
def own_queue():
    export_jobs.cache_clear()
    yield
    export_jobs.cache_clear()


def page(make, key: str = "a") -> None:
    from ui.downloads import ExportFile, draw_export_download
    from ui.layout import shown_errors

    with shown_errors():
        file = ExportFile(name="7-to-3.gif", mime="image/gif", content_key=key, make=make)
        draw_export_download(file, "test")


def app_of(make, key: str = "a") -> AppTest:
    return AppTest.from_function(page, args=(make, key), default_timeout=30)


def test_a_file_is_made_when_asked_for_and_its_size_is_stated(monkeypatch):
    monkeypatch.setattr(spaces, "PATIENCE_S", 20)
    calls = []

    def make(progress) -> bytes:
        calls.append(1)
        return bytes(1_400_000)

    app = app_of(make).run()
    assert not calls
    app.button(key="test.make").click().run()
    (download,) = app.get("download_button")
    assert download.proto.label == "Download 7-to-3.gif (1.4 MB)"
    app.run()
    assert len(calls) == 1, "what was made is kept"
    assert not export_jobs()._jobs, "but not by the queue"


def test_a_long_work_shows_its_progress_and_can_be_stopped(monkeypatch):
    monkeypatch.setattr(spaces, "PATIENCE_S", 0.05)
    reported, stopped, go = threading.Event(), threading.Event(), threading.Event()

    def make(progress) -> bytes:
        progress(0.5, "38 of 76 images decoded")
        reported.set()
        go.wait(20)
        try:
            progress(0.6, "39 of 76 images decoded")
        except Exception:
            stopped.set()
            raise
        return b""

    app = app_of(make).run()
    app.button(key="test.make").click().run()
    assert reported.wait(20)
    app.run()
    (bar,) = app.get("progress")
    assert (bar.proto.value, "38 of 76" in bar.proto.text) == (50, True)
    (stop,) = [button for button in app.button if button.key.startswith("wait.stop")]
    stop.click().run()
    go.set()
    assert stopped.wait(20)
    app.run()
    assert [button.key for button in app.button] == ["test.make"]
    assert not app.exception
    assert not app.error


def test_what_fails_is_an_error_and_can_be_tried_again(monkeypatch):
    monkeypatch.setattr(spaces, "PATIENCE_S", 20)

    def make(progress) -> bytes:
        from latent_core.errors import InvalidInputError

        raise InvalidInputError("too many frames")

    app = app_of(make).run()
    app.button(key="test.make").click().run()
    assert [error.value for error in app.error] == ["too many frames"]
    app.run()
    assert app.button(key="test.make")


@pytest.mark.parametrize(
    ("size", "text"), [(900, "1 kB"), (45_300, "45 kB"), (1_949_000, "1.9 MB"), (2.4e7, "24.0 MB")]
)
def test_sizes_are_short(size, text):
    assert size_text(size) == text
