"""The map page's right side where samples have codes and no pictures: find, add up, compare."""

from __future__ import annotations

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from latent_core.analysis.analogies import (
    AnalogyResult,
    Neighbors,
    find_name,
    nearest_by_cosine,
    parse_expression,
    solve_analogy,
    unit_vectors,
)
from latent_core.cache.memo import memoize
from latent_core.errors import InvalidInputError
from latent_core.neighbors import nearest
from latent_core.types import Floats, Posterior, PrecomputedCodes
from ui import presenters, session
from ui.components.words_panel import WordItem, WordList, WordsData, WordsEvent, draw_words_panel
from ui.downloads import draw_downloads
from ui.spaces import Space
from ui.words import precomputed_codes, sample_name

N_NEIGHBORS = 12
N_ITEMS = 6
"""Of each kind, for a sum."""
EXAMPLE = "king − man + woman"
HINT = "Click a point, or draw around several with Shift."


# ── asked ───────────────────────────────────────────────────────────────────────────────────


def draw_word_search(space: Space, index: int | None) -> int | None:
    """Fields to find a name and to add up; gives the selected sample."""
    given = precomputed_codes(space)
    if not given.names:
        return index
    find, add = st.columns([1, 1.5], gap="small")
    with find:
        index = _draw_search(space, given, index)
    with add:
        _draw_expression(given)
    return index


def _draw_search(space: Space, given: PrecomputedCodes, index: int | None) -> int | None:
    typed, sentence = session.take_submitted_text("find"), ""
    if typed and typed.strip():
        try:
            index = find_name(given.names, typed, given.noun)
            session.select_sample(index)
            session.remember("panel", "sample")
        except InvalidInputError as error:
            sentence = str(error)
    shown = typed if sentence else "" if index is None else sample_name(space, index)
    session.text_field(f"Find a {given.noun}", "find", shown or "", placeholder=given.names[100])
    if sentence:
        st.warning(sentence)
    return index


def _draw_expression(given: PrecomputedCodes) -> None:
    typed = session.take_submitted_text("sum")
    if typed is not None:
        session.remember("sum", typed)
        session.remember("panel", "expression")
    text = session.recall("sum", session.linked("sum") or "")
    session.remember("sum", text)
    session.text_field("Add and take away", "sum", text, placeholder=EXAMPLE)
    if typed is not None and not typed.strip():
        st.warning(_error_of(given, typed))


def _error_of(given: PrecomputedCodes, text: str) -> str:
    try:
        parse_expression(text, given.names, given.noun)
    except InvalidInputError as error:
        return str(error)
    return ""


def current_result(space: Space) -> AnalogyResult | InvalidInputError | None:
    """What the sum comes out at, or why it cannot; None where none is asked for."""
    given, text = precomputed_codes(space), str(session.recall("sum", "") or "")
    if not given.names or not text.strip():
        return None
    try:
        return solve_analogy(
            _unit_codes(space), parse_expression(text, given.names, given.noun), N_ITEMS
        )
    except InvalidInputError as error:
        return error


def expression_text(space: Space) -> str | None:
    """What the address says of the sum."""
    names = space.data.precomputed is not None and space.data.precomputed.names
    return (str(session.recall("sum", "")).strip() or None) if names else None


def _unit_codes(space: Space) -> Floats:
    codes = space.encodings
    return memoize("units", codes.fingerprint, lambda: unit_vectors(codes.mean))


def shows_expression(index: int | None) -> bool:
    """Whether the sum is what is looked at, beside the selected sample."""
    looking = session.recall("panel")
    return looking == "sum" or (looking is None and index is None)


# ── shown ───────────────────────────────────────────────────────────────────────────────────


def draw_chosen(
    space: Space,
    index: int | None,
    region: NDArray[np.int64] | None,
    result: AnalogyResult | InvalidInputError | None,
) -> WordsEvent:
    """The panel: a region, a sum or a sample, and the ways between them."""
    looking = session.recall("panel")
    if region is not None and looking == "region":
        return _draw_region(space, region)
    if result is not None and shows_expression(index):
        return _draw_result(space, result)
    _draw_back_buttons(region, result)
    if index is None:
        st.caption(f"{space.data.card.get('description', '')} {HINT}")
        return WordsEvent()
    return draw_words_panel(key="map.names", data=_sample_data(space, index))


def _draw_back_buttons(
    region: NDArray[np.int64] | None, result: AnalogyResult | InvalidInputError | None
) -> None:
    ways = {"region": region is not None, "sum": result is not None}
    words = {"region": f"Back to the {0 if region is None else len(region):,} selected"}
    for name in (name for name, there in ways.items() if there):
        st.button(
            words.get(name, "Back to the sum"),
            icon=":material/arrow_back:",
            key=f"map.back.{name}",
            on_click=session.remember,
            args=("panel", name),
        )


