"""The command that diagnoses a model."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import numpy as np

import latent_core as lc
from latent_core import workspace
from latent_core.cli.common import reporter
from latent_core.health.storage import to_json

if TYPE_CHECKING:
    from latent_core.health import Health
    from latent_core.workspace import ComparedDisentanglement


def analyze(arguments: argparse.Namespace) -> None:
    from latent_core.datasets.training_data import load_training_data

    model = lc.load_model(arguments.model)
    data = lc.load_dataset(arguments.data or model.card.dataset)
    train_images = None
    if arguments.train_dir is not None:
        train_images = load_training_data(model.card, arguments.train_dir)[0]
    health = lc.diagnose(model, data, train_images=train_images, progress=reporter())
    found = None
    if arguments.disentanglement:
        encodings = lc.encode(model, data, progress=reporter())
        found = workspace.disentanglement(data, encodings, progress=reporter())
    if arguments.json:
        more = {} if found is None else {"disentanglement": _scores_json(found)}
        print(json.dumps(to_json(health) | more, indent=1))
    else:
        print(_text(health))
        if found is not None:
            print("", *_score_lines(found), sep="\n")


def _scores_json(found: ComparedDisentanglement) -> dict[str, object]:
    parts = {"model": found.model, "pca": found.pca}
    return {
        name: {
            "scores": {key: asdict(score) for key, score in part.scores.items()},
            "factors": list(part.factors),
            "importance": np.round(part.importance, 4).tolist(),
            "n_held_out": part.n_held_out,
            "n_splits": part.n_splits,
        }
        for name, part in parts.items()
        if part is not None
    }


def _score_lines(found: ComparedDisentanglement) -> list[str]:
    model, pca = found.model, found.pca
    lines = [
        f"disentanglement of {len(model.factors)} factors, {model.n_splits} splits into halves:"
    ]
    for name, score in model.scores.items():
        baseline = "" if pca is None else f"; PCA {pca.scores[name].mean:.3f}"
        lines.append(
            f"  {name}: {score.mean:.3f} ± {score.std:.3f}; rotated {score.rotated:.3f} ± "
            f"{score.rotated_std:.3f}{baseline}"
        )
    lines.append(f"  n = {model.n_held_out:,} held out; ± over splits; PCA has as many components")
    return lines


def _text(health: Health) -> str:
    lines = [f"diagnosis: {health.diagnosis}", ""]
    for finding in health.findings:
        lines += [f"{finding.kind}: {finding.title}", f"  {finding.evidence}"]
        lines += [f"  Try: {finding.advice}"] if finding.advice else []
    lines += ["", *_measurements(health)]
    lines += [f"not measured: {name} ({reason})" for name, reason in health.missing.items()]
    return "\n".join(lines)


def _measurements(health: Health) -> list[str]:
    """One line for each measurement, with its baseline and sample size."""
    lines = []
    if (codes := health.codes) is not None:
        kl = "" if codes.kl is None else f", KL {codes.kl.sum():.2f} nats"
        lines.append(
            f"active units: {codes.active.sum()} of {health.latent_dim}{kl}; participation ratio "
            f"{codes.effective_dim:.1f} (n = {codes.n_codes:,})"
        )
    if (aggregate := health.aggregate) is not None:
        lines.append(
            f"mean norm: {aggregate.norm_mean:.2f}, of {aggregate.prior} {aggregate.chi_mean:.2f}; "
            f"distance {aggregate.norm_distance:.3f} (noise: {aggregate.norm_distance_floor:.3f})"
        )
    if (holes := health.holes) is not None:
        lines.append(
            f"holes: {holes.share:.1%} ± {holes.share_se:.1%} of {holes.n_samples:,} samples from "
            f"{holes.prior}; held-out codes: {holes.baseline:.1%} (n = {holes.n_held_out:,})"
        )
    if (errors := health.reconstruction) is not None:
        lines.append(
            f"reconstruction error: {errors.mean:.5f} ± {errors.standard_error:.5f}; PCA "
            f"{errors.pca:.5f}, mean image {errors.mean_image:.5f} (n = {errors.n_images:,})"
        )
    if (smooth := health.smoothness) is not None:
        lines.append(
            f"perceptual path length: {smooth.path_length:.1f} ± {smooth.path_length_se:.1f}; "
            f"cross-fade {smooth.cross_fade:.1f}, in {smooth.space} (n = {smooth.n_pairs} pairs)"
        )
    return lines
