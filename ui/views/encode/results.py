"""What came of a visitor's picture: its preparation, its place, its neighbours, its files."""

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
from ui.images import array_url, data_url
from ui.point_colors import colour_of, labels_of, usual_colour
from ui.spaces import Space

FIXED_STEPS = ("color",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Traveller:
    """One picture of the visitor's, prepared, encoded and decoded.

    Parameters
    ----------
    name, source
        The file's name, and its picture as an address.
    prepared, details
        What the model sees, and all about it.
    stopped
        Whether a search for its code was stopped before its end.
    before
        What it was before a nearer code was searched for; None where none was.
    """

    name: str
    source: str
    prepared: PreprocessedImage
    details: SampleReport
    stopped: bool = False
    before: Traveller | None = None


def draw_findings(
    space: Space, made: Projection | None, shown: Traveller, travellers: list[Traveller]
) -> None:
    """How it was prepared, what is near, where it lies, and what to take along."""
    left, middle, right = st.columns([1.25, 1.35, 0.9], gap="medium")
    with left:
        _draw_steps(shown)
    with middle:
        _draw_place(space, made, travellers)
    with right:
        _draw_nearest(space, shown)
        _draw_taking(space, shown, travellers)


def switches_now() -> dict[str, bool]:
    switches: dict[str, bool] = session.recall("switches", {})
    return {name: switches.get(name, True) for name in STEPS if name not in FIXED_STEPS}


def _draw_steps(shown: Traveller) -> None:
    st.subheader("What the model sees, step by step", anchor=False)
    if shown.prepared.notice:
        st.info(shown.prepared.notice, icon=":material/info:")
    switches = switches_now()
    for step in shown.prepared.steps:
        picture, words = st.columns([1, 4.2], vertical_alignment="center")
        picture.html(f'<img class="ls-step" alt="" src="{array_url(step.image)}">', width="content")
        on = words.toggle(
            f"**{step.name}** · {_plain(step.reason)}",
            value=switches.get(step.name, True),
            key=f"encode.step.{step.name}",
            disabled=step.name in FIXED_STEPS,
        )
        if step.name in switches and on != switches[step.name]:
            session.remember("switches", switches | {step.name: on})
            st.rerun(scope="fragment")


def _plain(text: str) -> str:
    """Text that Markdown leaves alone."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]()#+-!|<>$:~" else c for c in text)


def _draw_place(space: Space, made: Projection | None, travellers: list[Traveller]) -> None:
    st.subheader("Where it lands", anchor=False)
    if made is None:
        st.caption("The map is still being made; open the Map page to watch it.")
        return
    codes = np.stack([t.details.code for t in travellers[:64]])
    names = [t.name if len(travellers) > 1 else "your picture" for t in travellers]
    marks = [
        Mark(position=point, label=name)
        for point, name in zip(made.transform(codes), names, strict=False)
    ]
    draw_map(
        key="encode.map",
        points=made.points,
        fingerprint=made.fingerprint,
        colour=colour_of(space, usual_colour(space)),
        labels=labels_of(space),
        sheet=presenters.sheet_of(space),
        marks=marks,
        tools=False,
        height=290,
    )


def _draw_nearest(space: Space, shown: Traveller) -> None:
    st.subheader("Nearest pictures", anchor=False)
    details = shown.details
    tiles = "".join(
        f'<figure><img alt="" src="{data_url(space.data.images(slice(i, i + 1))[0])}">'
        f"<figcaption>{html.escape(space.data.label(i))}</figcaption></figure>"
        for i in (int(i) for i in details.neighbors)
    )
    st.html(f'<div class="ls-nearest">{tiles}</div>')


def _draw_taking(space: Space, shown: Traveller, travellers: list[Traveller]) -> None:
    """Into the tray, or home as a file."""
    details = shown.details
    there = session.in_tray(space.model.card.id, details.code)
    label = "In the tray" if there else "Add to tray"
    if st.button(label, key="encode.tray", disabled=there, type="primary", width="stretch"):
        item = session.TrayItem(
            picture=data_url(details.image),
            label=shown.name,
            model_id=space.model.card.id,
            code=details.code,
        )
        session.put_in_tray(item)
        st.rerun()
    with st.popover("Download", icon=":material/download:", width="stretch"):
        _draw_downloads(travellers)


def _draw_downloads(travellers: list[Traveller]) -> None:
    names = [t.name for t in travellers]
    log_vars = [t.details.log_var for t in travellers if t.details.log_var is not None]
    posterior = Posterior(
        mean=np.stack([t.details.code for t in travellers]),
        log_var=np.stack(log_vars) if len(log_vars) == len(travellers) else None,
    )
    pictures = (
        "Reconstructions, zip of PNG",
        lambda: export.images_zip(np.stack([t.details.reconstruction for t in travellers])),
    )
    draw_downloads("encode", names, posterior, {"reconstructions.zip": pictures})
