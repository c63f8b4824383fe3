"""Denoise: corrupted images restored by the model, beside filters and PCA."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from latent_core.progress import ProgressCallback
from latent_core.types import Dataset, Floats
from latent_core.uses.corruptions import (
    AMOUNTS,
    BLUR,
    NOISE,
    OCCLUSION,
    SALT_AND_PEPPER,
)
from latent_core.uses.denoising import (
    CLEAN_CODE,
    CODE,
    CORRUPTED,
    GAUSSIAN,
    MEDIAN,
    PCA,
    Restoration,
    measure_denoising,
    restore_examples,
)
from latent_core.uses.image_quality import mean_and_interval, psnr
from ui.spaces import Space, wait_for
from ui.views.uses.choices import choose_one, choose_step, control_row, figures_and_pictures
from ui.views.uses.figures import draw_figures, with_std
from ui.views.uses.picture_rows import draw_picture_rows
from ui.views.uses.pictures import Tile, image_tiles, sample_tiles
from ui.views.uses.use import Params, Use, encoded_data, missing_image_autoencoder
from ui.wording.text import escape_markdown

N_SHOWN = 8
TITLES = {
    NOISE: "Gaussian noise",
    SALT_AND_PEPPER: "Salt and pepper",
    BLUR: "Blur",
    OCCLUSION: "Occlusion",
}
LEVELS = tuple(str(level + 1) for level in range(len(AMOUNTS[NOISE])))
_NAMES = {
    CORRUPTED: "the corrupted image",
    MEDIAN: "the median filter",
    GAUSSIAN: "the Gaussian filter",
    PCA: "PCA",
}
Restorations = tuple[Restoration, ...]


def _choose(space: Space) -> Params:
    columns = control_row(2.2, 3.2, 4.6)
    with columns[0]:
        kind = choose_one("Corruption", "corruption", TITLES, NOISE)
    with columns[1]:
        level = choose_step(
            "Strength",
            "strength",
            LEVELS,
            "3",
            show=lambda level: _amount_text(kind, AMOUNTS[kind][int(level) - 1], space.data),
        )
    return {"corruption": kind, "strength": level}


def _amount_text(kind: str, amount: float, data: Dataset) -> str:
    side_px = min(data.image_shape[1:])
    return {
        NOISE: f"σ = {amount:g}",
        SALT_AND_PEPPER: f"{100 * amount:g} % of pixels",
        BLUR: f"σ = {amount * side_px:.1f} px",
        OCCLUSION: f"{round(amount * side_px)} × {round(amount * side_px)} px",
    }[kind]


def _draw(space: Space, params: Params) -> None:
    kind = params["corruption"]
    amount, encoded = AMOUNTS[kind][int(params["strength"]) - 1], encoded_data(space)

    def work(report: ProgressCallback, _show: object) -> tuple[Restorations, dict[str, Floats]]:
        found = measure_denoising(encoded, kind, amount, progress=report)
        return found, restore_examples(encoded, found, kind, amount, _shown_rows(found))

    key = f"uses denoise {kind} {amount} {space.encodings.fingerprint} "
    measured, restored = wait_for(
        f"{key}{space.model.card.weights_sha256} {space.data.fingerprint}", work
    )
    figures, pictures = figures_and_pictures()
    with figures:
        st.markdown(escape_markdown(_verdict(space, measured)))
        _draw_table(space, measured)
    with pictures:
        _draw_pictures(space, measured, restored)


def _shown_rows(measured: Restorations) -> NDArray[np.int64]:
    """The samples of the pictures, spread over those measured."""
    rows = measured[0].rows
    shown: NDArray[np.int64] = rows[np.linspace(0, len(rows) - 1, N_SHOWN).astype(int)]
    return np.unique(shown)


def _title(space: Space, found: Restoration) -> str:
    size = f"{found.setting:g}"
    return {
        CORRUPTED: "Corrupted image",
        CODE: f"Model, code of {space.encodings.latent_dim}",
        MEDIAN: f"Median filter, {size} × {size} px",
        GAUSSIAN: f"Gaussian filter, σ = {size} px",
        PCA: f"PCA, {size} components",
        CLEAN_CODE: "Model, of the clean image",
    }[found.method]


def _draw_table(space: Space, measured: Restorations) -> None:
    model = next(found for found in measured if found.method == CODE)
    rows = [
        (
            _title(space, found),
            [
                with_std(*mean_and_interval(found.psnr), digits=2),
                with_std(*mean_and_interval(found.ssim), digits=3),
            ],
        )
        for found in measured
    ]
    n_choosing = max(found.n_choosing for found in measured)
    draw_figures(
        ["Restored by", "PSNR, dB", "SSIM"],
        rows,
        marked=measured.index(model),
        note=f"Against the clean images, over n = {len(model.rows)} held-out images; ± is the 95 % "
        "confidence interval of the mean. Each filter has its best setting by PSNR on "
        f"{n_choosing} other images; PCA is fitted on other images too. The model decodes the code "
        "of the corrupted image; the last row is what it makes of the clean one.",
    )


def _verdict(space: Space, measured: Restorations) -> str:
    """Whether the model or one of its baselines restores better, by both measures."""
    by_psnr = _compare(space, measured, "psnr", 2, " dB")
    by_ssim = _compare(space, measured, "ssim", 3, "")
    return f"By PSNR, {by_psnr}; by SSIM, {by_ssim}."


def _compare(space: Space, measured: Restorations, measure: str, digits: int, unit: str) -> str:
    """The model against the baseline of the highest mean."""
    baselines = [found for found in measured if found.method not in (CODE, CLEAN_CODE)]
    best = max(baselines, key=lambda found: float(getattr(found, measure).mean()))
    model = next(found for found in measured if found.method == CODE)
    gain, half = mean_and_interval(getattr(model, measure) - getattr(best, measure))
    name = _NAMES[best.method]
    text = f"{abs(gain):.{digits}f} ± {half:.{digits}f}{unit}"
    if abs(gain) <= half or np.isnan(half):
        return f"the model and {name} do not differ beyond the interval ({text})"
    if gain > 0:
        return f"the model is best, {text} above {name}"
    return f"{name} is {text} above the model"


def _draw_pictures(space: Space, measured: Restorations, restored: dict[str, Floats]) -> None:
    rows = _shown_rows(measured)
    clean = space.data.images(rows)
    filters = [found for found in measured if found.method in (MEDIAN, GAUSSIAN)]
    best = max(filters, key=lambda found: float(found.psnr.mean()))
    shown = [found for found in measured if found.method in (CORRUPTED, CODE, PCA)]
    shown.insert(2, best)
    values = np.stack([psnr(clean, restored[found.method]) for found in shown])
    lines = [
        (_title(space, found), _tiles(restored[found.method], values[i], values.argmax(0) == i))
        for i, found in enumerate(shown)
    ]
    draw_picture_rows(
        [("Clean image", sample_tiles(space.data, rows)), *lines],
        note="Below each its PSNR in dB; the highest of an image is framed.",
    )


def _tiles(images: Floats, values: Floats, is_best: NDArray[np.bool_]) -> list[Tile]:
    tiles = image_tiles(images, figures=[f"{value:.1f}" for value in values])
    return [replace(t, marked=bool(m)) for t, m in zip(tiles, is_best, strict=True)]


USE = Use(
    id="denoise",
    title="Denoise",
    order=4,
    summary="Does a code leave noise out? Corrupted images are encoded and decoded, and compared "
    "with the clean ones.",
    missing=missing_image_autoencoder,
    choose=_choose,
    draw=_draw,
)
