"""Commands that open one's own models."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from latent_core.cli.common import output_path, read_file, reporter
from latent_core.errors import InvalidInputError
from latent_core.files import write_file
from latent_core.untrusted import parse_json, reading


def open_model(arguments: argparse.Namespace) -> None:
    from latent_core.opening.bundles import import_bundle, is_bundle
    from latent_core.opening.ids import on_taken_title
    from latent_core.opening.models.inspection import inspect_model, undecided
    from latent_core.opening.models.sources import read_files

    if arguments.source.is_file() and is_bundle(content := read_file(arguments.source)):
        print(f"opened as {import_bundle(content)!r}")
        return
    datasets = None if arguments.data is None else [arguments.data]
    files = read_files(arguments.source)
    if arguments.module_class:
        from latent_core.opening.models.pytorch.class_loader import graphs_of_class

        files, notes = graphs_of_class(
            files,
            arguments.module_class,
            _options(arguments.arguments),
            datasets=datasets,
            latent_dim=arguments.latent_dim,
        )
        print(*notes, sep="\n" if notes else "", end="\n" if notes else "")
    draft = inspect_model(
        files, datasets=datasets, latent_dim=arguments.latent_dim, progress=reporter()
    )
    for sentence in (*draft.notes, *draft.probe.warnings):
        print(sentence)
    for number, hypothesis in enumerate(draft.probe.hypotheses[:5]):
        print(f"{number}: {hypothesis.summary}")
    print(f"mean image: error {draft.probe.error_of_mean_image:.5g}")
    choice = arguments.choice
    if choice is None and not draft.probe.is_decided:
        raise InvalidInputError(undecided(draft.probe))
    if not 0 <= (choice or 0) < len(draft.probe.hypotheses):
        raise InvalidInputError(f"--choice must be 0 to {len(draft.probe.hypotheses) - 1}.")
    title = arguments.title or Path(arguments.source).stem
    if not arguments.id and (sentence := on_taken_title(title, "model")):
        print(sentence)
    model_id = draft.save(title, model_id=arguments.id, choice=choice or 0)
    print(f"opened as {model_id!r}, of {draft.dataset_id!r}")


def export_bundle(arguments: argparse.Namespace) -> None:
    from latent_core.opening.bundles import export_bundle as bundle_of

    path = output_path(arguments.out, ".zip")
    write_file(path, bundle_of(arguments.model))
    print(f"{path}: {path.stat().st_size / 2**20:.1f} MiB")


def _options(text: str) -> dict[str, Any]:
    with reading("--arguments cannot be read", 'write {"latent_dim": 16}', InvalidInputError):
        options = parse_json(text)
        if not isinstance(options, dict):
            raise InvalidInputError(f"it is {json.dumps(options)[:40]} and no object")
    return options
