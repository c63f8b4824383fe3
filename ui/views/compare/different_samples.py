"""The samples that two models see most differently, as images to click."""

from __future__ import annotations

import streamlit as st

from latent_core.comparison import Comparison
from ui import session
from ui.components.examples import Example, draw_examples
from ui.images import data_url
from ui.views.compare.pair import Pair
from ui.wording.text import escape_markdown

N_SHOWN = 14
CAPTION = "Whose neighbors differ most:"


def draw_most_different(pair: Pair, comparison: Comparison, index: int | None) -> None:
    """Draw the samples with the highest displacement; a click selects one."""
    ids = [int(i) for i in comparison.most_different(N_SHOWN)]
    if pair.data.precomputed is not None:
        names = ", ".join(pair.data.label(i) or f"{i:,}" for i in ids)
        st.caption(escape_markdown(f"{CAPTION} {names}"))
        return
    images = pair.data.images(ids)
    examples = [
        Example(id=i, label=pair.data.label(i) or f"{i:,}", picture=data_url(image))
        for i, image in zip(ids, images, strict=True)
    ]
    picked = draw_examples(
        key="compare.different", caption=CAPTION, examples=examples, chosen=index
    )
    if picked is not None and picked != index:
        session.select_sample(picked)
        st.rerun(scope="fragment")
