"""What was understood of a model, and the ways to read its pixels as rows of reconstructions."""

from __future__ import annotations

import html
import math

import streamlit as st

from latent_core.opening.models.draft import ModelDraft, family_of
from latent_core.opening.models.hypotheses import Hypothesis
from latent_core.types import Floats
from ui import session
from ui.images import data_url
from ui.wording.text import as_list, escape_markdown

N_ROWS = 5
SMALL = 64
"""Images up to this side are enlarged with crisp pixels."""
_FAMILIES = {
    "vae": "variational autoencoder",
    "ae": "autoencoder",
    "gan": "decoder alone",
    "encoder": "encoder alone",
}
_STYLE = """
<style>
  .ls-open-row { display: grid; grid-template-columns: repeat(8, minmax(0, 72px)); gap: 4px; }
  .ls-open-row img { width: 100%; display: block; border-radius: 4px; }
  .ls-open-row.crisp img { image-rendering: pixelated; }
  .stHtml dl.ls-open-facts { display: flex; flex-wrap: wrap; gap: .4rem 2.2rem; margin: 0;
    padding: 0; }
  .ls-open-facts dt { font-size: .87rem; opacity: .75; }
  .ls-open-facts dd { margin: 0; font-weight: 600; }
</style>
"""


def draw_findings(draft: ModelDraft) -> None:
    """Draw what was understood: sizes, the data, and what was noticed."""
    probe = draft.probe
    latent = f"{probe.latent_dim:,} numbers"
    if len(probe.latent_shape) > 1:
        latent += f" ({' × '.join(map(str, probe.latent_shape))})"
    facts = {
        "Model": _FAMILIES[family_of(probe.hypotheses[0])],
        "Image, channels first": " × ".join(map(str, probe.image_shape)),
        "Code": latent,
        "Tried on": f"{draft.n_images} images of {draft.dataset_id}",
    }
    items = "".join(
        f"<div><dt>{html.escape(name)}</dt><dd>{html.escape(value)}</dd></div>"
        for name, value in facts.items()
    )
    st.html(f'{_STYLE}<dl class="ls-open-facts">{items}</dl>')
    if notes := [*draft.notes, *probe.findings]:
        st.markdown(as_list(notes))
    warnings = list(probe.warnings)
    if probe.fixed_batch:
        warnings.append(
            f"It takes {probe.fixed_batch} at a time only, so it is slower and decodes on the "
            "server, not under your hand. Export it with dynamic_shapes to change that."
        )
    for sentence in warnings:
        st.warning(escape_markdown(sentence))


def chosen_hypothesis(draft: ModelDraft) -> int | None:
    """The row that was chosen, or is clearly the best; None while neither is."""
    default = 0 if draft.probe.is_decided else None
    chosen: int | None = session.recall(_key(draft), default)
    return chosen


def _key(draft: ModelDraft) -> str:
    return f"open.choice.{draft.key}"


def draw_hypotheses(draft: ModelDraft) -> None:
    """Draw the ways to read its pixels as rows of reconstructions, the best first."""
    probe, chosen = draft.probe, chosen_hypothesis(draft)
    if chosen is None:
        st.info(
            "Which row is right? No way to read its pixels is clearly better than the others, or "
            "none is better than the mean image, as with an untrained model or one of other images."
        )
    if probe.hypotheses[0].encoder is not None:
        st.markdown("**Original images**")
        st.html(_strip(probe.originals, probe.image_shape))
    shown = probe.hypotheses[:N_ROWS]
    for number in range(1 if probe.is_decided else len(shown)):
        _draw_row(draft, number, chosen)
    if probe.is_decided and len(shown) > 1:
        with st.expander("Other ways to read its pixels", expanded=bool(chosen)):
            for number in range(1, len(shown)):
                _draw_row(draft, number, chosen)


def _draw_row(draft: ModelDraft, number: int, chosen: int | None) -> None:
    hypothesis = draft.probe.hypotheses[number]
    text, button = st.columns([4, 1], vertical_alignment="center")
    text.markdown(_caption(hypothesis, draft))
    if number == chosen:
        button.markdown(":material/check: chosen")
    elif button.button("Choose", key=f"open.choose.{number}", width="stretch"):
        session.remember(_key(draft), number)
        st.rerun()
    if hypothesis.images.size:
        st.html(_strip(hypothesis.images, draft.probe.image_shape))


def _caption(hypothesis: Hypothesis, draft: ModelDraft) -> str:
    caption = escape_markdown(hypothesis.description)
    if not math.isfinite(hypothesis.error):
        return caption
    if hypothesis.encoder is None:
        return f"{caption}: distance of its pixels' quantiles to the data's {hypothesis.error:.3f}"
    mean = draft.probe.error_of_mean_image
    return f"{caption}: error **{hypothesis.error:.4f}** (mean image: {mean:.4f})"


def _strip(images: Floats, image_shape: tuple[int, int, int]) -> str:
    crisp = max(image_shape[1:]) <= SMALL
    tags = "".join(f'<img src="{html.escape(data_url(image))}" alt="">' for image in images)
    return f'<div class="ls-open-row{" crisp" if crisp else ""}">{tags}</div>'
