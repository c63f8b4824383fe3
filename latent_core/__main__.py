"""``python -m latent_core``: the library from a shell.

Results go to standard output or to the file named; progress goes to standard error.  Bad
input ends with one sentence and exit code 2.
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
    """Run one command; gives the exit code."""
    arguments = build_parser().parse_args(_in_current_names(sys.argv[1:] if argv is None else argv))
    try:
        arguments.run(arguments)
    except LatentError as error:
        print(f"latent_core: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nlatent_core: stopped; what was finished is kept.", file=sys.stderr)
        return 130
    return 0


def _in_current_names(argv: Sequence[str]) -> list[str]:
    """The arguments with names of earlier versions replaced, each with a note on standard error."""
    command, *rest = argv or [""]
    named = [COMMANDS.get(command, command), *(_option(command, word) for word in rest)]
    for old, new in zip((command, *rest), named, strict=True):
        if old != new:
            old, new = old.partition("=")[0], new.partition("=")[0]
            print(f"latent_core: {old!r} is now called {new!r}.", file=sys.stderr)
    return named if argv else []


def _option(command: str, word: str) -> str:
    """One argument, its option in the current name; some options were renamed in one command."""
    name, sign, value = word.partition("=")
    return OPTIONS.get(command, {}).get(name, name) + sign + value


def build_parser() -> argparse.ArgumentParser:
    """The command line's grammar."""
    parser = argparse.ArgumentParser("python -m latent_core", description=(lc.__doc__ or "")[:77])
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_reading_commands(commands)
    _add_training_commands(commands)
    _add_maintenance_commands(commands)
    return parser


def _add_reading_commands(commands: Commands[argparse.ArgumentParser]) -> None:
    models = _add(commands, "models", "list the models, or print one card")
    models.add_argument("model", nargs="?")
    models.add_argument("--table", action="store_true", help="as a Markdown table of metrics")

    datasets = _add(commands, "datasets", "list the data sets, or write a shipped one")
    datasets.add_argument("--ship", metavar="ID", help="write data/ID from the idx test files")
    _add_data_dir(datasets)

    encode = _add(commands, "encode", "encode a data set or image files")
    encode.add_argument("model")
    encode.add_argument("images", nargs="*", type=Path, help="files; without any, the data set")
    encode.add_argument("--out", type=Path, required=True, help="the .npz or .csv to write")

    decode = _add(commands, "decode", "decode codes to images")
    decode.add_argument("model")
    decode.add_argument("codes", type=Path, help=".npz, .npy or .csv with codes (N, D)")
    decode.add_argument("--out", type=Path, required=True, help="the .png sprite sheet to write")

    project = _add(commands, "project", "project a data set's codes to 2 or 3 dimensions")
    project.add_argument("model")
    project.add_argument("--method", default="tsne", help="pca, tsne, umap, lle or isomap")
    project.add_argument("--n-components", type=int, default=2, help="2 or 3")
    project.add_argument("--random-state", type=int, default=0, help="seed")
    project.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="e.g. perplexity=50"
    )
    project.add_argument("--out", type=Path, required=True, help="the .npz to write")


def _add_training_commands(commands: Commands[argparse.ArgumentParser]) -> None:
    train = _add(commands, "train", "train a model with the configuration on its card")
    train.add_argument("model")
    train.add_argument("--restart", action="store_true", help="discard an unfinished training")
    train.add_argument("--download", action="store_true", help="fetch the training set first")
    _add_data_dir(train)

    evaluate = _add(commands, "evaluate", "compute a model's metrics beside PCA's")
    evaluate.add_argument("model")
    evaluate.add_argument("--write", action="store_true", help="write the metrics to the card")

    replicate = _add(commands, "replicate", "retrain with new seeds, to get each metric's std")
    replicate.add_argument("model")
    replicate.add_argument("--times", type=int, default=2, help="further trainings (default: 2)")
    replicate.add_argument("--write", action="store_true", help="write the metrics to the card")
    _add_data_dir(replicate)


def _add_maintenance_commands(commands: Commands[argparse.ArgumentParser]) -> None:
    torchvision = _add(commands, "add-torchvision", "write a card for a network of torchvision")
    torchvision.add_argument("name", help="e.g. resnet18")
    torchvision.add_argument("--dataset", required=True)
    torchvision.add_argument("--download", action="store_true", help="fetch its weights first")

    export = _add(commands, "export-onnx", "write a model's decoder.onnx from its weights")
    export.add_argument("model")

    precompute = _add(commands, "precompute", "store a model's encodings and maps beside it")
    precompute.add_argument("model")

    _add(commands, "upgrade-cards", "rewrite cards of earlier versions in the current schema")

    cache = _add(commands, "cache", "the cache of results")
    cache.add_argument("action", choices=("size", "verify", "clear"))


def _add(
    commands: Commands[argparse.ArgumentParser], name: str, words: str
) -> argparse.ArgumentParser:
    """A command, which the function of its name in `cli` runs."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=words, description=words)
    parser.set_defaults(run=getattr(cli, name.replace("-", "_")))
    return parser


def _add_data_dir(parser: argparse.ArgumentParser) -> None:
    words = "folder with the training images (default: ./raw)"
    parser.add_argument("--data-dir", type=Path, default=Path("raw"), help=words)


if __name__ == "__main__":
    sys.exit(main())
