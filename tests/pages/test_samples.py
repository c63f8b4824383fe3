"""The Samples page: samplers, links, the selected sample, models that lack something."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

import latent_core as lc
from latent_core.analysis import mixture
from latent_core.errors import CancelledError
from latent_core.sampling import HoleFractions
from tests.pages.morph_page import says
from ui.components import decoded_point, sample_grid
from ui.components.sample_grid import GridState, parse_grid_state
from ui.views.samples import figures
from ui.views.samples.explanation import prior_explanation

PAGE = str(Path(__file__).resolve().parents[2] / "pages" / "samples.py")
STATE = {"seed": 3, "temperature": 0.5, "truncation": 0.8, "nearest": True, "selected": 70}
LINK = {"seed": "3", "temperature": "0.5", "truncation": "0.8", "nearest": "1", "selected": "70"}


@pytest.fixture
def seen(monkeypatch) -> dict[str, Any]:
    """The last payloads of grid and panel; "sends" are the panel's next events."""
    found: dict[str, Any] = {"sends": {}}
    monkeypatch.setattr(mixture, "NUMBERS", (1,))  # found in a second
    monkeypatch.setattr(mixture, "MAX_CODES", 1000)

    def draw_grid(_module: str, *, data: dict[str, Any], **_how: Any) -> dict[str, Any]:
        found["grid"] = data
        return {}

    def draw_panel(_module: str, *, data: dict[str, Any], **_how: Any) -> dict[str, Any]:
        found["panel"] = data
        sends, found["sends"] = found["sends"], {}
        return {"picked": None, "tray": None} | sends

    monkeypatch.setattr(sample_grid, "draw_component", draw_grid)
    monkeypatch.setattr(decoded_point, "draw_component", draw_panel)
    return found


def opened(app: AppTest, **query: str) -> AppTest:
    """The page at a link; its script runs without the map's before it."""
    app.switch_page(PAGE)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def explained(app) -> str:
    return next(block.body for block in app.get("html") if "holes" in block.body)


def test_a_link_is_followed_and_written_again(app, seen):
    query = {"model": "digits-vae-16", "sampler": "mixture", **LINK}
    opened(app, **query)
    assert not app.warning
    assert seen["grid"]["state"] == STATE
    assert {name: says(app, name) for name in query} == query
    assert seen["panel"]["title"] == "sample 70, seed 3"
    encodings = lc.encode(lc.load_model("digits-vae-16"), lc.load_dataset("digits"))
    drawn = lc.sample(encodings, 71, random_state=3, temperature=0.5, truncation=0.8)
    np.testing.assert_allclose(seen["panel"]["code"]["values"], drawn[70], atol=1e-3)
    seen["sends"] = {"tray": {"place": True}}
    app.run()
    (item,) = app.session_state["kept.tray"]
    np.testing.assert_allclose(item.code, drawn[70], rtol=1e-5)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("sampler", "mixtur", "There is no sampler"),
        ("seed", "-1", "seed must be"),
        ("temperature", "3", "from 0 to 2"),
        ("truncation", "nan", "from 0.01 to 1"),
        ("selected", "<b>", "selected must be"),
    ],
)
def test_an_invalid_value_in_a_link_gives_a_notice_and_the_page_works(
    app, seen, name, value, words
):
    opened(app, model="digits-vae-16", **{name: value})
    assert any(words in warning.value for warning in app.warning)
    assert not app.error
    assert seen["grid"]["state"]["truncation"] == 1


@pytest.mark.parametrize(
    ("model", "default"),
    [("faces-vae-32", "mixture"), ("digits-gan-32", "prior"), ("digits-ae-16", "mixture")],
)
def test_the_mixture_is_the_default_where_the_prior_is_worse(app, seen, model, default):
    opened(app, model=model)
    assert app.selectbox(key="select.sampler").value == default
    assert ("trained without a prior" in explained(app)) == model.endswith("ae-16")


def test_one_class_and_the_surroundings_of_an_image(app, seen):
    opened(app, model="digits-vae-16", sampler="class", label="3")
    assert app.selectbox(key="select.label").value == "3"
    assert not seen["grid"]["distribution"]["diagonal"]
    app.selectbox(key="select.sampler").select("neighborhood").run()
    app.number_input(key="number.around").set_value(17).run()
    assert says(app, "around") == "17"
    assert seen["grid"]["distribution"]["diagonal"]
    assert len(seen["grid"]["distribution"]["cumulative_weights"]) == 1


@pytest.mark.parametrize("model", ["words-glove-50", "swissroll-3", "digits-cnn-64"])
def test_a_model_without_a_decoder_shows_the_nearest_of_the_data(app, seen, model):
    opened(app, model=model)
    assert not app.error
    assert "no decoder" in app.info[0].value
    assert seen["grid"]["decoder"] is None
    assert (seen["grid"]["sheet"] is None) == (model != "digits-cnn-64")
    assert (seen["grid"]["names"] is None) == (model != "words-glove-50")
    assert "prior" not in app.selectbox(key="select.sampler").options


def test_the_explanation_has_the_fractions():
    holes = HoleFractions(prior=0.73, mixture=0.104, n_samples=1000)
    words = prior_explanation(holes, "vae")
    for number in ("1,000", "73 %", "10 %", "20 %"):
        assert number in words
    even = HoleFractions(prior=0.012, mixture=0.01, n_samples=1000)
    assert not even.prior_is_worse
    assert "holes" not in prior_explanation(even, "vae")
    assert "too few" in prior_explanation(HoleFractions(prior=None, mixture=None), "ae")


@pytest.mark.parametrize(
    "change", [{"seed": -1}, {"temperature": 2.1}, {"truncation": 0}, {"selected": 10**7}]
)
def test_a_state_out_of_range_is_ignored(change):
    assert parse_grid_state(STATE | change) is None
    assert parse_grid_state(STATE) == GridState(**STATE)


def test_the_figures_are_measured_when_asked_for_beside_real_samples(app, seen):
    opened(app, model="swissroll-3")
    app.button(key="samples.measure").click().run()
    assert not app.exception
    table = next(block.body for block in app.get("html") if "<table" in block.body)
    for words in ("Real points", "Gaussian mixture", "500 samples", "no classes", "±"):
        assert words in table


def test_a_stopped_measurement_starts_again_only_when_asked_for(app, seen, monkeypatch):
    def stopped(*_arguments: Any, **_how: Any) -> None:
        raise CancelledError("stopped")

    monkeypatch.setattr(figures, "sampler_figures", stopped)
    opened(app, model="words-glove-50")
    app.button(key="samples.measure").click().run()
    assert [error.value for error in app.error] == ["stopped"]
    app.run()
    assert not app.error
    assert app.button(key="samples.measure").label == "Measure"
