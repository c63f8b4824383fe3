"""Compress: bytes of codes beside image files, and what the images lose."""

from __future__ import annotations

import math

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from latent_core.progress import ProgressCallback
from latent_core.types import Floats, to_uint8
from latent_core.uses.compression import (
    BITS_8,
    ENTROPY,
    FLOAT32,
    STEPS,
    RateCurve,
    decoder_bytes,
    known_rows,
    measure_compression,
)
from latent_core.uses.entropy_coding import quantize_8_bit
from latent_core.uses.image_codecs import decode_file, nearest_file
from latent_core.uses.image_quality import mean_and_interval, psnr
from latent_core.uses.results import CODE, PCA
from ui.spaces import Space, wait_for
from ui.views.uses.choices import choose_one, control_row, figures_and_pictures
from ui.views.uses.figures import draw_figures, with_std
from ui.views.uses.picture_rows import draw_picture_rows
from ui.views.uses.pictures import Tile, image_tiles, sample_tiles
from ui.views.uses.rate_plot import Series, draw_rate_plot
from ui.views.uses.use import Params, Use, encoded_data, missing_image_autoencoder
from ui.wording.text import escape_markdown

N_SHOWN = 8
SSIM_TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
PSNR_TICK = 5
"""Decibels between two ticks."""
MAX_DB_APART = 2.0
"""Between files and codes whose bytes are compared at about the same quality."""
Curves = tuple[RateCurve, ...]
Line = tuple[str, list[Tile]]
Result = tuple[Curves, list[Line], tuple[int, bool]]


def _choose(_space: Space) -> Params:
    columns = control_row(2.2, 2.2, 5.6)
    with columns[0]:
        measure = choose_one("Quality by", "quality", {"psnr": "PSNR", "ssim": "SSIM"}, "psnr")
    with columns[1]:
        counted = choose_one(
            "Count of a file",
            "bytes",
            {"file": "All bytes", "data": "Bytes without headers"},
            "file",
            help_text="Headers are the bytes of the same codec's file of a black image",
        )
    return {"quality": measure, "bytes": counted}


def _draw(space: Space, params: Params) -> None:
    encoded, with_header = encoded_data(space), params["bytes"] == "file"

    def work(report: ProgressCallback, _show: object) -> Result:
        found = measure_compression(encoded, progress=report)
        lines = _picture_lines(space, found, with_header=with_header)
        return found, lines, decoder_bytes(space.model.card)

    key = f"uses compress {with_header} {space.encodings.fingerprint} "
    curves, lines, decoder = wait_for(
        f"{key}{space.model.card.weights_sha256} {space.data.fingerprint}", work
    )
    figures, pictures = figures_and_pictures()
    with figures:
        st.markdown(escape_markdown(_verdict(space, curves, decoder, with_header=with_header)))
        _draw_table(space, curves)
    with pictures:
        _draw_plot(space, curves, params["quality"], with_header=with_header)
        draw_picture_rows(
            lines,
            note="Below each: its bytes and its PSNR in dB. Files have the quality whose size is "
            "nearest to the 8-bit code's.",
        )


def _is_code(curve: RateCurve, storage: str) -> bool:
    return (curve.source, curve.storage) == (CODE, storage)


def _nearest_setting(curve: RateCurve, quality: float) -> int:
    """The setting whose mean PSNR is nearest."""
    return int(np.abs(curve.psnr.mean(axis=1) - quality).argmin())


def _code_psnr(curves: Curves) -> float:
    return float(next(c for c in curves if _is_code(c, BITS_8)).psnr.mean())


def _title(space: Space, curve: RateCurve, step: int) -> str:
    if curve.source == CODE:
        return f"Code of {space.encodings.latent_dim}, {curve.storage}"
    if curve.source == PCA:
        return f"PCA, {curve.storage}"
    return f"{curve.source}, quality {curve.settings[step]:g}"


def _draw_table(space: Space, curves: Curves) -> None:
    quality, rows = _code_psnr(curves), []
    for curve in curves:
        step = _nearest_setting(curve, quality) if curve.storage == "" else -1
        mean, half = mean_and_interval(curve.n_bytes[step])
        is_fixed = curve.storage in (FLOAT32, BITS_8)
        cells = [
            f"{mean:.0f}" if is_fixed else with_std(mean, half, digits=1),
            "–" if curve.storage else f"{curve.n_header_bytes[step]:.0f}",
            with_std(*mean_and_interval(curve.psnr[step]), digits=1),
            with_std(*mean_and_interval(curve.ssim[step]), digits=3),
        ]
        rows.append((_title(space, curve, step), cells))
    first = curves[0]
    draw_figures(
        ["Stored as", "Bytes", "Of these headers", "PSNR, dB", "SSIM"],
        rows,
        marked=next(i for i, curve in enumerate(curves) if _is_code(curve, ENTROPY)),
        note=f"Means over n = {len(first.rows)} held-out images; ± is the 95 % confidence interval "
        "of the mean. Files have the quality of the PSNR nearest to the 8-bit code's. Headers: "
        "the size of the same codec's file of a black image. Entropy-coded: the code in steps of "
        f"{STEPS[-1]:g} standard deviations, and the length that an ideal entropy coder reaches "
        "with a histogram of each dimension. Histograms, the range of the 8 bits and PCA are of "
        f"{first.n_known:,} other images; their tables, like the decoder, are not in the bytes. "
        f"Uncompressed, an image has {math.prod(space.data.image_shape):,} bytes.",
    )


