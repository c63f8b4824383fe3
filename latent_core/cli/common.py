"""What commands share: subparsers, progress on standard error, and checked paths."""

from __future__ import annotations

import argparse
import sys
import time
from importlib import import_module
from pathlib import Path

from latent_core.errors import InvalidInputError
from latent_core.files import read_regular_file
from latent_core.progress import ProgressCallback

Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse has no public name for it


def add_command(
    commands: Commands[argparse.ArgumentParser], name: str, description: str
) -> argparse.ArgumentParser:
    """Add a command that is run by the function of the same name in `latent_core.cli`."""
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=description, description=description
    )
    parser.set_defaults(run=getattr(import_module("latent_core.cli"), name.replace("-", "_")))
    return parser


def reporter() -> ProgressCallback:
    """Progress as one line on standard error, at most ten times a second."""
    out = sys.stderr
    last_report_s = [0.0]

    def report(fraction: float, message: str) -> None:
        now = time.monotonic()
        if now - last_report_s[0] < 0.1 and fraction < 1:
            return
        last_report_s[0] = now
        end = "\r" if out.isatty() and fraction < 1 else "\n"
        if out.isatty() or fraction >= 1 or int(now) % 10 == 0:
            print(f"{fraction:6.1%}  {message[:68]:68}", end=end, file=out, flush=True)

    return report


def read_file(path: Path) -> bytes:
    """The content of a file named on the command line."""
    try:
        return read_regular_file(path)
    except OSError as error:
        raise InvalidInputError(
            f"{path} cannot be read ({error.strerror or error}); give a readable file."
        ) from error


def output_path(path: Path, *suffixes: str) -> Path:
    """The path of ``--out``, if its suffix is one of `suffixes` and its folder exists."""
    if path.suffix not in suffixes:
        raise InvalidInputError(f"--out must end in {' or '.join(suffixes)}, not {path.name!r}.")
    if not path.parent.is_dir():
        raise InvalidInputError(f"The folder {path.parent} does not exist; create it first.")
    return path
