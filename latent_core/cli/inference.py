"""Commands that encode, decode and project."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

import latent_core as lc
from latent_core.cli.common import output_path, read_file, reporter
from latent_core.errors import InvalidInputError
from latent_core.files import write_file
from latent_core.types import to_uint8
from latent_core.untrusted import parse_json

if TYPE_CHECKING:
    from latent_core.models.model import LatentModel
    from latent_core.projection import ProjectionMethod
    from latent_core.types import Posterior


def encode(arguments: argparse.Namespace) -> None:
    from latent_core.io.export import codes_csv, codes_npz, metadata_columns

    out, model = output_path(arguments.out, ".npz", ".csv"), lc.load_model(arguments.model)
    metadata = {}
    if arguments.images:
        names, posterior = _encode_files(model, arguments.images)
    else:
        data = lc.load_dataset(model.card.dataset)
        encodings = lc.encode(model, data, progress=reporter())
        posterior = lc.Posterior(mean=encodings.mean, log_var=encodings.log_var)
        sample_names = data.precomputed.names if data.precomputed else ()
        names = list(sample_names) or [str(index) for index in range(len(data))]
        metadata = metadata_columns(data, np.arange(len(data)))
    is_csv = out.suffix == ".csv"
    write_file(
        out, codes_csv(names, posterior, metadata) if is_csv else codes_npz(names, posterior)
    )


def _encode_files(model: LatentModel, paths: list[Path]) -> tuple[list[str], Posterior]:
    from latent_core.io.uploads import RejectedFile, UploadLimits
    from latent_core.workspace import load_uploads

    images, names = [], []
    for item in load_uploads(
        model, [(str(path), read_file(path)) for path in paths], UploadLimits.from_env()
    ):
        if isinstance(item, RejectedFile):
            print(f"{item.name}: {item.reason}", file=sys.stderr)
        else:
            names.append(item[0].name)
            images.append(item[1].image)
    if not images:
        raise InvalidInputError("None of these files is a readable image; give at least one.")
    return names, model.encode(np.stack(images))


def decode(arguments: argparse.Namespace) -> None:
    from latent_core.io.code_files import read_codes
    from latent_core.io.sprite_sheet import pack_sprite_sheet

    out, model = output_path(arguments.out, ".png"), lc.load_model(arguments.model)
    codes = read_codes(arguments.codes.name, read_file(arguments.codes), model.card.latent_dim)
    images = to_uint8(model.decode(codes))
    if model.output_notice is not None:
        print(model.output_notice, file=sys.stderr)
    write_file(out, pack_sprite_sheet(images, min(len(images), 32)))


def project(arguments: argparse.Namespace) -> None:
    from latent_core.io.export import npz

    out, method = output_path(arguments.out, ".npz"), _projection_method(arguments)
    model, report = lc.load_model(arguments.model), reporter()
    encodings = lc.encode(model, lc.load_dataset(model.card.dataset), progress=report)
    projection = lc.project(encodings, method, progress=report)
    write_file(out, npz({"points": projection.points}))
    if (quality := projection.quality) is not None:
        print(f"trustworthiness {quality} at k = {quality.n_neighbors}")


def _projection_method(arguments: argparse.Namespace) -> ProjectionMethod:
    from latent_core.projection import method_from_dict

    fields = {
        "method": arguments.method,
        "n_components": arguments.n_components,
        "random_state": arguments.random_state,
    }
    for pair in arguments.set:
        name, sign, value = pair.partition("=")
        if not sign:
            raise InvalidInputError(f"--set must be NAME=VALUE, not {pair!r}, e.g. perplexity=50.")
        try:
            fields[name] = parse_json(value)
        except ValueError:
            fields[name] = value
    return method_from_dict(fields)