def _verdict(space: Space, curves: Curves, decoder: tuple[int, bool], *, with_header: bool) -> str:
    """The code against the smallest file of its PSNR, and what the decoder costs."""
    code = next(curve for curve in curves if _is_code(curve, ENTROPY))
    n_code, dim = float(code.n_bytes[-1].mean()), space.encodings.latent_dim
    n_decoder, has_encoder = decoder
    own = (
        f"The code takes {dim} bytes at 8 bits per number, {n_code:.1f} entropy-coded "
        f"({code.psnr[-1].mean():.1f} dB). Its decoder{' and encoder' * has_encoder} take "
        f"{_size(n_decoder)}: {n_decoder / len(space.data):,.0f} bytes for each of the "
        f"{len(space.data):,} images here."
    ).replace("decoder take ", "decoder takes ")
    steps = [(c, _nearest_setting(c, _code_psnr(curves))) for c in curves if not c.storage]
    if not steps:
        return own
    sizes = [float(c.sizes(with_header=with_header)[step].mean()) for c, step in steps]
    n_file, (curve, step) = min(zip(sizes, steps, strict=True), key=lambda found: found[0])
    header = f"{curve.n_header_bytes[step]:.0f} of them headers" if with_header else "no headers"
    n_db = float(curve.psnr[step].mean())
    beside = f" {curve.source} takes {n_file:.1f} ({header}; {n_db:.1f} dB)."
    if step == 0 and n_db > code.psnr[-1].mean() + MAX_DB_APART:
        return f"{own}{beside} That is its smallest, and still nearer to the image than the code."
    if n_file <= n_code:
        return f"{own}{beside} The code is no smaller."
    n_images = float(f"{n_decoder / (n_file - n_code):.2g}")
    return f"{own}{beside} With its decoder, the code is smaller from about {n_images:,.0f} images."


def _size(n_bytes: int) -> str:
    return f"{n_bytes / 1e6:.1f} MB" if n_bytes >= 1e6 else f"{n_bytes / 1e3:.0f} kB"


def _draw_plot(space: Space, curves: Curves, measure: str, *, with_header: bool) -> None:
    series = []
    for curve in curves:
        x = curve.sizes(with_header=with_header).mean(axis=1).tolist()
        y = getattr(curve, measure).mean(axis=1).tolist()
        if _is_code(curve, ENTROPY):
            single = [c for c in curves if c.source == CODE and c.storage != ENTROPY]
            labels = [""] * len(x) + [c.storage for c in single]
            x += [float(c.n_bytes.mean()) for c in single]
            y += [float(getattr(c, measure).mean()) for c in single]
            name = f"Code of {space.encodings.latent_dim}, entropy-coded"
            series.append(Series(name=name, x=x, y=y, labels=labels))
        elif curve.source == PCA:
            series.append(Series(name="PCA, entropy-coded", x=x, y=y))
        elif not curve.storage:
            series.append(Series(name=curve.source, x=x, y=y))
    values = [y for line in series for y in line.y]
    low, high = math.floor(min(values) / PSNR_TICK), math.ceil(max(values) / PSNR_TICK)
    counted = "" if with_header else " without headers"
    draw_rate_plot(
        series,
        x_title=f"bytes of an image{counted}, mean of n = {len(curves[0].rows)}",
        y_title="PSNR, dB" if measure == "psnr" else "SSIM",
        y_ticks=SSIM_TICKS
        if measure == "ssim"
        else [PSNR_TICK * i for i in range(low, max(high, low + 1) + 1)],
    )


def _shown_rows(curves: Curves) -> NDArray[np.int64]:
    rows = curves[0].rows
    return np.unique(rows[np.linspace(0, len(rows) - 1, N_SHOWN).astype(int)])


def _picture_lines(space: Space, curves: Curves, *, with_header: bool) -> list[Line]:
    """The same images, from 8-bit codes and from files of the nearest size."""
    rows, dim = _shown_rows(curves), space.encodings.latent_dim
    known = known_rows(space.data)
    images, codes = space.data.images(rows), space.encodings.mean
    decoded = space.model.decode(quantize_8_bit(codes[rows], codes[known]))
    lines = [
        ("Original", sample_tiles(space.data, rows)),
        (f"Code of {dim}, 8 bits", _tiles(images, decoded, [dim] * len(rows))),
    ]
    for source in [curve.source for curve in curves if not curve.storage]:
        files = [
            nearest_file(image, source, dim, with_header=with_header) for image in to_uint8(images)
        ]
        pixels = np.stack([decode_file(data, images.shape[1]) for data, _ in files])
        restored = (pixels / np.float32(255)).astype(np.float32)
        sizes = [size for _, size in files]
        lines.append((f"{source}, nearest size", _tiles(images, restored, sizes)))
    return lines


def _tiles(images: Floats, restored: Floats, sizes: list[int]) -> list[Tile]:
    values = psnr(images, restored)
    return image_tiles(
        restored, [f"{size:,} B" for size in sizes], [f"{value:.1f}" for value in values]
    )


USE = Use(
    id="compress",
    title="Compress",
    order=5,
    summary="How few bytes hold an image? Codes are stored in few bits and decoded, beside image "
    "files.",
    missing=missing_image_autoencoder,
    choose=_choose,
    draw=_draw,
)
