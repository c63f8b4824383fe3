"""How alike two latent spaces are: each figure with its baseline and its sample size."""

from __future__ import annotations

import html
from collections.abc import Iterable
from typing import NamedTuple

import streamlit as st

from latent_core.comparison import Alignment, CarriedErrors, Comparison, LinearMap
from ui.wording.info import STYLE, info_html


class _Row(NamedTuple):
    """A figure: what it means, its value, and what it is compared with."""

    name: str
    meaning: str
    value: str
    baseline: str
    baseline_of: str


def summary(comparison: Comparison) -> str:
    """The comparison in one sentence."""
    k, n = comparison.n_neighbors, len(comparison)
    return (
        f"Of each image's {k} nearest neighbors in the latent space, both models agree on "
        f"{comparison.mean_agreement:.1%} (chance: {comparison.agreement_by_chance:.2%}; "
        f"{n:,} samples)."
    )


def draw_figures(
    comparison: Comparison,
    alignment: Alignment,
    carried: Iterable[tuple[str, CarriedErrors]],
) -> None:
    """Draw the table of figures."""
    rows = [*_code_rows(comparison), *_map_rows(comparison, alignment)]
    rows += [_carried_row(direction, errors) for direction, errors in carried]
    body = "".join(_html_row(i, row) for i, row in enumerate(rows))
    st.html(
        f'{STYLE}{_STYLE}<div class="ls-figures" tabindex="0" role="region" '
        'aria-label="Figures"><table><thead><tr><th scope="col">Figure</th>'
        '<th scope="col">Value</th><th scope="col">Baseline</th></tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _code_rows(comparison: Comparison) -> list[_Row]:
    k, n, recall = comparison.n_neighbors, len(comparison), comparison.neighbor_recall
    searched = "" if recall == 1 else f"; the search found {recall:.1%} of the exact neighbors"
    agreement = _Row(
        name="neighborhood agreement",
        meaning=f"share of each sample's {k} nearest neighbors in the latent space that both "
        f"models have in common, mean over {n:,} samples{searched}; Chen & Buja 2009",
        value=f"{comparison.mean_agreement:.1%}",
        baseline=f"{comparison.agreement_by_chance:.2%}",
        baseline_of="chance, k / (N − 1)",
    )
    cka = _Row(
        name="linear CKA",
        meaning="centered kernel alignment of the codes: 1 for spaces equal up to rotation and "
        f"scale; {n:,} samples; Kornblith et al. 2019, arXiv:1905.00414",
        value=f"{comparison.cka:.3f}",
        baseline=f"{comparison.cka_permuted:.4f} ± {comparison.cka_permuted_std:.4f}",
        baseline_of="permuted rows, ± over permutations",
    )
    return [agreement, cka]


def _map_rows(comparison: Comparison, alignment: Alignment) -> list[_Row]:
    linear = [
        _linear_row("A → B", comparison.a_to_b),
        _linear_row("B → A", comparison.b_to_a),
    ]
    disparity = _Row(
        name="disparity of the maps",
        meaning="what remains between the two maps after Procrustes alignment (rotated, mirrored, "
        "scaled, shifted), as a share of their variance: 0 for maps of the same shape; of "
        f"{len(alignment.points):,} points; Gower 1975",
        value=f"{alignment.disparity:.3f}",
        baseline=f"{alignment.disparity_permuted:.3f}",
        baseline_of="permuted rows",
    )
    return [*linear, disparity]


def _linear_row(direction: str, linear: LinearMap) -> _Row:
    return _Row(
        name=f"linear map {direction}, R²",
        meaning="how much of the codes' variance a linear map predicts, on the held-out half "
        f"({len(linear.held_out):,} samples): 1 is all, 0 no more than the mean code",
        value=f"{linear.r2:.3f}",
        baseline=f"{linear.r2_permuted:.3f}",
        baseline_of="fitted to permuted rows",
    )


def _carried_row(direction: str, errors: CarriedErrors) -> _Row:
    return _Row(
        name=f"images from codes carried {direction}, MSE",
        meaning=f"mean squared error per pixel of {errors.n_images:,} held-out images, decoded "
        "from codes that the linear map carried over from the other model",
        value=f"{errors.carried:.4f}",
        baseline=f"{errors.own:.4f} to {errors.mean_code:.4f}",
        baseline_of="its own codes; its mean code",
    )


def _html_row(number: int, row: _Row) -> str:
    return (
        f'<tr><th scope="row">{info_html(f"figure-{number}", row.name, row.meaning)}</th>'
        f"<td>{html.escape(row.value)}</td><td>{html.escape(row.baseline)}"
        f"<small>{html.escape(row.baseline_of)}</small></td></tr>"
    )


_STYLE = """
<style>
  .ls-figures { overflow-x: auto; }
  .ls-figures table { border-collapse: collapse; font-variant-numeric: tabular-nums; width: 100%; }
  .ls-figures th, .ls-figures td { padding: .42rem .7rem .42rem 0; text-align: left; }
  .ls-figures tbody th { font-weight: 500; }
  .ls-figures thead th { font-weight: 500; font-size: .87rem; opacity: .75; }
  .ls-figures tbody tr { border-top: 1px solid var(--st-border-color, #8884); }
  .ls-figures td:nth-child(2) { font-weight: 700; white-space: nowrap; }
  .ls-figures small { display: block; font-size: .87rem; opacity: .75; }
</style>
"""
