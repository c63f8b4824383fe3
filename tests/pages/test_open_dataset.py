"""The part of the Open page for one's own data."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import latent_core as lc
from latent_core.installed import DATASETS, MODELS
from tests.artefacts import data_files as files
from ui import spaces
from ui.visitor import own


def draw_tab() -> None:
    from ui.views.open.dataset_tab import draw_open_dataset

    draw_open_dataset()


@pytest.fixture
def opened(tmp_path, monkeypatch) -> list[object]:
    """The pages that were switched to."""
    monkeypatch.setenv("LATENT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LATENT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(spaces, "PATIENCE_S", 40)
    pages: list[object] = []
    monkeypatch.setattr(st, "switch_page", pages.append)
    return pages


@pytest.fixture
def app(opened) -> AppTest:
    return AppTest.from_function(draw_tab, default_timeout=90).run()


def upload(app: AppTest, name: str, data: bytes) -> AppTest:
    app.file_uploader(key="open.data.files").set_value((name, data, "application/octet-stream"))
    app.run()
    assert not app.exception
    return app


def widget(app: AppTest, kind: str, name: str):
    """The widget of the current source, whose key ends with a digest."""
    return next(w for w in getattr(app, kind) if str(w.key).startswith(f"open.data.{name}"))


def press_open(app: AppTest) -> None:
    app.button(key="open.data.open").click().run()
    assert not app.exception
    assert not app.error


def test_a_csv_is_previewed_corrected_and_opened(app, opened):
    upload(app, "tiere.csv", files.german_csv())
    assert app.subheader[0].value == "40 rows · 3 dimensions · 2 classes"
    assert widget(app, "selectbox", "label").value == "Art"
    widget(app, "multiselect", "factors").set_value(["z3"]).run()
    assert app.subheader[0].value == "40 rows · 2 dimensions · 2 classes"
    widget(app, "text_input", "title").set_value("Tiere, klein").run()
    press_open(app)
    assert [page.name for page in opened] == ["map.py"]
    data = lc.load_dataset("tiere-klein")
    assert data.title == "Tiere, klein"
    assert list(data.factors) == ["z3"]
    assert app.session_state["kept.choice.model"] == "tiere-klein"
    assert app.session_state["kept.choice.data"] == "tiere-klein"


def test_photos_show_what_was_left_out_and_open_with_their_pca(app, opened):
    upload(app, "photos.zip", files.photos_with_a_broken_one())
    assert app.subheader[0].value == "11 images · 24 × 16, color · 2 classes"
    assert "broken.jpg" in app.warning[0].value
    assert 'alt="11 of 11 images"' in app.get("html")[0].proto.body
    press_open(app)
    assert app.session_state["kept.choice.model"] == "photos-pca"
    assert lc.load_model("photos-pca").card.dataset == "photos"


def test_a_folder_of_this_computer_is_opened_by_its_path(app, opened, tmp_path):
    folder = tmp_path / "my photos"
    folder.mkdir()
    for i in range(5):
        (folder / f"{i}.jpg").write_bytes(files.photo(i))
    app.text_input(key="open.data.path").set_value(str(folder)).run()
    assert app.subheader[0].value == "5 images · 24 × 16, color"
    app.text_input(key="open.data.path").set_value(str(folder / "none")).run()
    assert "none" in app.error[0].value


def test_what_cannot_be_opened_says_why_and_another_file_can_follow(app):
    upload(app, "net.pkl", b"\x80\x04\x95\x0b")
    assert "pickle" in app.error[0].value
    upload(app, "codes.npy", files.npy(np.eye(12)))
    assert not app.error
    assert app.subheader[0].value == "12 rows · 12 dimensions"


def test_names_of_columns_are_shown_as_text(app):
    upload(app, "a.csv", b"<img src=x>,z1,z2\na,1.5,2\nb,2.5,4\na,3.5,9\n")
    rows = app.get("html")[0].proto.body
    assert "&lt;img src=x&gt;" in rows
    assert "<img" not in rows


def test_on_a_server_that_others_reach_it_is_the_guests_alone(opened, monkeypatch):
    monkeypatch.setattr(own, "is_local_server", lambda: False)
    app = AppTest.from_function(draw_tab, default_timeout=90).run()
    assert [w.key for w in app.text_input] == [], "no path of the server can be named"
    upload(app, "tiere.csv", files.german_csv())
    press_open(app)
    try:
        (model_id,) = app.session_state["kept.own.models"]
        assert model_id.startswith("tiere-")
        assert len(model_id) == len("tiere-") + 16
        assert (DATASETS.guests / model_id).is_dir()
        assert "tiere" not in " ".join(lc.list_datasets())
    finally:
        shutil.rmtree(DATASETS.guests, ignore_errors=True)
        shutil.rmtree(MODELS.guests, ignore_errors=True)


SHELL = Path(__file__).resolve().parents[2] / "ui" / "navigation.py"


@pytest.mark.parametrize("method", ["latent", "pca", "tsne"])
def test_one_dimension_has_a_map(opened, method):
    codes = np.random.default_rng(0).normal(size=(120, 1))
    data = lc.open_dataset({"one.npy": files.npy(codes)})
    app = AppTest.from_file(str(SHELL), default_timeout=90)
    app.query_params["model"], app.query_params["method"] = data.id, method
    app.run()
    assert not app.exception
    assert not app.error
    assert app.query_params["method"] == ("latent" if method == "pca" else method)


def test_few_samples_have_a_map_whose_perplexity_is_said(opened):
    data = lc.open_dataset({"few.npy": files.npy(np.eye(31))})
    app = AppTest.from_file(str(SHELL), default_timeout=90)
    app.query_params["model"] = data.id
    app.run()
    assert not app.exception
    assert app.query_params["method"] == "tsne"
    assert "params" not in app.query_params
    assert [c.value for c in app.caption if "perplexity is 10 instead of 30" in c.value]


def test_too_few_or_equal_samples_say_why_there_is_no_map(opened):
    for codes, reason in ((np.eye(3), "at least 5"), (np.ones((20, 3)), "equal")):
        data = lc.open_dataset({"few.npy": files.npy(codes)})
        app = AppTest.from_file(str(SHELL), default_timeout=90)
        app.query_params["model"] = data.id
        app.run()
        assert not app.exception
        assert reason in app.error[0].value


def test_a_file_that_is_not_read_shows_the_lines_that_convert_it(app):
    upload(app, "cells.h5ad", b"\x89HDF\r\n\x1a\n" + bytes(99))
    assert "cells.h5ad" in app.error[0].value
    assert "read_h5ad('cells.h5ad')" in app.code[0].value


def test_the_composite_of_many_channels_is_chosen_here(app):
    stack = np.random.default_rng(0).integers(0, 256, (9, 13, 12, 12), np.uint8)
    upload(app, "stack.npy", files.npy(stack))
    assert app.subheader[0].value == "9 images · 12 × 12, color"
    chosen = widget(app, "selectbox", "composite")
    assert chosen.value == "first three"
    chosen.select("mean").run()
    assert not app.exception
    assert app.subheader[0].value == "9 images · 12 × 12, gray"
    press_open(app)
    assert lc.load_dataset("stack").card["composite"] == "mean"


def test_gaps_of_a_factor_are_counted_and_gray_on_the_map(opened):
    codes = np.random.default_rng(0).normal(size=(60, 3))
    age = np.where(np.arange(60) % 4 == 0, np.nan, np.arange(60.0))
    data = lc.open_dataset({"people.npz": files.npz(codes=codes, age=age)})
    app = AppTest.from_file(str(SHELL), default_timeout=90)
    app.query_params["model"], app.query_params["method"] = data.id, "pca"
    app.query_params["color"] = "age"
    app.query_params["sample"] = "0"
    app.run()
    assert not app.exception
    assert not app.error
    assert app.selectbox(key="select.color").value == "age"
