"""Nearest neighbors and word arithmetic of a model of precomputed codes."""

from __future__ import annotations

import html

from latent_core.analysis.analogies import (
    Neighbors,
    find_name,
    nearest_by_cosine,
    parse_expression,
    solve_analogy,
    unit_vectors,
)
from latent_core.types import Floats, PrecomputedCodes
from ui.spaces import Space
from ui.words import precomputed_codes, sample_name

_N_NEAREST = 6


def examples_table(space: Space) -> str:
    """HTML table with the examples of the data set's card; a sentence where there are no names."""
    codes = precomputed_codes(space)
    noun = html.escape(codes.sample_noun)
    if not codes.names:
        return f'<p class="ls-hint">A {noun} has neither an image nor a name; see the map.</p>'
    lines = "".join(
        f"<tr><th>{html.escape(title)}</th><td>{_neighbors_html(space, near)}</td></tr>"
        for title, near in _examples(space, codes, unit_vectors(space.encodings.mean))
    )
    note = f"The number beside each {noun} is the cosine similarity."
    return f'<div class="ls-rows"><table>{lines}</table></div><p class="ls-hint">{note}</p>'


def _examples(space: Space, codes: PrecomputedCodes, unit: Floats) -> list[tuple[str, Neighbors]]:
    """Title and nearest neighbors of each example."""
    examples = space.data.card.get("examples", {})
    rows = []
    for name in examples.get("words", []):
        index = find_name(codes.names, name, codes.sample_noun)
        near = nearest_by_cosine(unit, unit[index], _N_NEAREST, [index])
        rows.append((f"nearest to {name}", near))
    for text in examples.get("expressions", []):
        result = solve_analogy(
            unit, parse_expression(text, codes.names, codes.sample_noun), _N_NEAREST
        )
        rows.append((text, result.excluding_inputs))
        rows.append((f"{text}, including the input {codes.sample_noun}s", result.including_inputs))
    return rows


def _neighbors_html(space: Space, near: Neighbors) -> str:
    return " · ".join(
        f"{html.escape(sample_name(space, int(i)))} <small>{cos:.2f}</small>"
        for i, cos in zip(near.index, near.cosine, strict=True)
    )
