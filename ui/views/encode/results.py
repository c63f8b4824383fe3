"""Results of an upload: preprocessing steps, point on the map, nearest images, downloads."""

from __future__ import annotations

import html
from dataclasses import dataclass

import numpy as np
import streamlit as st

from latent_core.analysis.sample_report import SampleReport
from latent_core.io import export
from latent_core.preprocessing.config import STEPS, PreprocessedImage
from latent_core.projection import Projection
from latent_core.types import Posterior
from ui import presenters, session
from ui.components.map import Mark, draw_map
from ui.downloads import draw_downloads
from ui.images import data_url, pixels_url
from ui.point_colors import color_of, default_color, label_colors
from ui.spaces import Space
from ui.visitor import tray
from ui.wording.text import escape_markdown

FIXED_STEPS = ("color",)


@dataclass(frozen=True, slots=True, kw_only=True)
class EncodedUpload:
    """An uploaded image, preprocessed, encoded and decoded.

    Parameters
    ----------
    name, preview
        The file's name, and its image as a ``data:`` URL.
    preprocessed, report
        The model input, and the report on its code and reconstruction.
    stopped
        Whether an inversion was stopped before its end.
    previous
        The upload before its code was refined; None if it never was.
    """

    name: str
    preview: str
    preprocessed: PreprocessedImage
    report: SampleReport
    stopped: bool = False
    previous: EncodedUpload | None = None


_STEP_TITLES = {name: name.replace("_", " ").capitalize() for name in STEPS} | {
    "exif_orientation": "EXIF orientation"
}


def draw_results(
    space: Space, projection: Projection | None, shown: EncodedUpload, uploads: list[EncodedUpload]
) -> None:
    """Draw preprocessing steps, point on the map, nearest images and downloads."""
    left, middle, right = st.columns([1.25, 1.35, 0.9], gap="medium")
    with left:
        _draw_steps(shown)
    with middle:
        _draw_position(space, projection, uploads)
    with right:
        _draw_nearest(space, shown)
        _draw_save_buttons(space, shown, uploads)


def enabled_steps() -> dict[str, bool]:
    """Whether each preprocessing step that can be switched off is enabled."""
    switches: dict[str, bool] = session.recall("switches", {})
    return {name: switches.get(name, True) for name in STEPS if name not in FIXED_STEPS}


def _draw_steps(shown: EncodedUpload) -> None:
    st.subheader("Preprocessing, step by step", anchor=False)
    if shown.preprocessed.notice:
        st.info(escape_markdown(shown.preprocessed.notice), icon=":material/info:")
    switches = enabled_steps()
    for step in shown.preprocessed.steps:
        left, right = st.columns([1, 4.2], vertical_alignment="center")
        left.html(f'<img class="ls-step" alt="" src="{pixels_url(step.image)}">', width="content")
        on = right.toggle(
            f"**{_STEP_TITLES[step.name]}**",
            value=switches.get(step.name, True),
            key=f"encode.step.{step.name}",
            disabled=step.name in FIXED_STEPS,
        )
        right.caption(escape_markdown(step.reason))
        if step.name in switches and on != switches[step.name]:
            session.remember("switches", switches | {step.name: on})
            st.rerun(scope="fragment")


def _draw_position(
    space: Space, projection: Projection | None, uploads: list[EncodedUpload]
) -> None:
    st.subheader("Where it lands", anchor=False)
    if projection is None:
        st.caption("There is no map yet.")
        return
    codes = np.stack([upload.report.code for upload in uploads[:64]])
    names = [upload.name if len(uploads) > 1 else "your image" for upload in uploads]
    marks = [
        Mark(position=point, label=name)
        for point, name in zip(projection.transform(codes), names, strict=False)
    ]
    draw_map(
        key="encode.map",
        points=projection.points,
        fingerprint=projection.fingerprint,
        color=color_of(space, default_color(space)),
        labels=label_colors(space),
        sheet=presenters.image_sheet(space),
        marks=marks,
        toolbar=False,
        height=290,
    )


def _draw_nearest(space: Space, shown: EncodedUpload) -> None:
    st.subheader("Nearest images", anchor=False)
    report = shown.report
    tiles = "".join(
        f'<figure><img alt="" src="{data_url(space.data.images(slice(i, i + 1))[0])}">'
        f"<figcaption>{html.escape(space.data.label(i))}</figcaption></figure>"
        for i in (int(i) for i in report.neighbors)
    )
    st.html(f'<div class="ls-nearest">{tiles}</div>')


def _draw_save_buttons(space: Space, shown: EncodedUpload, uploads: list[EncodedUpload]) -> None:
    """Draw the buttons that add the image to the tray and download files."""
    report = shown.report
    there = tray.contains(space.model.card.id, report.code)
    label = "In the tray" if there else "Add to tray"
    if st.button(label, key="encode.tray", disabled=there, type="primary", width="stretch"):
        item = tray.TrayItem(
            image=data_url(report.image),
            label=shown.name,
            model_id=space.model.card.id,
            code=report.code,
        )
        tray.add(item)
        st.rerun()
    with st.popover("Download", icon=":material/download:", width="stretch"):
        _draw_downloads(uploads)


def _draw_downloads(uploads: list[EncodedUpload]) -> None:
    names = [upload.name for upload in uploads]
    log_vars = [upload.report.log_var for upload in uploads if upload.report.log_var is not None]
    posterior = Posterior(
        mean=np.stack([upload.report.code for upload in uploads]),
        log_var=np.stack(log_vars) if len(log_vars) == len(uploads) else None,
    )
    images_file = (
        "Reconstructions, zip of PNG",
        lambda: export.images_zip(np.stack([upload.report.reconstruction for upload in uploads])),
    )
    draw_downloads("encode", names, posterior, {"reconstructions.zip": images_file})
