"""Attribute directions as a group of sliders: factors or classes, with evidence and leakage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np

from latent_core import workspace
from latent_core.analysis.directions.attribute_directions import (
    AttributeDirections,
    fit_attribute_directions,
)
from latent_core.analysis.directions.evidence import DirectionEvidence, hold_fixed, leakage
from latent_core.analysis.traversal import latent_dimensions
from latent_core.cache.memo import memoize
from latent_core.datasets.factors import Factor
from latent_core.types import Array, Dataset, Encodings, Floats
from latent_core.workspace import AttributeEffects, find_attribute_effects
from ui.attributes.factor_tables import (
    digits_of_range,
    factor_title,
    known_factors,
    ordered_factors,
)
from ui.components.dimensions_types import DirectionGroup, DirectionSlider, Leakage
from ui.wording.text import format_number

MIN_EFFECT, N_EFFECTS = 0.15, 3
"""Smaller changes of other factors, in standard deviations, and more of them, are not shown."""
N_BARS = 8
MAX_CLASSES = 20
"""With more classes there are no directions of classes."""
HELP = "Each moves the code along one direction. Its strip shows how far it can be trusted."

Evidence = Mapping[str, DirectionEvidence]


def attributes_of(data: Dataset) -> dict[str, Array]:
    """The ordered factors; without any, for each class whether a sample is of it."""
    ordered: dict[str, Array] = dict(ordered_factors(data))
    if ordered or data.labels is None or not 2 <= len(data.class_names) <= MAX_CLASSES:
        return ordered
    values = {n: np.where(data.labels == k, 1.0, 0.0) for k, n in enumerate(data.class_names)}
    unknown = data.labels < 0
    return {name: np.where(unknown, np.nan, column) for name, column in values.items()}


def fitted_directions(data: Dataset, encodings: Encodings) -> AttributeDirections:
    """The directions of the attributes, fitted once per encodings."""
    return memoize(
        f"attribute directions {data.fingerprint}",
        encodings.fingerprint,
        lambda: _fit(encodings, attributes_of(data)),
    )


def _fit(encodings: Encodings, attributes: dict[str, Array]) -> AttributeDirections:
    return fit_attribute_directions(
        encodings.mean,
        attributes,
        active_dims=~latent_dimensions(encodings).inactive,
    )


def find_evidence(data: Dataset, encodings: Encodings) -> Evidence:
    """The evidence for each direction; takes seconds where it is not cached."""
    attributes = attributes_of(data)
    names = fitted_directions(data, encodings).names
    return workspace.attribute_evidence(encodings, {name: attributes[name] for name in names})


def attribute_group(
    data: Dataset,
    encodings: Encodings,
    evidence: Evidence | None = None,
    fixed: Sequence[str] = (),
) -> DirectionGroup | None:
    """A direction for each attribute that the codes predict; None without any.

    Parameters
    ----------
    evidence
        Of each attribute; None while it is computed.
    fixed
        Attributes that do not change along the others' directions.
    """
    if not attributes_of(data):
        return None
    fitted = fitted_directions(data, encodings)
    if not len(fitted):
        return None
    found = hold_fixed(fitted, fixed)
    effects = None if fixed else find_attribute_effects(data, encodings)
    predicted = memoize(
        f"leakage {fixed}", encodings.fingerprint, lambda: _leakage(encodings, fitted, found)
    )
    known = known_factors(data)
    sliders = tuple(
        _slider(
            found,
            f,
            known.get(name),
            _Measured(name=name, effects=effects, names=fitted.names, predicted=predicted[f]),
            None if evidence is None else evidence.get(name),
        )
        for f, name in enumerate(found.names)
    )
    is_factor = bool(ordered_factors(data))
    return DirectionGroup(
        id="attributes" if is_factor else "classes",
        title="Attribute sliders" if is_factor else "Class directions",
        help=HELP,
        directions=found,
        sliders=sliders,
        is_open=is_factor,
    )


def _leakage(
    encodings: Encodings, fitted: AttributeDirections, found: AttributeDirections
) -> Floats:
    """The changes ``(F, G)`` of all G fitted attributes along the F directions found."""
    table = leakage(encodings.mean, fitted, found)
    return table.astype(np.float32)


class _Measured:
    """What else changes along a direction: read from images where that is known, else predicted."""

    def __init__(
        self,
        *,
        name: str,
        effects: AttributeEffects | None,
        names: Sequence[str],
        predicted: Floats,
    ) -> None:
        changes, others = predicted, tuple(names)
        self.note = "predicted from the code"
        if effects is not None and name in effects.names:
            changes, others = effects.changes[effects.names.index(name)], effects.read
            self.note = f"read by {effects.reader} from {effects.n_images} decoded images"
        order = [g for g in np.argsort(-np.abs(changes)) if others[g] != name]
        self.bars = tuple(
            Leakage(name=factor_title(others[g]), value=round(float(changes[g]), 3))
            for g in order[:N_BARS]
        )

    @property
    def caption(self) -> str:
        shown = [bar for bar in self.bars if abs(bar.value) >= MIN_EFFECT][:N_EFFECTS]
        parts = [f"{bar.name} {format_number(bar.value, 1, signed=True)}" for bar in shown]
        return f"moves with {', '.join(parts)}" if parts else ""


def _slider(
    found: AttributeDirections,
    f: int,
    factor: Factor | None,
    measured: _Measured,
    evidence: DirectionEvidence | None,
) -> DirectionSlider:
    low, high = float(found.low[f]), float(found.high[f])
    full = (low, high) if factor is None else (factor.low, factor.high)
    is_weak = evidence is not None and not evidence.exceeds_control
    r2 = f"predicted from the code with R² = {format_number(found.r2[f], 2)} on held-out images"
    about = "" if factor is None else factor.description
    return DirectionSlider(
        name=factor_title(found.names[f]),
        unit="" if factor is None else factor.unit,
        digits=digits_of_range(full[1] - full[0]),
        range=full,
        predicted_range=(low, high),
        caption="no better than its control" if is_weak else measured.caption,
        hint="; ".join(part for part in (about, r2) if part),
        evidence="" if evidence is None else evidence_sentence(evidence),
        leakage=measured.bars,
        leakage_note=f"Change of the others over a quarter of the slider, in standard deviations, "
        f"{measured.note}.",
        is_weak=is_weak,
    )


def evidence_sentence(evidence: DirectionEvidence) -> str:
    """Score, interval, controls and sample sizes."""
    number = partial(format_number, digits=2)
    return (
        f"{evidence.measure} {number(evidence.score)} ({number(evidence.low)} to "
        f"{number(evidence.high)}) on {evidence.n_held_out:,} held-out images; random directions "
        f"{number(evidence.random_directions.mean())}, shuffled labels "
        f"{number(evidence.shuffled_labels.mean())}."
    )
