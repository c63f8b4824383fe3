"""The registry: every figure has one entry, and nothing else names a figure."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

import latent_core as lc
from latent_core.__main__ import main
from latent_core.evaluation import evaluate as evaluate_module
from latent_core.evaluation.registry import METRICS, METRICS_BY_KEY, Metric

ROOT = Path(lc.__file__).parents[1]
ABOUT = {"command", "data", "n_images", "evaluation", "config_hash", "this_training"}
"""What cards say about the figures."""
OTHER_MEANINGS = {"mse", "accuracy", "mig", "analogy_accuracy"}
"""An objective of training, words, and a function."""


@pytest.mark.parametrize("model_id", lc.list_models())
def test_every_figure_on_a_shipped_card_has_an_entry(model_id):
    card = lc.load_card(model_id)
    own = card.replicates.get("this_training", {})
    for name in {*card.metrics, *card.replicates, *own} - ABOUT:
        metric = METRICS_BY_KEY[name.removesuffix("_std")]
        assert not name.endswith("_std") or metric.std_over, "what the ± is over"


def test_entries_are_complete_and_refer_to_entries():
    assert len(METRICS_BY_KEY) == len(METRICS)
    for metric in METRICS:
        assert metric.label
        assert metric.help
        assert metric.format.format(1.0)
        assert metric.baseline == "" or metric.baseline in METRICS_BY_KEY
        if metric.noise:
            assert METRICS_BY_KEY[metric.noise.removesuffix("_std")].std_over


def test_nothing_but_the_registry_names_a_metric():
    registry = ROOT / "latent_core" / "evaluation" / "registry"
    names = set(METRICS_BY_KEY) - OTHER_MEANINGS
    names |= {f"{name}_std" for name in METRICS_BY_KEY}
    for folder in ("latent_core", "ui", "docs", "datagen", "benchmarks", "pages"):
        for path in (ROOT / folder).rglob("*.py"):
            if path.is_relative_to(registry) or path.name in ("aliases.py", "analogies.py"):
                continue  # names of earlier versions; where the figures are computed
            tree = ast.parse(path.read_text(encoding="utf-8"))
            strings = {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant)}
            assert not names & strings, f"{path.relative_to(ROOT)}: use the registry"


def test_a_new_metric_is_one_new_entry(four, capsys, monkeypatch):
    metric = Metric(
        key="darkest",
        label="darkest pixel",
        help="the smallest value",
        group="reconstructions",
        requires=("decoder",),
        compute=lambda e: (float(e.data.images().min()), 0.5),
    )
    monkeypatch.setattr(evaluate_module, "METRICS", (metric,))
    assert main(["evaluate", "four", "--write"]) == 0
    card = json.loads((four / "models" / "four" / "card.json").read_text())
    assert card["metrics"]["darkest"] == 0
    assert card["metrics"]["darkest_std"] == 0.5
    assert json.loads(capsys.readouterr().out)["four"]["n_images"] == 150


def test_a_metric_is_computed_only_where_its_requirements_are_met(four_model):
    data = lc.load_dataset("four")
    metrics = lc.evaluate(four_model, data, lc.encode(four_model, data), None)
    computed = {METRICS_BY_KEY[name.removesuffix("_std")] for name in metrics.keys() - ABOUT}
    assert {metric.group for metric in computed} == {"codes"}
    assert not any({"posterior", "factors", "relations"} & {*m.requires} for m in computed)
