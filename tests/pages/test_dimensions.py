"""The Dimensions page without a browser: start, links, commits and invalid input."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

import latent_core as lc
from latent_core.analysis.directions.files import directions_npz
from latent_core.analysis.directions.principal_components import principal_directions
from latent_core.analysis.traversal import grid_codes, latent_dimensions
from latent_core.analysis.traversal_sheet import sheet_layout
from latent_core.types import Floats
from ui import spaces
from ui.components import dimensions as component
from ui.url_codec import pack_code
from ui.views.dimensions.slider_state import SliderState
from ui.views.dimensions.traversal_sheet import sheet_file
from ui.visitor.tray import TrayItem

ROOT = Path(__file__).resolve().parents[2]
MODEL = "digits-vae-16"


@pytest.fixture
def drawn(monkeypatch) -> dict[str, Any]:
    """The data of the sliders that were drawn last."""
    last: dict[str, Any] = {}
    draw = component.draw_component

    def note(module: str, **about: Any) -> dict[str, Any]:
        if module == "dimensions/index.js":
            last.update(about["data"])
        return draw(module, **about)

    monkeypatch.setattr(component, "draw_component", note)
    return last


@pytest.fixture
def sent(monkeypatch) -> dict[str, Any]:
    """Events of the sliders, once per run; filled by a test."""
    waiting: dict[str, Any] = {}
    draw = component.draw_component

    def report(module: str, **about: Any) -> dict[str, Any]:
        found = draw(module, **about)
        if module == "dimensions/index.js":
            name = about["data"]["name"]
            found |= {event: {"name": name, **value} for event, value in waiting.items()}
            waiting.clear()
        return found

    monkeypatch.setattr(component, "draw_component", report)
    return waiting


def opened(app: AppTest, **query: str) -> AppTest:
    app.run()
    app.switch_page(str(ROOT / "pages" / "dimensions.py"))
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def codes_of(model_id: str = MODEL) -> Floats:
    return lc.encode(lc.load_model(model_id), lc.load_dataset("digits")).mean


def state_of(app: AppTest, model_id: str = MODEL) -> SliderState:
    fingerprint = lc.encode(lc.load_model(model_id), lc.load_dataset("digits")).fingerprint
    found: SliderState = app.session_state[f"kept.dimensions {fingerprint}"]
    return found


def apply_commit(app: AppTest, sent: dict[str, Any], code: Floats, **change: Any) -> None:
    now = state_of(app)
    done = {"revision": now.revision, "z": code.tolist(), "start": "s0", "label": "7", "locked": []}
    sent["committed"] = done | change
    app.run()
    assert not app.exception


def test_it_starts_at_the_first_sample(app):
    opened(app)
    assert app.title[0].value == "What does each dimension do?"
    assert not app.error
    assert not app.warning
    np.testing.assert_array_equal(state_of(app).code, codes_of()[0])
    assert app.query_params["start"] == "s0"
    assert "z" not in app.query_params


def test_it_starts_at_the_sample_selected_on_the_map(app):
    app.query_params["sample"] = "12"
    app.query_params["method"] = "pca"
    opened(app)
    np.testing.assert_array_equal(state_of(app).code, codes_of()[12])


def test_a_link_restores_start_and_code(app):
    code = codes_of()[3] + np.float32(0.5)
    opened(app, model=MODEL, data="digits", start="s3", z=pack_code(code))
    np.testing.assert_array_equal(state_of(app).code, code)
    assert state_of(app).start.sample == 3
    assert app.query_params["z"] == pack_code(code)
    assert app.query_params["start"] == "s3"


def test_a_code_alone_is_its_own_start(app):
    code = codes_of()[3] + np.float32(0.5)
    opened(app, model=MODEL, data="digits", z=pack_code(code))
    np.testing.assert_array_equal(state_of(app).start.code, code)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("z", "AAAA", "not a code of 16 dimensions"),
        ("z", "<script>", "not a code of 16 dimensions"),
        ("z", pack_code(np.full(16, np.nan, np.float32)), "NaN or infinity"),
        ("z", pack_code(np.full(16, 1e9, np.float32)), "is out of range"),
        ("start", "s10000", "s0 to s9999"),
        ("start", "x", "s0 to s9999"),
    ],
)
def test_an_invalid_value_in_a_link_gives_a_notice_and_the_page_works(app, name, value, words):
    opened(app, **({"model": MODEL, "data": "digits"} | {name: value}))
    assert any(words in warning.value for warning in app.warning)
    assert not app.error
    np.testing.assert_array_equal(state_of(app).code, codes_of()[0])


def test_a_code_of_another_model_in_a_link_is_ignored(app):
    opened(app, model="digits-ae-16", data="digits", z=pack_code(codes_of()[3]))
    app.selectbox(key="select.model").select(MODEL).run()
    assert not app.exception
    np.testing.assert_array_equal(state_of(app).code, codes_of()[0])


def test_a_commit_is_stored_and_written_to_the_link(app, sent):
    opened(app)
    code = codes_of()[0] + np.float32(0.25)
    apply_commit(app, sent, code, locked=[2, 5])
    np.testing.assert_array_equal(state_of(app).code, code)
    assert state_of(app).locked == (2, 5)
    assert app.query_params["z"] == pack_code(code)
    app.switch_page(str(ROOT / "pages" / "map.py")).run()
    app.switch_page(str(ROOT / "pages" / "dimensions.py")).run()
    np.testing.assert_array_equal(state_of(app).code, code)
    assert app.query_params["z"] == pack_code(code)


def test_each_model_has_its_own_state(app, sent):
    opened(app)
    code = codes_of()[0] + np.float32(0.25)
    apply_commit(app, sent, code)
    app.selectbox(key="select.model").select("digits-vae-2").run()
    np.testing.assert_array_equal(state_of(app, "digits-vae-2").code, codes_of("digits-vae-2")[0])
    assert "z" not in app.query_params
    app.selectbox(key="select.model").select(MODEL).run()
    np.testing.assert_array_equal(state_of(app).code, code)
    assert app.query_params["z"] == pack_code(code)


def test_a_commit_of_an_earlier_revision_is_ignored(app, sent):
    opened(app)
    code = codes_of()[0] + np.float32(0.25)
    apply_commit(app, sent, code, revision=7)
    np.testing.assert_array_equal(state_of(app).code, codes_of()[0])


def test_an_undone_start_is_restored(app, sent):
    opened(app)
    app.button(key="dimensions.start.0.mean").click().run()
    assert state_of(app).start.label == "mean code"
    apply_commit(app, sent, codes_of()[5], start="s5", label="one")
    assert state_of(app).start.sample == 5
    assert app.query_params["start"] == "s5"


@pytest.mark.parametrize(
    ("z", "words"),
    [
        (np.zeros(3), "3 dimensions, the model has 16"),
        (np.full(16, 1e9), "is out of range"),
        (np.full(16, np.inf), "is out of range"),
    ],
)
def test_an_invalid_code_in_a_commit_is_an_error_message(app, sent, z, words):
    opened(app)
    apply_commit(app, sent, z)
    assert [error.value for error in app.error if words in error.value]
    np.testing.assert_array_equal(state_of(app).code, codes_of()[0])


def test_a_new_start_does_not_change_locked_dimensions(app, sent):
    opened(app)
    apply_commit(app, sent, codes_of()[0], locked=[4])
    revision = state_of(app).revision
    app.button(key="dimensions.start.0.mean").click().run()
    wanted = codes_of().mean(axis=0)
    wanted[4] = codes_of()[0, 4]
    np.testing.assert_allclose(state_of(app).code, wanted, rtol=1e-5)
    assert state_of(app).revision == revision + 1
    sent["wanted"] = {"start": "mixture"}
    app.run()
    assert not app.exception
    assert state_of(app).start.label == "sample"
    assert state_of(app).code[4] == codes_of()[0, 4]
    assert (np.delete(state_of(app).code, 4) != np.delete(wanted, 4)).all()


def test_a_saved_code_is_in_the_tray_labeled_by_the_changed_dimension(app, sent):
    opened(app)
    code = codes_of()[0].copy()
    code[6] = -1.5
    sent["saved"] = {"z": code.tolist()}
    app.run()
    assert not app.exception
    assert [item.label for item in app.session_state["kept.tray"]] == ["z7 = −1.5"]
    np.testing.assert_array_equal(app.session_state["kept.tray"][0].code, code)
    sent["saved"] = {"z": codes_of()[0].tolist()}
    app.run()
    assert app.session_state["kept.tray"][1].sample == 0


def test_the_choices_of_the_traversal_sheet_are_kept(app):
    app.session_state["kept.dimensions.sheet"] = True
    opened(app)
    assert app.selectbox(key="select.sheet.steps").value == "9"
    app.selectbox(key="select.sheet.steps").select("13").run()
    app.switch_page(str(ROOT / "pages" / "map.py")).run()
    app.switch_page(str(ROOT / "pages" / "dimensions.py")).run()
    assert app.selectbox(key="select.sheet.steps").value == "13"


def test_the_png_has_the_images_of_its_codes(monkeypatch, tmp_path):
    monkeypatch.setenv("LATENT_CACHE", str(tmp_path))
    space = spaces.compute_space(MODEL, "digits", lambda fraction, words: None)
    rows, base = [5, 2], codes_of()[8]
    pixels = np.asarray(Image.open(io.BytesIO(sheet_file(space, rows, 7, 28, base))))
    layout = sheet_layout(2, 7, (1, 28, 28), 28)
    codes = grid_codes(latent_dimensions(space.encodings), base, rows, 7)
    for row, step in ((0, 0), (1, 6)):
        left, top = layout.cell_origin(row, step)
        wanted = np.rint(space.model.decode(codes[row, step][None])[0, 0] * 255)
        np.testing.assert_allclose(
            pixels[top : top + 28, left : left + 28, 0].astype(float), wanted, atol=1
        )


def test_the_label_of_the_start_has_the_sample_index():
    start = TrayItem(image="", label="7", model_id=MODEL, code=np.zeros(2, np.float32), sample=1234)
    assert SliderState(start=start, code=start.code).start_label == "7 · image 1,234"
    own = replace(start, sample=None, label="mean")
    assert SliderState(start=own, code=own.code).start_label == "mean"


def mark(app, sent, *, more: int, less: int) -> AppTest:
    """Save codes to the tray, and make a direction from the first to the last."""
    opened(app)
    app.session_state["kept.dimensions.marking"] = True
    for code in codes_of()[: more + less]:
        sent["saved"] = {"z": code.tolist()}
        app.run()
    app.run()
    choices = app.multiselect(key="marking.more").options
    app.multiselect(key="marking.more").set_value(choices[:more])
    app.multiselect(key="marking.less").set_value(choices[more:])
    return app.button(key="marking.make").click().run()


def test_a_direction_is_made_from_the_tray_and_says_that_it_is_not_tested(app, sent, drawn):
    mark(app, sent, more=2, less=2)
    assert not app.exception
    first = drawn["directions"][0]
    assert (first["id"], first["directions"][0]["name"]) == ("marked", "my direction")
    assert first["directions"][0]["is_weak"]
    assert "not tested" in first["directions"][0]["caption"]
    app.button(key="marking.make").click().run()
    assert [one["name"] for one in drawn["directions"][0]["directions"]][1] == "my direction 2"


def test_a_group_without_images_is_an_error_message(app, sent):
    mark(app, sent, more=1, less=0)
    assert "each group" in app.error[0].value


def test_saved_directions_are_opened(app, drawn):
    opened(app)
    app.session_state["kept.dimensions.marking"] = True
    app.run()
    data = directions_npz(principal_directions(codes_of(), 2))
    app.file_uploader(key="marking.open").set_value(("mine.npz", data, "")).run()
    assert not app.error
    names = [one["name"] for one in drawn["directions"][0]["directions"]]
    assert (drawn["directions"][0]["id"], names) == ("marked", ["PC1", "PC2"])
    app.file_uploader(key="marking.open").set_value(("mine.npz", data[:99], "")).run()
    assert app.error


def test_arithmetic_on_an_example_shows_the_sum_its_neighbors_and_the_baseline(app):
    opened(app)
    app.session_state["kept.dimensions.arithmetic"] = True
    app.run()
    app.button(key="arithmetic.example").click().run()
    assert not app.exception
    start, minus, plus = app.multiselect[-3:]
    assert [len(field.value) for field in (start, minus, plus)] == [3, 3, 3]
    shown = "".join(block.body for block in app.get("html"))
    assert shown.count("ls-sum-neighbors") > 1
    assert "of 8 are the same as above" in shown
    tray, codes = app.session_state["kept.tray"], codes_of()
    means = [
        codes[[item.sample for item in tray if item.key in field.value]].mean(axis=0)
        for field in (start, minus, plus)
    ]
    assert tray[0].label == tray[3].label != tray[6].label
    app.button(key="arithmetic.start").click().run()
    wanted = means[0] - means[1] + means[2]
    np.testing.assert_allclose(state_of(app).code, wanted, rtol=1e-4, atol=1e-5)


def test_an_example_counts_a_sample_once_that_was_added_with_two_models(app):
    opened(app)
    app.session_state["kept.dimensions.arithmetic"] = True
    app.run()
    app.button(key="arithmetic.example").click().run()
    kept = app.session_state["kept.tray"]
    twins = [replace(one, model_id="other", key=f"twin-{one.key}") for one in kept]
    app.session_state["kept.tray"] = [*twins, *kept]
    app.button(key="arithmetic.example").click().run()
    assert not app.exception
    assert [len(field.value) for field in app.multiselect[-3:]] == [3, 3, 3]


def test_arithmetic_without_images_says_what_to_do(app):
    opened(app)
    app.session_state["kept.dimensions.arithmetic"] = True
    app.run()
    assert any("at least three images" in caption.value for caption in app.caption)
