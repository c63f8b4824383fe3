"""A table of figures by sampler, beside real images; measured when asked for."""

from __future__ import annotations

import html

import streamlit as st

from latent_core.errors import CancelledError
from latent_core.evaluation.sampler_figures import REAL, SamplerFigures
from latent_core.progress import ProgressCallback
from latent_core.sampling import SAMPLERS
from latent_core.workspace import sampler_figures
from ui import session
from ui.layout import shown_errors
from ui.spaces import Space, wait_for

COLUMNS = (
    ("frechet", "Fréchet distance", "lower is better"),
    ("precision", "Precision", "samples among the real images"),
    ("recall", "Recall", "real images among the samples"),
    ("density", "Density", "real images around a sample"),
    ("coverage", "Coverage", "real images with a sample near"),
    ("class_distance", "Class balance", "distance of class frequencies, 0 is equal"),
)


def draw_figures(space: Space) -> None:
    """Draw the button that measures, then the table."""
    with st.expander("Figures: how like the data are the samples?", icon=":material/monitoring:"):
        asked = session.recall("samples.measured") == space.encodings.fingerprint
        if not asked and st.button("Measure", key="samples.measure"):
            session.remember("samples.measured", space.encodings.fingerprint)
            asked = True
        if not asked:
            st.caption("Decodes and compares some thousand images: a minute, once per model.")
            return
        with shown_errors():
            st.html(figures_html(_measured_or_stopped(space), space.data.sample_noun))


def _measured_or_stopped(space: Space) -> SamplerFigures:
    """The figures; after a stop, they are measured again only when asked for."""
    try:
        return _measured(space)
    except CancelledError:
        session.forget("samples.measured")
        raise


def _measured(space: Space) -> SamplerFigures:
    def measure(report: ProgressCallback, _show: object) -> SamplerFigures:
        return sampler_figures(space.model, space.data, space.encodings, progress=report)

    return wait_for(f"sampler figures {space.encodings.fingerprint}", measure)


def figures_html(found: SamplerFigures, noun: str) -> str:
    """The table, with what was compared below it."""
    columns = [column for column in COLUMNS if column[0] in found.rows[REAL]]
    head = "".join(
        f'<th scope="col">{html.escape(title)}<small>{html.escape(words)}</small></th>'
        for _, title, words in columns
    )
    rows = "".join(
        f'<tr><th scope="row">{html.escape(_title(name, noun))}</th>'
        + "".join(f"<td>{_value(*row[figure])}</td>" for figure, _, _ in columns)
        + "</tr>"
        for name, row in found.rows.items()
    )
    missing = (
        "" if "class_distance" in found.rows[REAL] else " This data has no classes to balance."
    )
    what = "codes" if found.features == "codes" else f"images, in {found.features}"
    note = (
        f"{found.n_samples:,} samples against as many held-out {noun}s, compared as {what}; ± is "
        "the standard deviation over 3 draws. The mixture was fitted to the other half of the "
        f"data. The first row, real {noun}s against real ones, is the best that can be "
        f"expected.{missing}"
    )
    return (
        f'{_STYLE}<div class="ls-sampler-figures" tabindex="0" role="region" '
        f'aria-label="Figures by sampler"><table><thead><tr><th scope="col">Sampler</th>{head}'
        f"</tr></thead><tbody>{rows}</tbody></table></div>"
        f'<p class="ls-hint">{html.escape(note)}</p>'
    )


def _title(name: str, noun: str) -> str:
    return f"Real {noun}s" if name == REAL else SAMPLERS[name].title


def _value(mean: float, std: float) -> str:
    digits = 1 if mean >= 10 else 2
    return f"{mean:.{digits}f} <small>± {std:.{digits}f}</small>"


_STYLE = """
<style>
  .ls-sampler-figures { overflow-x: auto; }
  .ls-sampler-figures table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
  .ls-sampler-figures th, .ls-sampler-figures td { text-align: left; padding: .3rem 1.4rem .3rem 0;
    white-space: nowrap; vertical-align: bottom; }
  .ls-sampler-figures th { font-weight: 500; }
  .ls-sampler-figures thead small { display: block; font-weight: 400; opacity: .8;
    font-size: .87rem; white-space: normal; min-width: 7rem; }
  .ls-sampler-figures td small { opacity: .8; font-size: .87rem; }
</style>
"""
