"""Family on the page about what lies between: its address, and what is done with a child."""

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
from ui.components.crossover import read_family_event
from ui.spaces import compute_space
from ui.views.morph import pending

ADDRESS = {
    "mode": "family",
    "parents": "s5~s17",
    "genes": "0~1~0.5~0.25~1~0",
    "vary": "0.3",
    "seed": "7",
    "child": "2",
}
BIRTH = {"shares": [0, 1, 0.5, 0.25, 1, 0], "amount": 0.3, "seed": 7, "child": 2}
NOTHING = dict.fromkeys(
    ("moved", "chosen", "dropped", "kept", "smooth", "parent_replaced", "picked")
)


@pytest.fixture
def browser_side(monkeypatch) -> dict[str, Any]:
    """What the component was sent last, and under "sends" what it reports in the next run."""
    seen: dict[str, Any] = {"sends": {}}

    def live(_module: str, *, data: dict[str, Any], **_how: Any) -> dict[str, Any]:
        seen["data"] = data
        sends, seen["sends"] = seen["sends"], {}
        return NOTHING | sends

    monkeypatch.setattr(component, "live", live)
    return seen


@pytest.fixture(scope="module")
def children() -> np.ndarray:
    """The codes of the mixture and of its litter, as the library has them."""
    space = compute_space(MODEL, "digits", lambda _share, _words: None)
    genes, codes = group_dimensions(space.model.decode, space.encodings), space.encodings.mean
    centre = crossover(codes[5], codes[17], genes, BIRTH["shares"])
    return np.concatenate([centre[None], sample_variations(centre, codes, 0.3, 8, seed=7)])


def test_the_address_is_followed_and_kept(app):
    opened(app, **ADDRESS)
    assert not app.warning
    assert {name: says(app, name) for name in ADDRESS} == ADDRESS


def test_without_an_address_one_sees_the_mixture_of_two_different_pictures(app, browser_side):
    opened(app, mode="family")
    a, b = picked(app, "family")
    labels = lc.load_dataset("digits").labels
    assert labels[a.sample] != labels[b.sample]
    here = browser_side["data"]["state"]
    assert set(here["shares"]) == {0.5}
    assert here["child"] == 0
    dims = sorted(d for gene in browser_side["data"]["groups"] for d in gene["dims"])
    assert dims == list(range(16))
    assert all(g["effect_map"].startswith("data:image/png") for g in browser_side["data"]["groups"])


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ({"genes": "0~1"}, "genes are 6 numbers from 0 to 1"),
        ({"genes": "0~1~2~0~0~0"}, "genes are 6 numbers from 0 to 1"),
        ({"genes": "<b>"}, "genes are 6 numbers from 0 to 1"),
        ({"vary": "2"}, "vary must be a number from 0 to 1"),
        ({"seed": "-1"}, "seed must be a number from 0 to 999999"),
        ({"child": "9"}, "child must be a number from 0 to 8"),
        ({"parents": "s1"}, "1 parents, not 2 to 2"),
    ],
)
def test_what_makes_no_sense_in_the_address_is_told_and_the_page_works(app, address, words):
    opened(app, **(ADDRESS | address))
    assert any(words in warning.value for warning in app.warning)


def test_swapped_parents_have_the_same_children(app):
    opened(app, **ADDRESS)
    app.button(key="morph.swap").click().run()
    assert says(app, "parents") == "s17~s5"
    assert says(app, "genes") == "1~0~0.5~0.75~0~1"


def test_a_child_goes_into_the_tray_as_the_code_that_was_seen(app, browser_side, children):
    opened(app, **ADDRESS)
    browser_side["sends"] = {"kept": BIRTH}
    app.run()
    item = app.session_state["kept.tray"][0]
    np.testing.assert_array_equal(item.code, children[2])
    assert " × " in item.label


