"""``python -m latent_core``: the command line.

Results go to standard output or to a file; progress goes to standard error.  Invalid input ends
with one sentence and exit code 2.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import latent_core as lc
from latent_core import cli
from latent_core.aliases import COMMANDS, OPTIONS
from latent_core.errors import LatentError

Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse has no public name for it


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    arguments = build_parser().parse_args(_in_current_names(sys.argv[1:] if argv is None else argv))
    try:
        arguments.run(arguments)
    except LatentError as error:
        print(f"latent_core: {error}", file=sys.stderr)
        print(getattr(error, "code", ""), end="", file=sys.stderr)  # lines that export a model
        return 2
    except KeyboardInterrupt:
        print("\nlatent_core: stopped; completed parts are cached.", file=sys.stderr)
        return 130
    return 0


def _in_current_names(argv: Sequence[str]) -> list[str]:
    """The arguments with earlier names replaced, each with a warning on standard error."""
    command, *rest = argv or [""]
    current = [
        COMMANDS.get(command, command),
        *(_current_option(command, argument) for argument in rest),
    ]
    for old, new in zip((command, *rest), current, strict=True):
        if old != new:
            names = [argument.partition("=")[0] for argument in (old, new)]
            print(f"latent_core: {names[0]!r} is now called {names[1]!r}.", file=sys.stderr)
    return current if argv else []


def _current_option(command: str, argument: str) -> str:
    """An argument with its option's current name; some options were renamed in one command only."""
    name, sign, value = argument.partition("=")
    return OPTIONS.get(command, {}).get(name, name) + sign + value


