"""The code of an upload: its values, its size, the class it is read as, and samples around it."""

from __future__ import annotations

import numpy as np
import streamlit as st

from latent_core.analysis.knn_probe import ClassVotes, class_votes
from latent_core.analysis.sample_report import SampleReport
from latent_core.types import Floats
from ui import presenters, session
from ui.components.code_bars import draw_code_panel
from ui.images import data_url
from ui.spaces import Space
from ui.views.encode.results import EncodedUpload
from ui.wording.text import escape_markdown

SMOOTH_FROM_PX = 48
"""Wider images are enlarged smoothly, as in ``frontend/core/images.js``."""
CODE_ITEM_BYTES = np.dtype(np.float32).itemsize


def draw_code_section(space: Space, shown: EncodedUpload) -> None:
    """Draw the code with its values, and for a VAE samples of its distribution."""
    report = shown.report
    st.subheader("The code", anchor=False)
    left, right = st.columns([2.6, 0.9], gap="medium")
    with left:
        bars = presenters.code_bars(space, report.code, report.log_var)
        draw_code_panel(key="encode.code", code=bars)
        sentences = [size_sentence(space.model.card.image_shape, len(report.code))]
        votes = class_votes(space.data, space.encodings, report.code)
        if votes is not None:
            sentences.append(vote_sentence(votes))
        st.markdown(escape_markdown(" ".join(sentences)))
    if report.log_var is not None:
        with right:
            _draw_resampling(space, report)


def _draw_resampling(space: Space, report: SampleReport) -> None:
    """Draw the reconstruction beside the decoded sample, and a button for another sample."""
    seed = session.recall("encode.seed", 0)
    sample = space.model.decode(sampled_code(report, seed)[None])[0]
    rendering = "auto" if sample.shape[2] >= SMOOTH_FROM_PX else "pixelated"
    figures = "".join(
        f'<figure><img alt="" src="{data_url(image)}" style="image-rendering: {rendering}">'
        f"<figcaption>{name}</figcaption></figure>"
        for name, image in (("decoded μ", report.reconstruction), ("decoded sample", sample))
    )
    st.html(f'<div class="ls-resampled">{figures}</div>')
    st.button(
        "Resample",
        key="encode.resample",
        icon=":material/casino:",
        help="Draw another code z ~ N(μ, σ²) from the distribution that the encoder gives, and "
        "decode it.",
        on_click=session.remember,
        args=("encode.seed", seed + 1),
        width="stretch",
    )


def sampled_code(report: SampleReport, seed: int) -> Floats:
    """A sample ``(D,)`` of N(μ, σ²), the distribution that a VAE's encoder gives."""
    if report.log_var is None:
        return report.code
    noise = np.random.default_rng(seed).standard_normal(len(report.code)).astype(np.float32)
    code: Floats = report.code + np.exp(0.5 * report.log_var) * noise
    return code


def size_sentence(image_shape: tuple[int, int, int], latent_dim: int) -> str:
    """The bytes of an image beside those of its code."""
    image_bytes, code_bytes = int(np.prod(image_shape)), CODE_ITEM_BYTES * latent_dim
    larger, smaller = max(image_bytes, code_bytes), min(image_bytes, code_bytes)
    compared = "smaller" if code_bytes <= image_bytes else "larger"
    return (
        f"The image takes {image_bytes:,} bytes, one per pixel and color; the code takes "
        f"{code_bytes:,} bytes, four per dimension: {larger / smaller:.3g} times {compared}."
    )


def vote_sentence(votes: ClassVotes) -> str:
    """The class that most of the nearest codes have."""
    (name, first), *others = votes.votes
    rest = "".join(f"; “{other}” has {count}" for other, count in others[:2])
    return f"Read from the code alone: “{name}” ({first} of the {votes.count} nearest codes){rest}."
