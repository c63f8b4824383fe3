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
from ui.components.words_panel import NameItem, NameList, NamesData, NamesEvent, draw_names
from ui.downloads import draw_downloads
from ui.spaces import Space
from ui.words import given_of, name_of

NEIGHBOURS = 12
TOLD = 6
"""Of each kind, for a sum."""
EXAMPLE = "king − man + woman"
HINT = "Click a point, or draw around several with Shift."


# ── asked ───────────────────────────────────────────────────────────────────────────────────


def draw_questions(space: Space, index: int | None) -> int | None:
    """Fields to find a name and to add up; gives the selected sample."""
    given = given_of(space)
    if not given.names:
        return index
    find, add = st.columns([1, 1.5], gap="small")
    with find:
        index = _draw_find(space, given, index)
    with add:
        _draw_sum(given)
    return index


def _draw_find(space: Space, given: PrecomputedCodes, index: int | None) -> int | None:
    typed, sentence = session.typed("find"), ""
    if typed and typed.strip():
        try:
            index = find_name(given.names, typed, given.sample_noun)
            session.select(index)
            session.remember("looking", "picture")
        except InvalidInputError as error:
            sentence = str(error)
    shown = typed if sentence else "" if index is None else name_of(space, index)
    session.text_field(
        f"Find a {given.sample_noun}", "find", shown or "", placeholder=given.names[100]
    )
    if sentence:
        st.warning(sentence)
    return index


def _draw_sum(given: PrecomputedCodes) -> None:
    typed = session.typed("sum")
    if typed is not None:
        session.remember("sum", typed)
        session.remember("looking", "sum")
    text = session.recall("sum", session.linked("sum") or "")
    session.remember("sum", text)
    session.text_field("Add and take away", "sum", text, placeholder=EXAMPLE)
    if typed is not None and not typed.strip():
        st.warning(_problem(given, typed))


def _problem(given: PrecomputedCodes, text: str) -> str:
    try:
        parse_expression(text, given.names, given.sample_noun)
    except InvalidInputError as error:
        return str(error)
    return ""


def answer_of(space: Space) -> AnalogyResult | InvalidInputError | None:
    """What the sum comes out at, or why it cannot; None where none is asked for."""
    given, text = given_of(space), str(session.recall("sum", "") or "")
    if not given.names or not text.strip():
        return None
    try:
        return solve_analogy(
            _units(space), parse_expression(text, given.names, given.sample_noun), TOLD
        )
    except InvalidInputError as error:
        return error


def sum_text(space: Space) -> str | None:
    """What the address says of the sum."""
    names = space.data.precomputed is not None and space.data.precomputed.names
    return (str(session.recall("sum", "")).strip() or None) if names else None


def _units(space: Space) -> Floats:
    codes = space.encodings
    return memoize("units", codes.fingerprint, lambda: unit_vectors(codes.mean))


def looks_at_sum(index: int | None) -> bool:
    """Whether the sum is what is looked at, beside the selected sample."""
    looking = session.recall("looking")
    return looking == "sum" or (looking is None and index is None)


# ── shown ───────────────────────────────────────────────────────────────────────────────────


def draw_chosen(
    space: Space,
    index: int | None,
    region: NDArray[np.int64] | None,
    answer: AnalogyResult | InvalidInputError | None,
) -> NamesEvent:
    """The panel: a region, a sum or a sample, and the ways between them."""
    looking = session.recall("looking")
    if region is not None and looking == "region":
        return _draw_region(space, region)
    if answer is not None and looks_at_sum(index):
        return _draw_answer(space, answer)
    _draw_ways_back(region, answer)
    if index is None:
        st.caption(f"{space.data.card.get('description', '')} {HINT}")
        return NamesEvent()
    return draw_names(key="map.names", data=_one(space, index))


def _draw_ways_back(
    region: NDArray[np.int64] | None, answer: AnalogyResult | InvalidInputError | None
) -> None:
    ways = {"region": region is not None, "sum": answer is not None}
    words = {"region": f"Back to the {0 if region is None else len(region):,} selected"}
    for name in (name for name, there in ways.items() if there):
        st.button(
            words.get(name, "Back to the sum"),
            icon=":material/arrow_back:",
            key=f"map.back.{name}",
            on_click=session.remember,
            args=("looking", name),
        )


