"""The table of figures of clusters: found again, and in agreement with labels."""

from __future__ import annotations

from collections.abc import Sequence

from latent_core.uses.cluster_figures import GAUSSIAN, N_FITS, ClusterFigures
from latent_core.uses.clusters import HDBSCAN, Clustering
from ui.spaces import Space
from ui.views.uses.figures import (
    draw_figures,
    percent,
    pixels_note,
    representation_title,
    with_std,
)


def draw_cluster_table(space: Space, found: Clustering, rows: Sequence[ClusterFigures]) -> None:
    """A row per representation, and what the columns are."""
    has_labels, has_factors = rows[0].ari is not None, rows[0].explained is not None
    is_hdbscan = found.method == HDBSCAN
    head = ["Clusters of", "Stability"]
    head += ["ARI with labels", "NMI with labels"] if has_labels else []
    head += ["Factors, R²"] if has_factors else []
    head += ["Number", "In a cluster"] if is_hdbscan else []
    table = []
    for row in rows:
        cells = [with_std(row.stability, row.stability_std, 2)]
        if has_labels:
            cells += [with_std(row.ari, row.ari_std, 2), with_std(row.nmi, row.nmi_std, 2)]
        if has_factors:
            cells.append(with_std(row.explained, row.explained_std))
        if is_hdbscan:
            cells += [f"{row.n_clusters:.1f}", percent(row.assigned)]
        table.append((_title(space, row.representation), cells))
    note = _number_note(space, found) + _stability_note(rows[0]) + _labels_note(rows[0])
    draw_figures(head, table, marked=0, note=note + pixels_note(r.representation for r in rows))


def _title(space: Space, representation: str) -> str:
    if representation == GAUSSIAN:
        return "One Gaussian, no clusters"
    return representation_title(space, representation)


def _number_note(space: Space, found: Clustering) -> str:
    """How many clusters there are and why, and what they were fitted to."""
    n, n_fitted = len(space.encodings.mean), found.n_fitted
    text = f"{found.n_clusters} clusters"
    if len(found.numbers):
        best = int(found.scores.argmax())
        text += (
            f", of the {len(found.numbers)} numbers tried ({found.numbers[0]} to "
            f"{found.numbers[-1]}) the one with the highest {found.criterion}, "
            f"{found.scores[best]:.3g}"
        )
    if found.method == HDBSCAN:
        outside = (found.assignments < 0).mean()
        text += f"; {percent(float(outside))} of the samples are in none"
    if n_fitted < n:
        text += f". Fitted to {n_fitted:,} random samples, {n - n_fitted:,} others are assigned"
    return f"{text}. "


def _stability_note(row: ClusterFigures) -> str:
    return (
        f"Stability: the adjusted Rand index (ARI) of two fits to random halves, mean ± standard "
        f"deviation over pairs of {N_FITS} fits, on {row.n_compared:,} samples: 1 is the same "
        "clusters, 0 chance. Samples of one Gaussian with the same covariance have no clusters: "
        "a stability that is no higher is no sign of groups. "
    )


def _labels_note(row: ClusterFigures) -> str:
    factors = (
        ""
        if row.explained is None
        else "R²: the variance of the factors that the clusters explain, adjusted for the number "
        "of clusters, mean over the factors ± standard deviation over the "
        f"{N_FITS} fits; 0 is chance. "
    )
    if row.nmi_shuffled is None:
        return factors or "Without labels of several classes there is nothing to agree with."
    return factors + (
        f"Agreement with {row.n_labelled:,} labels, which no cluster is fitted to: mean ± "
        f"standard deviation over the {N_FITS} fits; of shuffled labels ARI is 0 and NMI "
        f"{row.nmi_shuffled:.3f}."
    )