def test_a_child_becomes_a_parent_and_a_new_generation_begins(app, browser_side, children):
    opened(app, **ADDRESS)
    browser_side["sends"] = {"parent_replaced": {"slot": "1", "state": BIRTH}}
    app.run()
    assert not app.exception
    a, b = picked(app, "family")
    assert a.sample == 5
    np.testing.assert_array_equal(b.code, children[2])
    assert says(app, "parents").startswith("s5~c")
    assert (says(app, "seed"), says(app, "child"), says(app, "vary")) == ("8", "0", "0.3")
    assert set(says(app, "genes").split("~")) == {"0.5"}


def test_more_children_are_other_draws_and_the_same_seed_gives_the_same(app, browser_side):
    opened(app, **ADDRESS)
    first = browser_side["data"]["noise"]
    browser_side["sends"] = {"moved": BIRTH | {"seed": 8}}
    app.run()
    assert says(app, "seed") == "8"
    app.run()
    assert browser_side["data"]["noise"] != first
    browser_side["sends"] = {"moved": BIRTH}
    app.run()
    app.run()
    assert browser_side["data"]["noise"] == first


def test_a_real_picture_that_was_clicked_replaces_the_chosen_parent(app, browser_side):
    opened(app, **ADDRESS)
    browser_side["sends"] = {"picked": {"id": 42}}
    app.run()
    assert says(app, "parents") == "s5~s42"
    browser_side["sends"] = {"chosen": {"slot": "0"}}
    app.run()
    browser_side["sends"] = {"picked": {"id": 43}}
    app.run()
    assert says(app, "parents") == "s43~s42"


def test_how_far_the_genes_are_kept_apart_is_said_in_figures(app):
    opened(app, **ADDRESS)
    space = compute_space(MODEL, "digits", lambda _share, _words: None)
    genes = group_dimensions(space.model.decode, space.encodings)
    words = f"to {genes.within_similarity:.0%}, two of different genes to {genes.between_similarity:.0%}"
    assert any(words in caption.value for caption in app.caption)
    assert genes.within_similarity > genes.between_similarity


def test_stopped_genes_are_said_and_can_be_asked_for_again(app, monkeypatch):
    def stopped(*_args, **_kwargs):
        raise CancelledError("Stopped; nothing of it was kept that is not complete.")

    original = pending.group_dimensions
    monkeypatch.setattr(pending, "group_dimensions", stopped)
    opened(app, model="digits-pca-16", mode="family")
    assert any("The genes: Stopped" in caption.value for caption in app.caption)
    monkeypatch.setattr(pending, "group_dimensions", original)
    next(b for b in app.button if b.key.startswith("morph.replicates")).click().run()
    assert not app.exception
    assert len(says(app, "genes").split("~")) == 6


def test_another_model_has_genes_of_its_own(app, browser_side):
    opened(app, **ADDRESS)
    app.selectbox(key="select.model").select("digits-vae-2").run()
    assert not app.exception
    assert says(app, "parents") == "s5~s17"
    assert says(app, "genes") == "0.5~0.5"
    app.selectbox(key="select.model").select(MODEL).run()
    assert says(app, "genes") == ADDRESS["genes"]


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
def test_nonsense_from_the_browser_is_nothing(change):
    sent = NOTHING | {"moved": BIRTH | change, "kept": BIRTH | change}
    sent["parent_replaced"] = {"slot": "0", "state": BIRTH | change}
    event = read_family_event(sent, 6, 100)
    assert (event.moved, event.kept, event.crowned) == (None, None, None)
    assert read_family_event(NOTHING | {"moved": BIRTH}, 6, 100).moved is not None


def test_a_parent_that_is_none_and_a_picture_that_is_none_are_nothing():
    sent = NOTHING | {"parent_replaced": {"slot": "2", "state": BIRTH}, "picked": {"id": 100}}
    event = read_family_event(sent, 6, 100)
    assert (event.crowned, event.picked) == (None, None)