def _one(space: Space, index: int) -> NamesData:
    given, code = given_of(space), space.encodings.mean[index]
    told = [f"{name} = {values[index]:,.4g}" for name, values in space.data.factors.items()]
    if given.metric == "cosine":
        near = _items(space, nearest_by_cosine(_units(space), code, NEIGHBOURS, [index]))
        heading = "nearest, by the cosine of the angle between codes"
    else:
        near = _by_distance(space, code, index)
        heading = "nearest, by the distance between codes"
    return NamesData(
        title=name_of(space, index),
        quiet=" · ".join(told),
        id=index,
        count=len(space.data),
        lists=[NameList(heading=heading, items=near, ranked=True)],
        code=presenters.bars_of(space, code),
    )


def _items(space: Space, found: Neighbors) -> list[NameItem]:
    return [
        NameItem(id=int(i), name=name_of(space, int(i)), figure=f"{cos:.2f}", share=float(cos))
        for i, cos in zip(found.index, found.cosine, strict=True)
    ]


def _by_distance(space: Space, code: Floats, index: int) -> list[NameItem]:
    found, distances = nearest(space.encodings.mean, code, NEIGHBOURS + 1)
    farthest = max(float(distances.max()), 1e-9)
    return [
        NameItem(id=int(i), name=name_of(space, int(i)), figure=f"{d:.3g}", share=1 - d / farthest)
        for i, d in zip(found, distances.tolist(), strict=True)
        if i != index
    ][:NEIGHBOURS]


def sum_in_words(space: Space, answer: AnalogyResult) -> str:
    """The sum as it is written: king − man + woman."""
    signed = [f"{'+' if sign > 0 else '−'} {name_of(space, i)}" for sign, i in answer.terms]
    return " ".join(signed).removeprefix("+ ")


def _draw_answer(space: Space, answer: AnalogyResult | InvalidInputError) -> NamesEvent:
    if isinstance(answer, InvalidInputError):
        st.warning(str(answer))
        return NamesEvent()
    used = list(dict.fromkeys(index for _, index in answer.terms))
    names, noun = [name_of(space, index) for index in used], space.data.sample_noun
    plain = [
        NameList(heading=f"nearest to {name} alone, without any sum", items=_items(space, near)[:4])
        for name, near in zip(names, answer.baseline, strict=True)
    ]
    lists = [
        NameList(
            heading=f"nearest to the sum, leaving out {', '.join(names)}",
            items=_items(space, answer.excluding_inputs),
            note=_note(space, answer),
            ranked=True,
            main=True,
        ),
        NameList(
            heading=f"leaving out no {noun}", items=_items(space, answer.including_inputs)[:4]
        ),
        *plain,
    ]
    title = (
        f"{sum_in_words(space, answer)} ≈ {name_of(space, int(answer.excluding_inputs.index[0]))}"
    )
    data = NamesData(title=title, count=len(space.data), lists=lists)
    return draw_names(key="map.answer", data=data)


def _note(space: Space, answer: AnalogyResult) -> str:
    """What leaving out the sum's own names does to its answer."""
    first = int(answer.including_inputs.index[0])
    if first == int(answer.excluding_inputs.index[0]):
        return "It is usual to leave these out; here the nearest stays the same without that."
    return (
        f"It is usual to leave these out, and it is what makes this answer: the nearest of all "
        f"is {name_of(space, first)}, one of the sum's own."
    )


def _draw_region(space: Space, region: NDArray[np.int64]) -> NamesEvent:
    given, codes = given_of(space), space.encodings.mean[region]
    mean = codes.mean(axis=0)
    lists = [
        NameList(
            heading=f"the {given.sample_noun}s",
            items=[NameItem(id=int(i), name=name_of(space, int(i))) for i in region],
        )
    ]
    if given.metric == "cosine":
        near = _items(space, nearest_by_cosine(_units(space), mean, TOLD))
        lists.insert(0, NameList(heading="nearest to the mean of their codes", items=near))
    plural = given.sample_noun if len(region) == 1 else f"{given.sample_noun}s"
    title = f"{len(region):,} {plural}"
    data = NamesData(title=title, count=len(space.data), lists=lists, closes=True)
    event = draw_names(key="map.names.region", data=data)
    with st.popover("Download", icon=":material/download:", width="stretch"):
        names = [name_of(space, int(i)) for i in region]
        draw_downloads("map", names, Posterior(mean=codes))
    return event
