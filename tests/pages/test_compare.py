"""The Compare page: links, the same sample on both maps, models that lack something."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

import latent_core as lc
from tests.pages.morph_page import says
from ui.components import map as map_component

PAGE = str(Path(__file__).resolve().parents[2] / "pages" / "compare.py")
PAIR = {"model": "digits-vae-2", "model_b": "digits-pca-16", "compare_method": "pca"}


@pytest.fixture
def maps(monkeypatch) -> dict[str, dict[str, Any]]:
    """The last payload of each map, by its key."""
    found: dict[str, dict[str, Any]] = {}
    draw = map_component.draw_component

    def record(module: str, *, key: str, data: dict[str, Any], **how: Any) -> dict[str, Any]:
        found[key] = data
        return draw(module, key=key, data=data, **how)

    monkeypatch.setattr(map_component, "draw_component", record)
    return found


def opened(app: AppTest, **query: str) -> AppTest:
    app.switch_page(PAGE)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def drawn(app: AppTest) -> str:
    return " ".join(block.body for block in app.get("html"))


def test_a_link_is_followed_and_written_again(app, maps):
    query = PAIR | {"data": "digits", "compare_color": "agreement", "sample": "7"}
    opened(app, **query)
    assert not app.warning
    assert not app.error
    assert {name: says(app, name) for name in query} == query
    a, b = maps["compare.map_a"], maps["compare.map_b"]
    assert a["selected"] == b["selected"] == 7
    assert a["link"] == b["link"] != ""
    assert a["points"] != b["points"]


def test_the_figures_are_those_of_the_library(app, maps):
    opened(app, **PAIR)
    data = lc.load_dataset("digits")
    codes = [lc.encode(lc.load_model(PAIR[name]), data) for name in ("model", "model_b")]
    found = lc.compare(*codes)
    assert any(f"{found.mean_agreement:.1%}" in caption.value for caption in app.caption)
    assert f"{found.cka:.3f}" in drawn(app)
    assert f"{found.a_to_b.r2:.3f}" in drawn(app)


def test_model_b_is_another_model_of_the_same_images(app, maps):
    opened(app, model="digits-vae-16", model_b="digits-vae-16", compare_method="pca")
    assert app.warning
    before = app.selectbox(key="select.model_b").value
    assert before != "digits-vae-16"
    app.selectbox(key="select.model").select(before).run()
    assert not app.exception
    assert not app.error
    assert app.selectbox(key="select.model_b").value != before


def test_a_model_without_a_second_one_is_explained(app, maps):
    opened(app, model="words-glove-50")
    assert "no second model" in app.error[0].value
    assert not np.any([key.startswith("compare.map") for key in maps])
