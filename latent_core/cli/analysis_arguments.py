"""Arguments of the commands that ask about a model: draw from it, compare it, diagnose it."""

from __future__ import annotations

import argparse
from pathlib import Path

from latent_core.cli.common import Commands, add_command
from latent_core.cli.uses import USES


def add_analysis_commands(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the commands of this module."""
    _add_sample(commands)
    _add_compare(commands)
    _add_analyze(commands)
    _add_uses(commands)


def _add_sample(commands: Commands[argparse.ArgumentParser]) -> None:
    sample = add_command(commands, "sample", "draw new codes and decode them")
    sample.add_argument("model", help="id of a model")
    sample.add_argument(
        "--sampler",
        default="mixture",
        help="mixture, prior, class or neighborhood (default: mixture)",
    )
    sample.add_argument("--count", type=int, default=64, help="how many (default: 64)")
    sample.add_argument("--seed", type=int, default=0, help="seed (default: 0)")
    sample.add_argument(
        "--temperature", type=float, default=1, help="factor of the deviations (default: 1)"
    )
    sample.add_argument(
        "--truncation", type=float, default=1, help="fraction that is kept (default: 1)"
    )
    sample.add_argument("--label", metavar="CLASS", help="name of the class, for --sampler class")
    sample.add_argument("--index", type=int, help="image to draw around, for neighborhood")
    sample.add_argument(
        "--out", type=Path, required=True, help="a .png with the images, or .npz with the codes"
    )


def _add_compare(commands: Commands[argparse.ArgumentParser]) -> None:
    compare = add_command(commands, "compare", "compare the codes of one data set under two models")
    compare.add_argument("model_a", help="id of model A")
    compare.add_argument("model_b", help="id of model B")
    compare.add_argument("--data", metavar="ID", help="data set (default: that of model A)")
    compare.add_argument(
        "--n-neighbors", type=int, default=10, help="size of a neighborhood (default: 10)"
    )
    compare.add_argument(
        "--out", type=Path, help="a .csv to write, with the agreement of each sample"
    )


def _add_analyze(commands: Commands[argparse.ArgumentParser]) -> None:
    analyze = add_command(
        commands, "analyze", "diagnose a model: collapse, holes, overfitting, dimensions"
    )
    analyze.add_argument("model", help="id of a model")
    analyze.add_argument("--json", action="store_true", help="print all measurements as JSON")
    analyze.add_argument(
        "--disentanglement", action="store_true", help="measure MIG, SAP, DCI and more as well"
    )
    analyze.add_argument("--data", metavar="ID", help="data set (default: the model's own)")
    analyze.add_argument(
        "--train-dir",
        type=Path,
        metavar="FOLDER",
        help="folder of the training images, to compare errors on both (default: not compared)",
    )


def _add_uses(commands: Commands[argparse.ArgumentParser]) -> None:
    uses = add_command(commands, "uses", "measure what codes are good for, beside PCA and pixels")
    uses.add_argument("model", help="id of a model")
    uses.add_argument("use", choices=list(USES), help="what to measure")
    uses.add_argument("--data", metavar="ID", help="data set (default: the model's own)")
    uses.add_argument("--foreign", metavar="ID", help="outliers: data set to mix in")
    uses.add_argument(
        "--method",
        help="classify: linear or knn; clusters: kmeans, mixture or hdbscan; more: rocchio or "
        "nearest; denoise: noise, salt-and-pepper, blur or occlusion (default: the first)",
    )
    uses.add_argument("--n-clusters", type=int, help="clusters: how many (default: suggested)")
    uses.add_argument("--min-cluster-size", type=int, default=50, help="of HDBSCAN (default: 50)")
