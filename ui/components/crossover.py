"""The component of two parents and their children: what it is sent and what comes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from latent_core.analysis.dimension_groups import DimensionGroups
from latent_core.types import Floats
from ui.components import live
from ui.components.map import Sheet, unpack_pick
from ui.components.morph_types import CHANNEL, EVENTS, Card, packed
from ui.components.validate import read_dropped, read_field, read_number, read_slot

CHILDREN = 8
MOST_SEED = 999_999
PARENTS = ("0", "1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Birth:
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
class FamilyData:
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
    genes: DimensionGroups
    heat: Sequence[str]
    here: Birth
    cards: Sequence[Card]
    active: str
    smooth: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyEvent:
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

    moved: Birth | None = None
    chosen: str | None = None
    dropped: tuple[str, str] | None = None
    kept: Birth | None = None
    smooth: bool | None = None
    crowned: tuple[int, Birth] | None = None
    picked: int | None = None


def draw_family(*, key: str, data: FamilyData) -> FamilyEvent:
    """Draw two parents and their children."""
    genes = data.genes
    shown = {
        "decoder": data.decoder,
        "space": data.space,
        "sheet": asdict(data.sheet),
        "parents": packed(data.parents, "<f4"),
        "mean": packed(data.mean, "<f4"),
        "noise": packed(data.noise, "<f4"),
        "groups": [
            {"dims": list(dims), "effect_map": url, "effect": float(effect)}
            for dims, url, effect in zip(genes.groups, data.heat, genes.effect, strict=True)
        ],
        "last_inactive": genes.has_inactive_group,
        "state": asdict(data.here),
        "channel": CHANNEL,
        "cards": [asdict(card) for card in data.cards],
        "active": data.active,
        "smooth": data.smooth,
    }
    sent = live(
        "crossover/index.js", key=key, data=shown, events=(*EVENTS, "parent_replaced", "picked")
    )
    return read_family_event(sent, len(genes), data.space["codes"]["count"])


def read_family_event(sent: dict[str, Any], genes: int, count: int) -> FamilyEvent:
    """What was done, out of what the browser sent; what makes no sense is None.

    Parameters
    ----------
    genes, count
        How many there are, and how many pictures the data set has.
    """
    slot = read_slot(sent["parent_replaced"], PARENTS)
    crowned = read_birth(read_field(sent["parent_replaced"], "state"), genes)
    return FamilyEvent(
        moved=read_birth(sent["moved"], genes),
        chosen=read_slot(sent["chosen"], PARENTS),
        dropped=read_dropped(sent["dropped"], PARENTS),
        kept=read_birth(sent["kept"], genes),
        smooth=sent["smooth"] if isinstance(sent["smooth"], bool) else None,
        crowned=None if slot is None or crowned is None else (int(slot), crowned),
        picked=unpack_pick(sent["picked"], count),
    )


def read_birth(sent: object, genes: int) -> Birth | None:
    """Which child of which litter, out of what the browser sent, or None."""
    given = read_field(sent, "shares")
    if not isinstance(given, list) or len(given) != genes:
        return None
    shares = [read_number({"s": share}, "s", 0, 1) for share in given]
    amount = read_number(sent, "amount", 0, 1)
    seed = read_number(sent, "seed", 0, MOST_SEED)
    child = read_number(sent, "child", 0, CHILDREN)
    if amount is None or seed is None or child is None or seed % 1 or child % 1:
        return None
    known = tuple(share for share in shares if share is not None)
    if len(known) < genes:
        return None
    return Birth(shares=known, amount=amount, seed=int(seed), child=int(child))
