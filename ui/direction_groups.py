"""The directions of a space as groups of sliders: attributes, principal directions."""

from __future__ import annotations

from functools import partial

import numpy as np

from latent_core import workspace
from latent_core.analysis.attribute_directions import AttributeDirections, fit_attribute_directions
from latent_core.analysis.directions import LatentDirections
from latent_core.analysis.principal_components import PrincipalDirections
from latent_core.analysis.traversal import latent_dimensions
from latent_core.cache.keys import content_key
from latent_core.cache.memo import memoize
from latent_core.datasets.factors import Factor
from latent_core.types import Dataset, Encodings
from latent_core.workspace import AttributeEffects, find_attribute_effects
from ui.components.decoder import is_wide
from ui.components.dimensions import MAX_LISTED
from ui.components.dimensions_types import DirectionGroup, DirectionSlider
from ui.factor_tables import digits_of_range, factor_title, known_factors, ordered_factors
from ui.job import Job
from ui.spaces import prepare
from ui.text import format_number

MIN_EFFECT, N_EFFECTS = 0.15, 3
"""Smaller changes of other factors, in standard deviations, and more of them, are not shown."""
ATTRIBUTES_HELP = (
    "Each moves the code along one direction; what else changes in the image is below it, in "
    "standard deviations."
)
PRINCIPAL_HELP = "The directions in which the codes of the data vary most, uncorrelated."


def direction_groups(data: Dataset, encodings: Encodings) -> tuple[list[DirectionGroup], list[Job]]:
    """The groups of a space, in the order in which they are shown.

    Those of wide codes are fitted behind the page.

    Returns
    -------
    groups, jobs
        The groups that are there, and the jobs that fit the others; draw the page again when one
        of these has ended.
    """
    makers = (attribute_group, _principal_group_of)
    if not is_wide(encodings):
        return [group for make in makers if (group := make(data, encodings)) is not None], []
    keys = [content_key(make.__name__, of=encodings.fingerprint) for make in makers]
    jobs = [
        prepare(key, partial(make, data, encodings))
        for key, make in reversed(list(zip(keys, makers, strict=True)))
    ]
    found = [job.result for job in jobs if job.ended.is_set() and job.error is None]
    groups = [group for group in found if isinstance(group, DirectionGroup)]
    return groups, [job for job in jobs if not job.ended.is_set()]


def _principal_group_of(_data: Dataset, encodings: Encodings) -> DirectionGroup:
    return principal_group(encodings)


def attribute_group(data: Dataset, encodings: Encodings) -> DirectionGroup | None:
    """A direction for each ordered factor, in the card's order; None without any."""
    if not (ordered := ordered_factors(data)):
        return None
    found: AttributeDirections = memoize(
        "attribute directions",
        encodings.fingerprint,
        lambda: fit_attribute_directions(
            encodings.mean, ordered, active_dims=~latent_dimensions(encodings).inactive
        ),
    )
    if not len(found):
        return None
    effects, known = find_attribute_effects(data, encodings), known_factors(data)
    return DirectionGroup(
        id="attributes",
        title="Attribute sliders",
        help=ATTRIBUTES_HELP,
        directions=found,
        sliders=tuple(
            _attribute_slider(found, f, known[name], effects) for f, name in enumerate(found.names)
        ),
        is_open=True,
    )


def _attribute_slider(
    found: AttributeDirections, f: int, factor: Factor, effects: AttributeEffects | None
) -> DirectionSlider:
    name = found.names[f]
    quality = (
        f"predicted from the code with R² = {format_number(found.r2[f], 2)} on held-out images"
    )
    moves_with, note = _moves_with(name, effects)
    return DirectionSlider(
        name=factor_title(name),
        unit=factor.unit,
        digits=digits_of_range(factor.high - factor.low),
        range=(factor.low, factor.high),
        predicted_range=_slider_range(found, f),
        caption=f"moves with {moves_with}" if moves_with else "",
        hint="; ".join(part for part in (factor.description, quality, note) if part),
    )


def _moves_with(name: str, effects: AttributeEffects | None) -> tuple[str, str]:
    """What else changes along a direction, largest change first, and how it was measured."""
    if effects is None or name not in effects.names:
        return "", ""
    changes = effects.changes[effects.names.index(name)]
    others = [g for g in np.argsort(-np.abs(changes)) if effects.read[g] != name]
    shown = [g for g in others if abs(changes[g]) >= MIN_EFFECT][:N_EFFECTS]
    moves_with = ", ".join(
        f"{factor_title(effects.read[g])} {format_number(changes[g], 1, signed=True)}"
        for g in shown
    )
    return moves_with, (
        f"Change in standard deviations over a quarter of the slider, read by {effects.reader} "
        f"from {effects.n_images} decoded images"
    )


def principal_group(encodings: Encodings) -> DirectionGroup:
    """The principal directions of the codes; open where there are too many dimensions to list."""
    found: PrincipalDirections = memoize(
        "principal directions", encodings.fingerprint, lambda: workspace.code_directions(encodings)
    )
    share = float(found.explained_variance_ratio.sum())
    return DirectionGroup(
        id="principal",
        title="Principal directions",
        help=f"{PRINCIPAL_HELP} These {len(found)}: {share:.0%} of the variance.",
        directions=found,
        sliders=tuple(_principal_slider(found, f) for f in range(len(found))),
        is_open=encodings.latent_dim > MAX_LISTED,
    )


def _principal_slider(found: PrincipalDirections, f: int) -> DirectionSlider:
    low, high = _slider_range(found, f)
    ratio = float(found.explained_variance_ratio[f])
    return DirectionSlider(
        name=found.names[f],
        digits=digits_of_range(high - low),
        range=(low, high),
        predicted_range=(low, high),
        caption=f"{100 * ratio:.{0 if ratio >= 0.1 else 1}f} % of the variance",
        hint="Score: distance from the mean code along this direction.",
    )


def _slider_range(found: LatentDirections, f: int) -> tuple[float, float]:
    return float(found.low[f]), float(found.high[f])
