"""The parts of the Open page for one's own models."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import latent_core as lc
from latent_core.errors import InputTooLargeError
from latent_core.installed import DATASETS, MODELS, Target
from tests.artefacts.linear_onnx import Guise, Pca, pair
from ui import session, spaces
from ui.visitor import own


def draw_model() -> None:
    from ui.layout import shown_errors
    from ui.views.open.model_tab import draw_open_model

    with shown_errors():
        draw_open_model()


def draw_own() -> None:
    from ui.views.open.own_tab import draw_own

    draw_own()


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The pages that were switched to."""
    monkeypatch.setenv("LATENT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LATENT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(spaces, "PATIENCE_S", 60)
    pages: list[object] = []
    monkeypatch.setattr(st, "switch_page", pages.append)
    return pages


@pytest.fixture(scope="module")
def files() -> list[tuple[str, bytes, str]]:
    pca = Pca.fit(lc.load_dataset("digits").images(slice(500)), 30)
    made = pair(pca, Guise(scale=2.0, offset=-1.0))
    return [(name, content, "application/octet-stream") for name, content in made.items()]


def upload(app: AppTest, files: list[tuple[str, bytes, str]]) -> AppTest:
    app.file_uploader(key="open.files.0").set_value(files)
    app.run()
    assert not app.exception
    return app


def button(app: AppTest, label: str):
    return next(b for b in app.button if b.label == label)


def test_two_files_are_understood_and_opened(opened, files) -> None:
    app = upload(AppTest.from_function(draw_model, default_timeout=120).run(), files)
    assert any("NCHW" in text.value for text in app.markdown)
    app.text_input(key="open.title").set_value("Müller’s net").run()
    button(app, "Open on the map").click().run()
    assert not app.error
    assert [Path(str(page)).name for page in opened] == ["map.py"]
    assert lc.load_card("mullers-net").title == "Müller’s net"
    assert (MODELS.own / "mullers-net" / "decoder.onnx").is_file()


def test_weights_alone_are_opened_with_their_gradients(opened) -> None:
    content = lc.load_card("digits-pca-16").weights.read_bytes()
    app = AppTest.from_function(draw_model, default_timeout=120).run()
    upload(app, [("weights.safetensors", content, "application/octet-stream")])
    assert any("'linear'" in text.value for text in app.markdown)
    assert not app.warning
    app.text_input(key="open.title").set_value("Components").run()
    button(app, "Open on the map").click().run()
    assert not app.error
    card = lc.load_card("components")
    assert (card.family, card.architecture["name"], card.dataset) == ("pca", "linear", "digits")
    assert not card.is_onnx


def test_a_file_of_no_known_kind_is_said_and_nothing_is_stored(opened) -> None:
    app = AppTest.from_function(draw_model, default_timeout=60).run()
    upload(app, [("notes.onnx", b"some text", "text/plain")])
    assert "notes.onnx" in app.error[0].value
    upload(app, [("model.pkl", pickle.dumps(1), "application/octet-stream")])
    assert "a pickle" in app.error[0].value
    assert lc.list_models() == sorted(MODELS.list_ids())
    assert not MODELS.own.exists()


def test_own_models_are_listed_renamed_and_deleted(opened) -> None:
    name = lc.import_bundle(lc.export_bundle("digits-pca-16"))
    app = AppTest.from_function(draw_own, default_timeout=60).run()
    app.text_input(key=f"own.title.models.{name}").set_value("Renamed").run()
    app.button(key=f"own.save.models.{name}").click().run()
    assert lc.load_card(name).title == "Renamed"
    app.button(key=f"own.delete.models.{name}").click().run()
    assert not app.exception
    assert name not in lc.list_models()


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that others reach."""
    option = st.get_option
    monkeypatch.setattr(
        st, "get_option", lambda name: "192.168.0.2" if name == "server.address" else option(name)
    )


def test_what_a_guest_opens_is_nobody_elses(opened, shared, monkeypatch) -> None:
    assert not own.is_local_server()
    target = own.target()
    assert target.suffix
    assert target.suffix != own.target().suffix
    name = lc.import_bundle(lc.export_bundle("digits-pca-16"), target=target)
    assert name.endswith(target.suffix)
    remembered: dict[str, object] = {}
    monkeypatch.setattr(session, "remember", remembered.__setitem__)
    monkeypatch.setattr(session, "recall", lambda name, default=None: remembered.get(name, default))
    monkeypatch.setattr(session, "visitor", lambda: "me")
    monkeypatch.setattr(session, "is_connected", lambda visitor: True)
    own.remember_own(target, model_id=name)
    assert own.own_models() == [name]
    assert own.is_own(MODELS, name)
    assert name not in lc.list_models()
    monkeypatch.setenv("LATENT_MAX_VISITOR_MB", "1")
    with pytest.raises(InputTooLargeError):
        own.check_budget(2_000_000)
    remembered.clear()  # another visitor
    assert own.own_models() == []
    assert not own.is_own(MODELS, name)
    monkeypatch.setattr(session, "is_connected", lambda visitor: False)
    monkeypatch.setattr(own, "KEEP_S", 0.0)
    own.remember_own(Target.of_guest(), dataset_id="")
    assert not (MODELS.guests / name).exists()


@pytest.mark.parametrize(
    ("address", "local"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("192.168.0.2", False), ("", False)],
)
def test_a_server_is_local_where_only_its_machine_reaches_it(monkeypatch, address, local) -> None:
    monkeypatch.setattr(st, "get_option", lambda name: address)
    assert own.is_local_server() == local
    assert (own.target().data == DATASETS.own) == local