def build_parser() -> argparse.ArgumentParser:
    """The argument parser with all commands."""
    parser = argparse.ArgumentParser(
        "python -m latent_core", description=(lc.__doc__ or "").partition("\n")[0]
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_inference_commands(commands)
    _add_sample(commands)
    _add_compare(commands)
    _add_training_commands(commands)
    _add_maintenance_commands(commands)
    _add_open_data(commands)
    _add_open_model(commands)
    _add_export_bundle(commands)
    return parser


def _add_inference_commands(commands: Commands[argparse.ArgumentParser]) -> None:
    models = _add(commands, "models", "list the models, or print one card")
    models.add_argument("model", nargs="?", help="id of the model whose card to print")
    models.add_argument(
        "--table",
        nargs="?",
        const="markdown",
        choices=["markdown", "csv", "latex"],
        help="print a table of all metrics, by default in Markdown",
    )

    datasets = _add(commands, "datasets", "list the data sets, or rewrite one that ships")
    datasets.add_argument("--convert", metavar="ID", help="write data/ID from idx test files")
    _add_data_dir(datasets)

    encode = _add(commands, "encode", "encode the model's data set, or image files")
    encode.add_argument("model", help="id of a model")
    encode.add_argument(
        "images", nargs="*", type=Path, help="image files or zips; default: the data set"
    )
    encode.add_argument("--out", type=Path, required=True, help="the .npz or .csv to write")

    decode = _add(commands, "decode", "decode codes to a sprite sheet of images")
    decode.add_argument("model", help="id of a model")
    decode.add_argument("codes", type=Path, help="a .npz, .npy or .csv file with codes (N, D)")
    decode.add_argument("--out", type=Path, required=True, help="the .png to write")

    project = _add(commands, "project", "project the codes of a data set to 2 or 3 dimensions")
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


def _add_sample(commands: Commands[argparse.ArgumentParser]) -> None:
    sample = _add(commands, "sample", "draw new codes and decode them")
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
    compare = _add(commands, "compare", "compare the codes of one data set under two models")
    compare.add_argument("model_a", help="id of model A")
    compare.add_argument("model_b", help="id of model B")
    compare.add_argument("--data", metavar="ID", help="data set (default: that of model A)")
    compare.add_argument(
        "--n-neighbors", type=int, default=10, help="size of a neighborhood (default: 10)"
    )
    compare.add_argument(
        "--out", type=Path, help="a .csv to write, with the agreement of each sample"
    )


def _add_training_commands(commands: Commands[argparse.ArgumentParser]) -> None:
    train = _add(commands, "train", "train a model with the configuration on its card")
    train.add_argument("model", help="id of a model")
    train.add_argument(
        "--restart", action="store_true", help="discard the checkpoint and start again"
    )
    train.add_argument("--download", action="store_true", help="download the training set first")
    _add_data_dir(train)

    evaluate = _add(commands, "evaluate", "compute the metrics of models and their baselines")
    evaluate.add_argument("models", nargs="*", metavar="model", help="ids (default: all models)")
    evaluate.add_argument("--write", action="store_true", help="write the metrics to the card")

    _add_analyze(commands)

    network = _add(
        commands, "train-evaluation-network", "train the network that a data set is evaluated with"
    )
    network.add_argument("dataset", help="id of a data set")
    network.add_argument("--epochs", type=int, required=True, help="passes over the images")
    network.add_argument("--seed", type=int, default=0, help="seed (default: 0)")
    _add_data_dir(network)

    realism = _add(commands, "train-realism-network", "train the network that rates decoded images")
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

    replicate = _add(
        commands, "replicate", "retrain with new seeds for the standard deviation of each metric"
    )
    replicate.add_argument("model", help="id of a model")
    replicate.add_argument(
        "--times", type=int, default=2, help="number of new training seeds (default: 2)"
    )
    replicate.add_argument("--write", action="store_true", help="write the metrics to the card")
    _add_data_dir(replicate)


def _add_maintenance_commands(commands: Commands[argparse.ArgumentParser]) -> None:
    torchvision = _add(
        commands, "add-torchvision", "write a card for a pretrained network of torchvision"
    )
    torchvision.add_argument("name", help="e.g. resnet18")
    torchvision.add_argument("--dataset", required=True, help="id of the data set to encode")
    torchvision.add_argument("--download", action="store_true", help="download its weights first")

    export = _add(commands, "export-onnx", "export a model's decoder to decoder.onnx")
    export.add_argument("model", help="id of a model")

    precompute = _add(
        commands, "precompute", "store encodings, errors and projections beside a model"
    )
    precompute.add_argument("model", help="id of a model")

    _add(commands, "upgrade-cards", "rewrite cards of earlier versions in the current schema")

    cache = _add(commands, "cache", "show the size of the cache, verify or clear it")
    cache.add_argument("action", choices=("size", "verify", "clear"))


def _add_analyze(commands: Commands[argparse.ArgumentParser]) -> None:
    analyze = _add(
        commands, "analyze", "diagnose a model: collapse, holes, overfitting, dimensions"
    )
    analyze.add_argument("model", help="id of a model")
    analyze.add_argument("--json", action="store_true", help="print all measurements as JSON")
    analyze.add_argument("--data", metavar="ID", help="data set (default: the model's own)")
    analyze.add_argument(
        "--train-dir",
        type=Path,
        metavar="FOLDER",
        help="folder of the training images, to compare errors on both (default: not compared)",
    )


def _add_open_model(commands: Commands[argparse.ArgumentParser]) -> None:
    model = _add(commands, "open-model", "open your own model: ONNX files, or weights and a class")
    model.add_argument("source", type=Path, help="a folder, zip or file")
    model.add_argument("--data", metavar="ID", help="data set that it was trained for")
    model.add_argument("--title", default="", help="name for people (default: the file's)")
    model.add_argument("--id", help="name of its folder (default: made from the title)")
    model.add_argument("--choice", type=int, help="which reading of its pixels is right")
    model.add_argument("--latent-dim", type=int, help="of a decoder that takes codes of any size")
    model.add_argument(
        "--class",
        dest="module_class",
        metavar="MODULE:CLASS",
        help="PyTorch class of a state dict; its code is run",
    )
    model.add_argument("--arguments", default="{}", metavar="JSON", help="arguments of that class")


def _add_export_bundle(commands: Commands[argparse.ArgumentParser]) -> None:
    bundle = _add(commands, "export-bundle", "write a model with its data as a zip for elsewhere")
    bundle.add_argument("model", help="id of a model")
    bundle.add_argument("--out", type=Path, required=True, help="the .zip to write")


def _add_open_data(commands: Commands[argparse.ArgumentParser]) -> None:
    data = _add(commands, "open-data", "open images or embeddings as a data set of your own")
    data.add_argument("path", help="a folder, an archive, an array or a table")
    data.add_argument("--id", help="its id (default: made of the title)")
    data.add_argument("--title", help="its title (default: made of the path)")
    data.add_argument("--label", metavar="COLUMN", help="column with the classes")
    data.add_argument("--name", metavar="COLUMN", help="column with the names of the samples")
    for option, what in (
        ("--factor", "known numbers beside the code"),
        ("--leave-out", "unused"),
    ):
        data.add_argument(
            option, action="append", default=[], metavar="COLUMN", help=f"{what}; may be repeated"
        )
    data.add_argument(
        "--layout",
        default="auto",
        choices=("auto", "channels first", "channels last"),
        help="where arrays of images have their channels (default: auto)",
    )
    data.add_argument(
        "--max-side", type=int, default=128, help="pixels of the longest side (default: 128)"
    )
    data.add_argument("--dry-run", action="store_true", help="only say what was understood")


def _add(
    commands: Commands[argparse.ArgumentParser], name: str, description: str
) -> argparse.ArgumentParser:
    """Add a command that is run by the function of the same name in `latent_core.cli`."""
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=description, description=description
    )
    parser.set_defaults(run=getattr(cli, name.replace("-", "_")))
    return parser


def _add_data_dir(parser: argparse.ArgumentParser) -> None:
    description = "folder of the training images (default: ./raw)"
    parser.add_argument("--data-dir", type=Path, default=Path("raw"), help=description)


if __name__ == "__main__":
    sys.exit(main())
