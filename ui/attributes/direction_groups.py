"""The directions of a space as groups of sliders: attributes, principal, closed-form ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from latent_core import workspace
from latent_core.analysis.directions.closed_form import (
    ClosedFormDirections,
    closed_form_directions,
)
from latent_core.analysis.directions.latent_directions import LatentDirections
from latent_core.analysis.directions.principal_components import PrincipalDirections
from latent_core.cache.keys import content_key
from latent_core.cache.memo import memoize
from latent_core.models.card import ModelCard
from latent_core.models.first_layer import first_decoder_weight
from latent_core.types import Dataset, Encodings
from ui.attributes.attribute_groups import attribute_group, attributes_of, find_evidence
from ui.attributes.factor_tables import digits_of_range
from ui.background.job import Job
from ui.components.decoder import is_wide
from ui.components.dimensions import MAX_LISTED
from ui.components.dimensions_types import DirectionGroup, DirectionSlider
from ui.spaces import prepare

PRINCIPAL_HELP = "The directions in which the codes of the data vary most, uncorrelated."
CLOSED_FORM_HELP = (
    "The directions that the decoder's first layer enlarges most (SeFa); from its weights alone, "
    "without images or labels."
)


def direction_groups(
    card: ModelCard, data: Dataset, encodings: Encodings, fixed: Sequence[str] = ()
) -> tuple[list[DirectionGroup], list[Job]]:
    """The groups of a space, in the order in which they are shown.

    Evidence, and the directions of wide codes, are computed behind the page.

    Parameters
    ----------
    fixed
        Attributes that do not change along the directions of others.

    Returns
    -------
    groups, jobs
        The groups that are there, and the jobs that compute what is missing; draw the page again
        when one of these has ended.
    """
    wide, groups = is_wide(encodings), []
    jobs = [_job("principal", data, encodings, lambda: principal_group(encodings))] if wide else []
    if attributes_of(data):
        jobs.append(_job("evidence", data, encodings, partial(find_evidence, data, encodings)))
    results = [job.result for job in jobs if job.ended.is_set() and job.error is None]
    evidence = next((result for result in results if isinstance(result, dict)), None)
    if evidence is not None or not wide:
        attributes = attribute_group(data, encodings, evidence, fixed)
        groups += [attributes] if attributes is not None else []
    if wide:
        groups = [one for one in results if isinstance(one, DirectionGroup)] + groups
    else:
        groups.append(principal_group(encodings))
        closed_form = closed_form_group(card, encodings)
        groups += [closed_form] if closed_form is not None else []
    return groups, [job for job in jobs if not job.ended.is_set()]


def _job(name: str, data: Dataset, encodings: Encodings, work: Callable[[], object]) -> Job:
    key = content_key(f"{name} group", of=encodings.fingerprint, data=data.fingerprint)
    return prepare(key, work)


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


def closed_form_group(card: ModelCard, encodings: Encodings) -> DirectionGroup | None:
    """The directions of the decoder's first layer; None where that is no dense layer."""
    found: ClosedFormDirections | None = memoize(
        "closed-form directions",
        f"{card.weights_sha256} {encodings.fingerprint}",
        lambda: _closed_form_directions(card, encodings),
    )
    if found is None:
        return None
    return DirectionGroup(
        id="closed-form",
        title="Closed-form directions",
        help=CLOSED_FORM_HELP,
        directions=found,
        sliders=tuple(_closed_form_slider(found, f) for f in range(len(found))),
        is_open=False,
    )


def _closed_form_directions(card: ModelCard, encodings: Encodings) -> ClosedFormDirections | None:
    weight = first_decoder_weight(card)
    return None if weight is None else closed_form_directions(weight, encodings)


def _closed_form_slider(found: ClosedFormDirections, f: int) -> DirectionSlider:
    low, high = _slider_range(found, f)
    return DirectionSlider(
        name=found.names[f],
        digits=digits_of_range(high - low),
        range=(low, high),
        predicted_range=(low, high),
        caption=f"gain {found.gains[f]:.2g}",
        hint="How much longer the first layer makes a step along this direction; the value is the "
        "distance from the mean code.",
    )


def _slider_range(found: LatentDirections, f: int) -> tuple[float, float]:
    return float(found.low[f]), float(found.high[f])
