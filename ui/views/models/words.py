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
from ui.words import precomputed_codes, sample_name

N_NEAREST = 6


def examples_table(space: Space) -> str:
    """A table of some names with the nearest to each, and of some sums; or why there is none."""
    given, examples = precomputed_codes(space), space.data.card.get("examples", {})
    noun = html.escape(given.noun)
    if not given.names:
        return f'<p class="ls-hint">A {noun} has neither a picture nor a name; see the map.</p>'
    unit = unit_vectors(space.encodings.mean)
    rows = []
    for name in examples.get("words", []):
        index = find_name(given.names, name, given.noun)
        rows.append(
            (f"nearest to {name}", nearest_by_cosine(unit, unit[index], N_NEAREST, [index]))
        )
    for text in examples.get("expressions", []):
        answer = solve_analogy(unit, parse_expression(text, given.names, given.noun), N_NEAREST)
        rows.append((text, answer.excluding_inputs))
        rows.append((f"{text}, leaving out no {given.noun}", answer.including_inputs))
    lines = "".join(
        f"<tr><th>{html.escape(says)}</th><td>{_in_words(space, near)}</td></tr>"
        for says, near in rows
    )
    note = f"Beside each {noun} stands the cosine of the angle between the codes."
    return f'<div class="ls-rows"><table>{lines}</table></div><p class="ls-hint">{note}</p>'


def _in_words(space: Space, near: Neighbors) -> str:
    return " · ".join(
        f"{html.escape(sample_name(space, int(i)))} <small>{cos:.2f}</small>"
        for i, cos in zip(near.index, near.cosine, strict=True)
    )
