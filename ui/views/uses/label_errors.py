"""Label errors: which labels differ from those of the nearest samples."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from latent_core.uses.label_errors import FLIPPED, N_NEIGHBORS, LabelErrors, measure_label_errors
from ui.spaces import Space, wait_for
from ui.views.uses.choices import choose_one, control_row, figures_and_pictures
from ui.views.uses.figures import draw_figures, pixels_note, representation_title, with_std
from ui.views.uses.pictures import draw_sheet, sample_tiles
from ui.views.uses.use import Params, Use, encoded_data, missing_labels

N_SHOWN = 36
ALL = "all"


def _choose(space: Space) -> Params:
    names = space.data.class_names
    labels = space.data.labels
    assert labels is not None
    present = np.unique(labels[labels >= 0]).tolist()
    classes = {ALL: "All"} | {str(i): names[i] for i in present}
    (column, _) = control_row(2.2, 7.8)
    with column:
        return {"label": choose_one("Label", "label", classes, ALL)}


def _draw(space: Space, params: Params) -> None:
    encoded = encoded_data(space)
    key = f"uses label errors {space.encodings.fingerprint} {space.data.fingerprint}"
    found = wait_for(key, lambda report, _show: measure_label_errors(encoded, progress=report))
    figures, pictures = figures_and_pictures()
    with figures:
        draw_figures(
            ["Neighbors by", "AUROC"],
            [
                (
                    representation_title(space, row.representation),
                    [with_std(row.auroc, row.auroc_std)],
                )
                for row in found
            ],
            marked=0,
            note=f"How well changed labels are found: {found[0].n_changed:,} random labels "
            f"({100 * FLIPPED:g} %) are changed to another class, and the AUROC ± its standard "
            "error is of those against all others; 0.5 is chance. No sample is its own neighbor."
            + pixels_note(row.representation for row in found),
        )
    with pictures:
        _draw_ranking(space, found[0], params["label"])


def _draw_ranking(space: Space, found: LabelErrors, label: str) -> None:
    """The samples whose label has least support among their neighbors."""
    data = space.data
    labels = data.labels
    assert labels is not None
    is_shown = (labels >= 0) & (found.scores > 0)
    if label != ALL:
        is_shown &= labels == int(label)
    rows = np.flatnonzero(is_shown)
    order = rows[np.argsort(-found.scores[rows], kind="stable")][:N_SHOWN]
    names = [data.class_names[int(found.suggested[i])] for i in order]
    tiles = [
        replace(tile, figure=f"near: {name}, {100 * found.scores[i]:.0f} %")
        for tile, name, i in zip(sample_tiles(data, order), names, order, strict=True)
    ]
    draw_sheet(
        f"The {len(order)} least likely labels, of {len(rows):,} with neighbors of another label",
        tiles,
        side_px=88,
        note=f"Below each: its label, the most frequent label of its {N_NEIGHBORS} nearest codes, "
        "and the share of other labels among them, nearer ones counting more. A high share is "
        "a reason to look at a label, no proof that it is wrong.",
    )


USE = Use(
    id="label-errors",
    title="Find mislabeled samples",
    order=2,
    summary="Which labels may be wrong? Samples whose nearest codes have other labels come first.",
    missing=missing_labels,
    choose=_choose,
    draw=_draw,
)
