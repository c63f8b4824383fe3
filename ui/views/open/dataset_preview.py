"""What was understood of somebody's files: counts, first images or rows, findings, warnings."""

from __future__ import annotations

from html import escape

import numpy as np
import streamlit as st

from latent_core.image_arrays import show
from latent_core.opening.datasets import DatasetDraft
from latent_core.opening.datasets.contents import Contents
from ui.images import preview_url
from ui.wording.text import as_list

N_THUMBNAILS = 24
N_ROWS, N_COLUMNS = 5, 12
_STYLE = """<style>
.ls-open-rows { overflow-x: auto; font-size: 0.9rem; }
.ls-open-rows table { border-collapse: collapse; }
.ls-open-rows :is(th, td) { padding: 0.2rem 0.7rem; text-align: left; white-space: nowrap;
  max-width: 16rem; overflow: hidden; text-overflow: ellipsis; }
.ls-open-rows tr { border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
.ls-open-rows small { font-weight: 400; opacity: 0.8; font-size: 0.87rem; }
.ls-open-images img { max-width: 100%; image-rendering: pixelated; border-radius: 0.3rem; }
</style>"""


def draw_summary(draft: DatasetDraft, contents: Contents) -> None:
    """Draw what it is, what was left out, and the first images or rows."""
    st.subheader(_summary(draft, contents), anchor=False)
    warnings = [*draft.warnings, *contents.warnings]
    if warnings:
        st.warning(as_list(warnings), icon=":material/warning:")
    st.html(_STYLE + (_rows(draft) if draft.images is None else _images(draft)))


def draw_findings(draft: DatasetDraft, contents: Contents) -> None:
    """Draw how the files were read."""
    findings = [*draft.findings, *contents.findings]
    st.markdown(as_list(findings))


def _summary(draft: DatasetDraft, contents: Contents) -> str:
    count = len(contents.rows)
    parts = [f"{count:,} {'image' if draft.images is not None else 'row'}{'s' * (count != 1)}"]
    if draft.image_shape is not None:
        channels, height, width = draft.image_shape
        parts.append(f"{width} × {height}, {'gray' if channels == 1 else 'color'}")
    elif contents.codes is not None:
        parts.append(f"{contents.codes.shape[1]:,} dimensions")
    n_classes = len(contents.class_names)
    if n_classes:
        parts.append(f"{n_classes:,} {'class' if n_classes == 1 else 'classes'}")
    return " · ".join(parts)


def _images(draft: DatasetDraft) -> str:
    """Images from the whole data set, evenly spaced."""
    images = draft.images
    if images is None:
        return ""
    chosen = np.unique(np.linspace(0, len(images) - 1, N_THUMBNAILS).astype(int))
    url = preview_url(show(images[chosen].astype(np.float32) / 255, columns=12), side=1600)
    text = f"{len(chosen)} of {len(images):,} images"
    return f'<div class="ls-open-images"><img src="{url}" alt="{text}"></div>'


def _rows(draft: DatasetDraft) -> str:
    """A table of the first rows, with each column's role."""
    cells = draft.first_rows(N_ROWS, N_COLUMNS)
    heads = "".join(
        f'<th scope="col">{escape(column.name) or "–"}<br><small>{column.role}</small></th>'
        for column in draft.columns[:N_COLUMNS]
    )
    rows = "".join(
        f"<tr>{''.join(f'<td>{escape(cell[:80])}</td>' for cell in row)}</tr>"
        for row in zip(*cells.values(), strict=True)
    )
    n_more = len(draft.columns) - N_COLUMNS
    more = f"<p>and {n_more:,} more columns</p>" if n_more > 0 else ""
    return f'<div class="ls-open-rows"><table><tr>{heads}</tr>{rows}</table>{more}</div>'
