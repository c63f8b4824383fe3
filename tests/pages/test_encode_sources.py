"""Where the images of the Encode page come from, by the kind of the model's images."""

from __future__ import annotations

from pathlib import Path

import pytest

PAGE = str(Path(__file__).resolve().parents[2] / "pages" / "encode.py")


@pytest.mark.parametrize(
    ("model", "first"), [("digits-vae-16", "draw"), ("faces-vae-32", "upload")]
)
def test_color_images_are_uploaded_first_and_others_drawn(app, model, first):
    app.query_params["model"] = model
    app.run()
    app.switch_page(PAGE).run()
    assert not app.exception
    control = app.segmented_control(key="segments.source")
    assert (control.value, control.options[0].lower()) == (first, first)


def test_another_kind_of_images_begins_with_its_own_source(app):
    app.run()
    app.switch_page(PAGE).run()
    app.selectbox(key="select.model").select("faces-vae-32").run()
    assert not app.exception
    assert app.segmented_control(key="segments.source").value == "upload"
    app.segmented_control(key="segments.source").select("draw").run()
    app.selectbox(key="select.model").select("faces-ae-32").run()
    assert app.segmented_control(key="segments.source").value == "draw", "it was chosen"
