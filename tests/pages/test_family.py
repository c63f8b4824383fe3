"""Family mode of the Morph page: links, crossover and variations."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import latent_core as lc
from latent_core.analysis.dimension_groups import group_dimensions
from latent_core.analysis.variations import crossover, sample_variations
from latent_core.errors import CancelledError
from tests.pages.morph_page import MODEL, opened, picked, says
from ui.components import crossover as component
from ui.components.crossover import parse_crossover_event
from ui.morphing import pending
from ui.spaces import compute_space

QUERY = {
    "mode": "family",
    "parents": "s5~s17",
    "groups": "0~1~0.5~0.25~1~0",
    "amount": "0.3",
    "seed": "7",
    "variation": "2",
}
STATE = {"shares": [0, 1, 0.5, 0.25, 1, 0], "amount": 0.3, "seed": 7, "child": 2}
NOTHING = dict.fromkeys(
    ("moved", "chosen", "dropped", "kept", "smooth", "parent_replaced", "picked")
)


@pytest.fixture
def browser_side(monkeypatch) -> dict[str, Any]:
    """The last payload of the component, and under "sends" its events of the next run."""
    seen: dict[str, Any] = {"sends": {}}

    def draw_component(_module: str, *, data: dict[str, Any], **_how: Any) -> dict[str, Any]:
        seen["data"] = data
        sends, seen["sends"] = seen["sends"], {}
        return NOTHING | sends

    monkeypatch.setattr(component, "draw_component", draw_component)
    return seen


@pytest.fixture(scope="module")
def offspring() -> np.ndarray:
    """The codes of the crossover and its variations, computed with the library."""
    space = compute_space(MODEL, "digits", lambda _share, _words: None)
    groups, codes = group_dimensions(space.model.decode, space.encodings), space.encodings.mean
    center = crossover(codes[5], codes[17], groups, STATE["shares"])
    return np.concatenate([center[None], sample_variations(center, codes, 0.3, 8, seed=7)])


def test_a_link_is_followed_and_written_again(app):
    opened(app, **QUERY)
    assert not app.warning
    assert {name: says(app, name) for name in QUERY} == QUERY


def test_without_a_link_it_shows_the_crossover_of_two_different_images(app, browser_side):
    opened(app, mode="family")
    a, b = picked(app, "family")
    labels = lc.load_dataset("digits").labels
    assert labels[a.sample] != labels[b.sample]
    state = browser_side["data"]["state"]
    assert set(state["shares"]) == {0.5}
    assert state["child"] == 0
    dims = sorted(d for group in browser_side["data"]["groups"] for d in group["dims"])
    assert dims == list(range(16))
    assert all(g["effect_map"].startswith("data:image/png") for g in browser_side["data"]["groups"])


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ({"groups": "0~1"}, "groups must be 6 numbers from 0 to 1"),
        ({"groups": "0~1~2~0~0~0"}, "groups must be 6 numbers from 0 to 1"),
        ({"groups": "<b>"}, "groups must be 6 numbers from 0 to 1"),
        ({"amount": "2"}, "amount must be a number from 0 to 1"),
        ({"seed": "-1"}, "seed must be a number from 0 to 999999"),
        ({"variation": "9"}, "variation must be a number from 0 to 8"),
        ({"parents": "s1"}, "1 parents, not 2 to 2"),
    ],
)
def test_an_invalid_value_in_a_link_gives_a_notice_and_the_page_works(app, address, words):
    opened(app, **(QUERY | address))
    assert any(words in warning.value for warning in app.warning)


def test_swapped_parents_have_the_same_offspring(app):
    opened(app, **QUERY)
    app.button(key="morph.swap").click().run()
    assert says(app, "parents") == "s17~s5"
    assert says(app, "groups") == "1~0~0.5~0.75~0~1"


def test_a_variation_is_added_to_the_tray_with_its_code(app, browser_side, offspring):
    opened(app, **QUERY)
    browser_side["sends"] = {"kept": STATE}
    app.run()
    item = app.session_state["kept.tray"][0]
    np.testing.assert_array_equal(item.code, offspring[2])
    assert " × " in item.label


def test_a_variation_replaces_a_parent(app, browser_side, offspring):
    opened(app, **QUERY)
    browser_side["sends"] = {"parent_replaced": {"slot": "1", "state": STATE}}
    app.run()
    assert not app.exception
    a, b = picked(app, "family")
    assert a.sample == 5
    np.testing.assert_array_equal(b.code, offspring[2])
    assert says(app, "parents").startswith("s5~c")
    assert (says(app, "seed"), says(app, "variation"), says(app, "amount")) == ("8", "0", "0.3")
    assert set(says(app, "groups").split("~")) == {"0.5"}


def test_the_same_seed_gives_the_same_variations(app, browser_side):
    opened(app, **QUERY)
    first = browser_side["data"]["noise"]
    browser_side["sends"] = {"moved": STATE | {"seed": 8}}
    app.run()
    assert says(app, "seed") == "8"
    app.run()
    assert browser_side["data"]["noise"] != first
    browser_side["sends"] = {"moved": STATE}
    app.run()
    app.run()
    assert browser_side["data"]["noise"] == first


def test_a_clicked_sample_replaces_the_active_parent(app, browser_side):
    opened(app, **QUERY)
    browser_side["sends"] = {"picked": {"id": 42}}
    app.run()
    assert says(app, "parents") == "s5~s42"
    browser_side["sends"] = {"chosen": {"slot": "0"}}
    app.run()
    browser_side["sends"] = {"picked": {"id": 43}}
    app.run()
    assert says(app, "parents") == "s43~s42"


def test_the_similarity_of_effect_maps_is_shown(app):
    opened(app, **QUERY)
    space = compute_space(MODEL, "digits", lambda _share, _words: None)
    groups = group_dimensions(space.model.decode, space.encodings)
    sentence = next(c.value for c in app.caption if "dimension group" in c.value)
    assert f"{groups.within_similarity:.0%}" in sentence
    assert f"{groups.between_similarity:.0%}" in sentence
    assert groups.within_similarity > groups.between_similarity


def test_stopped_dimension_groups_can_be_computed_again(app, monkeypatch):
    def stopped(*_args, **_kwargs):
        raise CancelledError("Stopped; incomplete results were discarded.")

    original = pending.group_dimensions
    monkeypatch.setattr(pending, "group_dimensions", stopped)
    opened(app, model="digits-pca-16", mode="family")
    assert any("Dimension groups: Stopped" in caption.value for caption in app.caption)
    monkeypatch.setattr(pending, "group_dimensions", original)
    next(b for b in app.button if b.key.startswith("morph.retry")).click().run()
    assert not app.exception
    assert len(says(app, "groups").split("~")) == 6


def test_another_model_has_its_own_dimension_groups(app, browser_side):
    opened(app, **QUERY)
    app.selectbox(key="select.model").select("digits-vae-2").run()
    assert not app.exception
    assert says(app, "parents") == "s5~s17"
    assert says(app, "groups") == "0.5~0.5"
    app.selectbox(key="select.model").select(MODEL).run()
    assert says(app, "groups") == QUERY["groups"]


@pytest.mark.parametrize(
    "change",
    [
        {"shares": [0.5] * 5},
        {"shares": [0.5] * 5 + [1.5]},
        {"shares": [0.5] * 5 + [None]},
        {"shares": "half"},
        {"amount": float("nan")},
        {"amount": True},
        {"seed": 0.5},
        {"seed": -1},
        {"child": 9},
    ],
)
def test_an_invalid_state_is_ignored(change):
    sent = NOTHING | {"moved": STATE | change, "kept": STATE | change}
    sent["parent_replaced"] = {"slot": "0", "state": STATE | change}
    event = parse_crossover_event(sent, 6, 100)
    assert (event.moved, event.kept, event.parent_replaced) == (None, None, None)
    assert parse_crossover_event(NOTHING | {"moved": STATE}, 6, 100).moved is not None


def test_an_invalid_parent_or_sample_is_ignored():
    sent = NOTHING | {"parent_replaced": {"slot": "2", "state": STATE}, "picked": {"id": 100}}
    event = parse_crossover_event(sent, 6, 100)
    assert (event.parent_replaced, event.picked) == (None, None)
