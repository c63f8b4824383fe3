"""Tables of figures: a row per way of doing a task, beside its baselines."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

import streamlit as st

from latent_core.uses.results import CODE, N_COMPONENTS, PCA, PIXELS
from ui.spaces import Space

MISSING = "–"


def representation_title(space: Space, name: str) -> str:
    """What a representation of `latent_core.uses.results` is called on the page."""
    dim = space.encodings.latent_dim
    return {
        CODE: f"Code, {dim} dimensions",
        PCA: f"PCA, {dim} components",
        PIXELS: "Pixels",
    }[name]


def pixels_note(representations: Iterable[str]) -> str:
    """What the pixels of a table are, or that there are none."""
    if PIXELS not in representations:
        return " There are no pixels to compare with."
    return f" Pixels are measured as their first principal components, at most {N_COMPONENTS}."


def percent(value: float | None, digits: int = 1) -> str:
    """A fraction as a percentage."""
    return MISSING if value is None else f"{100 * value:.{digits}f} %"


def with_std(value: float | None, std: float | None, digits: int = 3) -> str:
    """A figure with its standard deviation."""
    if value is None:
        return MISSING
    return f"{value:.{digits}f}" + ("" if std is None else f" ± {std:.{digits}f}")


def draw_figures(
    head: Sequence[str],
    rows: Sequence[tuple[str, Sequence[str]]],
    *,
    note: str,
    marked: int | None = None,
) -> None:
    """Draw a table.

    Parameters
    ----------
    head
        The name of the rows, then of each column.
    rows
        Names with their cells.
    note
        What the figures are of: definitions, sample sizes, what ± is.
    marked
        The row to emphasize.
    """
    titles = "".join(f'<th scope="col">{html.escape(title)}</th>' for title in head)
    body = "".join(
        f"<tr{' class=ls-chosen' if number == marked else ''}>"
        f'<th scope="row">{html.escape(name)}</th>{_cells(head, cells)}</tr>'
        for number, (name, cells) in enumerate(rows)
    )
    st.html(
        f'{_STYLE}<div class="ls-figures" tabindex="0" role="region" aria-label="Figures"><table>'
        f"<thead><tr>{titles}</tr></thead><tbody>{body}</tbody></table></div>"
        f'<p class="ls-hint">{html.escape(note)}</p>'
    )


def _cells(head: Sequence[str], cells: Sequence[str]) -> str:
    return "".join(
        f'<td data-label="{html.escape(title)}">{html.escape(cell)}</td>'
        for title, cell in zip(head[1:], cells, strict=True)
    )


_STYLE = """
<style>
  .ls-figures { overflow-x: auto; }
  .ls-figures table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
  .ls-figures th, .ls-figures td { padding: .36rem .5rem; text-align: right; }
  .ls-figures td { white-space: nowrap; }
  .ls-figures tbody th { text-align: left; font-weight: 500; padding-left: .4rem; }
  .ls-figures thead th { font-weight: 500; font-size: .87rem; opacity: .75;
    vertical-align: bottom; max-width: 9rem; }
  .ls-figures thead th:first-child { text-align: left; padding-left: .4rem; }
  .ls-figures tbody tr { border-top: 1px solid var(--st-border-color, #8884); }
  .ls-figures .ls-chosen {
    background: color-mix(in srgb, var(--st-primary-color) 9%, transparent); }
  .ls-figures .ls-chosen th { font-weight: 650; }
  @media (max-width: 640px) {
    .ls-figures thead { display: none; }
    .ls-figures table, .ls-figures tbody { display: block; }
    .ls-figures tbody tr { display: grid; grid-template-columns: 1fr; padding: .4rem 0; }
    .ls-figures tbody th { padding: 0 .4rem .2rem; font-weight: 650; }
    .ls-figures tbody td { display: flex; justify-content: space-between; padding: 0 .4rem;
      font-size: .9rem; gap: .6rem; text-align: right; }
    .ls-figures td::before { content: attr(data-label); opacity: .75; font-weight: 400;
      text-align: left; }
  }
</style>
"""
