"""Old links: each of a recorded list still opens what it opened when it was recorded.

`links.json` is a list of ``{"page", "query", "written_by_app", "facts"}``.  ``written_by_app``
says that the query is what the app itself put into the address; the others are shortened, typed
by hand or wrong.  ``facts`` are what the page showed, in terms that a renaming does not touch.

To add links, append ``{"page": …, "query": {…}}`` to the list, then run
``python -m tests.pages.test_links --record``.  That records the facts of links that have none;
recorded facts are never replaced.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from latent_core.analysis.analogies import parse_expression
from latent_core.projection import PCA, param_fields
from latent_core.workspace import find_projection, project, projection_key
from ui import spaces
from ui.background.jobs import jobs, map_jobs
from ui.point_colors import color_of
from ui.spaces import Space, compute_space

ROOT = Path(__file__).resolve().parents[2]
LINKS = Path(__file__).with_name("links.json")
Facts = dict[str, Any]

# ── adapter: where the app keeps what a link opens; a renaming changes only this (and imports)

SHELL = ROOT / "ui" / "navigation.py"
PAGES = {name: ROOT / "pages" / f"{name}.py" for name in ("map", "encode", "morph", "dimensions")}
PAGES["models"] = ROOT / "pages" / "models.py"
MODEL, DATA, DATA_OF_MODELS = "select.model", "select.data", "segments.data"
COLOR, MODE, EXPORT, SHEET = "select.color", "segments.mode", "export", "sheet"
COLORS = {"label": "label", "error": "reconstruction error"}
PARAMETERS = {
    "n_components": "components",
    "n_neighbors": "neighbors",
    "perplexity": "perplexity",
    "min_dist": "minimum distance",
    "metric": "metric",
    "random_state": "seed",
}
MODES = {
    "two": "two ends",
    "four": "four corners",
    "many": "several anchors",
    "family": "family",
}
PATHS = {kind: kind for kind in ("linear", "spherical", "geodesic", "cross-fade")}


def kept(app: AppTest, name: str, default: Any = None) -> Any:
    """What the session keeps under `name`."""
    key = f"kept.{name}"
    if key not in app.session_state:  # which has no `get`
        return default
    return app.session_state[key]


def shown_method(app: AppTest) -> Any:
    """The parameters of the map on the screen: a dataclass with the method's `name`."""
    return kept(app, "map.method")


def selected_sample(app: AppTest) -> int | None:
    return kept(app, "sample")


def point_on_map(app: AppTest) -> tuple[float, float] | None:
    """The point between the samples that is decoded, in the map's coordinates."""
    return kept(app, "point", (None, None))[1]


def shows_decoded_grid(app: AppTest) -> bool:
    return kept(app, "choice.grid") == "1"


def expression_terms(app: AppTest, space: Space) -> list[tuple[int, int]]:
    """Signs and sample numbers of the expression of names, e.g. king − man + woman."""
    names = space.data.precomputed
    text = kept(app, "expression", "")
    return (
        [] if names is None or not text else parse_expression(text, names.names, names.sample_noun)
    )


def morph_samples(app: AppTest, mode: str, space: Space) -> list[Any]:
    """What is morphed between: values with `sample` and `code`."""
    names = {"two ends": "two", "four corners": "four", "several anchors": "many"}
    name = names.get(mode, "family")
    return kept(app, f"morph.{name} {space.model.card.id} {space.data.id}")


def path_position(app: AppTest, mode: str) -> tuple[str, float]:
    """Kind of path and time of the slider."""
    here = kept(app, "morph.two.position" if mode == "two ends" else "morph.many.position")
    return PATHS[here.kind], here.time


def leg_seconds(app: AppTest) -> list[float]:
    return kept(app, "morph.many.seconds")


def square_position(app: AppTest) -> tuple[str, float, float]:
    """Kind of path, and the position to the right and down, each in [0, 1]."""
    here = kept(app, "morph.four.position")
    return PATHS[here.kind], here.u, here.v


def crossover(app: AppTest, space: Space) -> Facts:
    here = kept(app, f"morph.family.state {space.model.card.id} {space.data.id}")
    return {
        "shares": list(here.shares),
        "variation": here.amount,
        "seed": here.seed,
        "child": here.child,
    }


