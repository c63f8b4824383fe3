"""More like these: samples ranked by their likeness to some and unlikeness to others."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from streamlit.delta_generator import DeltaGenerator

from latent_core.types import Floats
from latent_core.uses.recommendation import N_CANDIDATES, NEAREST, ROCCHIO, recommend
from latent_core.uses.results import CODE, PIXELS
from latent_core.uses.retrieval import N_FIRST, RetrievalPrecision, measure_retrieval
from ui import session, widgets
from ui.spaces import Space, wait_for
from ui.views.uses.choices import choose_one, choose_step, control_row
from ui.views.uses.figures import draw_figures, percent, pixels_note, representation_title
from ui.views.uses.pictures import draw_sheets, sample_tiles, sheet_html
from ui.views.uses.seeds import (
    MINUS,
    PLUS,
    RANDOM,
    RESULTS,
    TITLES,
    TRAY,
    Seeds,
    current_seeds,
    draw_name_fields,
    draw_pool,
    draw_seeds,
    tray_items,
)
from ui.views.uses.use import Params, Use, encoded_data, missing_labels, nothing_missing
from ui.visitor.tray import TrayItem
from ui.wording.text import escape_markdown

N_SHOWN = 24
WORD_PX = 104
METHODS = {ROCCHIO: "Mean of them (Rocchio)", NEAREST: "Nearest of them"}
METHOD_HELP = (
    "Rocchio: the cosine with the mean of what it should be like minus 0.2 times the mean of what "
    "it should not be like. Nearest: the distance to the nearest of them, compared with that to "
    "the nearest of the others."
)
DIVERSITIES = ("0", "0.1", "0.2", "0.3", "0.5", "0.7", "0.9")
DIVERSITY_HELP = (
    f"Maximal marginal relevance: of the {N_CANDIDATES} most similar, those are preferred that "
    "differ from the results before them."
)
QUERIES = {"1": "1 sample", "5": "5 samples", "5+5": "5, and 5 unlike"}


def _choose(space: Space) -> Params:
    columns = control_row(2.4, 2, 2, 2.4)
    with columns[0]:
        similarity = choose_one("Similarity", "similarity", METHODS, ROCCHIO, help_text=METHOD_HELP)
    with columns[1]:
        diversity = choose_step(
            "Diversity", "diversity", DIVERSITIES, "0", help_text=DIVERSITY_HELP
        )
    if space.data.precomputed is None:
        _choose_images(space, columns[2:])
    else:
        draw_name_fields(space)
    params = {"similarity": similarity, "diversity": diversity}
    texts = {kind: session.chosen_or_linked(kind) or "" for kind in (PLUS, MINUS)}
    return params | {kind: text for kind, text in texts.items() if text}


def _choose_images(space: Space, columns: Sequence[DeltaGenerator]) -> None:
    """Rows of images to click: those to choose from, and the seeds."""
    sources = {RANDOM: "Random images", RESULTS: "The results"}
    items = tray_items(space)
    if items:
        sources = {TRAY: f"The tray ({len(items)})"} | sources
    with columns[0]:
        source = choose_one("Choose from", "from", sources, next(iter(sources)))
    with columns[1]:
        kind = widgets.segmented_choice(
            "A click adds to", "adds", list(TITLES), _side(), TITLES.__getitem__
        )
    results = session.recall("like.results", (None, []))
    shown = results[1] if results[0] == space.encodings.fingerprint else []
    is_clicked = draw_pool(space, source, kind, shown)
    seeds = current_seeds(space)
    is_clicked |= draw_seeds(space, seeds)
    if is_clicked:
        st.rerun()


def _side() -> str:
    return session.chosen("adds", list(TITLES), PLUS)


def _draw(space: Space, params: Params) -> None:
    seeds = current_seeds(space)
    pictures, figures = st.columns([6, 5], gap="medium")
    with pictures:
        if seeds.plus:
            _draw_results(space, seeds, params)
        else:
            st.info(
                escape_markdown(f"Choose at least one {space.data.sample_noun} to be like."),
                icon=":material/info:",
            )
    with figures:
        _draw_precision(space, params["similarity"])


def _draw_results(space: Space, seeds: Seeds, params: Params) -> None:
    encoded = encoded_data(space)
    key = f"uses representations {encoded.fingerprints} {space.data.fingerprint}"
    spaces = wait_for(key, lambda report, _show: encoded.representations(report))
    sheets = []
    for name in (CODE, PIXELS):
        found = _ranked(space, spaces, name, seeds, params)
        if found is None:
            continue
        if name == CODE:
            _keep_results(space, [int(i) for i in found])
        title = representation_title(space, name).partition(",")[0]
        side = 64 if space.data.precomputed is None else WORD_PX
        if not len(found):
            st.info("There are no other samples to recommend.", icon=":material/info:")
            return
        tiles = sample_tiles(space.data, found)
        sheets.append(sheet_html(f"By {title.lower()}", tiles, side_px=side))
    draw_sheets(sheets)


def _keep_results(space: Space, found: list[int]) -> None:
    """Keep the results, to be clicked as images to choose from."""
    kept = (space.encodings.fingerprint, found)
    is_new = session.recall("like.results") != kept
    session.remember("like.results", kept)
    if is_new and session.recall("choice.from") == RESULTS:
        st.rerun()  # the row above was drawn with those before


def _ranked(
    space: Space, spaces: dict[str, Floats], name: str, seeds: Seeds, params: Params
) -> NDArray[np.int64] | None:
    """The recommended samples by one representation; None where the seeds are not in it."""
    if name not in spaces:
        return None
    plus, minus = (_seed_codes(space, spaces, name, items) for items in (seeds.plus, seeds.minus))
    if plus is None or minus is None:
        return None
    return recommend(
        spaces[name],
        plus,
        minus,
        n=N_SHOWN,
        similarity=params["similarity"],
        diversity=float(params["diversity"]),
        excluded=seeds.samples,
    )


def _seed_codes(
    space: Space, spaces: dict[str, Floats], name: str, items: Sequence[TrayItem]
) -> Floats | None:
    """Seeds ``(P, D)`` in a representation; those that are no samples are decoded for pixels."""
    found = []
    for item in items:
        if item.sample is not None:
            found.append(spaces[name][item.sample])
        elif name == CODE:
            found.append(item.code)
        elif space.model.card.decodes:
            image = space.model.decode(item.code[None])
            found.append(encoded_data(space).components().encode(image)[0])
        else:
            return None
    return np.array(found, np.float32).reshape(-1, spaces[name].shape[1])


def _draw_precision(space: Space, similarity: str) -> None:
    missing = missing_labels(space.model.card, space.data)
    if missing:
        st.caption(
            f"{escape_markdown(space.data.title)} has no labels of several classes to measure with "
            "how many of the results are like the query."
        )
        return
    encoded = encoded_data(space)
    key = f"uses retrieval {similarity} {encoded.fingerprints} {space.data.fingerprint}"
    rows = wait_for(
        key, lambda report, _show: measure_retrieval(encoded, similarity, progress=report)
    )
    first = rows[0]
    draw_figures(
        [f"Precision@{N_FIRST}", *(QUERIES[kind] for kind in first.queries)],
        [
            *((representation_title(space, row.representation), _cells(row)) for row in rows),
            ("Random samples", [percent(first.chance)] * len(first.queries)),
        ],
        marked=0,
        note=f"The share of the first {N_FIRST} results with the label of the query: mean over "
        f"{first.n_queries:,} held-out queries of one label, ± half of its 95 % interval. "
        f"{first.n_candidates:,} other samples are ranked, without diversity. The samples to be "
        "unlike are random ones of other labels." + pixels_note(row.representation for row in rows),
    )


def _cells(row: RetrievalPrecision) -> list[str]:
    return [
        f"{100 * value:.1f} ± {100 * width:.1f} %"
        for value, width in zip(row.precision.tolist(), row.half_width.tolist(), strict=True)
    ]


USE = Use(
    id="more",
    title="More like these",
    order=5,
    summary="Which samples are like some, and unlike others? Choose one or several; the results "
    "are ranked by their codes.",
    missing=nothing_missing,
    choose=_choose,
    draw=_draw,
)
