"""A face pushed along an attribute direction, and what else changes along it."""

from __future__ import annotations

import html
from dataclasses import dataclass

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.types import Floats
from ui.attributes.attribute_groups import attribute_group
from ui.attributes.factor_tables import factor_title
from ui.components.dimensions_types import DirectionGroup, Leakage
from ui.spaces import Space
from ui.wording.text import format_number

ATTRIBUTE = "age"
GOAL = 70
"""Years that the predicted age has to pass."""
AGES = tuple(range(10, 85, 5))


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeDirection:
    """The direction of age and what moves with it.

    Parameters
    ----------
    group
        The attribute directions of the space.
    r2
        How well age is predicted from codes of held-out images.
    leakage
        Changes of other attributes over a quarter of the slider, in standard deviations, largest
        first.
    note
        How they were measured.
    """

    group: DirectionGroup
    r2: float
    leakage: tuple[Leakage, ...]
    note: str

    def age(self, code: Floats) -> float:
        """The predicted age of a code ``(D,)``."""
        found = self.group.directions
        return float(found.predict(code[None])[0, found.index(ATTRIBUTE)])

    def at_age(self, code: Floats, age: float) -> Floats:
        """The code moved along the direction until its predicted age is `age`."""
        return self.group.directions.move_to(code, ATTRIBUTE, age)

    def most(self, names: list[str]) -> str:
        """Which of the attributes `names` changes most."""
        change = {one.name: abs(one.value) for one in self.leakage}
        return max(names, key=lambda name: change.get(factor_title(name), 0.0))


def age_direction(space: Space) -> AgeDirection:
    """The direction of age.

    Raises
    ------
    InvalidInputError
        The codes do not predict age.
    """
    group = attribute_group(space.data, space.encodings)
    if group is None or ATTRIBUTE not in group.directions.names:
        raise InvalidInputError(
            f"The codes of {space.model.card.title} do not predict {ATTRIBUTE}, which this step "
            "needs; install the model again."
        )
    slider = group.sliders[group.directions.index(ATTRIBUTE)]
    r2 = getattr(group.directions, "r2", np.full(len(group.directions), np.nan))
    return AgeDirection(
        group=group,
        r2=float(r2[group.directions.index(ATTRIBUTE)]),
        leakage=slider.leakage,
        note=slider.leakage_note,
    )


def factor_correlation(space: Space, other: str) -> float:
    """Pearson's correlation of age with another factor over all images."""
    factors = space.data.factors
    return float(np.corrcoef(factors[ATTRIBUTE], factors[other])[0, 1])


def leakage_html(direction: AgeDirection) -> str:
    """Bars of what else changes, as HTML."""
    largest = max((abs(one.value) for one in direction.leakage), default=1.0) or 1.0
    rows = "".join(
        f"<tr><th>{html.escape(one.name)}</th><td><i style='width:"
        f"{100 * abs(one.value) / largest:.0f}%'></i></td>"
        f"<td>{format_number(one.value, 2, signed=True)}</td></tr>"
        for one in direction.leakage
    )
    return (
        f'{_STYLE}<div class="ls-moves"><h3>What else changes as age grows</h3>'
        f"<table>{rows}</table><p>{html.escape(direction.note)}</p></div>"
    )


_STYLE = """
<style>
  .ls-moves h3 { font-size: 1rem; font-weight: 600; padding: 0; margin: .4rem 0; }
  .ls-moves table { border-collapse: collapse; width: min(100%, 30rem); }
  .ls-moves th { text-align: left; font-weight: 400; padding: 1px .8rem 1px 0;
    white-space: nowrap; }
  .ls-moves td:nth-child(2) { width: 100%; }
  .ls-moves td:last-child { padding-left: .6rem; font-variant-numeric: tabular-nums; }
  .ls-moves i { display: block; height: .7rem; border-radius: 3px;
    background: var(--st-primary-color); }
  .ls-moves p { font-size: .9rem; margin: .4rem 0 0; max-width: 34rem; }
</style>"""
