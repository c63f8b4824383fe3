"""Download buttons: for codes, and for files that take a while to make."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import streamlit as st

from latent_core.io import export
from latent_core.progress import ProgressCallback
from latent_core.types import Posterior
from ui import session, spaces
from ui.background.jobs import export_jobs
from ui.wording.text import escape_markdown

Files = Mapping[str, tuple[str, Callable[[], bytes]]]
"""By file name: the label of the button, and a function that makes the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFile:
    """A file that takes a while to make.

    Parameters
    ----------
    name, mime
        Its name and type.
    content_key
        Changes with the content.
    make
        Makes it; calls its argument to report progress.
    """

    name: str
    mime: str
    content_key: str
    make: Callable[[ProgressCallback], bytes]


def draw_export_download(file: ExportFile, key: str) -> None:
    """Draw a button that makes `file`, then the progress with a stop button, then the download.

    The server makes one file at a time; a visitor has one of them, and one that is waiting.
    """
    content = _made_file(file)
    if content is not None:
        st.download_button(
            f"Download {escape_markdown(file.name)} ({size_text(len(content))})",
            content,
            file.name,
            file.mime,
            key=f"{key}.download",
            on_click="ignore",
            type="primary",
            width="stretch",
        )
    elif session.recall("export.requested") != file.content_key:
        st.button(
            f"Make {escape_markdown(file.name)}",
            key=f"{key}.make",
            on_click=session.remember,
            args=("export.requested", file.content_key),
            type="primary",
            width="stretch",
        )


def _made_file(file: ExportFile) -> bytes | None:
    """The content of a file that was requested; None, with its progress, until it is made.

    Raises
    ------
    LatentError
        It could not be made.
    """
    made: tuple[str, bytes] | None = session.recall("export.made")
    if made is not None and made[0] == file.content_key:
        return made[1]
    if session.recall("export.requested") != file.content_key:
        return None
    visitor, queue = session.visitor(), export_jobs()
    job = queue.submit(
        f"{visitor} {file.content_key}", visitor, lambda report, _show: file.make(report)
    )
    if not job.wait(visitor, spaces.PATIENCE_S):
        spaces.draw_progress(job, queue)
        return None
    queue.discard(job, visitor)
    session.forget("export.requested")
    if spaces.was_stopped(job):
        return None
    if job.error is not None:
        raise job.error
    content = cast(bytes, job.result)
    session.remember("export.made", (file.content_key, content))
    return content


def size_text(size: float) -> str:
    """Bytes in kB or MB."""
    return f"{size / 1e3:.0f} kB" if size < 1e6 else f"{size / 1e6:.1f} MB"


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