def _sample_data(space: Space, index: int) -> WordsData:
    given, code = precomputed_codes(space), space.encodings.mean[index]
    told = [f"{name} = {values[index]:,.4g}" for name, values in space.data.factors.items()]
    if given.metric == "cosine":
        near = _items(space, nearest_by_cosine(_unit_codes(space), code, N_NEIGHBORS, [index]))
        heading = "nearest, by the cosine of the angle between codes"
    else:
        near = _by_distance(space, code, index)
        heading = "nearest, by the distance between codes"
    return WordsData(
        title=sample_name(space, index),
        quiet=" · ".join(told),
        id=index,
        count=len(space.data),
        lists=[WordList(heading=heading, items=near, ranked=True)],
        code=presenters.code_bars(space, code),
    )


def _items(space: Space, found: Neighbors) -> list[WordItem]:
    return [
        WordItem(id=int(i), name=sample_name(space, int(i)), figure=f"{cos:.2f}", share=float(cos))
        for i, cos in zip(found.index, found.cosine, strict=True)
    ]


def _by_distance(space: Space, code: Floats, index: int) -> list[WordItem]:
    found, distances = nearest(space.encodings.mean, code, N_NEIGHBORS + 1)
    farthest = max(float(distances.max()), 1e-9)
    return [
        WordItem(
            id=int(i), name=sample_name(space, int(i)), figure=f"{d:.3g}", share=1 - d / farthest
        )
        for i, d in zip(found, distances.tolist(), strict=True)
        if i != index
    ][:N_NEIGHBORS]


def format_expression(space: Space, result: AnalogyResult) -> str:
    """The sum as it is written: king − man + woman."""
    signed = [f"{'+' if sign > 0 else '−'} {sample_name(space, i)}" for sign, i in result.terms]
    return " ".join(signed).removeprefix("+ ")


def _draw_result(space: Space, result: AnalogyResult | InvalidInputError) -> WordsEvent:
    if isinstance(result, InvalidInputError):
        st.warning(str(result))
        return WordsEvent()
    used = list(dict.fromkeys(index for _, index in result.terms))
    names, noun = [sample_name(space, index) for index in used], space.data.sample_noun
    plain = [
        WordList(heading=f"nearest to {name} alone, without any sum", items=_items(space, near)[:4])
        for name, near in zip(names, result.baseline, strict=True)
    ]
    lists = [
        WordList(
            heading=f"nearest to the sum, leaving out {', '.join(names)}",
            items=_items(space, result.excluding_inputs),
            note=_note_on_inputs(space, result),
            ranked=True,
            main=True,
        ),
        WordList(
            heading=f"leaving out no {noun}", items=_items(space, result.including_inputs)[:4]
        ),
        *plain,
    ]
    title = f"{format_expression(space, result)} ≈ {sample_name(space, int(result.excluding_inputs.index[0]))}"
    data = WordsData(title=title, count=len(space.data), lists=lists)
    return draw_words_panel(key="map.answer", data=data)


def _note_on_inputs(space: Space, result: AnalogyResult) -> str:
    """What leaving out the sum's own names does to its answer."""
    first = int(result.including_inputs.index[0])
    if first == int(result.excluding_inputs.index[0]):
        return "It is usual to leave these out; here the nearest stays the same without that."
    return (
        f"It is usual to leave these out, and it is what makes this answer: the nearest of all "
        f"is {sample_name(space, first)}, one of the sum's own."
    )


def _draw_region(space: Space, region: NDArray[np.int64]) -> WordsEvent:
    given, codes = precomputed_codes(space), space.encodings.mean[region]
    mean = codes.mean(axis=0)
    lists = [
        WordList(
            heading=f"the {given.noun}s",
            items=[WordItem(id=int(i), name=sample_name(space, int(i))) for i in region],
        )
    ]
    if given.metric == "cosine":
        near = _items(space, nearest_by_cosine(_unit_codes(space), mean, N_ITEMS))
        lists.insert(0, WordList(heading="nearest to the mean of their codes", items=near))
    plural = given.noun if len(region) == 1 else f"{given.noun}s"
    title = f"{len(region):,} {plural}"
    data = WordsData(title=title, count=len(space.data), lists=lists, closes=True)
    event = draw_words_panel(key="map.names.region", data=data)
    with st.popover("Download", icon=":material/download:", width="stretch"):
        names = [sample_name(space, int(i)) for i in region]
        draw_downloads("map", names, Posterior(mean=codes))
    return event
