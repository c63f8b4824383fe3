"""A data set of codes without pictures as the app reads it: codes, names, factors and card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from latent_core import cards
from latent_core.datasets import FACTORS_FILE
from latent_core.factors import write_factors
from latent_core.given import CODES_FILE, NAMES_FILE, pack_codes
from latent_core.values import Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What is shipped.

    Parameters
    ----------
    codes
        ``(N, D)``.
    names
        N of them, or none.
    factors
        What is known of each sample, ``(N,)`` each.
    about
        The card without what is computed here; its ``factors`` say what each means.
    dtype
        What codes are stored in.
    """

    codes: Floats
    names: Sequence[str] = ()
    factors: Mapping[str, Floats] = field(default_factory=dict)
    about: Mapping[str, Any]
    dtype: type[np.floating[Any]] = np.float32


def ship_table(table: Table, folder: Path) -> None:
    """Write the data set into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {CODES_FILE: pack_codes(table.codes, table.dtype)}
    files[FACTORS_FILE] = write_factors(table.factors)
    if table.names:
        files[NAMES_FILE] = "".join(f"{name}\n" for name in table.names).encode()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    digests = {name: cards.sha256_file(folder / name) for name in sorted(files)}
    card = dict(table.about) | {"sha256": digests, "count": len(table.codes)}
    cards.write_json(folder / "card.json", card)
