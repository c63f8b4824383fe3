"""The argument parser of ``python -m latent_core``."""

from __future__ import annotations

import argparse
from pathlib import Path

import latent_core as lc
from latent_core.cli.analysis_arguments import add_analysis_commands
from latent_core.cli.common import Commands, add_command
from latent_core.cli.opening_arguments import add_opening_commands


def build_parser() -> argparse.ArgumentParser:
    """The argument parser with all commands."""
    parser = argparse.ArgumentParser(
        "python -m latent_core", description=(lc.__doc__ or "").partition("\n")[0]
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_inference_commands(commands)
    add_analysis_commands(commands)
    _add_training_commands(commands)
    _add_maintenance_commands(commands)
    add_opening_commands(commands)
    return parser


def _add_inference_commands(commands: Commands[argparse.ArgumentParser]) -> None:
    models = add_command(commands, "models", "list the models, or print one card")
    models.add_argument("model", nargs="?", help="id of the model whose card to print")
    models.add_argument(
        "--table",
        nargs="?",
        const="markdown",
        choices=["markdown", "csv", "latex"],
        help="print a table of all metrics, by default in Markdown",
    )

    datasets = add_command(commands, "datasets", "list the data sets, or rewrite one that ships")
    datasets.add_argument("--convert", metavar="ID", help="write data/ID from idx test files")
    _add_data_dir(datasets)

    encode = add_command(commands, "encode", "encode the model's data set, or image files")
    encode.add_argument("model", help="id of a model")
    encode.add_argument(
        "images", nargs="*", type=Path, help="image files or zips; default: the data set"
    )
    encode.add_argument("--out", type=Path, required=True, help="the .npz or .csv to write")

    decode = add_command(commands, "decode", "decode codes to a sprite sheet of images")
    decode.add_argument("model", help="id of a model")
    decode.add_argument("codes", type=Path, help="a .npz, .npy or .csv file with codes (N, D)")
    decode.add_argument("--out", type=Path, required=True, help="the .png to write")

    project = add_command(
        commands, "project", "project the codes of a data set to 2 or 3 dimensions"
    )
    project.add_argument("model", help="id of a model")
    project.add_argument(
        "--method", default="tsne", help="pca, tsne, umap, lle or isomap (default: tsne)"
    )
    project.add_argument("--n-components", type=int, default=2, help="2 or 3 (default: 2)")
    project.add_argument("--random-state", type=int, default=0, help="seed (default: 0)")
    project.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a parameter, e.g. perplexity=50",
    )
    project.add_argument("--out", type=Path, required=True, help="the .npz to write")


def _add_training_commands(commands: Commands[argparse.ArgumentParser]) -> None:
    train = add_command(commands, "train", "train a model with the configuration on its card")
    train.add_argument("model", help="id of a model")
    train.add_argument(
        "--restart", action="store_true", help="discard the checkpoint and start again"
    )
    train.add_argument("--download", action="store_true", help="download the training set first")
    _add_data_dir(train)

    evaluate = add_command(
        commands, "evaluate", "compute the metrics of models and their baselines"
    )
    evaluate.add_argument("models", nargs="*", metavar="model", help="ids (default: all models)")
    evaluate.add_argument("--write", action="store_true", help="write the metrics to the card")

    network = add_command(
        commands, "train-evaluation-network", "train the network that a data set is evaluated with"
    )
    network.add_argument("dataset", help="id of a data set")
    network.add_argument("--epochs", type=int, required=True, help="passes over the images")
    network.add_argument("--seed", type=int, default=0, help="seed (default: 0)")
    _add_data_dir(network)

    realism = add_command(
        commands, "train-realism-network", "train the network that rates decoded images"
    )
    realism.add_argument("dataset", help="id of a data set")
    realism.add_argument(
        "--architecture",
        default="patches",
        choices=("patches", "convolutional"),
        help="patches (default) or convolutional",
    )
    realism.add_argument(
        "--steps", type=int, default=1000, help="of a convolutional network (default: 1000)"
    )
    realism.add_argument("--classifier", help="id of a classifier that labels decoded images")
    realism.add_argument(
        "--rates", nargs="+", default=(), metavar="ID", help="models that it rates (default: all)"
    )
    realism.add_argument("--seed", type=int, default=0, help="seed (default: 0)")

    replicate = add_command(
        commands, "replicate", "retrain with new seeds for the standard deviation of each metric"
    )
    replicate.add_argument("model", help="id of a model")
    replicate.add_argument(
        "--times", type=int, default=2, help="number of new training seeds (default: 2)"
    )
    replicate.add_argument("--write", action="store_true", help="write the metrics to the card")
    _add_data_dir(replicate)


def _add_maintenance_commands(commands: Commands[argparse.ArgumentParser]) -> None:
    torchvision = add_command(
        commands, "add-torchvision", "write a card for a pretrained network of torchvision"
    )
    torchvision.add_argument("name", help="e.g. resnet18")
    torchvision.add_argument("--dataset", required=True, help="id of the data set to encode")
    torchvision.add_argument("--download", action="store_true", help="download its weights first")

    export = add_command(commands, "export-onnx", "export a model's decoder to decoder.onnx")
    export.add_argument("model", help="id of a model")

    precompute = add_command(
        commands, "precompute", "store encodings, errors, mixture and projections beside a model"
    )
    precompute.add_argument("model", help="id of a model")
    precompute.add_argument(
        "--mixture-only",
        action="store_true",
        help="add the Gaussian mixture of the stored codes, and keep what is stored",
    )

    add_command(
        commands, "upgrade-cards", "rewrite cards of earlier versions in the current schema"
    )

    cache = add_command(commands, "cache", "show the size of the cache, verify or clear it")
    cache.add_argument("action", choices=("size", "verify", "clear"))


def _add_data_dir(parser: argparse.ArgumentParser) -> None:
    description = "folder of the training images (default: ./raw)"
    parser.add_argument("--data-dir", type=Path, default=Path("raw"), help=description)
