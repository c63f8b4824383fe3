"""What a link holds, in plain words."""

from __future__ import annotations

from collections.abc import Mapping

from latent_core.projection import METHODS
from ui.catalog import read_catalog
from ui.classroom.link import HIDE, NOTE

_WORDS = {
    "model": "Model",
    "model_b": "Second model",
    "data": "Data",
    "method": "Map method",
    "compare_method": "Map method",
    "n_components": "Dimensions of the map",
    "params": "Parameters of the map method",
    "color": "Color of the points",
    "compare_color": "Color of the points",
    "sample": "Selected sample",
    "point": "Point of the map",
    "grid": "Grid of decoded images",
    "expression": "Sum of words",
    "start": "Start of the sliders",
    "z": "Code on the sliders",
    "mode": "Kind of morph",
    "endpoints": "Images at both ends",
    "corners": "Images at the corners",
    "waypoints": "Images on the path",
    "parents": "Parents",
    "path": "Kind of path",
    "t": "Position on the path",
    "lesson": "Lesson",
    "step": "Step",
    "use": "Use",
    "health": "Examined model",
}
_CODES = ("params", "z", "endpoints", "corners", "waypoints", "parents", "start", "point", "grid")
"""Parameters whose values say nothing to a reader."""
_LONGEST = 60


def link_contents(page: str, parameters: Mapping[str, str]) -> list[tuple[str, str]]:
    """Pairs of a term and a value for what a link with `parameters` opens; plain text.

    Parameters
    ----------
    page
        The title of the page.
    """
    found = [("Page", page)]
    others = []
    for name, value in parameters.items():
        if name in ("presenter", NOTE, HIDE):
            continue
        if name not in _WORDS:
            others.append(name)
        else:
            found.append((_WORDS[name], _value_in_words(name, value)))
    if others:
        found.append(("Further choices", ", ".join(sorted(others))[:_LONGEST]))
    return found


def _value_in_words(name: str, value: str) -> str:
    if name in _CODES:
        return "as shown"
    catalog = read_catalog()
    if name in ("model", "model_b", "health") and value in catalog.cards:
        return catalog.cards[value].title
    if name == "data" and value in catalog.datasets:
        return catalog.datasets[value].title
    if name in ("method", "compare_method") and value in METHODS:
        return METHODS[value].name
    return value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…"
