"""The panel beside the map for precomputed codes: a sample, a region, or word arithmetic."""

from __future__ import annotations

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from latent_core.analysis.analogies import AnalogyResult, Neighbors, nearest_by_cosine
from latent_core.errors import InvalidInputError
from latent_core.neighbors import nearest
from latent_core.types import Floats, Posterior
from ui import presenters, session
from ui.components.words_panel import WordItem, WordList, WordsData, WordsEvent, draw_words_panel
from ui.downloads import draw_downloads
from ui.spaces import Space
from ui.views.map.word_search import N_ITEMS, format_expression, shows_expression, unit_codes
from ui.wording.text import escape_markdown
from ui.words import precomputed_codes, sample_name

N_NEIGHBORS = 12
HINT = "Click a point, or drag around several while holding Shift."


def draw_word_panel(
    space: Space,
    index: int | None,
    region: NDArray[np.int64] | None,
    result: AnalogyResult | InvalidInputError | None,
) -> WordsEvent:
    """Draw the region, the result of the expression, or the selected sample."""
    if region is not None and session.recall("panel") == "region":
        return _draw_region(space, region)
    if result is not None and shows_expression(index):
        return _draw_result(space, result)
    _draw_back_buttons(region, result)
    if index is None:
        st.caption(escape_markdown(f"{space.data.card.get('description', '')} {HINT}"))
        return WordsEvent()
    return draw_words_panel(key="map.words", data=_sample_data(space, index))


def _draw_back_buttons(
    region: NDArray[np.int64] | None, result: AnalogyResult | InvalidInputError | None
) -> None:
    labels = {}
    if region is not None:
        labels["region"] = f"Back to the {len(region):,} selected"
    if result is not None:
        labels["expression"] = "Back to the arithmetic"
    for panel, label in labels.items():
        st.button(
            label,
            icon=":material/arrow_back:",
            key=f"map.back.{panel}",
            on_click=session.remember,
            args=("panel", panel),
        )


def _sample_data(space: Space, index: int) -> WordsData:
    code = space.encodings.mean[index]
    factors = [
        f"{name} = {values[index]:,.4g}" if np.isfinite(values[index]) else f"{name} not known"
        for name, values in space.data.factors.items()
    ]
    if precomputed_codes(space).metric == "cosine":
        near = nearest_by_cosine(unit_codes(space), code, N_NEIGHBORS, [index])
        items, heading = _items(space, near), "nearest by cosine similarity"
    else:
        items, heading = _nearest_by_distance(space, code, index), "nearest by Euclidean distance"
    return WordsData(
        title=sample_name(space, index),
        subtitle=" · ".join(factors),
        id=index,
        count=len(space.data),
        lists=[WordList(heading=heading, items=items, ranked=True)],
        code=presenters.code_bars(space, code),
    )


def _items(space: Space, found: Neighbors) -> list[WordItem]:
    return [
        WordItem(id=int(i), name=sample_name(space, int(i)), figure=f"{cos:.2f}", share=float(cos))
        for i, cos in zip(found.index, found.cosine, strict=True)
    ]


def _nearest_by_distance(space: Space, code: Floats, index: int) -> list[WordItem]:
    found, distances = nearest(space.encodings.mean, code, N_NEIGHBORS + 1)
    farthest = max(float(distances.max()), 1e-9)
    return [
        WordItem(
            id=int(i), name=sample_name(space, int(i)), figure=f"{d:.3g}", share=1 - d / farthest
        )
        for i, d in zip(found, distances.tolist(), strict=True)
        if i != index
    ][:N_NEIGHBORS]


def _draw_result(space: Space, result: AnalogyResult | InvalidInputError) -> WordsEvent:
    if isinstance(result, InvalidInputError):
        st.warning(escape_markdown(str(result)))
        return WordsEvent()
    best = sample_name(space, int(result.excluding_inputs.index[0]))
    title = f"{format_expression(space, result)} ≈ {best}"
    data = WordsData(title=title, count=len(space.data), lists=_result_lists(space, result))
    return draw_words_panel(key="map.expression", data=data)


def _result_lists(space: Space, result: AnalogyResult) -> list[WordList]:
    """Nearest neighbors without the inputs, with them, and of each input alone."""
    inputs = list(dict.fromkeys(index for _, index in result.terms))
    names, noun = [sample_name(space, index) for index in inputs], space.data.sample_noun
    baseline = [
        WordList(heading=f"baseline: nearest to {name} alone", items=_items(space, near)[:4])
        for name, near in zip(names, result.baseline, strict=True)
    ]
    return [
        WordList(
            heading=f"nearest, excluding the input {noun}s {', '.join(names)}",
            items=_items(space, result.excluding_inputs),
            note=_note_on_inputs(space, result),
            ranked=True,
            main=True,
        ),
        WordList(
            heading=f"nearest, including the input {noun}s",
            items=_items(space, result.including_inputs)[:4],
        ),
        *baseline,
    ]


def _note_on_inputs(space: Space, result: AnalogyResult) -> str:
    """How excluding the input words changes the result."""
    first = int(result.including_inputs.index[0])
    if first == int(result.excluding_inputs.index[0]):
        return "The inputs are usually excluded; here the nearest is the same without that."
    return (
        "The inputs are usually excluded, and here that determines the result: the nearest of "
        f"all is {sample_name(space, first)}, one of the inputs."
    )


def _draw_region(space: Space, region: NDArray[np.int64]) -> WordsEvent:
    noun, codes = precomputed_codes(space).sample_noun, space.encodings.mean[region]
    names = [sample_name(space, int(i)) for i in region]
    items = [WordItem(id=int(i), name=name) for i, name in zip(region, names, strict=True)]
    lists = [WordList(heading=f"selected {noun}s", items=items)]
    if precomputed_codes(space).metric == "cosine":
        near = nearest_by_cosine(unit_codes(space), codes.mean(axis=0), N_ITEMS)
        lists.insert(0, WordList(heading="nearest to the mean code", items=_items(space, near)))
    title = f"{len(region):,} {noun if len(region) == 1 else f'{noun}s'}"
    data = WordsData(title=title, count=len(space.data), lists=lists, closes=True)
    event = draw_words_panel(key="map.words.region", data=data)
    with st.popover("Download", icon=":material/download:", width="stretch"):
        draw_downloads("map", names, Posterior(mean=codes))
    return event