def slider_state(app: AppTest, space: Space) -> tuple[Any, Any]:
    """The start, with `sample` and `code`, and the code ``(D,)`` on the sliders."""
    state = kept(app, f"dimensions {space.encodings.fingerprint}")
    return state.start, state.code


def color_values(space: Space, option: str) -> Any:
    """``(N,)``: what colors the points."""
    return color_of(space, option).values


def map_or_stand_in(encodings: Any, method: Any, **callbacks: Any) -> Any:
    """A map that ships, else the points of one that does: a link opens parameters, not points."""
    if (found := find_projection(encodings, method)) is not None:
        return found
    made = project(encodings, PCA(n_components=method.n_components), **callbacks)
    return replace(made, method=method, fingerprint=f"stand-in {projection_key(encodings, method)}")


@contextmanager
def quick_app(cache_folder: Path) -> Iterator[None]:
    """The app with maps and models that open at once, and with jobs of its own."""
    forget_jobs()  # no other test sees the stand-ins
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LATENT_CACHE", str(cache_folder))
        # half of the time of opening a page; none of the installed packages has a component
        patch.setattr(manifest_scanner, "scan_component_manifests", list)
        patch.setattr(spaces, "PATIENCE_S", 40)
        patch.setattr(spaces.workspace, "project", map_or_stand_in)
        patch.setattr(spaces, "invert", lambda *_args: None)  # only prepares for uploads
        yield
    forget_jobs()


def forget_jobs() -> None:
    jobs.cache_clear()
    map_jobs.cache_clear()


# ── what a link opens ────────────────────────────────────────────────────────────────────────


