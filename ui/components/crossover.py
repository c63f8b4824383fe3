"""The component of two parents and their children: what it is sent and what comes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from latent_core.analysis.dimension_groups import DimensionGroups
from latent_core.types import Floats
from ui.components import draw_component
from ui.components.map import Sheet, parse_sample_id
from ui.components.morph_types import CHANNEL, EVENTS, Card, to_base64
from ui.components.validate import parse_dropped, get_field, parse_number, parse_slot

N_VARIATIONS = 8
MAX_SEED = 999_999
PARENTS = ("0", "1")


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossoverState:
    """Which child of which litter.

    Parameters
    ----------
    shares
        One for each gene, in [0, 1]: how much of it comes from B.
    amount
        Of variation, in [0, 1].
    seed
        Of the litter.
    child
        0 is the mixture itself, 1 to 8 are the litter's.
    """

    shares: tuple[float, ...]
    amount: float
    seed: int
    child: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossoverData:
    """Two parents and what their children are made of.

    Parameters
    ----------
    decoder, space
        From `ui.live.decoder`.
    sheet
        The data set's pictures.
    parents
        ``(2, D)``.
    mean, noise
        ``(D,)`` of the data's codes, and the litter's draws ``(8, D)`` with `Birth.seed`.
    genes, heat
        The groups, and for each the address of a picture of where it acts.
    here
        Which child is shown.
    cards, active
        A and B; the slot of the one that the map replaces.
    smooth
        Whether pictures are thought to be enlarged smoothly.
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
    """What was done since the last run: of these, at most one in a run.

    Parameters
    ----------
    moved
        Which child is shown from now on.
    chosen, dropped, smooth
        As in `MorphEvent`.
    kept
        The child that goes into the tray.
    crowned
        The slot of a parent, and the child that takes its place.
    picked
        The picture of the data set that replaces the chosen parent.
    """

    moved: CrossoverState | None = None
    chosen: str | None = None
    dropped: tuple[str, str] | None = None
    kept: CrossoverState | None = None
    smooth: bool | None = None
    parent_replaced: tuple[int, CrossoverState] | None = None
    picked: int | None = None


def draw_crossover(*, key: str, data: CrossoverData) -> CrossoverEvent:
    """Draw two parents and their children."""
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
            for dims, url, effect in zip(groups.groups, data.effect_maps, groups.effect, strict=True)
        ],
        "last_inactive": groups.inactive,
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


def parse_crossover_event(sent: dict[str, Any], groups: int, count: int) -> CrossoverEvent:
    """What was done, out of what the browser sent; what makes no sense is None.

    Parameters
    ----------
    genes, count
        How many there are, and how many pictures the data set has.
    """
    slot = parse_slot(sent["parent_replaced"], PARENTS)
    parent_replaced = parse_crossover_state(get_field(sent["parent_replaced"], "state"), groups)
    return CrossoverEvent(
        moved=parse_crossover_state(sent["moved"], groups),
        chosen=parse_slot(sent["chosen"], PARENTS),
        dropped=parse_dropped(sent["dropped"], PARENTS),
        kept=parse_crossover_state(sent["kept"], groups),
        smooth=sent["smooth"] if isinstance(sent["smooth"], bool) else None,
        parent_replaced=None if slot is None or parent_replaced is None else (int(slot), parent_replaced),
        picked=parse_sample_id(sent["picked"], count),
    )


def parse_crossover_state(sent: object, groups: int) -> CrossoverState | None:
    """Which child of which litter, out of what the browser sent, or None."""
    given = get_field(sent, "shares")
    if not isinstance(given, list) or len(given) != groups:
        return None
    shares = [parse_number({"s": share}, "s", 0, 1) for share in given]
    amount = parse_number(sent, "amount", 0, 1)
    seed = parse_number(sent, "seed", 0, MAX_SEED)
    child = parse_number(sent, "child", 0, N_VARIATIONS)
    if amount is None or seed is None or child is None or seed % 1 or child % 1:
        return None
    known = tuple(share for share in shares if share is not None)
    if len(known) < groups:
        return None
    return CrossoverState(shares=known, amount=amount, seed=int(seed), child=int(child))
