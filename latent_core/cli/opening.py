"""Commands that open what other programs wrote."""

from __future__ import annotations

import argparse
import sys

from latent_core.cli.common import reporter
from latent_core.progress import subprogress


def open_data(arguments: argparse.Namespace) -> None:
    from latent_core.opening.datasets import inspect_dataset
    from latent_core.opening.datasets.columns import Role
    from latent_core.opening.datasets.refusals import RefusedDataError

    report = reporter()
    try:
        draft = inspect_dataset(
            arguments.path,
            layout=arguments.layout,
            max_side=arguments.max_side,
            composite=arguments.composite,
            progress=subprogress(report, 0.0, 0.5),
        )
    except RefusedDataError as error:
        print(error.code)
        raise
    roles: dict[str, Role] = dict.fromkeys(arguments.leave_out, "left out")
    roles |= dict.fromkeys(arguments.factor, "factor")
    roles |= {arguments.name: "name"} if arguments.name else {}
    roles |= {arguments.label: "label"} if arguments.label else {}
    draft = draft.with_roles(roles)
    contents = draft.contents()
    for sentence in (*draft.findings, *contents.findings):
        print(sentence)
    for sentence in (*draft.warnings, *contents.warnings):
        print(f"warning: {sentence}", file=sys.stderr)
    for column in draft.columns[:20]:
        print(f"column {column.name!r} ({column.type}): {column.role}")
    if arguments.dry_run:
        return
    data = draft.save(arguments.id, arguments.title, progress=subprogress(report, 0.5, 1.0))
    print(f"data set {data.id!r}: the app shows it, and lc.load_dataset({data.id!r}) gives it")
