"""Codes to take home as files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from latent_core.io import export
from latent_core.types import Posterior

Files = Mapping[str, tuple[str, Callable[[], bytes]]]
"""By file name: what the button says, and what makes the file."""


def draw_downloads(
    page: str, names: Sequence[str], posterior: Posterior, others: Files | None = None
) -> None:
    """A button for each kind of file, made when it is clicked.

    Parameters
    ----------
    page
        Begins the buttons' keys.
    names, posterior
        Of what is taken home.
    others
        Further files.
    """
    files: dict[str, tuple[str, Callable[[], bytes]]] = {
        "codes.npz": ("Codes, NumPy", lambda: export.codes_npz(names, posterior)),
        "codes.csv": ("Codes, CSV", lambda: export.codes_csv(names, posterior)),
        "codes.parquet": ("Codes, Parquet", lambda: export.codes_parquet(names, posterior)),
        **(others or {}),
    }
    for file_name, (words, make) in files.items():
        st.download_button(
            words,
            make,
            file_name,
            key=f"{page}.get.{file_name}",
            on_click="ignore",
            width="stretch",
        )
