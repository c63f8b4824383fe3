"""The crossover component (Family mode): two parents, their crossover, and variations of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from latent_core.analysis.dimension_groups import DimensionGroups
from latent_core.types import Floats
from ui.components import draw_component
from ui.components.map import Sheet, parse_sample_id
from ui.components.morph_types import CHANNEL, EVENTS, Card
from ui.components.quantize import to_base64
from ui.components.validate import get_field, parse_dropped, parse_number, parse_slot

N_VARIATIONS = 8
MAX_SEED = 999_999
PARENTS = ("0", "1")


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossoverState:
    """The crossover weights, and which variation is selected.

    Parameters
    ----------
    shares
        Weight of parent B for each dimension group, in [0, 1].
    amount
        Size of the variations, in [0, 1].
    seed
        Of the variations.
    child
        The selected image: 0 is the crossover itself, 1 to 8 are its variations.
    """

    shares: tuple[float, ...]
    amount: float
    seed: int
    child: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossoverData:
    """Data of the crossover component.

    Parameters
    ----------
    decoder, space
        From `ui.components.decoder`.
    sheet
        Sprite sheet of the data set.
    parents
        Codes ``(2, D)``.
    mean, noise
        ``(D,)`` mean of the data's codes; ``(8, D)`` deviations drawn with `state.seed`.
    groups, effect_maps
        The dimension groups, and for each a ``data:`` URL of where it changes the image.
    state
        Crossover weights and selected variation.
    cards, active
        A and B; the slot that a click on the map replaces.
    smooth
        Whether images are enlarged with interpolation between pixels.
    """

    decoder: dict[str, Any]
    space: dict[str, Any]
    sheet: Sheet
    parents: Floats
    mean: Floats
    noise: Floats
    groups: DimensionGroups
    effect_maps: Sequence[str]
    state: CrossoverState
    cards: Sequence[Card]
    active: str
    smooth: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossoverEvent:
    """Events since the last run; at most one per run.

    Parameters
    ----------
    moved
        The new weights and selected variation.
    chosen, dropped, smooth
        As in `MorphEvent`.
    kept
        The variation that was added to the tray.
    parent_replaced
        The slot of a parent, and the variation that replaces it.
    picked
        Index of the sample that replaces the active parent.
    """

    moved: CrossoverState | None = None
    chosen: str | None = None
    dropped: tuple[str, str] | None = None
    kept: CrossoverState | None = None
    smooth: bool | None = None
    parent_replaced: tuple[int, CrossoverState] | None = None
    picked: int | None = None


def draw_crossover(*, key: str, data: CrossoverData) -> CrossoverEvent:
    """Draw two parents, their crossover and its variations."""
    groups = data.groups
    shown = {
        "decoder": data.decoder,
        "space": data.space,
        "sheet": asdict(data.sheet),
        "parents": to_base64(data.parents, "<f4"),
        "mean": to_base64(data.mean, "<f4"),
        "noise": to_base64(data.noise, "<f4"),
        "groups": [
            {"dims": list(dims), "effect_map": url, "effect": float(effect)}
            for dims, url, effect in zip(
                groups.groups, data.effect_maps, groups.effect, strict=True
            )
        ],
        "last_inactive": groups.has_inactive_group,
        "state": asdict(data.state),
        "channel": CHANNEL,
        "cards": [asdict(card) for card in data.cards],
        "active": data.active,
        "smooth": data.smooth,
    }
    sent = draw_component(
        "crossover/index.js", key=key, data=shown, events=(*EVENTS, "parent_replaced", "picked")
    )
    return parse_crossover_event(sent, len(groups), data.space["codes"]["count"])


def parse_crossover_event(sent: dict[str, Any], n_groups: int, count: int) -> CrossoverEvent:
    """The checked events of the component; invalid values are None.

    Parameters
    ----------
    n_groups, count
        Number of dimension groups, and of samples in the data set.
    """
    slot = parse_slot(sent["parent_replaced"], PARENTS)
    parent_replaced = parse_crossover_state(get_field(sent["parent_replaced"], "state"), n_groups)
    return CrossoverEvent(
        moved=parse_crossover_state(sent["moved"], n_groups),
        chosen=parse_slot(sent["chosen"], PARENTS),
        dropped=parse_dropped(sent["dropped"], PARENTS),
        kept=parse_crossover_state(sent["kept"], n_groups),
        smooth=sent["smooth"] if isinstance(sent["smooth"], bool) else None,
        parent_replaced=None
        if slot is None or parent_replaced is None
        else (int(slot), parent_replaced),
        picked=parse_sample_id(sent["picked"], count),
    )


def parse_crossover_state(sent: object, n_groups: int) -> CrossoverState | None:
    """Checked crossover weights and selected variation, or None."""
    values = get_field(sent, "shares")
    if not isinstance(values, list) or len(values) != n_groups:
        return None
    shares = [parse_number({"s": share}, "s", 0, 1) for share in values]
    amount = parse_number(sent, "amount", 0, 1)
    seed = parse_number(sent, "seed", 0, MAX_SEED)
    child = parse_number(sent, "child", 0, N_VARIATIONS)
    if amount is None or seed is None or child is None or seed % 1 or child % 1:
        return None
    known = tuple(share for share in shares if share is not None)
    if len(known) < n_groups:
        return None
    return CrossoverState(shares=known, amount=amount, seed=int(seed), child=int(child))
