"""The command that draws new codes and decodes them."""

from __future__ import annotations

import argparse
import sys

import latent_core as lc
from latent_core.cli.common import output_path, reporter
from latent_core.errors import InvalidInputError, UnknownNameError
from latent_core.files import write_file
from latent_core.types import Dataset, to_uint8

MAX_COUNT = 100_000


def sample(arguments: argparse.Namespace) -> None:
    from latent_core.io.export import npz
    from latent_core.io.sprite_sheet import pack_sprite_sheet

    out = output_path(arguments.out, ".png", ".npz")
    if not 1 <= arguments.count <= MAX_COUNT:
        raise InvalidInputError(f"--count must be from 1 to {MAX_COUNT:,}, not {arguments.count}.")
    model = lc.load_model(arguments.model)
    if out.suffix == ".png" and not model.card.decodes:
        raise InvalidInputError(
            f"{arguments.model!r} has no decoder, so its codes are no images; write them with "
            "--out codes.npz."
        )
    data, report = lc.load_dataset(model.card.dataset), reporter()
    codes = lc.sample(
        lc.encode(model, data, progress=report),
        arguments.count,
        arguments.sampler,
        random_state=arguments.seed,
        temperature=arguments.temperature,
        truncation=arguments.truncation,
        progress=report,
        **_parameters(arguments, data),
    )
    if out.suffix == ".npz":
        write_file(out, npz({"codes": codes}))
        return
    images = to_uint8(model.decode(codes))
    if model.output_notice is not None:
        print(model.output_notice, file=sys.stderr)
    write_file(out, pack_sprite_sheet(images, columns=_columns(arguments.count)))


def _columns(count: int) -> int:
    """Of a sheet that is about square, 32 at most."""
    return min(32, int(count**0.5 + 0.999))


def _parameters(arguments: argparse.Namespace, data: Dataset) -> dict[str, int]:
    """The parameters of the sampler that were given; a class by its name."""
    parameters: dict[str, int] = {}
    if arguments.label is not None:
        if arguments.label not in data.class_names:
            raise UnknownNameError("class", arguments.label, data.class_names)
        parameters["label"] = data.class_names.index(arguments.label)
    if arguments.index is not None:
        parameters["index"] = arguments.index
    return parameters
