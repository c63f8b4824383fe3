"""Metrics as files: what is read back is what is on the cards."""

from __future__ import annotations

import csv
import io
import re

import latent_core as lc
from latent_core.evaluation.registry import METRICS_BY_KEY
from latent_core.evaluation.tables import metrics_csv, metrics_latex

CARDS = [lc.load_card(name) for name in lc.list_models() if lc.load_card(name).dataset == "faces"]


def test_the_csv_has_every_single_figure_of_every_card():
    rows = list(csv.DictReader(io.StringIO(metrics_csv(CARDS))))
    for card in CARDS:
        own = {row["metric"]: row for row in rows if row["model"] == card.id}
        expected = {k: m.value(card) for k, m in METRICS_BY_KEY.items() if k in card.metrics}
        expected = {key: value for key, value in expected.items() if value is not None}
        assert {key: float(row["value"]) for key, row in own.items()} == expected
        for key, row in own.items():
            std = card.metrics.get(f"{key}_std")
            assert row["std"] == ("" if std is None else str(std))
            assert bool(row["std_over"]) == (std is not None)


def test_latex_tables_are_rectangular_and_escaped():
    text = metrics_latex(CARDS)
    tables = re.findall(r"\\begin\{tabular\}\{(l+r+)\}(.*?)\\end\{tabular\}", text, re.DOTALL)
    assert len(tables) >= 3
    for columns, body in tables:
        rows = [line for line in body.splitlines() if line.endswith(r"\\")]
        assert len(rows) >= 2
        for row in rows:
            assert len(re.findall(r"(?<!\\)&", row)) == len(columns) - 1
            assert not re.search(r"(?<!\\)[%#_]", row)


def test_bold_is_only_what_is_clearly_best():
    text = metrics_latex(CARDS)
    best = METRICS_BY_KEY["mse"].best(CARDS)
    bold = {
        re.split(r" & ", line)[0].replace(r"\_", "_")
        for line in text.split("Samples")[0].splitlines()
        if re.match(r"[\w-]+ & [\d,]+ & \\textbf", line)
    }
    assert bold == (set() if best is None else {best.id})
