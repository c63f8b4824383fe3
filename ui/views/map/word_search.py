"""Search fields above the words panel: find a sample by name, and compute word arithmetic."""

from __future__ import annotations

import streamlit as st

from latent_core.analysis.analogies import (
    AnalogyResult,
    find_name,
    parse_expression,
    solve_analogy,
    unit_vectors,
)
from latent_core.cache.memo import memoize
from latent_core.errors import InvalidInputError
from latent_core.types import Floats, PrecomputedCodes
from ui import session, widgets
from ui.spaces import Space
from ui.wording.text import escape_markdown
from ui.words import precomputed_codes, sample_name

N_ITEMS = 6
"""Nearest neighbors in each list of a result."""
EXAMPLE = "king − man + woman"
EXPRESSION_HELP = "Adds and subtracts the codes of words; shows the words nearest to the result."


def draw_word_search(space: Space, index: int | None) -> int | None:
    """Draw the fields for a name and an expression; gives the selected sample."""
    codes = precomputed_codes(space)
    if not codes.names:
        return index
    left, right = st.columns([1, 1.5], gap="small")
    with left:
        index = _draw_search(space, codes, index)
    with right:
        _draw_expression(codes)
    return index


def _draw_search(space: Space, codes: PrecomputedCodes, index: int | None) -> int | None:
    typed, error_text = widgets.take_submitted_text("find"), ""
    if typed and typed.strip():
        try:
            index = find_name(codes.names, typed, codes.sample_noun)
            session.select_sample(index)
            session.remember("panel", "sample")
        except InvalidInputError as error:
            error_text = str(error)
    shown = typed if error_text else "" if index is None else sample_name(space, index)
    widgets.text_field(
        f"Find a {codes.sample_noun}", "find", shown or "", placeholder=codes.names[100]
    )
    if error_text:
        st.warning(escape_markdown(error_text))
    return index


def _draw_expression(codes: PrecomputedCodes) -> None:
    typed = widgets.take_submitted_text("expression")
    if typed is not None:
        session.remember("expression", typed)
        session.remember("panel", "expression")
    text = session.recall("expression", session.linked("expression") or "")
    session.remember("expression", text)
    widgets.text_field(
        f"{codes.sample_noun.capitalize()} arithmetic",
        "expression",
        text,
        placeholder=EXAMPLE,
        help=EXPRESSION_HELP,
    )
    if typed is not None and not typed.strip():
        st.warning(escape_markdown(_error_of(codes, typed)))


def _error_of(codes: PrecomputedCodes, text: str) -> str:
    """Why `text` is no valid expression; "" if it is one."""
    try:
        parse_expression(text, codes.names, codes.sample_noun)
    except InvalidInputError as error:
        return str(error)
    return ""


def current_result(space: Space) -> AnalogyResult | InvalidInputError | None:
    """The result of the expression, or why it is invalid; None without an expression."""
    codes, text = precomputed_codes(space), str(session.recall("expression", "") or "")
    if not codes.names or not text.strip():
        return None
    try:
        terms = parse_expression(text, codes.names, codes.sample_noun)
        return solve_analogy(unit_codes(space), terms, N_ITEMS)
    except InvalidInputError as error:
        return error


def expression_text(space: Space) -> str | None:
    """The expression as text for a link."""
    names = space.data.precomputed is not None and space.data.precomputed.names
    return (str(session.recall("expression", "")).strip() or None) if names else None


def unit_codes(space: Space) -> Floats:
    """The codes ``(N, D)`` normalized to length 1, computed once."""
    encodings = space.encodings
    return memoize("unit codes", encodings.fingerprint, lambda: unit_vectors(encodings.mean))


def shows_expression(index: int | None) -> bool:
    """Whether the panel shows the result of the expression, and not the selected sample."""
    panel = session.recall("panel")
    return panel == "expression" or (panel is None and index is None)


def format_expression(space: Space, result: AnalogyResult) -> str:
    """The expression with the names as in the data set, such as king − man + woman."""
    signed = [f"{'+' if sign > 0 else '−'} {sample_name(space, i)}" for sign, i in result.terms]
    return " ".join(signed).removeprefix("+ ")
