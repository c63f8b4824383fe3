"""Each page: that it draws, and the one thing it is for, with the address and bad input."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import latent_core as lc
import latent_core.workspace
from latent_core.errors import InvalidInputError
from tests.make_samples import phone_photo

ROOT = Path(__file__).resolve().parents[2]


def opened(app: AppTest, page: str = "", **address: str) -> AppTest:
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    if page:
        app.switch_page(str(ROOT / "pages" / f"{page}.py")).run()
    assert not app.exception
    return app


def test_the_map_is_what_one_sees_first(app):
    opened(app)
    assert app.title[0].value == "What does this space look like?"
    assert not app.error
    assert app.selectbox(key="select.model").value == "digits-vae-16"
    assert app.query_params["method"] == "tsne"


def test_the_address_is_followed_and_kept(app):
    opened(app, model="fashion-vae-16", method="pca", dims="3", color="error", picture="17")
    assert app.selectbox(key="select.model").value == "fashion-vae-16"
    assert app.selectbox(key="select.method").value == "pca"
    assert app.selectbox(key="select.colour").value == "error"
    assert app.query_params["picture"] == "17"
    assert app.query_params["dims"] == "3"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("model", "digits-vae-61", "Did you mean 'digits-vae-16'"),
        ("method", "<script>", "There is no map method"),
        ("picture", "10000", "0 to 9999"),
        ("picture", "-1", "0 to 9999"),
        ("picture", "٣", "0 to 9999"),
        ("dims", "4", "There is no number of dimensions"),
        ("settings", '{"perplexity":1}', "settings in the address are not used"),
        ("settings", '{"seeds":1}', "settings in the address are not used"),
        ("settings", "[1", "settings in the address are not used"),
        ("settings", '{"dims":9}', "settings in the address are not used"),
    ],
)
def test_an_unknown_name_in_the_address_is_told_and_the_page_works(app, name, value, words):
    opened(app, **{"method": "pca", name: value})
    assert any(words in warning.value for warning in app.warning)
    assert not app.error


def test_changing_the_model_changes_the_data_with_it(app):
    opened(app, method="pca")
    app.selectbox(key="select.model").select("fashion-vae-16").run()
    assert not app.exception
    assert app.selectbox(key="select.data").value == "fashion"
    assert app.query_params["model"] == "fashion-vae-16"


def test_choices_survive_changing_pages(app):
    opened(app, method="pca")
    app.selectbox(key="select.model").select("digits-vae-2").run()
    app.switch_page(str(ROOT / "pages" / "encode.py")).run()
    assert app.selectbox(key="select.model").value == "digits-vae-2"
    app.switch_page(str(ROOT / "pages" / "map.py")).run()
    assert app.selectbox(key="select.method").value == "pca"


def test_a_damaged_model_is_told_and_the_others_work(app, tmp_path, monkeypatch):
    import shutil

    shutil.copytree("models/digits-vae-2", tmp_path / "models" / "digits-vae-2")
    (tmp_path / "models" / "bad").mkdir()
    (tmp_path / "models" / "bad" / "card.json").write_text("{}")
    monkeypatch.setenv("LATENT_MODELS", str(tmp_path / "models"))
    opened(app, method="pca")
    assert any("'bad'" in warning.value for warning in app.warning)
    assert app.selectbox(key="select.model").options == ["Digits, VAE, 2 dimensions"]


def test_a_map_that_cannot_be_made_is_one_sentence_and_the_old_one_is_back(app, monkeypatch):
    def fail(*_args, **_kwargs):
        raise InvalidInputError("Perplexity 50 is too large for these codes.")

    opened(app, method="pca")
    monkeypatch.setattr(lc.workspace, "project", fail)
    monkeypatch.setattr(lc, "project", fail, raising=False)
    app.selectbox(key="select.method").select("umap").run()
    assert not app.exception
    assert [w.value for w in app.warning] == ["Perplexity 50 is too large for these codes."]
    assert app.selectbox(key="select.method").value == "pca"


def test_settings_behind_the_form_make_another_map(app):
    opened(app, method="pca")
    app.number_input(key="map.pca.seed").set_value(3)
    app.button(key="map.compute.pca").click().run()
    assert not app.exception
    assert app.session_state["kept.spec.pca"] == {"seed": 3}
    assert app.query_params["settings"] == '{"seed":3}'


def test_settings_in_the_address_are_followed(app):
    opened(app, method="pca", settings='{"seed":5}')
    assert not app.warning
    assert app.number_input(key="map.pca.seed").value == 5


def test_uploads_are_encoded_and_bad_ones_refused(app):

    import latent_core as lc

    photo = io.BytesIO()
    phone_photo(lc.load_dataset("digits").images_uint8[0, 0], seed=0).save(photo, "JPEG")
    opened(app, "encode")
    app.segmented_control(key="segments.source").select("upload").run()
    assert app.segmented_control(key="segments.source").value == "upload"
    app.file_uploader(key="encode.files").set_value(
        [("photo.jpg", photo.getvalue(), "image/jpeg"), ("bad.png", b"no picture", "image/png")]
    ).run()
    assert not app.exception
    assert any("Where it lands" in header.value for header in app.subheader)
    assert app.button(key="encode.tray").label == "Add to tray"
    app.button(key="encode.tray").click().run()
    assert app.button(key="encode.tray").label == "In the tray"


def test_a_classifier_has_a_map_and_no_place_where_codes_are_decoded(app):
    opened(app, model="digits-cnn-64", method="pca", picture="3")
    assert not app.error
    assert "error" not in app.selectbox(key="select.colour").options
    for page in ("encode", "morph", "dimensions"):
        app.switch_page(str(ROOT / "pages" / f"{page}.py")).run()
        assert not app.exception
        assert "digits-cnn-64" not in app.selectbox(key="select.model").options


def test_the_models_stand_side_by_side_with_their_figures(app):
    opened(app, "models")
    assert not app.exception
    assert not app.error
    shown = " ".join(block.body for block in app.get("html"))
    for model_id in lc.list_models():
        card = lc.load_card(model_id)
        if card.dataset == "digits" and card.is_available:
            assert card.title in shown
    assert f"{lc.load_card('digits-ae-16').metrics['mse_ratio_to_pca']:.2f}" in shown
    app.segmented_control(key="segments.data").select("fashion").run()
    assert app.query_params["data"] == "fashion"
