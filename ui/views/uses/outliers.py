"""Outliers: which samples do not belong, found by scores of the code."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

import latent_core as lc
from latent_core.encoding import is_compatible
from latent_core.types import Floats
from latent_core.uses.outliers import (
    KNN,
    MAHALANOBIS,
    RECONSTRUCTION,
    OutlierScores,
    foreign_images,
    measure_outliers,
)
from ui.catalog import read_catalog
from ui.spaces import Space, wait_for
from ui.views.uses.choices import choose_one, choose_step, control_row, figures_and_pictures
from ui.views.uses.figures import (
    draw_figures,
    percent,
    pixels_note,
    representation_title,
    with_std,
)
from ui.views.uses.pictures import Tile, draw_sheets, image_tiles, sample_tiles, sheet_html
from ui.views.uses.use import Params, Use, encoded_data, nothing_missing

N_SHOWN = 24
N_HIDDEN = 10
"""Foreign images that are mixed into the ranking."""
RATES = ("0.001", "0.005", "0.01", "0.02", "0.05", "0.1", "0.2")
NONE = "none"


def _choose(space: Space) -> Params:
    columns = control_row(2.2, 2.2, 2.2, 3.4)
    foreign = {NONE: "Nothing"} | {
        name: data.title
        for name, data in read_catalog().datasets.items()
        if space.model.card.encodes
        and name != space.data.id
        and data.precomputed is None
        and is_compatible(space.model.card, data)
    }
    methods = _methods(space)
    with columns[0]:
        score = choose_one("Rank by", "score", methods, next(iter(methods)))
    with columns[1]:
        default = next((name for name in foreign if name != NONE), NONE)
        mixed = choose_one(
            "Mix in",
            "foreign",
            foreign,
            default,
            help_text="Images of another data set of the same shape, to measure how many are found",
        )
    with columns[2]:
        rate = choose_step("False-alarm rate", "rate", RATES, "0.05", show=_rate_text)
    return {"score": score, "foreign": mixed, "rate": rate}


def _rate_text(rate: str) -> str:
    return f"{100 * float(rate):g} %"


def _methods(space: Space) -> dict[str, str]:
    """Titles of the scores by their id in a link."""
    methods = (RECONSTRUCTION, KNN, MAHALANOBIS) if space.model.card.decodes else (KNN, MAHALANOBIS)
    return {_id_of(method): _capitalized(method) for method in methods}


def _capitalized(method: str) -> str:
    return method if method == KNN else f"{method[0].upper()}{method[1:]}"


def _id_of(method: str) -> str:
    return method.split(maxsplit=1)[0].lower()


def _measure(space: Space, foreign_id: str) -> tuple[OutlierScores, ...]:
    foreign = None if foreign_id == NONE else lc.load_dataset(foreign_id)
    key = f"uses outliers {space.encodings.fingerprint} {space.model.card.weights_sha256} "
    key += "" if foreign is None else foreign.fingerprint
    return wait_for(
        key,
        lambda report, _show: measure_outliers(encoded_data(space), foreign, progress=report),
    )


def _draw(space: Space, params: Params) -> None:
    scores = _measure(space, params["foreign"])
    own = [row for row in scores if _id_of(row.method) == params["score"]]
    shown = own[:1] if len(own) == 1 else [own[0], own[-1]]
    figures, pictures = figures_and_pictures()
    with figures:
        _draw_table(space, scores, own[0], float(params["rate"]))
    with pictures:
        draw_sheets([_ranking(space, row, params["foreign"]) for row in shown])


def _title(space: Space, row: OutlierScores) -> str:
    name = representation_title(space, row.representation)
    return f"{_capitalized(row.method)}: {name.partition(',')[0]}"


def _draw_table(
    space: Space, measured: tuple[OutlierScores, ...], chosen: OutlierScores, rate: float
) -> None:
    methods = [*_methods(space)]
    scores = sorted(measured, key=lambda row: methods.index(_id_of(row.method)))
    detections = [row.detection(rate) for row in scores]
    n_outliers = detections[0].n_outliers
    head = ["Score", "AUROC", "Found", "False alarms", "Threshold"]
    rows = [
        (
            _title(space, row),
            [
                with_std(found.auroc, found.auroc_std),
                percent(found.detection_rate),
                percent(found.false_alarm_rate),
                f"{found.threshold:.3g}",
            ],
        )
        for row, found in zip(scores, detections, strict=True)
    ]
    truth = (
        f"AUROC ± its standard error and the share that is found: of {n_outliers:,} images mixed "
        "in; 0.5 is chance. "
        if n_outliers
        else "Without images mixed in there is no truth to measure how many outliers are found. "
    )
    draw_figures(
        head,
        rows,
        marked=scores.index(chosen),
        note=truth
        + f"Thresholds are chosen on {len(scores[0].scores[::2]):,} samples and false alarms "
        f"measured on {detections[0].n_inliers:,} others. Distances of each half are to the "
        "codes of the other half." + pixels_note(row.representation for row in scores),
    )


def _ranking(space: Space, row: OutlierScores, foreign_id: str) -> str:
    """The highest scores of all samples, and of ten foreign images among them."""
    hidden = row.scores[:0] if row.foreign is None else row.foreign[_hidden(row.foreign)]
    values = np.concatenate([row.scores, hidden])
    order = np.argsort(-values, kind="stable")[:N_SHOWN]
    tiles = _tiles(space, row, order, foreign_id)
    figures = [f"{values[i]:.3g}" for i in order]
    tiles = [replace(tile, figure=text) for tile, text in zip(tiles, figures, strict=True)]
    found = sum(tile.marked for tile in tiles[:N_HIDDEN])
    note = (
        f"{found} of the first {N_HIDDEN} are of the {N_HIDDEN} mixed in, which are framed; by "
        f"chance it would be {N_HIDDEN**2 / len(values):.2f}."
    )
    title = f"The {N_SHOWN} highest of {len(values):,} by {_title(space, row)}"
    return sheet_html(title, tiles, note=note if len(hidden) else "")


def _hidden(foreign: Floats) -> NDArray[np.int64]:
    """Which of the foreign images are mixed into the ranking."""
    return np.random.default_rng(0).permutation(len(foreign))[:N_HIDDEN]


def _tiles(
    space: Space, row: OutlierScores, order: NDArray[np.int64], foreign_id: str
) -> list[Tile]:
    """The pictures of a ranking: indices from N on are foreign images."""
    n = len(row.scores)
    own = order[order < n]
    tiles = dict(zip(own.tolist(), sample_tiles(space.data, own), strict=True))
    if row.foreign is not None and len(own) < len(order):
        chosen = order[order >= n]
        images = foreign_images(lc.load_dataset(foreign_id))[_hidden(row.foreign)][chosen - n]
        marked = [replace(tile, marked=True) for tile in image_tiles(images)]
        tiles |= dict(zip(chosen.tolist(), marked, strict=True))
    return [tiles[i] for i in order.tolist()]


USE = Use(
    id="outliers",
    title="Find outliers",
    order=1,
    summary="Which samples do not belong? Each score ranks all of them; those of another data set "
    "show how many such samples it finds.",
    missing=nothing_missing,
    choose=_choose,
    draw=_draw,
)
