"""The Morph page: endpoints, links, and a change of the model."""

from __future__ import annotations

import io
import re

import numpy as np
import pytest

import latent_core as lc
from tests.make_samples import phone_photo
from tests.pages.morph_page import MODEL, opened, picked, says
from ui.sample_sources import item_from_code, item_from_sample
from ui.spaces import compute_space


def test_the_default_endpoints_are_of_different_classes(app):
    opened(app)
    assert app.title[0].value == "What lies between?"
    data = lc.load_dataset("digits")
    a, b = picked(app, "two")
    assert data.labels[a.sample] != data.labels[b.sample]
    assert says(app, "endpoints") == f"s{a.sample}~s{b.sample}"
    assert (says(app, "path"), says(app, "t")) == ("linear", "0.5")


@pytest.mark.parametrize(
    "query",
    [
        {"mode": "two", "endpoints": "s5~s17", "path": "spherical", "t": "-0.25"},
        {"mode": "four", "corners": "s5~s17~s2~s3", "path": "spherical", "u": "0.2", "v": "1"},
        {
            "mode": "many",
            "waypoints": "s5~s17~s5",
            "seconds": "2~0.5",
            "path": "geodesic",
            "t": "0.9",
        },
    ],
)
def test_a_link_is_followed_and_written_again(app, query):
    opened(app, **query)
    assert not app.warning
    for name, value in query.items():
        assert says(app, name) == value


def test_a_code_in_a_link_is_exact(app):
    space = compute_space(MODEL, "digits", lambda _share, _words: None)
    code = np.linspace(-1, 1, 16).astype(np.float32)
    from ui.sample_sources import item_to_text

    text = item_to_text(item_from_code(space, code, "x"))
    opened(app, mode="two", endpoints=f"{text}~s3")
    np.testing.assert_array_equal(picked(app, "two")[0].code, code)
    assert says(app, "endpoints") == f"{text}~s3"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"endpoints": "s99999~s1"}, "there is no sample 's99999'"),
        ({"endpoints": "s1"}, "1 endpoints, not 2 to 2"),
        ({"endpoints": "s1~cAAAA"}, "is not a code of 16 dimensions"),
        ({"endpoints": "<b>~s1"}, "there is no sample '<b>'"),
        ({"t": "7"}, "t must be a number from -0.5 to 1.5"),
        ({"t": "nan"}, "t must be a number"),
        ({"path": "zigzag"}, "There is no path"),
        ({"mode": "three"}, "three"),
        ({"mode": "four", "corners": "s1~s2~s3"}, "3 corners, not 4 to 4"),
        ({"mode": "four", "u": "-1"}, "u must be a number from 0 to 1"),
        ({"mode": "many", "waypoints": "s1"}, "1 waypoints, not 2 to 64"),
        ({"mode": "many", "seconds": "0~1"}, "seconds of a leg must be 0.1 to 60"),
    ],
)
def test_an_invalid_value_in_a_link_gives_a_notice_and_the_page_works(app, query, words):
    opened(app, **query)
    shown = [warning.value.replace("\\", "").lower() for warning in app.warning]
    assert any(words.lower() in sentence for sentence in shown)


def test_swap_exchanges_the_endpoints_and_keeps_the_position(app):
    opened(app, endpoints="s5~s17", t="0.2")
    app.button(key="morph.swap").click().run()
    assert not app.exception
    assert says(app, "endpoints") == "s17~s5"
    assert says(app, "t") == "0.8"


def test_an_endpoint_can_be_a_random_code_a_mean_code_or_a_class_mean(app):
    opened(app, endpoints="s5~s17")
    codes = lc.encode(lc.load_model(MODEL), lc.load_dataset("digits")).mean
    app.button(key="morph.change.a.0.prior").click().run()
    first = picked(app, "two")[0]
    assert first.sample is None
    app.button(key="morph.change.a.1.mixture").click().run()
    second = picked(app, "two")[0]
    assert not np.array_equal(first.code, second.code)
    app.button(key="morph.change.b.0.mean").click().run()
    np.testing.assert_allclose(picked(app, "two")[1].code, codes.mean(axis=0), atol=1e-5)
    app.selectbox(key="morph.change.b.1.list").select("m3").run()
    labels = lc.load_dataset("digits").labels
    wanted = codes[labels == 3].mean(axis=0)
    np.testing.assert_allclose(picked(app, "two")[1].code, wanted, atol=1e-5)
    assert not app.exception


def test_an_endpoint_can_be_an_upload_and_an_invalid_one_is_rejected(app):
    photo = io.BytesIO()
    phone_photo(lc.load_dataset("digits").images_uint8[0, 0], seed=0).save(photo, "JPEG")
    opened(app, endpoints="s5~s17")
    field = app.file_uploader(key="morph.change.a.0.file")
    field.set_value(("bad.png", b"no picture", "image/png")).run()
    assert any("bad.png" in error.value for error in app.error)
    assert says(app, "endpoints") == "s5~s17"
    field = app.file_uploader(key="morph.change.a.0.file")
    field.set_value(("mine.jpg", photo.getvalue(), "image/jpeg")).run()
    assert not app.exception
    assert picked(app, "two")[0].label == "mine.jpg"
    assert says(app, "endpoints").startswith("c")


