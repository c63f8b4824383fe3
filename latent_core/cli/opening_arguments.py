"""Arguments of the commands that open and pass on models and data of one's own."""

from __future__ import annotations

import argparse
from pathlib import Path

from latent_core.cli.common import Commands, add_command


def add_opening_commands(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the commands of this module."""
    _add_open_data(commands)
    _add_open_model(commands)
    _add_export_bundle(commands)


def _add_open_model(commands: Commands[argparse.ArgumentParser]) -> None:
    model = add_command(
        commands, "open-model", "open your own model: ONNX files, or weights and a class"
    )
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
    bundle = add_command(
        commands, "export-bundle", "write a model with its data as a zip for elsewhere"
    )
    bundle.add_argument("model", help="id of a model")
    bundle.add_argument("--out", type=Path, required=True, help="the .zip to write")


def _add_open_data(commands: Commands[argparse.ArgumentParser]) -> None:
    data = add_command(commands, "open-data", "open images or embeddings as a data set of your own")
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
        "--composite",
        default="auto",
        choices=("auto", "over white", "first three", "red and green", "mean"),
        help="how 2, 4 or more channels are shown (default: auto)",
    )
    data.add_argument(
        "--max-side", type=int, default=128, help="pixels of the longest side (default: 128)"
    )
    data.add_argument("--dry-run", action="store_true", help="only say what was understood")
