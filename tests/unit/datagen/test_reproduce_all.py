"""Reproducing everything: every model is trained, after what it depends on."""

from __future__ import annotations

from pathlib import Path

import pytest

import latent_core as lc
from datagen.reproduce_all import Step, plan_steps, run_steps
from latent_core.errors import LatentError


@pytest.fixture(scope="module")
def steps() -> list[Step]:
    return plan_steps(Path("idx"), Path("dsprites.npz"), Path("build"))


def test_every_trained_model_is_trained_with_the_command_on_its_card(steps):
    by_name = {step.name: step for step in steps}
    for model_id in lc.list_models():
        card = lc.load_card(model_id)
        if "objective" in card.training:
            command = ["python", "-m", *by_name[model_id].commands[0]]
            assert card.training["command"].split()[:5] == command[:5]


def test_dependencies_are_steps_themselves(steps):
    names = {step.name for step in steps}
    assert len(names) == len(steps)
    for step in steps:
        assert set(step.after) <= names - {step.name}


def test_steps_run_in_the_order_of_their_dependencies_and_a_failure_is_raised(capsys):
    second = Step(name="second", commands=[["datagen", "nothing"]], after=["first"])
    first = Step(name="first", commands=[["platform"]])
    with pytest.raises(LatentError, match="datagen nothing"):
        run_steps([second, first], workers=2)
    assert capsys.readouterr().out.startswith("first")
