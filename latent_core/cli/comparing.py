"""The command that compares two models."""

from __future__ import annotations

import argparse
import csv
import io

import latent_core as lc
from latent_core.cli.common import output_path, reporter
from latent_core.comparison import Comparison
from latent_core.files import write_file


def compare(arguments: argparse.Namespace) -> None:
    out = None if arguments.out is None else output_path(arguments.out, ".csv")
    model_a, model_b = lc.load_model(arguments.model_a), lc.load_model(arguments.model_b)
    data, report = lc.load_dataset(arguments.data or model_a.card.dataset), reporter()
    a, b = (lc.encode(model, data, progress=report) for model in (model_a, model_b))
    metric = "euclidean" if data.precomputed is None else data.precomputed.metric
    found = lc.compare(a, b, n_neighbors=arguments.n_neighbors, metric=metric, progress=report)
    print(_table(found))
    if out is not None:
        write_file(out, _csv(found))


def _table(found: Comparison) -> str:
    """Each figure with its baseline and number of samples."""
    permuted = f"{found.cka_permuted:.4f} ± {found.cka_permuted_std:.4f} permuted rows"
    rows = [
        (
            f"neighborhood agreement, k = {found.n_neighbors}",
            f"{found.mean_agreement:.4f}",
            f"{found.agreement_by_chance:.4f} by chance",
            len(found),
        ),
        ("linear CKA", f"{found.cka:.4f}", permuted, len(found)),
    ]
    for name, linear in (("A → B", found.a_to_b), ("B → A", found.b_to_a)):
        baseline = f"{linear.r2_permuted:.4f} permuted rows"
        title = f"linear map {name}, R² on held-out samples"
        rows.append((title, f"{linear.r2:.4f}", baseline, len(linear.held_out)))
    return "\n".join(
        f"{name:42} {value:>7}  (baseline {baseline}; {n:,} samples)"
        for name, value, baseline, n in rows
    )


def _csv(found: Comparison) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["sample", "neighborhood_agreement", "displacement"])
    for i, (agreement, rank) in enumerate(zip(found.agreement, found.ranks, strict=True)):
        writer.writerow([i, f"{agreement:.4f}", f"{rank:.5f}"])
    return out.getvalue().encode()
