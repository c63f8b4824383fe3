"""What is chosen on the Samples page: the sampler with its parameter, and the state of the grid."""

from __future__ import annotations

import numpy as np
import streamlit as st

from latent_core.analysis.support import support_of_encodings
from latent_core.progress import ProgressCallback
from latent_core.sampling import (
    SAMPLERS,
    CodeDistribution,
    CodeSet,
    HoleFractions,
    Sampler,
    hole_fractions,
)
from latent_core.sampling.class_mixture import ClassSampler
from latent_core.sampling.mixture import MixtureSampler
from latent_core.sampling.neighborhood import NeighborhoodSampler
from latent_core.sampling.prior import PriorSampler
from latent_core.types import Floats
from latent_core.workspace import code_distribution, code_set
from ui import session, widgets
from ui.components.sample_grid import MAX_SAMPLE, MAX_SEED, MAX_TEMPERATURE, GridState
from ui.components.sample_grid import MIN_TRUNCATION as MIN_KEPT
from ui.spaces import Space, wait_for

HOLE_SEED = 2024
N_HOLES = 1000


def measured_holes(space: Space) -> HoleFractions:
    """How many samples from prior and mixture are not near data; computed once."""
    key = f"holes {space.encodings.fingerprint}"
    return wait_for(key, lambda report, _show: _holes(space, report))


def fit_distribution(space: Space, sampler: Sampler) -> CodeDistribution:
    """What the sampler draws from; a job fits it where that takes long."""

    def fit(report: ProgressCallback, _show: object) -> CodeDistribution:
        return code_distribution(space.encodings, space.data, sampler, progress=report)

    return wait_for(f"distribution {space.encodings.fingerprint} {sampler}", fit)


def _holes(space: Space, report: ProgressCallback) -> HoleFractions:
    codes = code_set(space.encodings, space.data)

    def drawn(sampler: Sampler) -> Floats | None:
        if sampler.missing(codes):
            return None
        fitted = code_distribution(space.encodings, space.data, sampler, progress=report)
        return fitted.sample(N_HOLES, random_state=HOLE_SEED)

    samples = drawn(PriorSampler()), drawn(MixtureSampler())
    return hole_fractions(support_of_encodings(space.encodings), *samples)


def usable_samplers(codes: CodeSet) -> list[str]:
    """The ids of the samplers that these codes have all for."""
    return [name for name, sampler in SAMPLERS.items() if not sampler.missing(codes)]


def choose_sampler(space: Space, codes: CodeSet, holes: HoleFractions) -> Sampler:
    """A selectbox of samplers, and one for the sampler's parameter."""
    usable = usable_samplers(codes)
    default = "mixture" if holes.prior_is_worse or "prior" not in usable else "prior"
    if session.changed("samples.of", space.encodings.fingerprint):
        session.choose_unless_linked("sampler", default)
    name = session.chosen("sampler", usable, default if default in usable else usable[0])
    columns = st.columns(2, vertical_alignment="bottom")
    with columns[0]:
        name = widgets.selectbox_choice(
            "Sampler", "sampler", usable, name, lambda one: SAMPLERS[one].title
        )
    with columns[1]:
        if name == ClassSampler.id:
            return ClassSampler(label=_choose_label(codes))
        if name == NeighborhoodSampler.id:
            return NeighborhoodSampler(index=_choose_image(space))
    return SAMPLERS[name]()


def _choose_label(codes: CodeSet) -> int:
    assert codes.labels is not None
    counts = np.bincount(codes.labels[codes.labels >= 0], minlength=len(codes.class_names))
    options = [str(label) for label in np.flatnonzero(counts)]
    label = session.chosen("label", options, options[0])
    return int(
        widgets.selectbox_choice(
            "Class", "label", options, label, lambda one: codes.class_names[int(one)]
        )
    )


def _choose_image(space: Space) -> int:
    """The sample that is selected on the map, else the first; any other by its number."""
    count = len(space.data)
    return widgets.number_choice(
        f"{space.data.sample_noun.capitalize()} (0 to {count - 1:,})",
        "around",
        session.selected_sample(count) or 0,
        count,
    )


_LIMITS = {
    "seed": (0, MAX_SEED),
    "temperature": (0, MAX_TEMPERATURE),
    "truncation": (MIN_KEPT, 1),
    "selected": (0, MAX_SAMPLE),
}


def grid_state() -> GridState:
    """What was chosen in the grid, else what the link says."""
    kept: GridState | None = session.recall("samples.grid")
    if kept is None:
        kept = _linked_state()
        session.remember("samples.grid", kept)
    return kept


def keep_grid_state(state: GridState) -> None:
    """Remember what was chosen in the grid."""
    session.remember("samples.grid", state)


def _linked_state() -> GridState:
    selected = _linked_number("selected")
    default = GridState()
    return GridState(
        seed=int(_linked_number("seed") or default.seed),
        temperature=_or_default(_linked_number("temperature"), default.temperature),
        truncation=_or_default(_linked_number("truncation"), default.truncation),
        nearest=session.linked("nearest") == session.ON,
        selected=None if selected is None else int(selected),
    )


def _or_default(value: float | None, default: float) -> float:
    return default if value is None else value


def _linked_number(name: str) -> float | None:
    """The number `name` of the link; None where there is none, or an invalid one, which is said."""
    text, (low, high) = session.linked(name), _LIMITS[name]
    if text is None:
        return None
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if low <= value <= high:
        return value
    session.notify(
        f"In the link: {name} must be a number from {low:g} to {high:g}, not "
        f"{text[:20]!r}; it is ignored."
    )
    return None


def url_parameters(sampler: Sampler, state: GridState) -> dict[str, str | int | None]:
    """What of the page is written to its link; defaults are left out."""
    default = GridState()
    return {
        "sampler": sampler.id,
        "label": getattr(sampler, "label", None),
        "around": getattr(sampler, "index", None),
        "seed": state.seed or None,
        "temperature": _text_unless(state.temperature, default.temperature),
        "truncation": _text_unless(state.truncation, default.truncation),
        "nearest": session.ON if state.nearest else None,
        "selected": state.selected,
    }


def _text_unless(value: float, default: float) -> str | None:
    return None if value == default else f"{value:g}"
