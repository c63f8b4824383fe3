"""TODO."""

from __future__ import annotations

from ui.components.dimensions import dimensions_of_encodings
from ui.components.map import ClassColour, ScaleColour
from ui.factor_tables import known_factors, legend_of
from ui.spaces import Space


def color_options(space: Space) -> list[str]:
    """All that may colour the points: what is most asked for first."""
    options = ["label"] if space.data.labels is not None else []
    options += ["error"] if space.errors is not None else []
    options += [name for name in known_factors(space.data) if name not in options]
    return options + [f"z{i + 1}" for i in dimensions_of_encodings(space.encodings).order]


def usual_colour(space: Space) -> str:
    """The label, else the first factor, else the error, else a latent dimension."""
    if space.data.labels is not None:
        return "label"
    return next(iter(known_factors(space.data)), color_options(space)[0])


def labels_of(space: Space) -> ClassColour | None:
    """The class of each picture, where it has one."""
    if space.data.labels is None:
        return None
    return ClassColour(
        values=space.data.labels,
        names=space.data.class_names,
        fingerprint=f"labels {space.data.fingerprint}",
    )


def colour_of(space: Space, colour: str) -> ClassColour | ScaleColour:
    """The values behind a choice of colour."""
    labels = labels_of(space)
    if colour == "label" and labels is not None:
        return labels
    name = f"{colour} {space.encodings.fingerprint}"
    if (about := known_factors(space.data).get(colour)) is not None:
        title = legend_of(colour, about)
        return ScaleColour(values=space.data.factors[colour], title=title, fingerprint=name)
    if colour == "error" and space.errors is not None:
        return ScaleColour(values=space.errors, title="squared error per pixel", fingerprint=name)
    values = space.encodings.mean[:, int(colour[1:]) - 1]
    return ScaleColour(values=values, title=colour, fingerprint=name)
