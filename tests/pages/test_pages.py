"""Each page is drawn; links and invalid input."""

from __future__ import annotations

import io
import threading
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import latent_core as lc
import latent_core.workspace
from latent_core.errors import InvalidInputError
from tests.make_samples import phone_photo
from ui.views.map import page as map_page

ROOT = Path(__file__).resolve().parents[2]


def opened(app: AppTest, page: str = "", **query: str) -> AppTest:
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    if page:
        app.switch_page(str(ROOT / "pages" / f"{page}.py")).run()
    assert not app.exception
    return app


def test_the_map_is_the_first_page(app):
    opened(app)
    assert app.title[0].value == "What does this space look like?"
    assert not app.error
    assert app.selectbox(key="select.model").value == "digits-vae-16"
    assert app.query_params["method"] == "tsne"


def test_a_link_is_followed_and_written_again(app):
    opened(app, model="fashion-vae-16", method="pca", n_components="3", color="error", sample="17")
    assert app.selectbox(key="select.model").value == "fashion-vae-16"
    assert app.selectbox(key="select.method").value == "pca"
    assert app.selectbox(key="select.color").value == "error"
    assert app.query_params["sample"] == "17"
    assert app.query_params["n_components"] == "3"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("model", "digits-vae-61", "Did you mean 'digits-vae-16'"),
        ("method", "<script>", "There is no projection"),
        ("sample", "10000", "0 to 9999"),
        ("sample", "-1", "0 to 9999"),
        ("sample", "٣", "0 to 9999"),
        ("n_components", "4", "There is no number of dimensions"),
        ("params", '{"perplexity":1}', "parameters in the link are not used"),
        ("params", '{"seeds":1}', "parameters in the link are not used"),
        ("params", "[1", "parameters in the link are not used"),
        ("params", '{"n_components":9}', "parameters in the link are not used"),
    ],
)
def test_an_invalid_value_in_a_link_gives_a_notice_and_the_page_works(app, name, value, words):
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
    app.selectbox(key="select.method").select("pca").run()
    app.switch_page(str(ROOT / "pages" / "encode.py")).run()
    assert app.selectbox(key="select.model").value == "digits-vae-2"
    app.switch_page(str(ROOT / "pages" / "map.py")).run()
    assert app.selectbox(key="select.method").value == "pca"


def test_a_damaged_model_is_listed_on_the_models_page_only(app, tmp_path, monkeypatch):
    import shutil

    shutil.copytree("models/digits-vae-2", tmp_path / "models" / "digits-vae-2")
    (tmp_path / "models" / "bad").mkdir()
    (tmp_path / "models" / "bad" / "card.json").write_text("{}")
    monkeypatch.setenv("LATENT_MODELS", str(tmp_path / "models"))
    opened(app, method="pca")
    assert not app.warning
    assert app.selectbox(key="select.model").options == ["Digits, VAE, 2 dimensions"]
    app.switch_page(str(ROOT / "pages" / "models.py")).run()
    assert not app.warning
    assert app.expander[-1].label == "1 cannot be used"
    assert any("Model bad</dt><dd>The card of" in block.body for block in app.get("html"))


def test_a_failed_projection_gives_a_notice_and_shows_the_previous_map(app, monkeypatch):
    def fail(*_args, **_kwargs):
        raise InvalidInputError("Perplexity 50 is too large for these codes.")

    opened(app, method="pca")
    monkeypatch.setattr(lc.workspace, "project", fail)
    monkeypatch.setattr(lc, "project", fail, raising=False)
    app.selectbox(key="select.method").select("umap").run()
    assert not app.exception
    assert [w.value for w in app.warning] == ["Perplexity 50 is too large for these codes."]
    assert app.selectbox(key="select.method").value == "pca"


def test_parameters_of_the_form_compute_another_map(app):
    opened(app, method="pca")
    app.number_input(key="map.pca.random_state").set_value(3)
    app.button(key="map.compute.pca").click().run()
    assert not app.exception
    assert app.session_state["kept.params.pca"] == {"random_state": 3}
    assert app.query_params["params"] == '{"random_state":3}'


def test_parameters_in_a_link_are_used(app):
    opened(app, method="pca", params='{"random_state":5}')
    assert not app.warning
    assert app.number_input(key="map.pca.random_state").value == 5


def test_uploads_are_encoded_and_invalid_ones_rejected(app):

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


def test_a_classifier_has_a_map_and_is_not_on_pages_that_decode(app):
    opened(app, model="digits-cnn-64", method="pca", sample="3")
    assert not app.error
    assert "error" not in app.selectbox(key="select.color").options
    for page in ("encode", "morph", "dimensions"):
        app.switch_page(str(ROOT / "pages" / f"{page}.py")).run()
        assert not app.exception
        assert "digits-cnn-64" not in app.selectbox(key="select.model").options


def test_the_models_page_shows_all_models_with_their_metrics(app):
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


@pytest.mark.parametrize("fails", [False, True])
def test_a_map_is_drawn_before_its_trustworthiness_is_measured(app, monkeypatch, fails):
    notes: list[str] = []
    may_end = threading.Event()

    def measure_quality(projection, progress):
        may_end.wait(30)
        if fails:
            raise InvalidInputError("It cannot be measured.")
        return projection.measured(progress)

    def draw_map(*, note, **others):
        notes.append(note)
        return map_page.MapEvent()

    monkeypatch.setattr(latent_core.workspace, "measure_quality", measure_quality)
    monkeypatch.setattr(map_page, "draw_map", draw_map)
    opened(app, model="digits-vae-2", method="pca", params=f'{{"random_state":{8 + fails}}}')
    assert notes == ["PCA: trustworthiness not measured yet"]
    may_end.set()
    app.run()
    while "not measured yet" in notes[-1] and not fails:
        app.run()
    assert not app.exception
    assert not app.error
    assert ("(k = 10; 1 is perfect)" in notes[-1]) != fails