def test_another_model_keeps_the_endpoints_with_its_own_codes(app):
    opened(app, endpoints="s5~s17", t="0.3")
    app.selectbox(key="select.model").select("digits-ae-16").run()
    assert not app.exception
    assert not app.warning
    assert says(app, "endpoints") == "s5~s17"
    codes = lc.encode(lc.load_model("digits-ae-16"), lc.load_dataset("digits")).mean
    np.testing.assert_array_equal(picked(app, "two", "digits-ae-16")[1].code, codes[17])


def test_codes_of_another_model_are_replaced_with_a_notice_and_restored(app):
    opened(app, endpoints="s5~s17")
    app.button(key="morph.change.b.0.prior").click().run()
    drawn = says(app, "endpoints")
    app.selectbox(key="select.model").select("digits-ae-16").run()
    assert any("are replaced" in warning.value for warning in app.warning)
    assert says(app, "endpoints").startswith("s5~s")
    app.selectbox(key="select.model").select(MODEL).run()
    assert says(app, "endpoints") == drawn


def test_another_data_set_has_its_own_endpoints(app):
    opened(app, endpoints="s5~s17")
    app.selectbox(key="select.model").select("fashion-vae-16").run()
    assert not app.exception
    a, b = picked(app, "two", "fashion-vae-16", "fashion")
    labels = lc.load_dataset("fashion").labels
    assert labels[a.sample] != labels[b.sample]
    assert any("are replaced" in warning.value for warning in app.warning)


def test_each_mode_keeps_its_endpoints(app):
    opened(app, endpoints="s5~s17", t="0.2")
    app.segmented_control(key="segments.mode").select("four").run()
    corners = says(app, "corners")
    assert len(corners.split("~")) == 4
    app.segmented_control(key="segments.mode").select("many").run()
    assert len(says(app, "waypoints").split("~")) == len(says(app, "seconds").split("~")) + 1
    app.segmented_control(key="segments.mode").select("two").run()
    assert (says(app, "endpoints"), says(app, "t")) == ("s5~s17", "0.2")
    assert not app.exception


def test_the_waypoints_are_the_items_of_the_tray_and_more_are_added(app):
    space = compute_space(MODEL, "digits", lambda _share, _words: None)
    opened(app)
    app.session_state["kept.tray"] = [item_from_sample(space, index) for index in (7, 8, 9)]
    app.segmented_control(key="segments.mode").select("many").run()
    assert says(app, "waypoints") == "s7~s8~s9"
    app.button(key="morph.add.0.mean").click().run()
    assert says(app, "waypoints").startswith("s7~s8~s9~c")
    app.button(key="morph.take").click().run()
    assert says(app, "waypoints") == "s7~s8~s9"
    assert says(app, "seconds") == "1~1"


def test_a_click_in_the_tray_replaces_the_active_endpoint(app):
    space = compute_space(MODEL, "digits", lambda _share, _words: None)
    opened(app, endpoints="s5~s17")
    item = item_from_sample(space, 7)
    app.session_state["kept.tray"] = [item]
    app.session_state["kept.tray.clicked"] = item.key
    app.run()
    assert says(app, "endpoints") == "s5~s7"


def test_a_stopped_graph_can_be_computed_again(app, monkeypatch):
    from latent_core.errors import CancelledError
    from ui.morphing import pending

    def stopped(*_args, **_kwargs):
        raise CancelledError("Stopped; incomplete results were discarded.")

    original = pending.build_neighbor_graph
    monkeypatch.setattr(pending, "build_neighbor_graph", stopped)
    opened(app, model="digits-vae-2", endpoints="s5~s17", path="spherical")
    assert any("Path along the data: Stopped" in c.value for c in app.caption)
    monkeypatch.setattr(pending, "build_neighbor_graph", original)
    again = [b for b in app.button if b.key.startswith("morph.retry")]
    again[0].click().run()
    assert not app.exception
    assert not any("Path along the data" in caption.value for caption in app.caption)


def test_the_norm_halfway_is_shown(app):
    opened(app, endpoints="s5~s17")
    codes = lc.encode(lc.load_model(MODEL), lc.load_dataset("digits")).mean
    halfway = np.linalg.norm((codes[5] + codes[17]) / 2)
    assert any(
        f"halfway on the linear path is {halfway:.1f}" in caption.value for caption in app.caption
    )


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ({"model": "furniture-vae-8", "mode": "two"}, r"[a-z]+-to-[a-z]+\.gif"),
        ({"mode": "four", "corners": "s5~s17~s2~s3"}, r"(\d-and-){3}\d-square\.png"),
        ({"mode": "many", "waypoints": "s5~s17~s2"}, r"\d-to-\d-to-\d\.gif"),
        ({"mode": "family", "parents": "s5~s17"}, r"\d-and-\d-family\.png"),
    ],
)
def test_exports_are_named_after_what_they_show(app, query, name):
    app.session_state["morph.export"] = True
    opened(app, **query)
    assert re.fullmatch(f"Make {name}", app.button(key="morph.export.make").label)


@pytest.mark.parametrize(("mode", "words"), [("two", "differ"), ("family", "groups")])
def test_explanations_are_closed_at_first(app, mode, words):
    opened(app, mode=mode, endpoints="s5~s17", parents="s5~s17")
    (why,) = [box for box in app.expander if words in box.label]
    assert not why.proto.expanded
    assert why.caption
