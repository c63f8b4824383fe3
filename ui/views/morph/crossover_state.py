"""The crossover weights and the selected variation of Family mode, per space, and in links."""

from __future__ import annotations

from latent_core.errors import InvalidInputError
from ui import session
from ui.components.crossover import MAX_SEED, N_VARIATIONS, CrossoverState
from ui.spaces import Space
from ui.views.morph.endpoint_cards import linked_number
from ui.views.morph.endpoint_state import SEPARATOR, is_linked

HALF, AMOUNT = 0.5, 0.4


def current_crossover(space: Space, n_groups: int) -> CrossoverState:
    """The state in this session, else that of the link, else weights of one half."""
    kept: CrossoverState | None = session.recall(_state_key(space))
    if kept is None or len(kept.shares) != n_groups:
        linked = is_linked(space, "family")
        kept = _linked_crossover(n_groups) if linked else default_crossover(n_groups)
        set_crossover(space, kept)
    return kept


def set_crossover(space: Space, state: CrossoverState) -> None:
    """Store the state for this session."""
    session.remember(_state_key(space), state)


def default_crossover(n_groups: int, amount: float = AMOUNT, seed: int = 0) -> CrossoverState:
    """Weights of one half, with the crossover itself selected."""
    return CrossoverState(shares=(HALF,) * n_groups, amount=amount, seed=seed, child=0)


def crossover_parameters(state: CrossoverState) -> dict[str, str]:
    """The state as query parameters."""
    return {
        "groups": SEPARATOR.join(f"{share:.4g}" for share in state.shares),
        "amount": f"{state.amount:.4g}",
        "seed": str(state.seed),
        "variation": str(state.child),
    }


def _state_key(space: Space) -> str:
    return f"morph.family.state {space.model.card.id} {space.data.id}"


def _linked_crossover(n_groups: int) -> CrossoverState:
    try:
        shares = parse_shares(session.linked("groups"), n_groups)
    except InvalidInputError as error:
        session.notify(str(error))
        shares = (HALF,) * n_groups
    return CrossoverState(
        shares=shares,
        amount=linked_number("amount", AMOUNT, (0, 1)),
        seed=int(linked_number("seed", 0, (0, MAX_SEED))),
        child=int(linked_number("variation", 0, (0, N_VARIATIONS))),
    )


def parse_shares(text: str | None, n_groups: int) -> tuple[float, ...]:
    """The weight of parent B for each dimension group; one half without `text`.

    Raises
    ------
    InvalidInputError
        The text is not `n_groups` numbers in [0, 1].
    """
    if text is None:
        return (HALF,) * n_groups
    try:
        shares = tuple(float(part) for part in text.split(SEPARATOR))
    except ValueError:
        shares = ()
    if len(shares) != n_groups or not all(0 <= share <= 1 for share in shares):
        raise InvalidInputError(
            f"In the link: groups must be {n_groups} numbers from 0 to 1, separated by "
            f"{SEPARATOR}, not {text[:40]!r}; each is {HALF:g} now."
        )
    return shares
