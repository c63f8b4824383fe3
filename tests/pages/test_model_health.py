"""The Models page opened on one model: its health."""

from __future__ import annotations

import re

import latent_core as lc
from latent_core import workspace
from tests.pages.test_pages import ROOT

PAGE = str(ROOT / "pages" / "models.py")


def opened(app, **query):
    """The page at a link; its script runs without the map's before it."""
    app.switch_page(PAGE)
    app.query_params.update(query)
    app.run()
    assert not app.exception
    return app


def shown(app) -> str:
    return " ".join(block.body for block in app.get("html"))


def diagnosed(app) -> str:
    return re.search(r'data-diagnosis="([^"]+)"', shown(app)).group(1)


def test_a_link_opens_the_health_of_one_model_with_sample_sizes(app, four):
    opened(app, data="four", health="four")
    assert not app.error
    assert diagnosed(app) == lc.diagnose(lc.load_model("four"), lc.load_dataset("four")).diagnosis
    assert "150 held-out images" in shown(app)
    assert shown(app).count('reconstruction">') == 10, "the ten worst"
    assert app.query_params["health"] == "four"
    app.selectbox(key="select.health").select("all").run()
    assert not app.exception
    assert "data-diagnosis" not in shown(app)
    assert "health" not in app.query_params


def test_an_unknown_model_in_the_link_shows_all_models(app, four):
    opened(app, data="four", health="fuor")
    assert any("fuor" in notice.value for notice in [*app.warning, *app.info, *app.error])
    assert app.selectbox(key="select.health").value == "all"


def test_disentanglement_is_measured_when_it_is_opened(app, four):
    opened(app, data="four", health="four")
    assert "FactorVAE" not in shown(app)
    app.session_state["kept.models.disentanglement"] = True
    app.run()
    assert not app.exception
    data = lc.load_dataset("four")
    found = workspace.disentanglement(data, lc.encode(lc.load_model("four"), data))
    score, pca = found.model.scores["MIG"], found.pca.scores["MIG"]
    assert f"{score.mean:.3f} ± {score.std:.3f}" in shown(app)
    assert f"{pca.mean:.3f} ± {pca.std:.3f}" in shown(app)
    assert "n = 150" in shown(app)


def test_the_errors_are_seen_on_the_map(app, four):
    opened(app, data="four", health="four")
    app.button(key="models.health.map").click().run()
    assert not app.exception
    chosen = {name: app.query_params[name] for name in ("model", "data", "color")}
    assert chosen == {"model": "four", "data": "four", "color": "error"}
