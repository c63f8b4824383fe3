"""The pages with precomputed embeddings of words."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import latent_core as lc
from ui import spaces

ROOT = Path(__file__).resolve().parents[2]
MODEL = "words-glove-50"


@pytest.fixture
def app(tmp_path, monkeypatch) -> AppTest:
    monkeypatch.setenv("LATENT_CACHE", str(tmp_path))
    monkeypatch.setattr(spaces, "PATIENCE_S", 40)
    return AppTest.from_file(str(ROOT / "ui" / "navigation.py"), default_timeout=90)


def opened(app: AppTest, **address: str) -> AppTest:
    for name, value in ({"model": MODEL, "method": "pca"} | address).items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    assert not app.error
    return app


def number(name: str) -> str:
    return str(lc.load_dataset("words").precomputed.names.index(name))


def test_a_typed_word_is_selected(app):
    opened(app)
    app.text_input(key="text.find").input(" Queen ").run()
    assert not app.exception
    assert app.query_params["sample"] == number("queen")
    assert app.text_input(key="text.find").value == "queen"
    app.text_input(key="text.find").input("qeuen").run()
    assert [w.value for w in app.warning] == [
        "There is no word 'qeuen' among these 10,000; did you mean 'queen', 'que' or 'queens'?"
    ]
    assert app.query_params["sample"] == number("queen"), "what was selected stays"
    assert app.text_input(key="text.find").value == "qeuen"


def test_an_expression_is_written_to_the_link_and_invalid_ones_give_a_warning(app):
    opened(app)
    field = app.text_input(key="text.expression")
    field.input("king - man + woman").run()
    assert not app.exception
    assert app.query_params["expression"] == "king - man + woman"
    assert not app.warning
    app.text_input(key="text.expression").input("king - kign").run()
    assert "There is no word 'kign'" in app.warning[0].value
    app.text_input(key="text.expression").input("king - king").run()
    assert "cancels out" in app.warning[0].value
    app.text_input(key="text.expression").input("").run()
    assert "is empty" in app.warning[0].value
    assert "expression" not in app.query_params


def test_an_expression_in_a_link_is_shown_and_can_be_shown_again(app):
    opened(app, expression="paris - france + italy")
    assert app.text_input(key="text.expression").value == "paris - france + italy"
    app.text_input(key="text.find").input("rome").run()
    app.button(key="map.back.expression").click().run()
    assert not app.exception
    assert app.session_state["kept.panel"] == "expression"


def test_codes_of_selected_words_can_be_downloaded(app):
    import numpy as np

    opened(app)
    app.session_state["kept.region"] = np.array([0, 3, 9])
    app.session_state["kept.panel"] = "region"
    app.run()
    assert not app.exception
    assert [b.label for b in app.get("download_button")] == [
        "Codes, NumPy",
        "Codes, CSV",
        "Codes, Parquet",
    ]


def test_samples_without_names_have_no_search_fields(app):
    opened(app, model="swissroll-3", sample="7")
    assert not app.text_input
    assert app.selectbox(key="select.data").options == ["Swiss roll"]


@pytest.mark.parametrize("page", ["encode", "morph", "dimensions"])
def test_pages_that_decode_say_that_words_have_no_decoder(app, page):
    opened(app)
    app.switch_page(str(ROOT / "pages" / f"{page}.py")).run()
    assert not app.exception
    notices = [w.value for w in app.warning if "has no decoder" in w.value]
    words = (
        "Words, GloVe, 50 dimensions has no decoder, which this page needs; it shows {} instead."
    )
    assert notices == [words.format("Digits, VAE, 16 dimensions")]
    assert app.selectbox(key="select.model").value == "digits-vae-16"


def test_the_models_page_shows_nearest_neighbors_in_place_of_images(app):
    app.query_params["data"] = "words"
    app.switch_page(str(ROOT / "pages" / "models.py")).run()
    assert not app.exception
    assert not app.error
    shown = " ".join(block.body for block in app.get("html"))
    right = lc.load_card(MODEL).metrics["analogy_accuracy"]
    for part in (f"{right:.1%}", "nearest to king", "queen", "including the input words"):
        assert part in shown
    app.segmented_control(key="segments.data").select("swissroll").run()
    assert not app.exception
    assert "neither an image nor a name" in " ".join(b.body for b in app.get("html"))
