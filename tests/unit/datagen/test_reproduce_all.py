"""Making everything again: every model is there, after what it leans on."""

from __future__ import annotations

from pathlib import Path

import pytest

import latent_core as lc
from datagen.reproduce_all import Step, make, steps
from latent_core.errors import LatentError


@pytest.fixture(scope="module")
def todo() -> list[Step]:
    return steps(Path("idx"), Path("sprites.npz"), Path("build"))


def test_every_model_with_a_recipe_is_made_by_the_command_on_its_card(todo):
    by_name = {step.name: step for step in todo}
    for model_id in lc.list_models():
        card = lc.load_card(model_id)
        if "objective" in card.training:
            command = ["python", "-m", *by_name[model_id].commands[0]]
            assert card.training["command"].split()[:5] == command[:5]


def test_nothing_leans_on_what_is_never_made(todo):
    names = {step.name for step in todo}
    assert len(names) == len(todo)
    for step in todo:
        assert set(step.after) <= names - {step.name}


def test_steps_come_in_their_order_and_a_failure_is_told(capsys):
    second = Step(name="second", commands=[["datagen", "nothing"]], after=["first"])
    first = Step(name="first", commands=[["platform"]])
    with pytest.raises(LatentError, match="datagen nothing"):
        make([second, first], workers=2)
    assert capsys.readouterr().out.startswith("first")
