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
from latent_core.errors import LatentError


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code."""
    arguments = build_parser().parse_args(argv)
    try:
        arguments.run(arguments)
    except LatentError as error:
        print(f"latent_core: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nlatent_core: stopped; what was finished is kept.", file=sys.stderr)
        return 130
    return 0


def build_parser() -> argparse.ArgumentParser:
    """The command line's grammar."""
    parser = argparse.ArgumentParser("python -m latent_core", description=(lc.__doc__ or "")[:77])
    verbs = parser.add_subparsers(required=True, metavar="COMMAND")

    models = _add(verbs, "models", "list the models, or show one card")
    models.add_argument("model", nargs="?")
    models.add_argument("--table", action="store_true", help="as the table of the README")

    datasets = _add(verbs, "datasets", "list the data sets, or make a shipped one")
    datasets.add_argument("--ship", metavar="ID", help="make data/ID from the idx test files")
    _data_dir(datasets)

    encode = _add(verbs, "encode", "codes of a data set or of picture files")
    encode.add_argument("model")
    encode.add_argument("pictures", nargs="*", type=Path, help="files; without any, the data set")
    encode.add_argument("--out", type=Path, required=True, help="the .npz or .csv to write")

    decode = _add(verbs, "decode", "pictures of codes")
    decode.add_argument("model")
    decode.add_argument("codes", type=Path, help=".npz, .npy or .csv with codes (N, D)")
    decode.add_argument("--out", type=Path, required=True, help="the .png sheet to write")

    project = _add(verbs, "project", "a map of a data set's codes")
    project.add_argument("model")
    project.add_argument("--method", default="tsne", help="pca, tsne, umap, lle or isomap")
    project.add_argument("--dims", type=int, default=2, help="2 or 3")
    project.add_argument("--seed", type=int, default=0)
    project.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="e.g. perplexity=50"
    )
    project.add_argument("--out", type=Path, required=True, help="the .npz to write")

    train = _add(verbs, "train", "train a model by the recipe on its card")
    train.add_argument("model")
    train.add_argument("--fresh", action="store_true", help="forget an interrupted training")
    train.add_argument("--download", action="store_true", help="fetch the training set first")
    _data_dir(train)

    evaluate = _add(verbs, "evaluate", "measure a model beside PCA")
    evaluate.add_argument("model")
    evaluate.add_argument("--write", action="store_true", help="put the figures on the card")

    again = _add(verbs, "again", "train anew from other seeds and see what swings")
    again.add_argument("model")
    again.add_argument("--times", type=int, default=2, help="further trainings (default: 2)")
    again.add_argument("--write", action="store_true", help="put the figures on the card")
    _data_dir(again)

    backbone = _add(verbs, "backbone", "a card for a network that torchvision has")
    backbone.add_argument("name", help="e.g. resnet18")
    backbone.add_argument("--dataset", required=True)
    backbone.add_argument("--download", action="store_true", help="fetch its weights first")

    export = _add(verbs, "export", "make a model's decoder.onnx from its weights")
    export.add_argument("model")

    ship = _add(verbs, "ship", "lay encodings and maps beside a model")
    ship.add_argument("model")

    cache = _add(verbs, "cache", "the store of results")
    cache.add_argument("action", choices=("size", "verify", "clear"))
    return parser


def _add(
    verbs: argparse._SubParsersAction[argparse.ArgumentParser], name: str, words: str
) -> argparse.ArgumentParser:
    """A command, which the function of its name in `commands` runs."""
    parser: argparse.ArgumentParser = verbs.add_parser(name, help=words, description=words)
    parser.set_defaults(run=getattr(cli, name))
    return parser


def _data_dir(parser: argparse.ArgumentParser) -> None:
    words = "folder with the training pictures (default: ./raw)"
    parser.add_argument("--data-dir", type=Path, default=Path("raw"), help=words)


if __name__ == "__main__":
    sys.exit(main())
