"""What a model has: three members; for gradients, a network; for inversion, optional guides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeVar, cast

from latent_core.errors import InvalidInputError
from latent_core.models.card import ModelCard
from latent_core.types import Floats, Posterior

T = TypeVar("T")


class LatentModel(Protocol):
    """A model that encodes images, decodes codes, or both, as its card says.

    Any object with these three members is one.  What needs gradients asks for a
    `Differentiable` instead.
    """

    @property
    def card(self) -> ModelCard:
        """Shapes, family, preprocessing, provenance and metrics."""

    def encode(self, images: Floats) -> Posterior:
        """The posteriors of images ``(N, C, H, W)`` in [0, 1]."""

    def decode(self, codes: Floats) -> Floats:
        """The images ``(N, C, H, W)`` in [0, 1] of codes ``(N, D)``."""


class HasNetwork(Protocol):
    """A network and the thread that networks run on."""

    @property
    def card(self) -> ModelCard:
        """Its shapes."""

    def run_on_network_thread(self, work: Callable[[Any], T]) -> T:
        """The result of `work`, called with the network on the network thread."""


class Differentiable(HasNetwork, Protocol):
    """A decoder whose images have gradients with respect to the codes.

    ``work`` of `run_on_network_thread` gets the network, whose ``decode`` maps a tensor of codes
    ``(N, D)`` to a tensor of images ``(N, C, H, W)``.
    """

    def decode(self, codes: Floats) -> Floats:
        """Images ``(N, C, H, W)`` of codes ``(N, D)``."""


class GuidesInversion(Protocol):
    """What a model may have beside its gradients to make its inversion better."""

    @property
    def perceptual_model(self) -> HasNetwork | None:
        """A classifier of the same images whose features the loss compares as well."""

    def initial_codes(self, images: Floats) -> Floats | None:
        """Initial codes ``(N, D)`` predicted from images, if the model can predict any."""


def differentiable(model: Any) -> Differentiable:
    """`model`, if it gives gradients.

    Raises
    ------
    InvalidInputError
        It has no `run_on_network_thread`, so it can encode and decode only.
    """
    if not callable(getattr(model, "run_on_network_thread", None)):
        raise InvalidInputError(
            f"{model.card.id!r} gives no gradients, which an inversion needs; add the method "
            "run_on_network_thread of latent_core.models.Differentiable, or encode images instead."
        )
    return cast(Differentiable, model)


def inversion_guide(model: Any) -> GuidesInversion | None:
    """`model`, if it has a `GuidesInversion`; else None."""
    return cast(GuidesInversion, model) if hasattr(model, "initial_codes") else None