def opened(page: str, query: dict[str, str]) -> AppTest:
    """A new session of the app at a link."""
    app = AppTest.from_file(str(PAGES[page]), default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    assert not app.error
    return app


def written_query(app: AppTest) -> dict[str, str]:
    """The query of the page's own link."""
    values = app.query_params.items()
    return {name: text if isinstance(text, str) else text[0] for name, text in values}


def facts_of(app: AppTest, page: str) -> Facts:
    """What the page shows, as plain JSON values."""
    if page == "models":
        facts = {"data": widget_value(app, DATA_OF_MODELS)}
    else:
        model, data = widget_value(app, MODEL), widget_value(app, DATA)
        facts = {"model": model, "data": data, **PAGE_FACTS[page](app, space_of(model, data))}
    facts["warnings"] = len(app.warning)
    return json.loads(json.dumps(facts))


def map_facts(app: AppTest, space: Space) -> Facts:
    method, option = shown_method(app), widget_value(app, COLOR)
    kind = "latent dimension" if re.fullmatch(r"z\d+", option) else COLORS.get(option, "factor")
    values = [float(f"{value:.4g}") for value in color_values(space, option)[:4]]
    facts = {
        "method": method.name,
        "parameters": {PARAMETERS[f.name]: getattr(method, f.name) for f in param_fields(method)},
        "color": {"kind": kind, "first values": values},
        "selected sample": selected_sample(app),
        "point": point_on_map(app),
        "decoded grid": shows_decoded_grid(app),
    }
    if terms := expression_terms(app, space):
        facts["expression"] = terms
    return facts


def morph_facts(app: AppTest, space: Space) -> Facts:
    mode = MODES[widget_value(app, MODE)]
    between = [sample_or_code(one) for one in morph_samples(app, mode, space)]
    facts = {"mode": mode, "between": between}
    if mode == "family":
        return facts | {"crossover": crossover(app, space)} | export_facts(app, SHEET)
    if mode == "four corners":
        kind, right, down = square_position(app)
        return facts | {"path": kind, "position": [right, down]} | export_facts(app, SHEET)
    kind, time = path_position(app, mode)
    facts |= {"path": kind, "time": time}
    if mode == "several anchors":
        facts["seconds"] = leg_seconds(app)
    return facts | export_facts(app, EXPORT)


def export_facts(app: AppTest, key: str) -> Facts:
    """The chosen format of an export."""
    return {"export": kept(app, f"choice.{key}")}


def dimensions_facts(app: AppTest, space: Space) -> Facts:
    start, code = slider_state(app, space)
    return {
        "start": sample_or_code(start),
        "code": None if np.array_equal(start.code, code) else exact(code),
    }


PAGE_FACTS = {
    "map": map_facts,
    "encode": lambda _app, _space: {},
    "morph": morph_facts,
    "dimensions": dimensions_facts,
}


def sample_or_code(one: Any) -> Facts:
    """Which sample of the data set it is, else its code."""
    return {"code": exact(one.code)} if one.sample is None else {"sample": one.sample}


def exact(code: Any) -> list[float]:
    """A float32 code as the shortest decimals that give the same float32."""
    return [float(str(number)) for number in np.asarray(code, np.float32)]


def widget_value(app: AppTest, key: str) -> str:
    found = [
        one for kind in (app.selectbox, app.segmented_control) for one in kind if one.key == key
    ]
    assert len(found) == 1, f"The page has {len(found)} widgets {key!r}."
    return found[0].value


@cache
def space_of(model: str, data: str) -> Space:
    return compute_space(model, data, lambda _fraction, _message: None)


# ── tests ────────────────────────────────────────────────────────────────────────────────────

RECORDED = json.loads(LINKS.read_text(encoding="utf-8")) if LINKS.exists() else []
NAMES = {
    "map": "model data method dims colour settings picture place grid sum",
    "encode": "model data",
    "morph": "model data mode ends corners anchors parents path t u v seconds genes vary seed "
    "child export sheet",
    "dimensions": "model data start z",
    "models": "data model",
}


def link_id(link: dict[str, Any]) -> str:
    text = "&".join(f"{name}={value[:24]}" for name, value in link["query"].items())
    return f"{link['page']}?{text}"


def covering_links() -> list[dict[str, Any]]:
    """Few links that the app wrote, which together have each parameter of each page and mode."""
    chosen, covered = [], set()
    written = [link for link in RECORDED if link.get("written_by_app")]
    for link in sorted(written, key=lambda link: -len(link["query"])):
        query = link["query"]
        names = query.keys() | json.loads(query.get("settings", "{}")).keys()
        parts = {(link["page"], query.get("mode"), name) for name in names}
        if not parts <= covered:
            chosen.append(link)
            covered |= parts
    return chosen


@pytest.fixture(scope="module", autouse=True)
def _quick_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with quick_app(tmp_path_factory.mktemp("cache")):
        yield


@pytest.mark.parametrize("link", RECORDED, ids=link_id)
def test_an_old_link_opens_the_same(link):
    assert facts_of(opened(link["page"], link["query"]), link["page"]) == link["facts"]


@pytest.mark.parametrize("link", covering_links(), ids=link_id)
def test_the_link_that_is_written_now_opens_the_same(link):
    written = written_query(opened(link["page"], link["query"]))
    assert facts_of(opened(link["page"], written), link["page"]) == link["facts"]


@pytest.mark.parametrize("page", NAMES)
def test_each_parameter_is_in_a_recorded_link(page):
    used = {name for link in RECORDED if link["page"] == page for name in link["query"]}
    assert used == set(NAMES[page].split())


def test_the_pages_are_at_their_old_paths(monkeypatch):
    found = []

    def navigation(pages, **_options):
        found.extend(page.url_path for page in pages)
        return SimpleNamespace(run=lambda: None, title="Map")

    monkeypatch.setattr(st, "navigation", navigation)
    assert not AppTest.from_file(str(SHELL), default_timeout=60).run().exception
    assert {"", "encode", "morph", "dimensions", "models", "open"} <= set(found)
    assert found[0] == "learn"


# ── recording ────────────────────────────────────────────────────────────────────────────────


def record() -> None:
    """Add the facts of the links that have none to `links.json`."""
    with TemporaryDirectory() as folder, quick_app(Path(folder)):
        for link in RECORDED:
            if "facts" not in link:
                app = opened(link["page"], link["query"])
                link["written_by_app"] = written_query(app) == link["query"]
                link["facts"] = facts_of(app, link["page"])
    lines = ",\n".join(json.dumps(link, ensure_ascii=False) for link in RECORDED)
    LINKS.write_text(f"[\n{lines}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:] != ["--record"]:
        sys.exit("usage: python -m tests.pages.test_links --record")
    record()
