"""The models page where samples have names and no pictures: what is near to what."""

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
from ui.spaces import Space
from ui.words import given_of, name_of

_TOLD = 6


def examples_of(space: Space) -> str:
    """A table of some names with the nearest to each, and of some sums; or why there is none."""
    given, told = given_of(space), space.data.card.get("examples", {})
    noun = html.escape(given.sample_noun)
    if not given.names:
        return f'<p class="ls-hint">A {noun} has neither a picture nor a name; see the map.</p>'
    unit = unit_vectors(space.encodings.mean)
    rows = []
    for name in told.get("words", []):
        index = find_name(given.names, name, given.sample_noun)
        rows.append((f"nearest to {name}", nearest_by_cosine(unit, unit[index], _TOLD, [index])))
    for text in told.get("expressions", []):
        answer = solve_analogy(unit, parse_expression(text, given.names, given.sample_noun), _TOLD)
        rows.append((text, answer.excluding_inputs))
        rows.append((f"{text}, leaving out no {given.sample_noun}", answer.including_inputs))
    lines = "".join(
        f"<tr><th>{html.escape(says)}</th><td>{_in_words(space, near)}</td></tr>"
        for says, near in rows
    )
    note = f"Beside each {noun} stands the cosine of the angle between the codes."
    return f'<div class="ls-rows"><table>{lines}</table></div><p class="ls-hint">{note}</p>'


def _in_words(space: Space, near: Neighbors) -> str:
    return " · ".join(
        f"{html.escape(name_of(space, int(i)))} <small>{cos:.2f}</small>"
        for i, cos in zip(near.index, near.cosine, strict=True)
    )
