"""Classify: how many labels a classifier needs on codes, PCA and pixels."""

from __future__ import annotations

import numpy as np

from latent_core.uses.classification import KNN, LINEAR, AccuracyCurve, measure_classification
from ui.spaces import Space, wait_for
from ui.views.uses.accuracy_plot import draw_accuracy_plot
from ui.views.uses.choices import choose_one, control_row, figures_and_pictures
from ui.views.uses.figures import draw_figures, percent, pixels_note, representation_title
from ui.views.uses.use import Params, Use, encoded_data, missing_labels

PROBES = {"linear": LINEAR, "knn": KNN}


def _choose(_space: Space) -> Params:
    (column, _) = control_row(2.2, 7.8)
    titles = {"linear": "Linear probe", "knn": "kNN probe"}
    with column:
        return {"probe": choose_one("Classifier", "probe", titles, "linear")}


def _draw(space: Space, params: Params) -> None:
    probe, encoded = PROBES[params["probe"]], encoded_data(space)
    key = f"uses {probe} {space.encodings.fingerprint} {space.data.fingerprint}"
    curves = wait_for(
        key, lambda report, _show: measure_classification(encoded, probe, progress=report)
    )
    names = [representation_title(space, curve.representation) for curve in curves]
    figures, pictures = figures_and_pictures()
    with figures:
        _draw_table(names, curves)
    with pictures:
        draw_accuracy_plot(names, curves)


def _draw_table(names: list[str], curves: tuple[AccuracyCurve, ...]) -> None:
    first = curves[0]
    counts = [f"{n:,}" for n in first.n_per_class[:-1]] + [f"all ({first.n_per_class[-1]:,})"]
    rows = [
        (count, [_with_std(curve, step) for curve in curves]) for step, count in enumerate(counts)
    ]
    draw_figures(
        ["Labels per class", *names],
        rows,
        note=f"Accuracy on {first.n_test:,} held-out samples; ± is the standard deviation over "
        f"{first.n_draws} draws of the labels, the same ones for each column. The most frequent "
        f"class alone: {percent(first.majority)}. A class with fewer samples gives all it has."
        + pixels_note(curve.representation for curve in curves),
    )


def _with_std(curve: AccuracyCurve, step: int) -> str:
    std = curve.std[step]
    spread = "" if np.isnan(std) else f" ± {100 * std:.1f}"
    return f"{100 * curve.accuracy[step]:.1f}{spread} %"


USE = Use(
    id="classify",
    title="Classify with few labels",
    order=3,
    summary="How many labels does a classifier need? It is trained with a few of each class.",
    missing=missing_labels,
    choose=_choose,
    draw=_draw,
)
