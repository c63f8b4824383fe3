"""A data set of precomputed codes without images: codes, names, factors and card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from latent_core import card_files
from latent_core.datasets.dataset import FACTORS_FILE
from latent_core.datasets.factors import write_factors
from latent_core.datasets.precomputed import CODES_FILE, NAMES_FILE, pack_codes
from latent_core.datasets.splits import SPLIT
from latent_core.files import write_file
from latent_core.types import Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeTable:
    """Codes of N samples and what is known about them.

    Parameters
    ----------
    codes
        ``(N, D)``.
    names
        One per sample, or empty.
    factors
        ``(N,)`` each.
    card
        The card's fields except checksums and count; its ``factors`` describe each factor.
    dtype
        The type in which codes are stored.
    """

    codes: Floats
    names: Sequence[str] = ()
    factors: Mapping[str, Floats] = field(default_factory=dict)
    card: Mapping[str, Any]
    dtype: type[np.floating[Any]] = np.float32


def publish_table(table: CodeTable, folder: Path) -> None:
    """Write the data set into `folder` in the format the app reads."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {CODES_FILE: pack_codes(table.codes, table.dtype)}
    files[FACTORS_FILE] = write_factors(table.factors)
    if table.names:
        files[NAMES_FILE] = "".join(f"{name}\n" for name in table.names).encode()
    for name, data in files.items():
        write_file(folder / name, data)
    checksums = {name: card_files.sha256_file(folder / name) for name in sorted(files)}
    card = dict(table.card) | {"sha256": checksums, "count": len(table.codes)}
    card["split"] = SPLIT
    card_files.write_card(folder / "card.json", card)
