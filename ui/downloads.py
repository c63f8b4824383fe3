"""Download buttons for codes."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import cast

import streamlit as st

from latent_core.io import export
from latent_core.types import Posterior
from ui.jobs import export_jobs

Files = Mapping[str, tuple[str, Callable[[], bytes]]]
"""By file name: the label of the button, and a function that makes the file."""


MAX_WAIT_S = 600.0
"""How long a download may wait for its turn and its file."""


def make_in_turn(make: Callable[[], bytes], visitor: str) -> bytes:
    """The bytes of a file; the server makes one at a time, and keeps one of each visitor waiting.

    Raises
    ------
    LatentError
        Another download of the visitor replaced this one, or `make` failed.
    """
    queue = export_jobs()
    job = queue.submit(f"{visitor} {uuid.uuid4().hex}", visitor, lambda _report, _show: make())
    job.wait(visitor, MAX_WAIT_S)
    queue.discard(job, visitor)
    if job.error is not None:
        raise job.error
    return cast(bytes, job.result)


def draw_downloads(
    page: str, names: Sequence[str], posterior: Posterior, extra_files: Files | None = None
) -> None:
    """Draw a download button per file format; the file is made when the button is clicked.

    Parameters
    ----------
    page
        Prefix of the buttons' keys.
    names, posterior
        Names and codes ``(N, D)`` of the images.
    extra_files
        More files to offer.
    """
    files: dict[str, tuple[str, Callable[[], bytes]]] = {
        "codes.npz": ("Codes, NumPy", lambda: export.codes_npz(names, posterior)),
        "codes.csv": ("Codes, CSV", lambda: export.codes_csv(names, posterior)),
        "codes.parquet": ("Codes, Parquet", lambda: export.codes_parquet(names, posterior)),
        **(extra_files or {}),
    }
    for file_name, (label, make) in files.items():
        st.download_button(
            label,
            make,
            file_name,
            key=f"{page}.download.{file_name}",
            on_click="ignore",
            width="stretch",
        )
